using System.Collections.Frozen;

namespace HealthEquity.Directory.Geography;

/// <summary>A state, the District of Columbia or a territory.</summary>
/// <param name="Code">The USPS code, such as FL.</param>
/// <param name="Name">The English name.</param>
/// <param name="Fips">The two-digit FIPS code (INCITS 38), such as 12.</param>
/// <param name="TimeZone">
/// The IANA time zone of most of its population. Only a default: AK, AZ, FL, ID, IN, KS, KY, MI, ND, NE, NV, OR, SD, TN and TX have
/// two.
/// </param>
public sealed record State(string Code, string Name, string Fips, string TimeZone);

/// <summary>The states, the District of Columbia and the territories.</summary>
public static class States
{
    private const string Eastern = "America/New_York";
    private const string Central = "America/Chicago";
    private const string Mountain = "America/Denver";
    private const string Pacific = "America/Los_Angeles";

    /// <summary>All states and territories, by code.</summary>
    public static IReadOnlyList<State> All { get; } =
    [
        new("AK", "Alaska", "02", "America/Anchorage"), new("AL", "Alabama", "01", Central), new("AR", "Arkansas", "05", Central),
        new("AS", "American Samoa", "60", "Pacific/Pago_Pago"), new("AZ", "Arizona", "04", "America/Phoenix"),
        new("CA", "California", "06", Pacific), new("CO", "Colorado", "08", Mountain), new("CT", "Connecticut", "09", Eastern),
        new("DC", "District of Columbia", "11", Eastern), new("DE", "Delaware", "10", Eastern), new("FL", "Florida", "12", Eastern),
        new("GA", "Georgia", "13", Eastern), new("GU", "Guam", "66", "Pacific/Guam"), new("HI", "Hawaii", "15", "Pacific/Honolulu"),
        new("IA", "Iowa", "19", Central), new("ID", "Idaho", "16", "America/Boise"), new("IL", "Illinois", "17", Central),
        new("IN", "Indiana", "18", "America/Indiana/Indianapolis"), new("KS", "Kansas", "20", Central),
        new("KY", "Kentucky", "21", Eastern), new("LA", "Louisiana", "22", Central), new("MA", "Massachusetts", "25", Eastern),
        new("MD", "Maryland", "24", Eastern), new("ME", "Maine", "23", Eastern), new("MI", "Michigan", "26", "America/Detroit"),
        new("MN", "Minnesota", "27", Central), new("MO", "Missouri", "29", Central),
        new("MP", "Northern Mariana Islands", "69", "Pacific/Saipan"), new("MS", "Mississippi", "28", Central),
        new("MT", "Montana", "30", Mountain), new("NC", "North Carolina", "37", Eastern), new("ND", "North Dakota", "38", Central),
        new("NE", "Nebraska", "31", Central), new("NH", "New Hampshire", "33", Eastern), new("NJ", "New Jersey", "34", Eastern),
        new("NM", "New Mexico", "35", Mountain), new("NV", "Nevada", "32", Pacific), new("NY", "New York", "36", Eastern),
        new("OH", "Ohio", "39", Eastern), new("OK", "Oklahoma", "40", Central), new("OR", "Oregon", "41", Pacific),
        new("PA", "Pennsylvania", "42", Eastern), new("PR", "Puerto Rico", "72", "America/Puerto_Rico"),
        new("RI", "Rhode Island", "44", Eastern), new("SC", "South Carolina", "45", Eastern), new("SD", "South Dakota", "46", Central),
        new("TN", "Tennessee", "47", Central), new("TX", "Texas", "48", Central), new("UT", "Utah", "49", Mountain),
        new("VA", "Virginia", "51", Eastern), new("VI", "US Virgin Islands", "78", "America/St_Thomas"),
        new("VT", "Vermont", "50", Eastern), new("WA", "Washington", "53", Pacific), new("WI", "Wisconsin", "55", Central),
        new("WV", "West Virginia", "54", Eastern), new("WY", "Wyoming", "56", Mountain),
    ];

    private static readonly FrozenDictionary<string, State> ByCode = All.ToFrozenDictionary(s => s.Code, StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, State> ByText =
        All.SelectMany(s => new[] { (s.Code, s), (s.Name, s), (s.Fips, s) })
            .Append(("Washington DC", ByCode["DC"]))
            .Append(("Virgin Islands", ByCode["VI"]))
            .Append(("United States Virgin Islands", ByCode["VI"]))
            .ToFrozenDictionary(p => p.Item1, p => p.Item2, StringComparer.OrdinalIgnoreCase);

    /// <summary>The state with that USPS code, ignoring case; null if there is none.</summary>
    public static State? Find(string? code) => code is null ? null : ByCode.GetValueOrDefault(code);

    /// <summary>Parses a USPS code, a full name or a FIPS code: "FL", "florida", "12", "Washington, D.C.".</summary>
    public static State? Parse(string? text) =>
        text is null ? null : ByText.GetValueOrDefault(text.Trim().Replace(".", "", StringComparison.Ordinal).Replace(",", "", StringComparison.Ordinal));
}
