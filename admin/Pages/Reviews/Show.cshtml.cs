using HealthEquity.Admin.Access;
using HealthEquity.Admin.Branding;
using HealthEquity.Admin.Comparing;
using HealthEquity.Admin.Directory;
using HealthEquity.Admin.Pages.Shared;
using HealthEquity.Admin.Wording;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Curators;
using HealthEquity.Store.Entries;
using HealthEquity.Store.Reviews;
using Microsoft.AspNetCore.Mvc;

namespace HealthEquity.Admin.Pages.Reviews;

/// <summary>Shows the changes since the public revision, and approves or returns the entry.</summary>
public sealed class ShowModel(ReviewStore reviews, DirectoryRules rules) : ConsolePage
{
    [BindProperty(SupportsGet = true), FromRoute]
    public Guid Id { get; set; }

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
        Names = await ActorNames.ReadAsync(session, Cancellation);
        Submitted = (await ReviewStore.ListAsync(session, Id, Cancellation)).FirstOrDefault(r => r.Decision == "submit");
        var today = await Department.TodayAsync(Cancellation);
        Warnings = await EntryWarnings.FindAsync(session, Id, EntryJson.Read(Latest.Body), today, Cancellation);
    }

    [AtLeast(CuratorRole.Reviewer)]
    public async Task<IActionResult> OnPostApproveAsync(int revision, string? note, bool again)
    {
        (Note, Again) = (note, again);
        await rules.VocabulariesAsync(Cancellation);
        return await DecideAsync(
            await TryAsync(s => reviews.ApproveAsync(s, Id, revision, Actor, note, Cancellation, again)), "Approved and published.");
    }

    [AtLeast(CuratorRole.Reviewer)]
    public async Task<IActionResult> OnPostReturnAsync(int revision, string? reason)
    {
        Reason = reason ?? "";
        return await DecideAsync(
            await TryAsync(s => reviews.ReturnAsync(s, Id, revision, Actor, Reason, Cancellation)), "Returned to the author.");
    }

    private async Task<IActionResult> DecideAsync(bool done, string notice)
    {
        if (done)
        {
            Notice = notice;
            return RedirectToPage("Index");
        }

        await OnGetAsync();
        return Page();
    }
}
