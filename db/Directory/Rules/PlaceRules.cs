using FluentValidation;
using HealthEquity.Directory.Geography;
using HealthEquity.Directory.Vocabularies;

namespace HealthEquity.Directory.Rules;

/// <summary>The rules of fields that name a place in the United States.</summary>
public static class PlaceRules
{
    /// <summary>The USPS code of a state or territory.</summary>
    public static IRuleBuilderOptions<T, string?> StateCode<T>(this IRuleBuilder<T, string?> rule) => rule
        .Must(v => v is null || States.Find(v)?.Code == v)
        .WithMessage((_, v) => States.Parse(v) is { } state
            ? $"is not written as a code: write '{state.Code}'."
            : "is no code of a state or territory: write the two capital letters that the mail uses, such as FL or PR.");

    /// <summary>A county with its state, such as "FL:Miami-Dade County".</summary>
    public static IRuleBuilderOptions<T, string?> CountyCode<T>(this IRuleBuilder<T, string?> rule) => rule
        .Must(v => v is null || Counties.Parse(v)?.Code == v)
        .WithMessage((_, v) => v is { Length: > 3 } && v[2] == ':'
            ? $"is no county: {CountyRemedy(v[..2], v[3..], withState: true)}"
            : "is no county: write the state's code, a colon and the county's full name, such as FL:Miami-Dade County.");

    /// <summary>Five digits.</summary>
    public static bool IsZip(string value) => value.Length == 5 && value.All(char.IsAsciiDigit);

    /// <summary>Five digits, or five and four.</summary>
    public static bool IsZipOrZipPlus4(string value) =>
        IsZip(value) || value.Length == 10 && value[5] == '-' && IsZip(value[..5]) && value[6..].All(char.IsAsciiDigit);

    /// <summary>False when the ZIP code's area lies in other states only. Boxes and single buildings have no area and pass.</summary>
    public static bool MayLieIn(string zip, string state) =>
        !ZipCodes.TryGet(zip, out var area) || area.Counties.Count == 0 || area.Counties.Any(c => c.State == state);

    /// <summary>True for the full name of a county of the state.</summary>
    public static bool IsCounty(string name, string state) => Counties.Find(state, name)?.Name == name;

    /// <summary>What to write in place of a name that is no county's.</summary>
    public static string CountyRemedy(string state, string name, bool withState = false)
    {
        var nearest = Counties.Find(state, name)?.Name
            ?? NearestTerm.Find(name, Counties.All.Where(c => c.State == state).Select(c => c.Name));
        return nearest is null ? "write its full name, such as Miami-Dade County or Orleans Parish."
            : $"write '{(withState ? $"{state}:{nearest}" : nearest)}'.";
    }

    /// <summary>True for a point within the states and territories, the sea between them included.</summary>
    public static bool IsInTheUnitedStates(double latitude, double longitude) =>
        latitude is > -15 and < 72 && longitude is < -64 or > 144;
}
