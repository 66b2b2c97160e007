using System.Globalization;
using HealthEquity.Admin.Access;
using HealthEquity.Admin.Comparing;
using HealthEquity.Admin.Directory;
using HealthEquity.Admin.Pages.Shared;
using HealthEquity.Admin.Wording;
using HealthEquity.Directory.Entries;
using HealthEquity.Imports.Applying;
using HealthEquity.Store.BulkChanges;
using HealthEquity.Store.Curators;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Entries;
using HealthEquity.Store.Reviews;
using HealthEquity.Store.Settings;
using HealthEquity.Store.Translations;
using Microsoft.AspNetCore.Mvc;

namespace HealthEquity.Admin.Pages.BulkChanges;

/// <summary>Shows a bulk change: a second person confirms it here, it goes on here batch by batch, and it is undone here.</summary>
[AtLeast(CuratorRole.Curator)]
public sealed class ShowModel(BulkChangeStore changes, DirectoryRules rules) : ConsolePage
{
    private const int PageSize = 100;
    private const int SampleSize = 5;

    /// <summary>The number of entries per request, limited to a few seconds of work.</summary>
    private const int BatchSize = 250;

    [BindProperty(SupportsGet = true), FromRoute]
    public Guid Id { get; set; }

    [BindProperty(SupportsGet = true), FromQuery]
    public int Number { get; set; } = 1;

    public BulkChange Change { get; private set; } = null!;

    public IReadOnlyList<BulkItem> Items { get; private set; } = [];

    public bool HasMore { get; private set; }

    public ActorNames Names { get; private set; } = null!;

    /// <summary>Whether the person proposed it and so can't confirm it.</summary>
    public bool IsOwn { get; private set; }

    /// <summary>The drafts of this change that wait for review.</summary>
    public IReadOnlyList<WaitingDraft> Waiting { get; private set; } = [];

    /// <summary>Some of these drafts, spread over all.</summary>
    public IReadOnlyList<WaitingDraft> Sample { get; private set; } = [];

    /// <summary>The difference between the first draft and what is public.</summary>
    public IReadOnlyList<ChangeView> Difference { get; private set; } = [];

    /// <summary>Whether the drafts of the sample change the same fields.</summary>
    public bool SameDifference { get; private set; }

    /// <summary>Whether the drafts contain translations, which differ from entry to entry.</summary>
    public bool IsTranslation => Change.Action == TranslateEntries.Name;

    /// <summary>The number of public entries that undoing takes down.</summary>
    public int TakenDown { get; private set; }

    /// <summary>Whether undoing takes so many entries down that the person types the number.</summary>
    public bool MustType { get; private set; }

    /// <summary>Whether the user approves these drafts.</summary>
    public bool MayApprove => User.IsAtLeast(CuratorRole.Reviewer) || User.MayReview(LanguagesOf(Change));

    [AtLeast(CuratorRole.Curator, OrLanguageReviewer = true)]
    public async Task OnGetAsync()
    {
        Number = Math.Clamp(Number, 1, int.MaxValue / PageSize);
        await using var session = await Database.OpenAsync(Cancellation);
        Change = await BulkChangeStore.ReadAsync(session, Id, Cancellation);
        var found = await BulkChangeStore.ListItemsAsync(session, Id, state: null, (Number - 1) * PageSize, PageSize + 1, Cancellation);
        (HasMore, Items) = (found.Count > PageSize, [.. found.Take(PageSize)]);
        Names = await ActorNames.ReadAsync(session, Cancellation);
        var fourEyes = (await SettingStore.ReadAsync(session, Cancellation)).FourEyes;
        IsOwn = fourEyes && (Change.State == BulkState.UndoProposed ? Change.UndoneBy : Change.RequestedBy) == Actor.Code;
        await LoadReviewAsync(session);
        TakenDown = Change.State == BulkState.Done ? await changes.CountTakenDownAsync(session, Change, Cancellation) : 0;
        MustType = !fourEyes && TakenDown > BulkChangeStore.MaxWithdrawnAlone;
    }

    /// <summary>Approves and publishes the drafts of this change that wait for review, each in the revision that the change made.</summary>
    [AtLeast(CuratorRole.Reviewer, OrLanguageReviewer = true)]
    public async Task<IActionResult> OnPostApproveAsync()
    {
        await rules.VocabulariesAsync(Cancellation);
        BulkChange? approval = null;
        var done = await TryAsync(async session =>
        {
            var waiting = await ReviewableAsync(session, await BulkReview.WaitingAsync(session, Id, Cancellation));
            var request = new BulkRequest(ApproveEntries.Name, [.. waiting.Select(w => w.EntryId)])
            {
                Parameter = Id.ToString(),
                Values = waiting.ToDictionary(w => w.EntryId, w => w.Revision.ToString(CultureInfo.InvariantCulture)),
            };
            approval = await changes.BeginAsync(session, request, Actor, Cancellation);
        });
        if (!done)
        {
            await OnGetAsync();
            return Page();
        }

        // Language reviewers have no page on which they could go on.
        var finished = User.Role() == CuratorRole.LanguageReviewer
            ? await changes.FinishAsync(Database, approval!.BulkChangeId, Cancellation)
            : await changes.RunBatchAsync(Database, approval!.BulkChangeId, BatchSize, Cancellation);
        if (finished.State == BulkState.Done)
        {
            Notice = finished.Refused == 0 ? $"{finished.Changed:N0} approved and published." : $"{finished.Changed:N0} approved and published. {finished.Refused:N0} could not be approved.";
        }

        return RedirectToPage(new { id = finished.State == BulkState.Done && finished.Refused == 0 ? Id : finished.BulkChangeId });
    }

