using System.Globalization;
using HealthEquity.Admin.Access;
using HealthEquity.Admin.Branding;
using HealthEquity.Admin.Directory;
using HealthEquity.Admin.Pages.Shared;
using HealthEquity.Admin.Wording;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Geography;
using HealthEquity.Directory.Traits;
using HealthEquity.Directory.Vocabularies;
using HealthEquity.Formats.Exports;
using HealthEquity.Store.BulkChanges;
using HealthEquity.Store.Curators;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Entries;
using HealthEquity.Store.Presence;
using Microsoft.AspNetCore.Mvc;

namespace HealthEquity.Admin.Pages.Entries;

/// <summary>Lists all entries, including drafts, with search, sorting, selection, bulk changes, and export.</summary>
public sealed partial class IndexModel(
    BulkChangeStore changes, DirectoryRules rules, SearchFilters filters, EntryViews views, SavedViews saved, DirectoryHealth health, PresenceStore presence)
    : ConsolePage
{
    private const int PageSize = 50;
    private const int MaxCountyNames = 400;

    /// <summary>The export option for everything, including private fields.</summary>
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

    /// <summary>What the rows have in common.</summary>
    public GridRows Grid { get; private set; } = null!;

    /// <summary>Whether the curator prefers more rows on a screen.</summary>
    public bool IsCompact { get; private set; }

    /// <summary>The field whose values are counted; null for none.</summary>
    [BindProperty(SupportsGet = true), FromQuery]
    public string? Facet { get; set; }

    /// <summary>The values of that field among the results.</summary>
    public EntryFacet? Counted { get; private set; }

    /// <summary>Saved views with their counts.</summary>
    public IReadOnlyList<CountedView> Views { get; private set; } = [];

    /// <summary>Whether the search index is ready. Until then, only names, slugs, and complete keys are searched.</summary>
    public bool IsIndexed { get; private set; } = true;

    /// <summary>The counties that have entries, for the datalist.</summary>
    public IReadOnlyList<string> CountyNames { get; private set; } = [];

    /// <summary>Colleagues who have an entry open, by entry.</summary>
    public ILookup<Guid, PresentCurator> Open { get; private set; } = Array.Empty<PresentCurator>().ToLookup(p => p.EntryId);

    /// <summary>The current date in the department's time zone.</summary>
    public DateOnly Today { get; private set; }

    /// <summary>Whether a second person confirms large changes.</summary>
    public bool FourEyes { get; private set; }

    /// <summary>Shows the list. A day or a name typed in the filter panel becomes a condition in the address.</summary>
    public async Task<IActionResult> OnGetAsync(string? before, string? named, bool not)
    {
        if (named is not null && GridField.Find(Facet) is { } of && await TypedAsync(of, named, not) is { } address)
        {
            return LocalRedirect(Request.PathBase + Request.Path + address);
        }

        if (before is not null && GridField.Find(Facet) is { IsDay: true } field && GridCondition.Parse($"{field.Code}:before:{before}") is { } condition)
        {
            return LocalRedirect(Request.PathBase + Request.Path + Search.With(condition));
        }

        await LoadAsync();
        return Page();
    }

    /// <summary>The search with what was typed as a filter; null if it is no value of the field, with the error.</summary>
    private async Task<string?> TypedAsync(GridField field, string named, bool not)
    {
        var (code, problem) = field.Field switch
        {
            EntryCondition.Assigned => await ReadAsync(async s => ActorNames.Find(named, (await ActorNames.ReadAsync(s, Cancellation)).All)) is var (id, wrong) ? ($"{id}", wrong) : default,
            EntryPlaces.City => await ReadAsync(s => EntryFacets.CitiesAsync(s, named, Cancellation)) switch
            {
                [] => (null, $"No entry is in a city “{named.Trim()}”."),
                [var only] => (only, null),
                var several => (null, $"“{named.Trim()}” can be {string.Join("; ", several)}. Enter one of them."),
            },
            _ => field.Resolve(named, await rules.VocabulariesAsync(Cancellation)),
        };
        if (problem is not null)
        {
            ModelState.AddModelError("named", problem);
            return null;
        }

        return field.Field == EntryCondition.Assigned ? Search.Query(("assigned", code))
            : Search.With(new GridCondition(field, not && field.Operators.Contains(ConditionOperator.Not) ? ConditionOperator.Not : field.Operators[0], code));
    }

    private async Task LoadAsync()
    {
        FourEyes = (await Department.SettingsAsync(Cancellation)).FourEyes;
        Today = await Department.TodayAsync(Cancellation);
        Vocabularies = await rules.VocabulariesAsync(Cancellation);
        await using var session = await Database.OpenAsync(Cancellation);
        IsCompact = await CuratorDensity.ReadAsync(session, User.CuratorId(), Cancellation) == CuratorDensity.Compact;
        Search.Kept = await CuratorColumns.ReadAsync(session, User.CuratorId(), Cancellation);
        Search.DropUsualColumns();
        var filter = await FilterAsync(session);
        if (Search.Where.Any(w => GridCondition.Parse(w) is null))
        {
            ModelState.AddModelError("", "A filter in this link can't be read and was left out.");
        }

        if (filter.Counties is { Count: 0 })
        {
            ModelState.AddModelError(nameof(Search.County), $"Unknown county “{Search.County}”. Enter the county's name, and its state if several states have one: Orange, FL.");
        }

        Number = Math.Clamp(Number, 1, int.MaxValue / PageSize);
        (Rows, Count) = await EntryFinder.PageAsync(session, filter, Search.Order, (Number - 1) * PageSize, PageSize, Cancellation);
        HasMore = Number * PageSize < Count;
        Names = await ActorNames.ReadAsync(session, Cancellation);
        var common = new GridRows(Search.Shown, Vocabularies, Names, Today) { List = Search.Query(("number", Number > 1 ? Number.ToString(CultureInfo.InvariantCulture) : null)), MayEdit = User.IsAtLeast(CuratorRole.Curator), LackedLanguage = LackedLanguage };
        Grid = await common.ReadAsync(session, Rows, Cancellation);
        Counted = GridField.Find(Facet) is { } field ? await EntryFacets.ReadAsync(session, filter, field.Field, field.Operators, Cancellation) : null;
        Open = await presence.AllAsync(session, User.CuratorId(), Cancellation);
        Views = await views.ListAsync(session, User.CuratorId(), User.Languages(), Cancellation);
        CountyNames = [.. (health.Last?.Counties ?? []).Take(MaxCountyNames).Select(c => Counties.Parse(c.Heading)?.FullName).OfType<string>()];
    }

    /// <summary>Returns the preview of one row for the panel beside the list.</summary>
    public async Task<IActionResult> OnGetPeekAsync(Guid id)
    {
        Vocabularies = await rules.VocabulariesAsync(Cancellation);
        await using var session = await Database.OpenAsync(Cancellation);
        var row = await EntryStore.ReadAsync(session, id, Cancellation);
        var contents = await EntryContents.ReadAsync(session, [id], Cancellation);
        Names = await ActorNames.ReadAsync(session, Cancellation);
        return Partial("_Peek", new PeekView(row, contents[id], new GridCells(contents, Vocabularies), Names));
    }

    /// <summary>Saves the columns in the URL as the curator's columns. Without columns in the URL, restores the defaults.</summary>
    [AtLeast(CuratorRole.Viewer)]
    public async Task<IActionResult> OnPostColumnsAsync()
    {
        IReadOnlyList<string> columns = [.. EntrySearch.AllColumns.Keys.Where(Search.Columns.Contains)];
        await Database.TransactAsync(s => CuratorColumns.SaveAsync(s, User.CuratorId(), columns, Cancellation), Cancellation);
        Notice = columns.Count > 0 ? "Your columns were saved." : "Default columns restored.";
        return LocalRedirect(Request.PathBase + Request.Path + Search.Query());
    }

    /// <summary>Saves how dense the list is for this curator.</summary>
    [AtLeast(CuratorRole.Viewer)]
    public async Task<IActionResult> OnPostDensityAsync(string? density)
    {
        await Database.TransactAsync(s => CuratorDensity.SaveAsync(s, User.CuratorId(), density == CuratorDensity.Compact, Cancellation), Cancellation);
        return LocalRedirect(Request.PathBase + Request.Path + Search.Query());
    }

    /// <summary>Saves the search as a view: the curator's own, or the team's.</summary>
    [AtLeast(CuratorRole.Viewer)]
    public async Task<IActionResult> OnPostSaveViewAsync(string? name, bool shared)
    {
        var isShared = shared && User.IsAtLeast(CuratorRole.Curator);
        if (!await TryAsync(s => saved.SaveAsync(s, name, Search.Query(), User.CuratorId(), isShared, Cancellation)))
        {
            await LoadAsync();
            return Page();
        }

        Notice = "View saved.";
        return LocalRedirect(Request.PathBase + Request.Path + Search.Query());
    }

    /// <summary>Deletes a view.</summary>
    [AtLeast(CuratorRole.Viewer)]
    public async Task<IActionResult> OnPostDeleteViewAsync(string slug)
    {
        await Database.TransactAsync(s => SavedViews.DeleteAsync(s, slug, User.CuratorId(), User.IsAtLeast(CuratorRole.Administrator), Cancellation), Cancellation);
        Notice = "View deleted.";
        return LocalRedirect(Request.PathBase + Request.Path + Search.Query());
    }

    /// <summary>
    /// Exports the selected entries, or all search results if none are selected. Viewers get public content only. Curators can also
    /// export everything.
    /// </summary>
    [AtLeast(CuratorRole.Viewer)]
    public async Task<IActionResult> OnPostExportAsync(List<Guid> chosen, string? format, string? view)
    {
        IReadOnlyList<Guid> ids = [.. chosen.Distinct()];
        if (ids.Count == 0)
        {
            ids = await ReadAsync(async session => await EntryFinder.FindIdsAsync(session, await FilterAsync(session), Search.Order, Cancellation));
        }

        if (!ExportFormats.TryParse(format, out var file) || ids.Count > file.MaxEntries())
        {
            ModelState.AddModelError("export-format", "Choose a format. An Excel sheet holds a million entries; CSV holds any number.");
            await LoadAsync();
            return Page();
        }

        var request = new ExportRequest
        {
            Format = file,
            View = view == EditorialView && User.IsAtLeast(CuratorRole.Curator) ? ExportView.Editorial : ExportView.Public,
            Kinds = chosen.Count == 0 && EntryKinds.TryParse(Search.Kind, out var kind) ? [kind] : EntryKinds.All,
            Ids = ids,
            FoundBy = chosen.Count > 0 ? "chosen" : Search.FilterNames is { Count: > 0 } names ? string.Join(", ", names) : "all",
        };
        await HttpContext.RequestServices.GetRequiredService<EntryExport>().SendAsync(Response, request, Actor, Cancellation);
        return new EmptyResult();
    }

    /// <summary>Returns a posted value of the form below the list; empty for none.</summary>
    public string Typed(string name) => Request.HasFormContentType ? Request.Form[name].ToString() : "";

    private async Task<EntryFilter> FilterAsync(DbSession session)
    {
        (var filter, IsIndexed) = await filters.ReadAsync(session, Search, User.CuratorId(), Cancellation);
        return filter;
    }
}
