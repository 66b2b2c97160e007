using System.Text.Json;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Traits;
using HealthEquity.Store.Databases;

namespace HealthEquity.Store.Publishing;

/// <summary>A match between an entry and one that asked not to be listed.</summary>
public sealed record DoNotListMatch
{
    /// <summary>The entry to publish.</summary>
    public Guid EntryId { get; init; }

    /// <summary>The entry that asked not to be listed.</summary>
    public Guid OtherId { get; init; }

    /// <summary>Its name.</summary>
    public string OtherName { get; init; } = "";

    /// <summary>The type of the shared key (<see cref="EntryKeys"/>); empty if the two are a possible duplicate as a whole.</summary>
    public string Type { get; init; } = "";

    /// <summary>The value of the key.</summary>
    public string Value { get; init; } = "";
}

/// <summary>Finds entries that match one that asked not to be listed.</summary>
public static class DoNotListMatches
{
    // Any of these keys is enough for a match. An address is not, because neighbors share it.
    private static readonly HashSet<string> Identifying =
        [EntryKeys.Phone, EntryKeys.Email, EntryKeys.License, EntryKeys.Npi, EntryKeys.Bar, EntryKeys.Ein, EntryKeys.NameAndAddress];

    private static readonly Sql SelectAllKeys = new(
        "DoNotListMatches.Keys",
        "SELECT k.Type, k.Value FROM EntryKey AS k INNER JOIN Entry AS e ON e.EntryId = k.EntryId WHERE e.Listing = 'doNotList'");

    // Skip pairs that a curator marked as not the same.
    private const string Decided =
        """
        EXISTS (
          SELECT 1 FROM DuplicatePair AS p
          WHERE p.State = 'notSame' AND ((p.FirstId = mine.EntryId AND p.SecondId = k.EntryId) OR (p.FirstId = k.EntryId AND p.SecondId = mine.EntryId)))
        """;

    private static readonly Sql SelectSharedKeys = new(
        "DoNotListMatches.Find",
        sqlServer:
        $"""
        SELECT mine.EntryId, k.EntryId AS OtherId, asked.Name AS OtherName, mine.Type, mine.Value
        FROM OPENJSON(@rows) WITH (EntryId uniqueidentifier '$[0]', Type varchar(20) '$[1]', Value nvarchar(300) '$[2]') AS mine
        INNER JOIN EntryKey AS k ON k.Type = mine.Type AND k.Value = mine.Value AND k.EntryId <> mine.EntryId
        INNER JOIN Entry AS asked ON asked.EntryId = k.EntryId
        WHERE asked.Listing = 'doNotList' AND NOT {Decided}
        """,
        // CROSS JOIN keeps this join order, from few rows to many.
        sqlite:
        $"""
        SELECT mine.EntryId, k.EntryId AS OtherId, asked.Name AS OtherName, mine.Type, mine.Value
        FROM (SELECT value ->> 0 AS EntryId, value ->> 1 AS Type, value ->> 2 AS Value FROM json_each(@rows)) AS mine
        CROSS JOIN EntryKey AS k ON k.Type = mine.Type AND k.Value = mine.Value AND k.EntryId <> mine.EntryId
        CROSS JOIN Entry AS asked ON asked.EntryId = k.EntryId
        WHERE asked.Listing = 'doNotList' AND NOT {Decided}
        """);

    private static readonly Sql SelectAlike = new(
        "DoNotListMatches.Find",
        """
        SELECT p.FirstId AS EntryId, p.SecondId AS OtherId, e.Name AS OtherName
        FROM DuplicatePair AS p INNER JOIN Entry AS e ON e.EntryId = p.SecondId
        WHERE p.FirstId IN @ids AND p.State = 'open' AND e.Listing = 'doNotList'
        UNION
        SELECT p.SecondId AS EntryId, p.FirstId AS OtherId, e.Name AS OtherName
        FROM DuplicatePair AS p INNER JOIN Entry AS e ON e.EntryId = p.FirstId
        WHERE p.SecondId IN @ids AND p.State = 'open' AND e.Listing = 'doNotList'
        """);

    /// <summary>The keys of all entries that asked not to be listed.</summary>
    public static async Task<IReadOnlySet<(string Type, string Value)>> KeysAsync(DbSession session, CancellationToken cancellation) =>
        (await session.QueryAsync<(string Type, string Value)>(SelectAllKeys, null, cancellation)).Where(k => Identifying.Contains(k.Type)).ToHashSet();

    /// <summary>The identifying keys that an entry shares with entries that asked not to be listed.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="keys">The result of <see cref="KeysAsync"/>.</param>
    public static IReadOnlyList<(string Type, string Value)> Shared(Entry entry, IReadOnlySet<(string Type, string Value)> keys) =>
        keys.Count == 0 ? [] : [.. EntryKeys.Of(entry).Where(k => Identifying.Contains(k.Type) && keys.Contains(k))];

    /// <summary>
    /// Matches of entries with those that asked not to be listed, by entry: a shared identifying key, or an undecided possible duplicate. Pairs
    /// that a curator marked as not the same are omitted.
    /// </summary>
    internal static async Task<ILookup<Guid, DoNotListMatch>> FindAsync(
        DbSession session, IReadOnlyCollection<(Guid Id, Entry Text)> texts, CancellationToken cancellation)
    {
        var keys = texts.SelectMany(t => EntryKeys.Of(t.Text).Distinct().Where(k => Identifying.Contains(k.Type)).Select(k => new object[] { t.Id, k.Type, k.Value }));
        var shared = await session.QueryAsync<DoNotListMatch>(SelectSharedKeys, new { rows = JsonSerializer.Serialize(keys) }, cancellation);
        var alike = await session.QueryAsync<DoNotListMatch>(SelectAlike, new { ids = DbSession.Ids(texts.Select(t => t.Id)) }, cancellation);
        return shared.Concat(alike).ToLookup(m => m.EntryId);
    }
}
