using System.Globalization;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Geography;
using HealthEquity.Directory.Vocabularies;
using HealthEquity.Search.Text;
using HealthEquity.Store.Entries;

namespace HealthEquity.Admin.Pages.Entries;

/// <summary>The entry search, stored in the URL so that it can be shared.</summary>
public sealed class EntrySearch
{
    /// <summary>The optional columns of the list.</summary>
    public static IReadOnlyDictionary<string, string> AllColumns { get; } = new Dictionary<string, string>
    {
        ["kind"] = "Kind",
        ["state"] = "Status",
        ["city"] = "City",
        ["street"] = "Street",
        ["region"] = "State",
        ["county"] = "County",
        ["zip"] = "ZIP code",
        ["phone"] = "Phone",
        ["email"] = "Email",
        ["website"] = "Website",
        ["summary"] = "Summary",
        ["hours"] = "Hours",
        ["languages"] = "Languages",
        ["cost"] = "Cost",
        ["immigration"] = "Immigration status",
        ["availability"] = "Capacity",
        ["tags"] = "Tags",
        ["assured"] = "Last confirmed",
        ["due"] = "Check due",
        ["capacity"] = "Capacity as of",
        ["credential"] = "Credential expires",
        ["assigned"] = "Assigned to",
        ["changed"] = "Last changed",
        ["slug"] = "Web address",
    };

    private static readonly string[] DefaultColumns = ["state", "city", "phone", "languages", "cost", "immigration", "assured", "due", "assigned"];

    public string? Text { get; set; }

    public string? Kind { get; set; }

    public string? Listing { get; set; }

    public string? Draft { get; set; }

    public string? Tag { get; set; }

    public string? State { get; set; }

    public string? County { get; set; }

    public string? Language { get; set; }

    /// <summary>A curator's id, or "me".</summary>
    public string? Assigned { get; set; }

    /// <summary>Conditions on single fields; see <see cref="GridCondition"/>.</summary>
    public List<string> Where { get; set; } = [];

    public DateOnly? DueBefore { get; set; }

    public DateOnly? DueFrom { get; set; }

    public DateOnly? CredentialBefore { get; set; }

    public DateOnly? CapacityBefore { get; set; }

    public bool Stale { get; set; }

    /// <summary>Only entries in review that the user may review.</summary>
    public bool Reviewable { get; set; }

    /// <summary>Only the user's drafts that a reviewer returned.</summary>
    public bool Returned { get; set; }

    /// <summary>The sort order. Null means best match for a text search, otherwise by name.</summary>
    public EntrySort? Sort { get; set; }

    /// <summary>Whether to sort in descending order; null for the default.</summary>
    public bool? Desc { get; set; }

    /// <summary>The columns in the URL.</summary>
    public List<string> Columns { get; set; } = [];

    /// <summary>The curator's saved columns, used if the URL has none.</summary>
    public IReadOnlyList<string> Kept { get; set; } = [];

    public IReadOnlyList<string> Shown => Known(Columns) is { Count: > 0 } asked ? asked : Known(Kept) is { Count: > 0 } kept ? kept : DefaultColumns;

    /// <summary>Forgets columns that the curator would see anyway: the search form sends all that are checked.</summary>
    public void DropUsualColumns()
    {
        if (Known(Columns).ToHashSet().SetEquals(Known(Kept) is { Count: > 0 } kept ? kept : DefaultColumns))
        {
            Columns = [];
        }
    }

    public EntryOrder Order => new(Sorted, Desc ?? IsDescending(Sorted));

    /// <summary>The conditions on single fields that can be read.</summary>
    public IReadOnlyList<GridCondition> Conditions => [.. Where.Select(GridCondition.Parse).OfType<GridCondition>()];

    private EntrySort Sorted => Sort switch
    {
        null when !string.IsNullOrWhiteSpace(Text) => EntrySort.Relevance,
        null => EntrySort.Name,
        EntrySort.Relevance when string.IsNullOrWhiteSpace(Text) => EntrySort.Name,
        { } sort => sort,
    };

    /// <summary>Returns whether the list can be sorted by a column.</summary>
    public static bool IsSortable(string column) => Enum.TryParse<EntrySort>(column, ignoreCase: true, out _);

    /// <summary>Returns the sort order for a column.</summary>
    public static EntrySort SortOf(string column) => Enum.Parse<EntrySort>(column, ignoreCase: true);

    /// <summary>Returns the URL that sorts by a column, or reverses the direction if the list is already sorted by it.</summary>
    public string SortedBy(string column)
    {
        var sort = SortOf(column);
        var descending = Order.Sort == sort ? !Order.Descending : IsDescending(sort);
        return Query(("sort", column), ("desc", descending == IsDescending(sort) ? null : descending ? "true" : "false"));
    }

    /// <summary>Returns a column's aria-sort value; null if the list is sorted by another column.</summary>
    public string? Direction(string column) => Order.Sort != SortOf(column) ? null : Order.Descending ? "descending" : "ascending";

