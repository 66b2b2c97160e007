using HealthEquity.Directory.Entries;
using HealthEquity.Store.Databases;

namespace HealthEquity.Store.Curators;

/// <summary>
/// The languages of translators and language reviewers. The role is stored with them: for an earlier release, such a person is a viewer.
/// </summary>
internal static class CuratorLanguages
{
    /// <summary>The maximum length of the languages, in characters.</summary>
    public const int MaxLength = 400;

    /// <summary>The role and the languages as columns of a statement on Curator.</summary>
    public const string Columns =
        """
        COALESCE((SELECT l.Role FROM CuratorLanguages AS l WHERE l.CuratorId = Curator.CuratorId), Curator.Role) AS Role,
        COALESCE((SELECT l.Languages FROM CuratorLanguages AS l WHERE l.CuratorId = Curator.CuratorId), '') AS Languages
        """;

    private static readonly Sql Delete = new("CuratorLanguages.Save", "DELETE FROM CuratorLanguages WHERE CuratorId = @id");

    private static readonly Sql Insert = new(
        "CuratorLanguages.Save", "INSERT INTO CuratorLanguages (CuratorId, Role, Languages) VALUES (@id, @role, @languages)");

    /// <summary>The role that is stored with the curator.</summary>
    public static CuratorRole Stored(CuratorRole role) => role.HasLanguages() ? CuratorRole.Viewer : role;

    /// <summary>The languages in their stored form; empty for a role without languages.</summary>
    /// <exception cref="RefusedException">There is none, or one is not a language.</exception>
    public static string Written(CuratorRole role, IEnumerable<string> languages)
    {
        if (!role.HasLanguages())
        {
            return "";
        }

        var tags = languages.Distinct(StringComparer.Ordinal).ToList();
        if (tags.Find(t => !LanguageTag.IsValid(t)) is { } unknown)
        {
            throw new RefusedException($"'{unknown}' is not a known language. Use its English name or a code such as es, ht or zh-Hans.") { Field = nameof(Curator.Languages) };
        }

        var written = string.Join(' ', tags);
        RefusedException.IfLonger(written, MaxLength, "The list of languages");
        return written.Length > 0
            ? written
            : throw new RefusedException("Enter the languages that this person translates or reviews.") { Field = nameof(Curator.Languages) };
    }

    /// <summary>Saves the role and languages of a curator. Requires a transaction.</summary>
    public static async Task SaveAsync(DbSession session, Guid id, CuratorRole role, string languages, CancellationToken cancellation)
    {
        await session.ExecuteAsync(Delete, new { id }, cancellation);
        if (role.HasLanguages())
        {
            await session.ExecuteAsync(Insert, new { id, role = role.Code(), languages }, cancellation);
        }
    }
}
