using System.Text.Json;

namespace HealthEquity.Store.Curators;

/// <summary>The codes of <see cref="CuratorRole"/>.</summary>
public static class CuratorRoles
{
    /// <summary>All roles, from least to most permissions.</summary>
    public static IReadOnlyList<CuratorRole> All { get; } = Enum.GetValues<CuratorRole>();

    /// <summary>The code in the database, in cookies and on the command line.</summary>
    public static string Code(this CuratorRole role) => JsonNamingPolicy.CamelCase.ConvertName(role.ToString());

    /// <summary>Whether the role is limited to certain languages.</summary>
    public static bool HasLanguages(this CuratorRole role) => role is CuratorRole.Translator or CuratorRole.LanguageReviewer;

    /// <summary>Whether people with this role must sign in with a second factor: those who approve what the public sees.</summary>
    public static bool NeedsTwoFactor(this CuratorRole role) => role == CuratorRole.LanguageReviewer || role >= CuratorRole.Reviewer;

    /// <summary>Parses a code.</summary>
    public static bool TryParse(string? code, out CuratorRole role)
    {
        role = default;
        foreach (var candidate in All.Where(r => r.Code() == code))
        {
            role = candidate;
            return true;
        }

        return false;
    }
}
