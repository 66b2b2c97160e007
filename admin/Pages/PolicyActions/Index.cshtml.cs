using HealthEquity.Admin.Directory;
using HealthEquity.Admin.Pages.Shared;
using HealthEquity.Directory.Adoptions;
using HealthEquity.Directory.Vocabularies;
using HealthEquity.Formats.Tables;
using Microsoft.AspNetCore.Mvc;

namespace HealthEquity.Admin.Pages.PolicyActions;

/// <summary>The matrix of jurisdictions and provisions across policy actions, drafts included.</summary>
public sealed class IndexModel(PolicyDrafts drafts, DirectoryRules rules) : ConsolePage
{
    /// <summary>The value of a filter that shows everything.</summary>
    public const string All = "all";

    /// <summary>With more policy actions, they are found by a part of their name instead of in a list.</summary>
    public const int MaxListed = 100;

    // A page of the matrix has at most this many cells, between the two numbers of rows, and whole actions of about this many columns.
    private const int MaxCells = 1_200;
    private const int MaxColumns = 40;
    private const int MinRows = 5;
    private const int MaxRows = 100;

    /// <summary>A theme; empty for the one with the most adoptions, "all" for all.</summary>
    [BindProperty(SupportsGet = true), FromQuery]
    public string? Theme { get; set; }

    /// <summary>Who can take the action; empty for everybody.</summary>
    [BindProperty(SupportsGet = true), FromQuery(Name = "actor")]
    public string? PolicyActor { get; set; }

    /// <summary>The id of one action; null for all.</summary>
    [BindProperty(SupportsGet = true), FromQuery]
    public Guid? Action { get; set; }

    /// <summary>A state; empty for all.</summary>
    [BindProperty(SupportsGet = true), FromQuery]
    public string? State { get; set; }

    /// <summary>The level of the jurisdiction; empty for all.</summary>
    [BindProperty(SupportsGet = true), FromQuery]
    public string? Level { get; set; }

    /// <summary>The status of an adoption; empty for all.</summary>
    [BindProperty(SupportsGet = true), FromQuery]
    public string? Status { get; set; }

    /// <summary>A part of the jurisdiction's name.</summary>
    [BindProperty(SupportsGet = true), FromQuery]
    public string? Place { get; set; }

    /// <summary>A part of the action's name.</summary>
    [BindProperty(SupportsGet = true), FromQuery]
    public string? Named { get; set; }

    [BindProperty(SupportsGet = true), FromQuery]
    public int Number { get; set; } = 1;

    /// <summary>The number of the part: some of the actions beside each other.</summary>
    [BindProperty(SupportsGet = true), FromQuery]
    public int Part { get; set; } = 1;

    /// <summary>The number of parts.</summary>
    public int Parts { get; private set; } = 1;

    /// <summary>The number of actions in all parts.</summary>
    public int ActionCount { get; private set; }

    /// <summary>The position of the part's first action among them, from 1.</summary>
    public int First { get; private set; } = 1;

    /// <summary>All policy actions.</summary>
    public IReadOnlyList<PolicyDraft> Drafts { get; private set; } = [];

    /// <summary>The actions of the columns, by theme and name.</summary>
    public IReadOnlyList<PolicyDraft> Shown { get; private set; } = [];

    /// <summary>The matrix, with the places of this page.</summary>
    public PolicyMatrix Matrix { get; private set; } = new([], []);

    /// <summary>All adoptions, for the choices.</summary>
    public IReadOnlyList<AdoptionRow> Rows { get; private set; } = [];

    /// <summary>The number of places on all pages.</summary>
    public int Count { get; private set; }

    /// <summary>The number of pages.</summary>
    public int Pages { get; private set; } = 1;

    public VocabularySet Vocabularies { get; private set; } = null!;

    public async Task OnGetAsync()
    {
        await LoadAsync();
        var parts = PartsOf(Shown);
        (ActionCount, Parts) = (Shown.Count, Math.Max(1, parts.Count));
        Part = Math.Clamp(Part, 1, Parts);
        First = 1 + parts.Take(Part - 1).Sum(p => p.Count);
        Shown = parts.Count == 0 ? [] : parts[Part - 1];
        var matrix = MatrixOf(Shown);
        var size = Math.Clamp(MaxCells / Math.Max(1, matrix.Columns.Count + Shown.Count), MinRows, MaxRows);
        Count = matrix.Rows.Count;
        Pages = Math.Max(1, (Count + size - 1) / size);
        Number = Math.Clamp(Number, 1, Pages);
        Matrix = matrix with { Rows = [.. matrix.Rows.Skip((Number - 1) * size).Take(size)] };
    }