    public Task<IActionResult> OnPostConfirmAsync() => ActAsync((session, change) =>
        change.Action == UndoImport.Name && change.State == BulkState.Proposed
            ? throw new RefusedException("A reviewer confirms this on the import's page.")
            : changes.ConfirmAsync(session, Id, Actor, Cancellation));

    public Task<IActionResult> OnPostRejectAsync() => ActAsync((session, _) => changes.RejectAsync(session, Id, Actor, Cancellation));

    public Task<IActionResult> OnPostUndoAsync(int? typed) => ActAsync((session, change) =>
        change.Action is UndoImport.Name or ApproveEntries.Name && !User.IsAtLeast(CuratorRole.Reviewer)
            ? throw new RefusedException("Only a reviewer can undo this.")
            : changes.RequestUndoAsync(session, Id, Actor, typed, Cancellation));

    /// <summary>Makes or undoes the next batch.</summary>
    public async Task<IActionResult> OnPostContinueAsync()
    {
        await GoOnAsync(await ReadAsync(s => BulkChangeStore.ReadAsync(s, Id, Cancellation)));
        return RedirectToPage(new { id = Id });
    }

    private async Task<IActionResult> ActAsync(Func<DbSession, BulkChange, Task> act)
    {
        if (!await TryAsync(async session => await act(session, await BulkChangeStore.ReadAsync(session, Id, Cancellation))))
        {
            await OnGetAsync();
            return Page();
        }

        await GoOnAsync(await ReadAsync(s => BulkChangeStore.ReadAsync(s, Id, Cancellation)));
        return RedirectToPage(new { id = Id });
    }

    private async Task LoadReviewAsync(DbSession session)
    {
        Waiting = Change.Action is EditEntries.Name or TranslateEntries.Name ? await BulkReview.WaitingAsync(session, Id, Cancellation) : [];
        Sample = [.. Waiting.Where((_, n) => n % Math.Max(1, Waiting.Count / SampleSize) == 0).Take(SampleSize)];
        var vocabularies = await rules.VocabulariesAsync(Cancellation);
        var fields = new List<string>();
        foreach (var draft in Sample)
        {
            var row = await EntryStore.ReadAsync(session, draft.EntryId, Cancellation);
            var after = await EntryStore.ReadRevisionAsync(session, draft.EntryId, draft.Revision, Cancellation);
            var before = row.PublishedRevision is { } published ? (await EntryStore.ReadRevisionAsync(session, draft.EntryId, published, Cancellation)).Body : null;
            var difference = ChangeView.Of(row.Kind, before, after.Body, vocabularies);
            Difference = fields.Count == 0 ? difference : Difference;
            fields.Add(string.Join(' ', difference.Select(d => d.Path)));
        }

        SameDifference = fields.Distinct().Count() == 1;
    }

    /// <summary>The language of translations from a file; null for any other change.</summary>
    internal static IReadOnlyList<string>? LanguagesOf(BulkChange change) =>
        change is { Action: TranslateEntries.Name, Parameter: { } source } ? [TranslationSource.Read(source).Language] : null;

    /// <summary>The drafts on which the user decides. A language reviewer decides only on those that change nothing but translations.</summary>
    private async Task<IReadOnlyList<WaitingDraft>> ReviewableAsync(DbSession session, IReadOnlyList<WaitingDraft> waiting)
    {
        if (User.IsAtLeast(CuratorRole.Reviewer))
        {
            return waiting;
        }

        var own = new List<WaitingDraft>();
        foreach (var draft in waiting)
        {
            if (User.MayReview(await TranslationScope.ReadAsync(session, draft.EntryId, draft.Revision, Cancellation)))
            {
                own.Add(draft);
            }
        }

        return own.Count > 0 ? own : throw new RefusedException("There is no draft here that changes nothing but translations in your languages.");
    }

    private async Task GoOnAsync(BulkChange change)
    {
        await rules.VocabulariesAsync(Cancellation);
        if (change.State == BulkState.Undoing)
        {
            await changes.UndoBatchAsync(Database, Id, BatchSize, Cancellation);
        }
        else if (change.State == BulkState.Running && change.Action != UndoImport.Name)
        {
            await changes.RunBatchAsync(Database, Id, BatchSize, Cancellation);
        }
    }
}
