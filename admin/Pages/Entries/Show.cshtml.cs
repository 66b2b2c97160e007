using HealthEquity.Admin.Branding;
using HealthEquity.Admin.Directory;
using HealthEquity.Admin.Pages.Shared;
using HealthEquity.Admin.Wording;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Vocabularies;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Duplicates;
using HealthEquity.Store.Entries;
using HealthEquity.Store.Publishing;
using HealthEquity.Store.Reviews;
using HealthEquity.Store.Suggestions;
using Microsoft.AspNetCore.Mvc;

namespace HealthEquity.Admin.Pages.Entries;

/// <summary>One entry's state, and what can be done with it beside editing.</summary>
public sealed class ShowModel(EntryStore entries, Publisher publisher, ReviewStore reviews, DirectoryRules rules) : ConsolePage
{
    private const int AlikeShown = 5;

    [BindProperty(SupportsGet = true), FromRoute]
    public Guid Id { get; set; }

    public EntryRow Row { get; private set; } = null!;

    public ActorNames Names { get; private set; } = null!;

    public Revision Latest { get; private set; } = null!;

    public IReadOnlyList<EntryWarning> Warnings { get; private set; } = [];

    public IReadOnlyList<string> Failures { get; private set; } = [];

    public IReadOnlyList<Suggestion> Suggestions { get; private set; } = [];

    /// <summary>Why a reviewer sent the draft back.</summary>
    public Review? Returned { get; private set; }

    /// <summary>Pairs with an entry that may be the same.</summary>
    public IReadOnlyList<ListedPair> Alike { get; private set; } = [];

    /// <summary>The entry that this one was merged into.</summary>
    public EntryRow? Survivor { get; private set; }

    public IReadOnlyList<Term> Reasons { get; private set; } = [];

    /// <summary>The day that it is where the department is.</summary>
    public DateOnly Today { get; private set; }

    /// <summary>What was sent in a field of the page; empty when nothing was.</summary>
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
        Alike = await DuplicateStore.ListAsync(session, new PairFilter { EntryId = Id }, 0, AlikeShown, Cancellation);
        Survivor = Row.MergedInto is { } survivor ? await EntryStore.ReadAsync(session, survivor, Cancellation) : null;
        var entry = EntryJson.Read(Latest.Body);
        Warnings = await EntryWarnings.FindAsync(session, Id, entry, Today, Cancellation);
        Failures = [.. rules.Validate(entry).Errors.Select(e => e.ErrorMessage)];
    }

    public Task<IActionResult> OnPostSubmitAsync(int revision, string? submitNote) => ActAsync(
        s => reviews.SubmitAsync(s, Id, revision, Actor, submitNote, Cancellation), "Handed to the reviewers.");

    public Task<IActionResult> OnPostDiscardAsync(int revision, string? discardNote) => ActAsync(
        s => reviews.DiscardAsync(s, Id, revision, Actor, discardNote, Cancellation), "The draft is gone; its text stays in the history.");

    public Task<IActionResult> OnPostAssignAsync(Guid? curator) => ActAsync(
        s => entries.AssignAsync(s, Id, curator, Actor, Cancellation), curator is null ? "Nobody looks after it now." : "Assigned.");

    public Task<IActionResult> OnPostWithdrawAsync(Listing listing, string? reason, string? withdrawNote)
    {
        var why = string.Join(": ", new[] { reason, withdrawNote }.Where(t => !string.IsNullOrWhiteSpace(t)));
        return ActAsync(
            s => why.Length == 0 || listing is not (Listing.Suspended or Listing.Retired or Listing.DoNotList)
                ? throw new RefusedException("Say what is to become of it, and why.") { Field = nameof(withdrawNote) }
                : publisher.WithdrawAsync(s, Id, listing, Actor, why, mergedInto: null, Cancellation),
            $"{EntryWords.Listing(listing)}.");
    }

    public Task<IActionResult> OnPostResumeAsync(string? resumeNote) => ActAsync(
        s => publisher.ResumeAsync(s, Id, Actor, resumeNote, Cancellation), "Public again.");

    public Task<IActionResult> OnPostSlugAsync(string? slug) => ActAsync(
        async s =>
        {
            await entries.ChangeSlugAsync(s, Id, slug?.Trim() ?? "", Actor, Cancellation);
            await publisher.RefreshAsync(s, Id, Cancellation);
        },
        "The address is changed; the one before leads there.");

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