    /// <summary>The filtered matrix as a file.</summary>
    public async Task<IActionResult> OnGetCsvAsync() =>
        File(await AdoptionTables.Matrix(await LoadAllAsync()).WriteAsync(Cancellation), CsvTable.ContentType, "policy-matrix.csv");

    /// <summary>Returns the label of a term.</summary>
    public string Label(string vocabulary, string code) => Vocabularies.Find(vocabulary, code)?.Label ?? code;

    /// <summary>Returns the URL of this matrix with another page number or handler.</summary>
    public string To(int number, string? handler = null, int? part = null)
    {
        var to = part ?? Part;
        return Url.Page("Index", handler, new
        {
            theme = Theme,
            actor = PolicyActor,
            action = Action,
            state = State,
            level = Level,
            status = Status,
            place = Place,
            named = Named,
            part = to == 1 ? (int?)null : to,
            number = number == 1 ? (int?)null : number,
        })!;
    }

    /// <summary>Actions beside each other, as many as fit on a page; at least one.</summary>
    private static List<IReadOnlyList<PolicyDraft>> PartsOf(IReadOnlyList<PolicyDraft> drafts)
    {
        var parts = new List<List<PolicyDraft>>();
        var columns = 0;
        foreach (var draft in drafts)
        {
            var own = draft.Action.Provisions.Count + 1;
            if (parts.Count == 0 || columns + own > MaxColumns)
            {
                parts.Add([]);
                columns = 0;
            }

            parts[^1].Add(draft);
            columns += own;
        }

        return [.. parts];
    }

    private async Task<PolicyMatrix> LoadAllAsync()
    {
        await LoadAsync();
        return MatrixOf(Shown);
    }

    private async Task LoadAsync()
    {
        Vocabularies = await rules.VocabulariesAsync(Cancellation);
        Drafts = await ReadAsync(s => drafts.ReadAsync(s, Cancellation));
        Rows = [.. Drafts.SelectMany(d => AdoptionRow.Of(d.Action))];
        Theme = Action is not null ? All : string.IsNullOrEmpty(Theme)
            ? Rows.CountBy(r => r.PolicyAction.Theme).OrderByDescending(t => t.Value).ThenBy(t => t.Key, StringComparer.Ordinal).Select(t => t.Key).FirstOrDefault(All)
            : Theme;
        Shown =
        [
            .. Drafts.Where(d => (Action is null || d.Row.EntryId == Action) && Contains(d.Action.Name, Named) && (Theme == All || d.Action.Theme == Theme) && (string.IsNullOrEmpty(PolicyActor) || d.Action.Actors.Contains(PolicyActor)))
                .OrderBy(d => d.Action.Theme, StringComparer.Ordinal).ThenBy(d => d.Action.Name, StringComparer.InvariantCultureIgnoreCase),
        ];
    }

    /// <summary>The matrix of some actions, with the places that the filters allow.</summary>
    private PolicyMatrix MatrixOf(IReadOnlyList<PolicyDraft> drafts)
    {
        var actions = drafts.Select(d => d.Row.EntryId).ToHashSet();
        var rows = Rows.Where(r => actions.Contains(r.PolicyAction.Id) && Allows(State, r.Jurisdiction.State) && Allows(Level, r.Jurisdiction.Level) && Allows(Status, r.Status)
            && Contains(r.Jurisdiction.Name, Place)).ToList();
        return PolicyMatrix.Of(rows, drafts.SelectMany(d => d.Action.Provisions.Select(p => (AdoptionRow.Reference(d.Action), p))));
    }

    private static bool Contains(string name, string? part) => string.IsNullOrWhiteSpace(part) || name.Contains(part.Trim(), StringComparison.OrdinalIgnoreCase);

    private static bool Allows(string? chosen, string? value) => string.IsNullOrEmpty(chosen) || chosen == value;
}
