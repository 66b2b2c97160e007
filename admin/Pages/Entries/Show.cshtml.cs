using HealthEquity.Admin.Access;
using HealthEquity.Admin.Branding;
using HealthEquity.Admin.Directory;
using HealthEquity.Admin.Pages.Shared;
using HealthEquity.Admin.Wording;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Vocabularies;
using HealthEquity.Store.Curators;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Duplicates;
using HealthEquity.Store.Entries;
using HealthEquity.Store.Publishing;
using HealthEquity.Store.Reviews;
using HealthEquity.Store.Suggestions;
using HealthEquity.Store.Verification;
using Microsoft.AspNetCore.Mvc;

namespace HealthEquity.Admin.Pages.Entries;

/// <summary>Shows an entry as the public reads it, with its state, its people and the available actions beside it.</summary>
public sealed class ShowModel(EntryStore entries, Publisher publisher, ReviewStore reviews, DirectoryRules rules) : ConsolePage
{
    private const int MaxDuplicatesShown = 5;

    [BindProperty(SupportsGet = true), FromRoute]
    public Guid Id { get; set; }

    public EntryRow Row { get; private set; } = null!;

    public ActorNames Names { get; private set; } = null!;

    public Revision Latest { get; private set; } = null!;

    /// <summary>The sections of the latest revision.</summary>
    public IReadOnlyList<EntrySection> Sections { get; private set; } = [];

    /// <summary>The language of the entry's own text.</summary>
    public string Language { get; private set; } = "";

    /// <summary>Whether the user may edit the entry. After a merge, curators edit only the surviving entry.</summary>
    public bool MayEdit => User.IsAtLeast(CuratorRole.Curator) && Survivor is null;

    /// <summary>The time of the user's unsaved changes; null for none.</summary>
    public DateTimeOffset? UnsavedAt { get; private set; }

    /// <summary>The last verification; null for none.</summary>
    public VerificationRecord? LastCheck { get; private set; }

    /// <summary>The last approval; null for none.</summary>
    public Review? Approval { get; private set; }

    public IReadOnlyList<EntryWarning> Warnings { get; private set; } = [];

    public IReadOnlyList<string> Failures { get; private set; } = [];

    public IReadOnlyList<Suggestion> Suggestions { get; private set; } = [];

    /// <summary>The review that returned the draft; null for none.</summary>
    public Review? Returned { get; private set; }

    /// <summary>Possible duplicates of the entry.</summary>
    public IReadOnlyList<ListedPair> PossibleDuplicates { get; private set; } = [];

    /// <summary>The entry that this one was merged into; null for none.</summary>
    public EntryRow? Survivor { get; private set; }

    public IReadOnlyList<Term> Reasons { get; private set; } = [];

    /// <summary>The current date in the department's time zone.</summary>
    public DateOnly Today { get; private set; }

    /// <summary>Returns a posted value; empty for none.</summary>
    public string Typed(string name) => Request.HasFormContentType ? Request.Form[name].ToString() : "";

    public async Task OnGetAsync()
    {
        Today = await Department.TodayAsync(Cancellation);
        var vocabularies = await rules.VocabulariesAsync(Cancellation);
        Reasons = [.. (vocabularies.Find(VocabularyNames.SuspensionReason)?.Terms ?? []).Where(t => !t.Retired)];
        await using var session = await Database.OpenAsync(Cancellation);
        Row = await EntryStore.ReadAsync(session, Id, Cancellation);
        Latest = await EntryStore.ReadRevisionAsync(session, Id, Row.LatestRevision, Cancellation);
        Names = await ActorNames.ReadAsync(session, Cancellation);
        Suggestions = await SuggestionStore.ListOpenAsync(session, Id, Cancellation);
        Returned = await ReviewStore.FindReturnAsync(session, Row, Cancellation);
        PossibleDuplicates = await DuplicateStore.ListAsync(session, new PairFilter { EntryId = Id }, 0, MaxDuplicatesShown, Cancellation);
        Survivor = Row.MergedInto is { } survivor ? await EntryStore.ReadAsync(session, survivor, Cancellation) : null;
        var entry = EntryJson.Read(Latest.Body);
        LastCheck = await VerificationStore.ListAsync(session, Id, Cancellation) is [var last, ..] ? last : null;
        Approval = (await ReviewStore.ListAsync(session, Id, Cancellation)).FirstOrDefault(r => r.Decision == "approve" && r.Revision == Row.PublishedRevision);
        UnsavedAt = MayEdit ? (await AutosavedDrafts.FindAsync(session, User.CuratorId(), AutosavedDrafts.KeyOf(Id), Cancellation))?.SavedAt : null;
        Sections = EntrySection.Of(entry, vocabularies, withPrivate: User.IsAtLeast(CuratorRole.Curator));
        Language = entry.Language;
        Warnings = await EntryWarnings.FindAsync(session, Id, entry, Today, Cancellation);
        Failures = [.. rules.Validate(entry).Errors.Select(e => e.ErrorMessage)];
    }

    public Task<IActionResult> OnPostSubmitAsync(int revision, string? submitNote) => ActAsync(
        s => reviews.SubmitAsync(s, Id, revision, Actor, submitNote, Cancellation), "Sent to review.");

    public Task<IActionResult> OnPostDiscardAsync(int revision, string? discardNote) => ActAsync(
        s => reviews.DiscardAsync(s, Id, revision, Actor, discardNote, Cancellation), "Draft discarded. It stays in the history.");

    public Task<IActionResult> OnPostAssignAsync(Guid? curator) => ActAsync(
        s => entries.AssignAsync(s, Id, curator, Actor, Cancellation), curator is null ? "The entry is no longer assigned to anyone." : "Assigned.");

    public Task<IActionResult> OnPostWithdrawAsync(Listing listing, string? reason, string? withdrawNote)
    {
        var why = string.Join(": ", new[] { reason, withdrawNote }.Where(t => !string.IsNullOrWhiteSpace(t)));
        return ActAsync(
            s => why.Length == 0 || listing is not (Listing.Suspended or Listing.Retired or Listing.DoNotList)
                ? throw new RefusedException("Choose a new status and enter a reason.") { Field = nameof(withdrawNote) }
                : publisher.WithdrawAsync(s, Id, listing, Actor, why, mergedInto: null, Cancellation),
            $"{EntryLabels.Listing(listing)}.");
    }

    public Task<IActionResult> OnPostResumeAsync(string? resumeNote) => ActAsync(
        s => publisher.ResumeAsync(s, Id, Actor, resumeNote, Cancellation), "Published again.");

    public Task<IActionResult> OnPostSlugAsync(string? slug) => ActAsync(
        async s =>
        {
            await entries.ChangeSlugAsync(s, Id, slug?.Trim() ?? "", Actor, Cancellation);
            await publisher.RefreshAsync(s, Id, Cancellation);
        },
        "Web address changed. The old address redirects to the new one.");

    private async Task<IActionResult> ActAsync(Func<DbSession, Task> act, string done)
    {
        if (await TryAsync(act))
        {
            Notice = done;
            return RedirectToPage(new { id = Id });
        }

        await OnGetAsync();
        return Page();
    }
}
