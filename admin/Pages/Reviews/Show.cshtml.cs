using HealthEquity.Admin.Access;
using HealthEquity.Admin.Branding;
using HealthEquity.Admin.Comparing;
using HealthEquity.Admin.Directory;
using HealthEquity.Admin.Pages.Shared;
using HealthEquity.Admin.Wording;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Curators;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Entries;
using HealthEquity.Store.Reviews;
using HealthEquity.Store.Translations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HealthEquity.Admin.Pages.Reviews;

/// <summary>Shows the changes since the public revision, and approves or returns the entry.</summary>
public sealed class ShowModel(ReviewStore reviews, ApprovalUndo approvals, DirectoryRules rules) : ConsolePage
{
    /// <summary>The name of the approval that can be undone, as "id/revision".</summary>
    public const string UndoApprovalName = "UndoApproval";

    /// <summary>The name of the returned draft that can be sent to review again, as "id/revision".</summary>
    public const string UndoName = "UndoReturn";

    [BindProperty(SupportsGet = true), FromRoute]
    public Guid Id { get; set; }

    /// <summary>The queue's filter: the code of a kind.</summary>
    [BindProperty(SupportsGet = true), FromQuery]
    public string? Kind { get; set; }

    /// <summary>The queue's filter: who submitted it.</summary>
    [BindProperty(SupportsGet = true), FromQuery]
    public string? By { get; set; }

    /// <summary>The next draft of the queue; null if this is the only one.</summary>
    public QueuedDraft? Next { get; private set; }

    /// <summary>The previous draft of the queue; null if this is the only one.</summary>
    public QueuedDraft? Previous { get; private set; }

    /// <summary>The number of drafts in the filtered queue, with this one.</summary>
    public int Waiting { get; private set; }

    public EntryRow Row { get; private set; } = null!;

    public Revision Latest { get; private set; } = null!;

    /// <summary>The revisions since the public one, latest first.</summary>
    public IReadOnlyList<Revision> Since { get; private set; } = [];

    public ActorNames Names { get; private set; } = null!;

    public IReadOnlyList<ChangeView> Changes { get; private set; } = [];

    public IReadOnlyList<EntryWarning> Warnings { get; private set; } = [];

    public Review? Submitted { get; private set; }

    public string Reason { get; private set; } = "";

    public string? Note { get; private set; }

    /// <summary>Whether to publish an unpublished entry again.</summary>
    public bool Again { get; private set; }

    /// <summary>The translated texts that the draft changes, with their originals.</summary>
    public IReadOnlyList<ReviewedTranslation> Translated { get; private set; } = [];

    public string OriginalLanguage { get; private set; } = "en";

    /// <summary>Whether the user decides on this change.</summary>
    public bool MayDecide { get; private set; }

    public async Task OnGetAsync()
    {
        var vocabularies = await rules.VocabulariesAsync(Cancellation);
        await using var session = await Database.OpenAsync(Cancellation);
        Row = await EntryStore.ReadAsync(session, Id, Cancellation);
        var revisions = await EntryStore.ListRevisionsAsync(session, Id, Cancellation);
        Latest = revisions[0];
        Since = [.. revisions.Where(r => r.Number > (Row.PublishedRevision ?? 0))];
        var published = revisions.FirstOrDefault(r => r.Number == Row.PublishedRevision);
        Changes = ChangeView.Of(Row.Kind, published?.Body, Latest.Body, vocabularies);
        var after = EntryJson.Read(Latest.Body);
        (Translated, OriginalLanguage) = (ReviewedTranslation.Of(published is null ? null : EntryJson.Read(published.Body), after), after.Language);
        MayDecide = User.IsAtLeast(CuratorRole.Reviewer) || User.MayReview(await TranslationScope.ReadAsync(session, Id, Latest.Number, Cancellation));
        Names = await ActorNames.ReadAsync(session, Cancellation);
        Submitted = (await ReviewStore.ListAsync(session, Id, Cancellation)).FirstOrDefault(r => r.Decision == "submit");
        var today = await Department.TodayAsync(Cancellation);
        Warnings = await EntryWarnings.FindAsync(session, Id, after, today, Cancellation);
        var (queue, filter) = (await IndexModel.ReviewableAsync(session, User, Cancellation), IndexModel.FilterOf(Kind, By));
        (Next, Previous) = (ReviewQueue.After(queue, Id, filter), ReviewQueue.Before(queue, Id, filter));
        Waiting = queue.Count(d => !d.IsOwn && filter.Allows(d));
    }

