using System.Globalization;
using HealthEquity.Admin.Access;
using HealthEquity.Admin.Branding;
using HealthEquity.Admin.Directory;
using HealthEquity.Admin.Pages.Shared;
using HealthEquity.Admin.Wording;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Geography;
using HealthEquity.Directory.Vocabularies;
using HealthEquity.Formats.Exports;
using HealthEquity.Store.Curators;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Entries;
using HealthEquity.Store.Publishing;
using HealthEquity.Store.Reviews;
using HealthEquity.Store.Verification;
using Microsoft.AspNetCore.Mvc;

namespace HealthEquity.Admin.Pages.Entries;

/// <summary>All entries, drafts among them: found, sorted, chosen, and many changed at once.</summary>
public sealed partial class IndexModel(EntryStore entries, Publisher publisher, ReviewStore reviews, DirectoryRules rules, EditorialDirectory directory, DirectoryHealth health) : ConsolePage
{
    private const int PageSize = 50;
    private const int MostProposed = 400;

    /// <summary>The choice of everything, private members too, in the export's form.</summary>
    public const string EditorialView = "editorial";

    [BindProperty(SupportsGet = true), FromQuery(Name = "")]
    public EntrySearch Search { get; set; } = new();

    [BindProperty(SupportsGet = true), FromQuery]
    public int Number { get; set; } = 1;

    public IReadOnlyList<EntryRow> Rows { get; private set; } = [];

    public int Count { get; private set; }

    public ActorNames Names { get; private set; } = null!;

    public VocabularySet Vocabularies { get; private set; } = null!;

    public bool HasMore { get; private set; }

    /// <summary>False while the search index is being built, and names, slugs and whole keys are all that is searched.</summary>
    public bool IsIndexed { get; private set; } = true;

    /// <summary>Counties that there are entries in, as proposals.</summary>
    public IReadOnlyList<string> CountyProposals { get; private set; } = [];

    /// <summary>The day that it is where the department is.</summary>
    public DateOnly Today { get; private set; }

    public async Task OnGetAsync()
    {
        Today = await Department.TodayAsync(Cancellation);
        Vocabularies = await rules.VocabulariesAsync(Cancellation);
        await using var session = await Database.OpenAsync(Cancellation);
        Search.Kept = await CuratorColumns.ReadAsync(session, User.CuratorId(), Cancellation);
        var filter = await FilterAsync(session);
        if (filter.Counties is { Count: 0 })
        {
            ModelState.AddModelError(nameof(Search.County), $"No county is called “{Search.County}”. Type its name, and its state where several have one: Orange, FL.");
        }

        Number = Math.Clamp(Number, 1, int.MaxValue / PageSize);
        (Rows, Count) = await EntryFinder.PageAsync(session, filter, Search.Order, (Number - 1) * PageSize, PageSize, Cancellation);
        HasMore = Number * PageSize < Count;
        Names = await ActorNames.ReadAsync(session, Cancellation);
        CountyProposals = [.. (health.Last?.Counties ?? []).Take(MostProposed).Select(c => Counties.Parse(c.Heading)?.FullName).OfType<string>()];
    }

    /// <summary>Keeps the columns of this address for all addresses that ask for none; an address without, the usual ones.</summary>
    [AtLeast(CuratorRole.Viewer)]
    public async Task<IActionResult> OnPostColumnsAsync()
    {
        IReadOnlyList<string> columns = [.. EntrySearch.AllColumns.Keys.Where(Search.Columns.Contains)];
        await Database.TransactAsync(s => CuratorColumns.SaveAsync(s, User.CuratorId(), columns, Cancellation), Cancellation);
        Notice = columns.Count > 0 ? "These columns are kept for you." : "You see the usual columns again.";
        return LocalRedirect(Request.Path + Search.Query());
    }

    /// <summary>
    /// The chosen entries as a file, or everything that the search finds when none is chosen. Viewers get what the public reads, and
    /// whoever may edit gets the rest too, if they ask for it.
    /// </summary>
    [AtLeast(CuratorRole.Viewer)]
    public async Task<IActionResult> OnPostExportAsync(List<Guid> chosen, string? format, string? view)
    {
        IReadOnlyList<Guid> ids = [.. chosen.Distinct()];
        if (ids.Count == 0)
        {
            ids = await ReadAsync(async session => await EntryFinder.FindIdsAsync(session, await FilterAsync(session), Search.Order, Cancellation));
        }

        if (!ExportFormats.TryParse(format, out var file) || ids.Count > file.MostEntries())
        {
            ModelState.AddModelError("export-format", "Choose a format. An Excel sheet holds a million entries; CSV holds any number.");
            await OnGetAsync();
            return Page();
        }

        var ask = new ExportRequest
        {
            Format = file,
            View = view == EditorialView && User.IsAtLeast(CuratorRole.Curator) ? ExportView.Editorial : ExportView.Public,
            Kinds = chosen.Count == 0 && EntryKinds.TryParse(Search.Kind, out var kind) ? [kind] : EntryKinds.All,
            Ids = ids,
            FoundBy = chosen.Count > 0 ? "chosen" : Search.FilterNames is { Count: > 0 } names ? string.Join(", ", names) : "all",
        };
        await HttpContext.RequestServices.GetRequiredService<EntryExport>().SendAsync(Response, ask, Actor, Cancellation);
        return new EmptyResult();
    }

    /// <summary>What a column says of an entry.</summary>
    public string Cell(string column, EntryRow row) => column switch
    {
        "kind" => EntryWords.Kind(row.Kind),
        "due" => Day(row.CheckDueOn),
        "assured" => Day(row.AssuredOn),
        "capacity" => Day(row.CapacityAsOf),
        "credential" => Day(row.CredentialExpiresOn),
        "assigned" => row.AssignedTo is null ? "" : Names.Of(row.AssignedTo),
        "slug" => row.Slug,
        _ => "",
    };

    /// <summary>What was sent in a field of the form below the list; empty when nothing was.</summary>
    public string Typed(string name) => Request.HasFormContentType ? Request.Form[name].ToString() : "";

    private async Task<EntryFilter> FilterAsync(DbSession session)
    {
        var filter = Search.Filter(User.CuratorId());
        if (Search.Reviewable)
        {
            var review = WorkQueue.ReviewableBy(User.CuratorId(), await Department.SettingsAsync(Cancellation));
            filter = filter with { ReviewableBy = review.ReviewableBy, Draft = review.Draft ?? filter.Draft };
        }

        if (string.IsNullOrWhiteSpace(filter.Text))
        {
            return filter;
        }

        var found = await directory.FindAsync(session, filter.Text, filter.Kind, Cancellation);
        IsIndexed = found is not null;
        return found is null ? filter : filter with { Among = found, Kind = null };
    }

    private static string Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";
}
