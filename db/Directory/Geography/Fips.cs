namespace HealthEquity.Directory.Geography;

/// <summary>
/// The Census Bureau's place codes. Each starts with the state's two digits (INCITS 38); counties add three (INCITS 31), places five
/// (INCITS 446). A school district's NCES LEA id is the state's digits plus five of its own.
/// </summary>
public static class Fips
{
    /// <summary>True for a state code: two digits.</summary>
    public static bool IsState(string? code) => Has(code, 2);

    /// <summary>True for the form of a county code: five digits that start with a state code.</summary>
    public static bool IsCounty(string? code) => Has(code, 5);

    /// <summary>True for the form of a place code: seven digits that start with a state code.</summary>
    public static bool IsPlace(string? code) => Has(code, 7);

    /// <summary>True for the form of a school district's NCES LEA id: seven digits that start with a state code.</summary>
    public static bool IsSchoolDistrict(string? code) => Has(code, 7);

    private static bool Has(string? code, int length) =>
        code?.Length == length && code.All(char.IsAsciiDigit) && States.All.Any(s => code.StartsWith(s.Fips, StringComparison.Ordinal));
}