    /// <summary>Returns the default direction. Only "last changed" is descending.</summary>
    private static bool IsDescending(EntrySort sort) => sort == EntrySort.Changed;

    private static IReadOnlyList<string> Known(IReadOnlyList<string> columns) => [.. AllColumns.Keys.Where(columns.Contains)];

    /// <summary>Reads a search from an address.</summary>
    public static EntrySearch Parse(string query)
    {
        var values = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(query);
        string? Text(string name) => values.TryGetValue(name, out var value) && value.ToString() is { Length: > 0 } text ? text : null;
        DateOnly? DayOf(string name) => DateOnly.TryParseExact(Text(name), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
        return new EntrySearch
        {
            Text = Text("text"),
            Kind = Text("kind"),
            Listing = Text("listing"),
            Draft = Text("draft"),
            Tag = Text("tag"),
            State = Text("state"),
            County = Text("county"),
            Language = Text("language"),
            Assigned = Text("assigned"),
            Where = [.. values.TryGetValue("where", out var where) ? where.OfType<string>() : []],
            DueBefore = DayOf("dueBefore"),
            DueFrom = DayOf("dueFrom"),
            CredentialBefore = DayOf("credentialBefore"),
            CapacityBefore = DayOf("capacityBefore"),
            Stale = Text("stale") == "true",
            Reviewable = Text("reviewable") == "true",
            Returned = Text("returned") == "true",
            Sort = Enum.TryParse<EntrySort>(Text("sort"), ignoreCase: true, out var sort) ? sort : null,
            Desc = bool.TryParse(Text("desc"), out var descending) ? descending : null,
            Columns = [.. values.TryGetValue("columns", out var columns) ? columns.OfType<string>() : []],
        };
    }

    public EntryFilter Filter(Guid me, VocabularySet vocabularies) => new()
    {
        Conditions = Conditions is { Count: > 0 } conditions ? [.. conditions.Select(c => c.For(vocabularies))] : null,
        Text = Text,
        Kind = EntryKinds.TryParse(Kind, out var kind) ? kind : null,
        Listing = Enum.TryParse<Listing>(Listing, ignoreCase: true, out var listing) ? listing : null,
        Draft = Enum.TryParse<DraftState>(Draft, ignoreCase: true, out var draft) ? draft : null,
        Tag = Tag,
        State = States.Parse(State)?.Code ?? State?.ToUpperInvariant(),
        Counties = string.IsNullOrWhiteSpace(County) ? null : [.. Counties.Match(County, State).Select(c => c.Code)],
        Language = string.IsNullOrWhiteSpace(Language) ? null : LanguageNames.Find(Language) ?? Language.Trim(),
        AssignedTo = Assigned == "me" ? me : Guid.TryParse(Assigned, out var curator) ? curator : null,
        DueBefore = DueBefore,
        DueFrom = DueFrom,
        CredentialBefore = CredentialBefore,
        CapacityBefore = CapacityBefore,
        StaleTranslation = Stale,
        ReturnedTo = Returned ? me : null,
    };

    /// <summary>The names of the active filters, without their values.</summary>
    public IReadOnlyList<string> FilterNames =>
        [.. Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(Query()).Keys.Where(name => name is not ("sort" or "desc" or "columns"))];

    /// <summary>Returns the search as a query string with some values replaced.</summary>
    public string Query(params (string Name, string? Value)[] changes) => Query(Conditions.Select(c => c.ToString()), changes);

    /// <summary>Returns the search with another condition as a query string.</summary>
    public string With(GridCondition condition) => Query(Conditions.Append(condition).Select(c => c.ToString()).Distinct(), []);

    /// <summary>Returns the search without a condition as a query string.</summary>
    public string Without(GridCondition condition) => Query(Conditions.Where(c => c != condition).Select(c => c.ToString()), []);

    private string Query(IEnumerable<string> where, (string Name, string? Value)[] changes)
    {
        var parts = new List<(string Name, string? Value)>
        {
            ("text", Text), ("kind", Kind), ("listing", Listing), ("draft", Draft), ("tag", Tag), ("state", State), ("county", County),
            ("language", Language), ("assigned", Assigned), ("dueBefore", Day(DueBefore)), ("dueFrom", Day(DueFrom)),
            ("credentialBefore", Day(CredentialBefore)), ("capacityBefore", Day(CapacityBefore)), ("stale", Stale ? "true" : null),
            ("reviewable", Reviewable ? "true" : null), ("returned", Returned ? "true" : null), ("sort", Sort?.ToString().ToLowerInvariant()),
            ("desc", Desc is { } descending ? descending ? "true" : "false" : null),
        };
        parts.RemoveAll(p => changes.Any(c => c.Name == p.Name));
        return "?" + string.Join('&', parts.Concat(where.Select(w => ("where", (string?)w))).Concat(changes).Concat(Columns.Select(c => ("columns", (string?)c)))
            .Where(p => !string.IsNullOrEmpty(p.Item2)).Select(p => $"{p.Item1}={Uri.EscapeDataString(p.Item2!)}"));
    }

    private static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
