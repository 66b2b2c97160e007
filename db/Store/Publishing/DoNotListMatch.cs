using System.Text.Json;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Traits;
using HealthEquity.Store.Databases;

namespace HealthEquity.Store.Publishing;

/// <summary>An entry that asked not to be listed, and what another entry has in common with it.</summary>
public sealed record DoNotListMatch
{
    /// <summary>The entry that is to be public.</summary>
    public Guid EntryId { get; init; }

    /// <summary>The entry that asked not to be listed.</summary>
    public Guid OtherId { get; init; }

    /// <summary>Its name.</summary>
    public string OtherName { get; init; } = "";

    /// <summary>The type of the key that both have (<see cref="EntryKeys"/>); empty where the two were found to be alike as a whole.</summary>
    public string Type { get; init; } = "";

    /// <summary>The key.</summary>
    public string Value { get; init; } = "";
}

/// <summary>Finds entries that may be one that asked not to be listed.</summary>
public static class DoNotListMatches
{
    // Any one of these is enough to leave a person or an office alone; an address is not, because neighbors share it.
    private static readonly HashSet<string> Identifying =
        [EntryKeys.Phone, EntryKeys.Email, EntryKeys.License, EntryKeys.Npi, EntryKeys.Bar, EntryKeys.Ein, EntryKeys.NameAndAddress];

    private static readonly Sql SelectAllKeys = new(
        "DoNotListMatches.Keys",
        "SELECT k.Type, k.Value FROM EntryKey AS k INNER JOIN Entry AS e ON e.EntryId = k.EntryId WHERE e.Listing = 'doNotList'");

    // A curator who says that two are not the same has looked at what they share.
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
        // CROSS JOIN: in this order, from the few to the many.
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

    /// <summary>Those of an entry's keys that an entry that asked not to be listed has too.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="keys">What <see cref="KeysAsync"/> found.</param>
    public static IReadOnlyList<(string Type, string Value)> Shared(Entry entry, IReadOnlySet<(string Type, string Value)> keys) =>
        keys.Count == 0 ? [] : [.. EntryKeys.Of(entry).Where(k => Identifying.Contains(k.Type) && keys.Contains(k))];

    /// <summary>
    /// What texts share with entries that asked not to be listed, by entry: an identifying key, or a likeness that nobody has decided
    /// about. Pairs of which a curator said that they are not the same are left out.
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
