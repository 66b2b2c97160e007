using System.Diagnostics.CodeAnalysis;

namespace HealthEquity.Store.Curators;

/// <summary>The codes of <see cref="CuratorRole"/>.</summary>
public static class CuratorRoles
{
    /// <summary>All roles, from least to most permissions.</summary>
    public static IReadOnlyList<CuratorRole> All { get; } = Enum.GetValues<CuratorRole>();

    /// <summary>The code in the database, in cookies and on the command line.</summary>
    [SuppressMessage("Globalization", "CA1308", Justification = "Codes are lowercase.")]
    public static string Code(this CuratorRole role) => role.ToString().ToLowerInvariant();

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
