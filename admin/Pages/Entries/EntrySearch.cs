using System.Globalization;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Geography;
using HealthEquity.Search.Text;
using HealthEquity.Store.Entries;

namespace HealthEquity.Admin.Pages.Entries;

/// <summary>A search over entries as its address says it, so that it can be shared.</summary>
public sealed class EntrySearch
{
    /// <summary>Columns that can be shown beside the name.</summary>
    public static IReadOnlyDictionary<string, string> AllColumns { get; } = new Dictionary<string, string>
    {
        ["kind"] = "Kind",
        ["state"] = "Status",
        ["due"] = "Check due",
        ["assured"] = "Last confirmed",
        ["capacity"] = "Capacity true on",
        ["credential"] = "Credential good until",
        ["assigned"] = "Looked after by",
        ["changed"] = "Changed",
        ["slug"] = "Web address",
    };

    private static readonly string[] Standing = ["state", "due", "assigned", "changed"];

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

    /// <summary>In review, and not written by who asks.</summary>
    public bool Reviewable { get; set; }

    /// <summary>Sent back by a reviewer, and written by who asks.</summary>
    public bool Returned { get; set; }

    /// <summary>What the list is sorted by; null for the best match first where words are looked for, and by name otherwise.</summary>
    public EntrySort? Sort { get; set; }

    /// <summary>Whether the largest stand first; null for what is usual.</summary>
    public bool? Desc { get; set; }

    /// <summary>The columns that the address asks for.</summary>
    public List<string> Columns { get; set; } = [];

    /// <summary>The columns that the curator keeps, for addresses that ask for none.</summary>
    public IReadOnlyList<string> Kept { get; set; } = [];

    public IReadOnlyList<string> Shown => Known(Columns) is { Count: > 0 } asked ? asked : Known(Kept) is { Count: > 0 } kept ? kept : Standing;

    public EntryOrder Order => new(Sorted, Desc ?? IsDescending(Sorted));

    private EntrySort Sorted => Sort switch
    {
        null when !string.IsNullOrWhiteSpace(Text) => EntrySort.Relevance,
        null => EntrySort.Name,
        EntrySort.Relevance when string.IsNullOrWhiteSpace(Text) => EntrySort.Name,
        { } sort => sort,
    };

    /// <summary>What a column is sorted by.</summary>
    public static EntrySort SortOf(string column) => Enum.Parse<EntrySort>(column, ignoreCase: true);

    /// <summary>The address of the same list sorted by a column; sorted by it already, the other way round.</summary>
    public string SortedBy(string column)
    {
        var sort = SortOf(column);
        var descending = Order.Sort == sort ? !Order.Descending : IsDescending(sort);
        return Query(("sort", column), ("desc", descending == IsDescending(sort) ? null : descending ? "true" : "false"));
    }

    /// <summary>How the list is sorted by a column, as aria-sort says it; null where it is sorted by another.</summary>
    public string? Direction(string column) => Order.Sort != SortOf(column) ? null : Order.Descending ? "descending" : "ascending";

    /// <summary>What is usual: of changes the latest is looked for.</summary>
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

    /// <summary>The names of what narrows the search, and nothing of what was typed.</summary>
    public IReadOnlyList<string> FilterNames =>
        [.. Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(Query()).Keys.Where(name => name is not ("sort" or "desc" or "columns"))];

    /// <summary>The same search as a query string, with some of it said otherwise.</summary>
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
