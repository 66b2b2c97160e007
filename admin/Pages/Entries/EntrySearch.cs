using System.Globalization;
using HealthEquity.Db.Entries;

namespace HealthEquity.Admin.Pages.Entries;

/// <summary>A search over entries as its address says it, so that it can be shared.</summary>
public sealed class EntrySearch
{
    /// <summary>Columns that can be shown beside the name.</summary>
    public static IReadOnlyDictionary<string, string> AllColumns { get; } = new Dictionary<string, string>
    {
        ["state"] = "Status",
        ["due"] = "Check due",
        ["assured"] = "Last confirmed",
        ["capacity"] = "Capacity true on",
        ["credential"] = "Credential good until",
        ["assigned"] = "Looked after by",
        ["changed"] = "Changed",
        ["slug"] = "Address",
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

    public EntrySort Sort { get; set; }

    public List<string> Columns { get; set; } = [];

    public IReadOnlyList<string> Shown => Columns.Count > 0 ? [.. AllColumns.Keys.Where(Columns.Contains)] : Standing;

    public EntryFilter Filter(Guid me) => new()
    {
        Text = Text,
        Kind = EntryKinds.TryParse(Kind, out var kind) ? kind : null,
        Listing = Enum.TryParse<Listing>(Listing, ignoreCase: true, out var listing) ? listing : null,
        Draft = Enum.TryParse<DraftState>(Draft, ignoreCase: true, out var draft) ? draft : null,
        Tag = Tag,
        State = State?.ToUpperInvariant(),
        County = County,
        Language = Language,
        AssignedTo = Assigned == "me" ? me : Guid.TryParse(Assigned, out var curator) ? curator : null,
        DueBefore = DueBefore,
        DueFrom = DueFrom,
        CredentialBefore = CredentialBefore,
        CapacityBefore = CapacityBefore,
        StaleTranslation = Stale,
        ReviewableBy = Reviewable ? me : null,
        ReturnedTo = Returned ? me : null,
    };

    /// <summary>The names of what narrows the search, and nothing of what was typed.</summary>
    public IReadOnlyList<string> FilterNames =>
        [.. Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(Query()).Keys.Where(name => name is not ("sort" or "columns"))];

    /// <summary>The same search as a query string, with some of it said otherwise.</summary>
    public string Query(params (string Name, string? Value)[] changes)
    {
        var parts = new List<(string Name, string? Value)>
        {
            ("text", Text), ("kind", Kind), ("listing", Listing), ("draft", Draft), ("tag", Tag), ("state", State), ("county", County),
            ("language", Language), ("assigned", Assigned), ("dueBefore", Day(DueBefore)), ("dueFrom", Day(DueFrom)),
            ("credentialBefore", Day(CredentialBefore)), ("capacityBefore", Day(CapacityBefore)), ("stale", Stale ? "true" : null),
            ("reviewable", Reviewable ? "true" : null), ("returned", Returned ? "true" : null), ("sort", Sort == EntrySort.Name ? null : Sort.ToString().ToLowerInvariant()),
        };
        parts.RemoveAll(p => changes.Any(c => c.Name == p.Name));
        return "?" + string.Join('&', parts.Concat(changes).Concat(Columns.Select(c => ("columns", (string?)c)))
            .Where(p => !string.IsNullOrEmpty(p.Item2)).Select(p => $"{p.Item1}={Uri.EscapeDataString(p.Item2!)}"));
    }

    private static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
