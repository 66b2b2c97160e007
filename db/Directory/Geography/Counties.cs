using System.Collections.Frozen;
using System.Text;
using HealthEquity.Directory.Text;

namespace HealthEquity.Directory.Geography;

/// <summary>A county, parish, borough, census area, municipio or independent city.</summary>
/// <param name="State">The USPS code of its state.</param>
/// <param name="Name">Its full name, such as "Miami-Dade County".</param>
public sealed record County(string State, string Name)
{
    /// <summary>The code in data and URLs: "FL:Miami-Dade County".</summary>
    public string Code => $"{State}:{Name}";

    /// <summary>The display name: "Miami-Dade County, FL".</summary>
    public string FullName => $"{Name}, {State}";

    /// <inheritdoc/>
    public override string ToString() => Code;
}

/// <summary>The counties of the Census Bureau.</summary>
public static class Counties
{
    // Longest first, so that "City and Borough" is removed before "Borough".
    private static readonly string[] Suffixes =
    [
        "city and borough", "census area", "planning region", "municipality", "municipio", "county", "parish", "borough", "island", "district", "city",
    ];

    private static readonly Lazy<FrozenDictionary<string, County>> ByKey = new(() => Index(withSuffix: true));

    private static readonly Lazy<FrozenDictionary<string, County>> ByShortKey = new(() => Index(withSuffix: false));

    /// <summary>All counties, by state and name.</summary>
    public static IReadOnlyList<County> All => ZipCodes.Counties;

    /// <summary>
    /// Finds a county by name, ignoring case, accents and spaces, with or without "County" (or "Parish"…), with "St." or "Saint". If a
    /// county and an independent city share a name, the county wins unless the text says "city".
    /// </summary>
    /// <param name="state">The USPS code of the state.</param>
    /// <param name="name">The name.</param>
    public static County? Find(string? state, string? name)
    {
        if (string.IsNullOrWhiteSpace(state) || string.IsNullOrWhiteSpace(name))
        {
            return null;
        }

        var words = $"{state.Trim().ToUpperInvariant()}:{Fold(name)}";

        // Try the text unchanged first: "Rock Island" is a county's short name, not "Rock" with a suffix.
        return ByKey.Value.GetValueOrDefault(Key(words))
            ?? ByShortKey.Value.GetValueOrDefault(Key(words))
            ?? ByShortKey.Value.GetValueOrDefault(Key(WithoutSuffix(words)));
    }

    /// <summary>Parses a code such as "FL:Miami-Dade County". The name can have any form that <see cref="Find"/> accepts.</summary>
    public static County? Parse(string? code) =>
        code is { Length: > 3 } && code[2] == ':' ? Find(code[..2], code[3..]) : null;

    /// <summary>
    /// The counties that match a typed name: "Miami-Dade", "Miami-Dade, FL", "Miami-Dade County, Florida" or a code. Several if states
    /// share the name and the text does not say which.
    /// </summary>
    /// <param name="text">The typed text.</param>
    /// <param name="state">The USPS code of the state, if known; otherwise null.</param>
    public static IReadOnlyList<County> Match(string text, string? state)
    {
        if (Parse(text.Trim()) is { } county)
        {
            return [county];
        }

        var comma = text.LastIndexOf(',');
        var said = comma < 0 ? null : States.Parse(text[(comma + 1)..]);
        var name = said is null ? text : text[..comma];
        var within = said?.Code ?? States.Parse(state)?.Code;
        return [.. States.All.Where(s => within is null || s.Code == within).Select(s => Find(s.Code, name)).OfType<County>()];
    }

    /// <summary>The counties whose names begin with a text, such as "Miami" for "Miami-Dade County".</summary>
    public static IReadOnlyList<County> StartingWith(string text) =>
        [.. All.Where(c => c.Name.StartsWith(text.Trim(), StringComparison.OrdinalIgnoreCase)).OrderBy(c => c.Name, StringComparer.Ordinal).ThenBy(c => c.State, StringComparer.Ordinal)];

    /// <summary>A county's name without "County", "Parish" and so on: "Miami-Dade".</summary>
    internal static ReadOnlySpan<char> ShortName(County county)
    {
        var name = county.Name.AsSpan();
        foreach (var suffix in Suffixes)
        {
            if (name.Length > suffix.Length + 1 && name[^(suffix.Length + 1)] == ' ' && name[^suffix.Length..].Equals(suffix, StringComparison.OrdinalIgnoreCase))
            {
                return name[..^(suffix.Length + 1)];
            }
        }

        return name;
    }

    private static FrozenDictionary<string, County> Index(bool withSuffix)
    {
        var index = new Dictionary<string, County>(StringComparer.Ordinal);
        foreach (var county in All.OrderBy(c => c.Name.EndsWith(" city", StringComparison.Ordinal)))
        {
            var words = $"{county.State}:{Fold(county.Name)}";
            index.TryAdd(Key(withSuffix ? words : WithoutSuffix(words)), county);
        }

        return index.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static string WithoutSuffix(string words)
    {
        var suffix = Array.Find(Suffixes, s => words.EndsWith(" " + s, StringComparison.Ordinal));
        return suffix is null ? words : words[..^(suffix.Length + 1)];
    }

    // "DeSoto" and "De Soto", "LaSalle" and "La Salle" are the same: no state has both.
    private static string Key(string words) => words.Replace(" ", "", StringComparison.Ordinal);

    private static string Fold(string name)
    {
        var folded = new StringBuilder(name.Length);
        foreach (var c in UnicodeText.Normalized(name.Trim(), NormalizationForm.FormD))
        {
            if (char.IsLetterOrDigit(c))
            {
                folded.Append(char.ToLowerInvariant(c));
            }
            else if (c is ' ' or '-' && folded.Length > 0 && folded[^1] != ' ')
            {
                folded.Append(' ');
            }
        }

        var text = folded.ToString();
        text = text.StartsWith("saint ", StringComparison.Ordinal) ? "st " + text[6..] : text;
        text = text.StartsWith("sainte ", StringComparison.Ordinal) ? "ste " + text[7..] : text;
        return text;
    }
}
