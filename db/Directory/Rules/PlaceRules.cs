using FluentValidation;
using HealthEquity.Directory.Geography;
using HealthEquity.Directory.Vocabularies;

namespace HealthEquity.Directory.Rules;

/// <summary>Rules for fields that name a place in the United States.</summary>
public static class PlaceRules
{
    /// <summary>The USPS code of a state or territory.</summary>
    public static IRuleBuilderOptions<T, string?> StateCode<T>(this IRuleBuilder<T, string?> rule) => rule
        .Must(v => v is null || States.Find(v)?.Code == v)
        .WithMessage((_, v) => States.Parse(v) is { } state
            ? $"must be a state code. Did you mean '{state.Code}'?"
            : "is not a state or territory code. Use the two capital letters of the USPS code, such as FL or PR.");

    /// <summary>A county with its state, such as "FL:Miami-Dade County".</summary>
    public static IRuleBuilderOptions<T, string?> CountyCode<T>(this IRuleBuilder<T, string?> rule) => rule
        .Must(v => v is null || Counties.Parse(v)?.Code == v)
        .WithMessage((_, v) => v is { Length: > 3 } && v[2] == ':'
            ? $"is not a county. {CountyRemedy(v[..2], v[3..], withState: true)}"
            : "is not a county. Enter the state code, a colon and the county's full name, such as FL:Miami-Dade County.");

    /// <summary>Five digits.</summary>
    public static bool IsZip(string value) => value.Length == 5 && value.All(char.IsAsciiDigit);

    /// <summary>Five digits, or ZIP+4.</summary>
    public static bool IsZipOrZipPlus4(string value) =>
        IsZip(value) || value.Length == 10 && value[5] == '-' && IsZip(value[..5]) && value[6..].All(char.IsAsciiDigit);

    /// <summary>False if the ZIP code lies only in other states. Unknown ZIP codes and military mail pass.</summary>
    public static bool MayLieIn(string zip, string state) =>
        !ZipCodes.TryGet(zip, out var area) || area.Counties.Count == 0 || area.Counties.Any(c => c.State == state);

    /// <summary>The name of a state in a message: "Illinois" for IL; the code itself if it is unknown.</summary>
    public static string StateName(string code) => States.Find(code)?.Name ?? code;

    /// <summary>True for the full name of a county in the state.</summary>
    public static bool IsCounty(string name, string state) => Counties.Find(state, name)?.Name == name;

    /// <summary>Suggests a fix for a name that is not a county in the state.</summary>
    public static string CountyRemedy(string state, string name, bool withState = false)
    {
        var nearest = Counties.Find(state, name)?.Name
            ?? NearestTerm.Find(name, Counties.All.Where(c => c.State == state).Select(c => c.Name));
        return nearest is null ? "Enter its full name, such as Miami-Dade County or Orleans Parish."
            : $"Did you mean '{(withState ? $"{state}:{nearest}" : nearest)}'?";
    }

    /// <summary>True for a point in the states and territories, including the sea between them.</summary>
    public static bool IsInTheUnitedStates(double latitude, double longitude) =>
        latitude is > -15 and < 72 && longitude is < -64 or > 144;
}