    [AtLeast(CuratorRole.Reviewer, OrLanguageReviewer = true)]
    public async Task<IActionResult> OnPostApproveAsync(int revision, string? note, bool again)
    {
        (Note, Again) = (note, again);
        await rules.VocabulariesAsync(Cancellation);
        // Only reviewers decide that what was taken down comes back.
        var comesBack = again && User.IsAtLeast(CuratorRole.Reviewer);
        var answer = await DecideAsync(revision, s => reviews.ApproveAsync(s, Id, revision, Actor, note, Cancellation, comesBack), "was approved and published.");
        if (answer is not PageResult)
        {
            TempData[UndoApprovalName] = $"{Id}/{revision}";
        }

        return answer;
    }

    /// <summary>Undoes the last approval: what was public before is published again, and the draft is in review again.</summary>
    [AtLeast(CuratorRole.Reviewer, OrLanguageReviewer = true)]
    public async Task<IActionResult> OnPostUndoApprovalAsync(int revision)
    {
        await rules.VocabulariesAsync(Cancellation);
        var done = await TryAsync(async s =>
        {
            if (!User.IsAtLeast(CuratorRole.Reviewer) && (await ApprovalUndo.FindAsync(s, Id, Cancellation))?.ApprovedBy != Actor.Code)
            {
                throw new RefusedException("You can undo only your own approvals. A reviewer can undo this one.");
            }

            await approvals.UndoAsync(s, Id, revision, Actor, "The approval was undone.", Cancellation);
        });
        if (done)
        {
            Notice = "The approval was undone. The draft is in review again.";
            return RedirectToPage(new { id = Id });
        }

        await OnGetAsync();
        return Page();
    }

    [AtLeast(CuratorRole.Reviewer, OrLanguageReviewer = true)]
    public async Task<IActionResult> OnPostReturnAsync(int revision, string? reason)
    {
        Reason = reason ?? "";
        var answer = await DecideAsync(revision, s => reviews.ReturnAsync(s, Id, revision, Actor, Reason, Cancellation), "was returned to its author.");
        if (answer is not PageResult)
        {
            TempData[UndoName] = $"{Id}/{revision}";
        }

        return answer;
    }

    /// <summary>Sends a draft that was returned by mistake to review again.</summary>
    [AtLeast(CuratorRole.Reviewer, OrLanguageReviewer = true)]
    public async Task<IActionResult> OnPostUndoReturnAsync(int revision)
    {
        var done = await TryAsync(async s =>
        {
            await RefuseUnlessReviewableAsync(s, revision);
            await reviews.SubmitAsync(s, Id, revision, Actor, "The return was undone.", Cancellation);
        });
        if (done)
        {
            Notice = "The return was undone. The draft is in review again.";
            return RedirectToPage(new { id = Id });
        }

        await OnGetAsync();
        return Page();
    }

    /// <summary>Language reviewers decide only on changes of nothing but translations in their languages.</summary>
    private async Task RefuseUnlessReviewableAsync(DbSession session, int revision)
    {
        if (!User.IsAtLeast(CuratorRole.Reviewer) && !User.MayReview(await TranslationScope.ReadAsync(session, Id, revision, Cancellation)))
        {
            throw new RefusedException("You can decide only on changes of nothing but translations in your languages. A reviewer decides on this one.");
        }
    }

    /// <summary>Decides, and goes to the next draft that the current curator may review.</summary>
    private async Task<IActionResult> DecideAsync(int revision, Func<DbSession, Task> decide, string done)
    {
        var filter = IndexModel.FilterOf(Kind, By);
        var (name, next) = await ReadAsync(async s => (
            (await EntryStore.ReadAsync(s, Id, Cancellation)).Name, ReviewQueue.After(await IndexModel.ReviewableAsync(s, User, Cancellation), Id, filter)));
        var decided = await TryAsync(async s =>
        {
            await RefuseUnlessReviewableAsync(s, revision);
            await decide(s);
        });
        if (decided)
        {
            Notice = $"“{name}” {done}";
            return next is null ? RedirectToPage("Index") : RedirectToPage("Show", new { id = next.EntryId, kind = Kind, by = By });
        }

        await OnGetAsync();
        return Page();
    }
}
