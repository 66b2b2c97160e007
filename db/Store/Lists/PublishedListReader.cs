using System.Text.Json;
using HealthEquity.Store.Databases;

namespace HealthEquity.Store.Lists;

/// <summary>A list as the public reads it.</summary>
public sealed record PublishedList
{
    private ListContent? _content;

    /// <summary>The list's id.</summary>
    public Guid ListId { get; init; }

    /// <summary>Its address.</summary>
    public string Slug { get; init; } = "";

    /// <summary>The content as JSON; null if the list was taken down.</summary>
    public string? Body { get; init; }

    /// <summary>When it was last published or taken down, UTC.</summary>
    public DateTimeOffset ChangedAt { get; init; }

    /// <summary>The content; null if the list was taken down.</summary>
    /// <exception cref="JsonException">The body is damaged.</exception>
    public ListContent? Content => Body is null ? null : _content ??= ListContent.Read(Body);

    /// <summary>False if the body is damaged.</summary>
    public bool IsReadable
    {
        get
        {
            try
            {
                _ = Content;
                return true;
            }
            catch (JsonException)
            {
                return false;
            }
        }
    }
}

/// <summary>Reads published lists. Requires only <see cref="DatabaseAccess.Public"/>.</summary>
public static class PublishedListReader
{
    private static readonly Sql SelectVersion = new("PublishedListReader.Version", "SELECT COALESCE(SUM(Version), 0) FROM PublishedList");

    private static readonly Sql SelectAll = new("PublishedListReader.Read", "SELECT ListId, Slug, Body, ChangedAt FROM PublishedList ORDER BY Slug");

    /// <summary>A number that increases whenever a list is published or taken down.</summary>
    public static Task<long> VersionAsync(DbSession session, CancellationToken cancellation) =>
        session.ScalarAsync<long>(SelectVersion, null, cancellation);

    /// <summary>All lists, including those that were taken down, by address.</summary>
    public static Task<IReadOnlyList<PublishedList>> ReadAsync(DbSession session, CancellationToken cancellation) =>
        session.QueryAsync<PublishedList>(SelectAll, null, cancellation);
}
