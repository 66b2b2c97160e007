using HealthEquity.Admin.Branding;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Geography;
using HealthEquity.Store.Settings;

namespace HealthEquity.Admin.Pages.Settings;

/// <summary>The settings as a form holds them.</summary>
public sealed class SettingsInput
{
    private const int LongestPeriod = 3650;

    public string DepartmentName { get; set; } = "";

    public string BrandColor { get; set; } = "";

    public string TimeZone { get; set; } = "";

    public string? DefaultState { get; set; }

    public string? DefaultCounty { get; set; }

    public string Languages { get; set; } = "";

    public Dictionary<string, int?> VerificationDays { get; set; } = [];

    public Dictionary<string, int?> GraceDays { get; set; } = [];

    public int? CapacityDays { get; set; }

    public int? CredentialDays { get; set; }

    public int? UnreachedTries { get; set; }

    public bool FourEyes { get; set; }

    public bool TwoFactorForAll { get; set; }

    public int? IdleMinutes { get; set; }

    public int? SuggestionDays { get; set; }

    public int? UnsavedDays { get; set; }

    public static SettingsInput From(DirectorySettings settings) => new()
    {
        DepartmentName = settings.DepartmentName,
        BrandColor = settings.BrandColor,
        TimeZone = settings.TimeZone,
        DefaultState = settings.DefaultState,
        DefaultCounty = settings.DefaultCounty,
        Languages = string.Join(' ', settings.Languages),
        VerificationDays = settings.VerificationDays.ToDictionary(d => d.Key, d => (int?)d.Value),
        GraceDays = settings.GraceDays.ToDictionary(d => d.Key, d => (int?)d.Value),
        CapacityDays = settings.CapacityDays,
        CredentialDays = settings.CredentialDays,
        UnreachedTries = settings.UnreachedTries,
        FourEyes = settings.FourEyes,
        TwoFactorForAll = settings.TwoFactorForAll,
        IdleMinutes = settings.IdleMinutes,
        SuggestionDays = settings.SuggestionDays,
        UnsavedDays = settings.UnsavedDays,
    };

    /// <summary>The settings with what the form says; what it does not have stays as it was.</summary>
    public DirectorySettings ApplyTo(DirectorySettings settings) => settings with
    {
        DepartmentName = DepartmentName.Trim(),
        BrandColor = BrandColor,
        TimeZone = TimeZone.Trim(),
        DefaultState = string.IsNullOrWhiteSpace(DefaultState) ? null : DefaultState.Trim().ToUpperInvariant(),
        DefaultCounty = string.IsNullOrWhiteSpace(DefaultCounty) ? null : DefaultCounty.Trim(),
        Languages = LanguageList(),
        VerificationDays = Days(VerificationDays),
        GraceDays = Days(GraceDays),
        CapacityDays = CapacityDays ?? settings.CapacityDays,
        CredentialDays = CredentialDays ?? settings.CredentialDays,
        UnreachedTries = UnreachedTries ?? settings.UnreachedTries,
        FourEyes = FourEyes,
        TwoFactorForAll = TwoFactorForAll,
        IdleMinutes = IdleMinutes ?? settings.IdleMinutes,
        SuggestionDays = SuggestionDays ?? settings.SuggestionDays,
        UnsavedDays = UnsavedDays ?? settings.UnsavedDays,
    };

    /// <summary>What is wrong, by field.</summary>
    public IEnumerable<(string Field, string Message)> Problems()
    {
        if (DepartmentName.Trim().Length is 0 or > 100)
        {
            yield return (nameof(DepartmentName), "Enter the department's name.");
        }

        if (!Color.TryParse(BrandColor, out var color))
        {
            yield return (nameof(BrandColor), "Enter a color as # and six digits, such as #1f4e5f.");
        }
        else if (color.ContrastWith(Color.White) < Color.ReadableContrast)
        {
            yield return (nameof(BrandColor), FormattableString.Invariant(
                $"White text on this color has a contrast of {color.ContrastWith(Color.White):0.0} to 1, which is hard to read. {color.DarkenedForWhiteText()} would do."));
        }

        if (!TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone.Trim(), out _))
        {
            yield return (nameof(TimeZone), "There is no such time zone. America/New_York is one.");
        }

        if (DefaultState is { } state && state.Trim() is not ("" or [>= 'A' and <= 'Z' or >= 'a' and <= 'z', >= 'A' and <= 'Z' or >= 'a' and <= 'z']))
        {
            yield return (nameof(DefaultState), "Enter the state's two letters.");
        }

        if (!string.IsNullOrWhiteSpace(DefaultCounty) && Counties.Find(DefaultState, DefaultCounty) is null)
        {
            yield return (nameof(DefaultCounty), "There is no such county in the state above. Enter its name, such as Miami-Dade, or leave it empty.");
        }

        if (LanguageList() is not [_, ..] languages || !languages.All(IsLanguage))
        {
            yield return (nameof(Languages), "Enter language codes with spaces between, such as: en es");
        }

        foreach (var problem in PeriodProblems())
        {
            yield return problem;
        }
    }

    private IEnumerable<(string Field, string Message)> PeriodProblems()
    {
        (string Field, string What, int? Value, int Least, int Most)[] numbers =
        [
            (nameof(CapacityDays), "the days after which capacity is old", CapacityDays, 1, LongestPeriod),
            (nameof(CredentialDays), "the days before a license runs out", CredentialDays, 1, LongestPeriod),
            (nameof(UnreachedTries), "the tries without reaching anybody", UnreachedTries, 1, 20),
            (nameof(IdleMinutes), "the minutes without activity", IdleMinutes, 5, 480),
            (nameof(SuggestionDays), "the days that a settled suggestion is kept", SuggestionDays, 1, LongestPeriod),
            (nameof(UnsavedDays), "the days that unsaved text is kept", UnsavedDays, 1, LongestPeriod),
        ];
        foreach (var (field, what, _, least, most) in numbers.Where(n => n.Value is null || n.Value < n.Least || n.Value > n.Most))
        {
            yield return (field, $"Enter {what}: a number from {least} to {most}.");
        }

        foreach (var kind in EntryKinds.All)
        {
            if (VerificationDays.GetValueOrDefault(kind.Code()) is not (>= 1 and <= LongestPeriod))
            {
                yield return ($"{nameof(VerificationDays)}[{kind.Code()}]", $"{kind.Label()}: enter the days between verifications, from 1 to {LongestPeriod}.");
            }

            if (GraceDays.GetValueOrDefault(kind.Code()) is < 0 or > LongestPeriod)
            {
                yield return ($"{nameof(GraceDays)}[{kind.Code()}]", $"{kind.Label()}: enter days from 0 to {LongestPeriod}, or leave it empty.");
            }
        }
    }

    private string[] LanguageList() => Languages.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static bool IsLanguage(string tag) => tag.Length is >= 2 and <= 20 && tag.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');

    /// <summary>Of the kinds that there are, and no others.</summary>
    private static Dictionary<string, int> Days(Dictionary<string, int?> days) => EntryKinds.All
        .Select(kind => (Code: kind.Code(), Days: days.GetValueOrDefault(kind.Code())))
        .Where(d => d.Days is not null)
        .ToDictionary(d => d.Code, d => d.Days!.Value);
}

/// <summary>What the console calls the kinds.</summary>
public static class KindLabels
{
    public static string Label(this EntryKind kind) => kind == EntryKind.PolicyAction ? "Policy action" : kind.ToString();
}
