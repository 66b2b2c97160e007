using System.Text.RegularExpressions;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Geography;
using HealthEquity.Formats.Transforms;
using HealthEquity.Imports.Sources;
using PhoneNumbers;

namespace HealthEquity.Imports.Guesses;

/// <summary>A column in the first rows of a table, and what its cells look like.</summary>
internal sealed partial class SampleColumn(string name, TableSample sample, int index)
{
    private const double HighShare = 0.8;
    private const double HalfShare = 0.5;
    private const double LowShare = 0.2;

    private static readonly PhoneNumberUtil Numbers = PhoneNumberUtil.GetInstance();

    // The order matters: types that are rarely confused with others come first.
    private static readonly (string Target, Func<string, bool> Looks)[] Tests =
    [
        ("emails", text => EmailShape().IsMatch(text)),
        ("website", text => UrlShape().IsMatch(text)),
        ("npi", Npi.IsValid),
        ("phones", IsPhone),
        ("locations.1.latitude", text => IsCoordinate(text, -15, 72)),
        ("locations.1.longitude", text => IsCoordinate(text, -180, -60)),
        ("locations.1.postalCode", text => ZipShape().IsMatch(text) && ZipCodes.TryGet(text.Split('-')[0].PadLeft(5, '0'), out _)),
        ("locations.1.stateProvince", text => !text.All(char.IsAsciiDigit) && States.Parse(text) is not null),
        ("locations.1.address", AddressTransform.IsWhole),
        ("locations.1.address1", text => StreetShape().IsMatch(text)),
        ("hours", text => HoursShape().IsMatch(text)),
        ("languages", text => text.Split([';', ',', '/'], StringSplitOptions.TrimEntries).Any(p => p.Length > 3 && LanguagesTransform.IsLanguage(p.Split('(')[0].Trim()))),
    ];

    // Fields whose cells look like those of another.
    private static readonly Dictionary<string, string> LooksLike = new(StringComparer.Ordinal)
    {
        ["hours.note"] = "",
        ["licenses.1.state"] = "locations.1.stateProvince",
        ["barAdmissions.1.state"] = "locations.1.stateProvince",
        ["adoptions.1.state"] = "locations.1.stateProvince",
        ["editions.1.url"] = "website",
        ["url"] = "website",
        ["registrationUrl"] = "website",
        ["adoptions.1.url"] = "website",
        ["evidence.1.url"] = "website",
    };

    private bool? _isYesOrNo;

    public string Name { get; } = name;

    /// <summary>The cells that are not empty.</summary>
    public IReadOnlyList<string> Texts { get; } =
        [.. sample.Rows.Select(r => index < r.Count ? r[index].Trim() : "").Where(t => t.Length > 0 && !Nothing().IsMatch(t))];

    public bool HasText => Texts.Count > 0;

    /// <summary>True if no cell is empty and all are distinct.</summary>
    public bool IsUnique => Texts.Count == sample.Rows.Count && Texts.Distinct(StringComparer.OrdinalIgnoreCase).Count() == Texts.Count;

    /// <summary>True if the cells are yes or no.</summary>
    public bool IsYesOrNo => _isYesOrNo ??= HasText && Share(t => Flag().IsMatch(t)) >= HighShare && Texts.Any(t => !t.All(char.IsAsciiDigit) || t is "0" or "1");

    /// <summary>False if hardly any cell looks like a value of the field, whatever the heading is.</summary>
    public bool MayBe(string target)
    {
        var first = NumberedPlace().Replace(target, ".1.");
        var alike = LooksLike.GetValueOrDefault(first, first.StartsWith("phones", StringComparison.Ordinal) && first != "phones.extension" ? "phones" : first);
        var test = Array.Find(Tests, t => t.Target == alike).Looks;
        return alike switch
        {
            // "Address" usually means the street, unless the cell also has city and state.
            "locations.1.address1" => Share(AddressTransform.IsWhole) < HalfShare && Share(t => UrlShape().IsMatch(t)) <= LowShare,
            "name" or "summary" or "description" or "capacity.status" => Share(t => t.Any(char.IsLetter)) > LowShare,
            "cost.feeMinimum" or "cost.feeMaximum" or "eligibility.minimumAge" or "eligibility.maximumAge" or "yearIncorporated" => Share(t => t.Any(char.IsAsciiDigit)) > LowShare,
            "locations.1.address" or "hours" or "languages" => true,
            _ => test is null || Share(test) > LowShare,
        };
    }

    /// <summary>The fields that the cells look like.</summary>
    public IEnumerable<string> TargetsByContents() => HasText ? Tests.Where(t => Share(t.Looks) >= HighShare).Select(t => t.Target) : [];

    private double Share(Func<string, bool> looks) => Texts.Count == 0 ? 0 : Texts.Count(looks) / (double)Texts.Count;

    private static bool IsPhone(string text) =>
        text.Count(char.IsAsciiDigit) >= 10 && !LongNumber().IsMatch(text) && Numbers.FindNumbers(text, "US", PhoneNumberUtil.Leniency.VALID, 5).Any();

    private static bool IsCoordinate(string text, double from, double to) =>
        Fraction().IsMatch(text) && CoordinateTransform.Read(text) is { } degrees && degrees >= from && degrees <= to;

    [GeneratedRegex(@"^(n/?a|none|null|-+|\?|unknown|tbd)$", RegexOptions.IgnoreCase)]
    private static partial Regex Nothing();

    [GeneratedRegex(@"^(y|n|yes|no|true|false|t|f|x|0|1|si|sí|✓|✔)$", RegexOptions.IgnoreCase)]
    private static partial Regex Flag();

    [GeneratedRegex(@"^(mailto:)?[^\s@,;]+@[^\s@,;]+\.\p{L}{2,}([\s,;/]|$)", RegexOptions.IgnoreCase)]
    private static partial Regex EmailShape();

    [GeneratedRegex(@"^(https?://|www\.)\S*$|^[a-z0-9-]+(\.[a-z0-9-]+)*\.(com|org|net|edu|gov|us|health|care|info|law)(/\S*)?$", RegexOptions.IgnoreCase)]
    private static partial Regex UrlShape();

    [GeneratedRegex(@"^\d{4,5}(-\d{4})?$")]
    private static partial Regex ZipShape();

    [GeneratedRegex(@"^\d+[\p{L}-]?\s+\S.*\b(st|street|ave?|avenue|blvd|boulevard|rd|road|dr|drive|ln|lane|way|ct|court|pl|place|pkwy|parkway|hwy|highway|ter|terrace|cir|circle|sq|square|trl|trail|plz|plaza|broadway)\b", RegexOptions.IgnoreCase)]
    private static partial Regex StreetShape();

    [GeneratedRegex(@"\b(mon?|tues?|wed|thu(rs)?|fri|sat|sun|m)(day)?s?\b.*\d|\b24 ?/ ?7\b|\b24 hours\b|\d\s*[ap]\.?m\b.*\d\s*[ap]\.?m\b", RegexOptions.IgnoreCase)]
    private static partial Regex HoursShape();

    [GeneratedRegex(@"\d{12,}")]
    private static partial Regex LongNumber();

    [GeneratedRegex(@"\d[.,]\d{2,}|°")]
    private static partial Regex Fraction();

    [GeneratedRegex(@"\.\d\.")]
    private static partial Regex NumberedPlace();
}
