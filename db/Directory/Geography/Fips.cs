namespace HealthEquity.Directory.Geography;

/// <summary>
/// The Census Bureau's codes of places. Each begins with the state's two digits (INCITS 38); counties add three (INCITS 31),
/// places five (INCITS 446). A school district's NCES LEA id is the state's digits and five of its own.
/// </summary>
public static class Fips
{
    /// <summary>True for a state's code: two digits.</summary>
    public static bool IsState(string? code) => Has(code, 2);

    /// <summary>True for the form of a county's code: five digits with a state's at their head.</summary>
    public static bool IsCounty(string? code) => Has(code, 5);

    /// <summary>True for the form of a place's code: seven digits with a state's at their head.</summary>
    public static bool IsPlace(string? code) => Has(code, 7);

    /// <summary>True for the form of a school district's NCES LEA id: seven digits with a state's at their head.</summary>
    public static bool IsSchoolDistrict(string? code) => Has(code, 7);

    private static bool Has(string? code, int length) =>
        code?.Length == length && code.All(char.IsAsciiDigit) && States.All.Any(s => code.StartsWith(s.Fips, StringComparison.Ordinal));
}
