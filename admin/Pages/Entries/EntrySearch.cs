using System.Globalization;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Geography;
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
        ["due"] = "Check due",
        ["assured"] = "Last confirmed",
        ["capacity"] = "Capacity as of",
        ["credential"] = "Credential expires",
        ["assigned"] = "Assigned to",
        ["changed"] = "Last changed",
        ["slug"] = "Web address",
    };

    private static readonly string[] DefaultColumns = ["state", "due", "assigned", "changed"];

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

    public EntryOrder Order => new(Sorted, Desc ?? IsDescending(Sorted));

    private EntrySort Sorted => Sort switch
    {
        null when !string.IsNullOrWhiteSpace(Text) => EntrySort.Relevance,
        null => EntrySort.Name,
        EntrySort.Relevance when string.IsNullOrWhiteSpace(Text) => EntrySort.Name,
        { } sort => sort,
    };

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

    public EntryFilter Filter(Guid me) => new()
    {
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
    public string Query(params (string Name, string? Value)[] changes)
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
        return "?" + string.Join('&', parts.Concat(changes).Concat(Columns.Select(c => ("columns", (string?)c)))
            .Where(p => !string.IsNullOrEmpty(p.Item2)).Select(p => $"{p.Item1}={Uri.EscapeDataString(p.Item2!)}"));
    }

    private static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
