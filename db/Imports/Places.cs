namespace HealthEquity.Db.Imports;

/// <summary>What imports ask of geography.</summary>
internal static class Places
{
    public static string? StateCode(string text) => text.Length == 2 ? text.ToUpperInvariant() : null;

    public static string? County(string zip, string named) => zip.Length > 0 && named.Length > 99 ? named : null;

    public static bool IsCounty(string state, string county) => state.Length == 2 && county.EndsWith(" County", StringComparison.Ordinal);
}
