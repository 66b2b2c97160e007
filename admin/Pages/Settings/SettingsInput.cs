using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Geography;
using HealthEquity.Store.Settings;
using HealthEquity.Store.Verification;

namespace HealthEquity.Admin.Pages.Settings;

/// <summary>The settings form.</summary>
public sealed class SettingsInput
{
    private const int MaxPeriodDays = 3650;

    public string TimeZone { get; set; } = "";

    public string? DefaultState { get; set; }

    public string? DefaultCounty { get; set; }

    public string Languages { get; set; } = "";

    public Dictionary<string, int?> VerificationDays { get; set; } = [];

    public Dictionary<string, int?> GraceDays { get; set; } = [];

    public int? CapacityDays { get; set; }

    public int? CredentialDays { get; set; }

    public int? UnreachedTries { get; set; }

    public int? SuspensionPercent { get; set; }

    public int? SuspensionMinimum { get; set; }

    /// <summary>The codes of the required questions, by code of the kind.</summary>
    public Dictionary<string, List<string>> RequiredQuestions { get; set; } = [];

    public bool FourEyes { get; set; }

    public bool TwoFactorForAll { get; set; }

    public int? IdleMinutes { get; set; }

    public int? SuggestionDays { get; set; }

    public int? UnsavedDays { get; set; }

    public static SettingsInput From(DirectorySettings settings) => new()
    {
        TimeZone = settings.TimeZone,
        DefaultState = settings.DefaultState,
        DefaultCounty = settings.DefaultCounty,
        Languages = Wording.LanguageList.Write(settings.Languages),
        VerificationDays = settings.VerificationDays.ToDictionary(d => d.Key, d => (int?)d.Value),
        GraceDays = settings.GraceDays.ToDictionary(d => d.Key, d => (int?)d.Value),
        CapacityDays = settings.CapacityDays,
        CredentialDays = settings.CredentialDays,
        UnreachedTries = settings.UnreachedTries,
        SuspensionPercent = settings.SuspensionPercent,
        SuspensionMinimum = settings.SuspensionMinimum,
        RequiredQuestions = settings.RequiredQuestions.ToDictionary(q => q.Key, q => q.Value.ToList()),
        FourEyes = settings.FourEyes,
        TwoFactorForAll = settings.TwoFactorForAll,
        IdleMinutes = settings.IdleMinutes,
        SuggestionDays = settings.SuggestionDays,
        UnsavedDays = settings.UnsavedDays,
    };

    /// <summary>Applies the form to the settings. Settings that are not in the form stay unchanged.</summary>
    public DirectorySettings ApplyTo(DirectorySettings settings) => settings with
    {
        TimeZone = TimeZoneNames.Find(TimeZone) ?? TimeZone.Trim(),
        DefaultState = string.IsNullOrWhiteSpace(DefaultState) ? null : States.Parse(DefaultState)?.Code ?? DefaultState.Trim().ToUpperInvariant(),
        DefaultCounty = string.IsNullOrWhiteSpace(DefaultCounty) ? null : DefaultCounty.Trim(),
        Languages = LanguageList(),
        VerificationDays = Days(VerificationDays),
        GraceDays = Days(GraceDays),
        CapacityDays = CapacityDays ?? settings.CapacityDays,
        CredentialDays = CredentialDays ?? settings.CredentialDays,
        UnreachedTries = UnreachedTries ?? settings.UnreachedTries,
        SuspensionPercent = SuspensionPercent ?? settings.SuspensionPercent,
        SuspensionMinimum = SuspensionMinimum ?? settings.SuspensionMinimum,
        RequiredQuestions = EntryKinds.All.Select(k => k.Code()).ToDictionary(
            k => k, IReadOnlyList<string> (k) => [.. CallQuestions.Groups.Select(g => g.Code).Where(g => RequiredQuestions.GetValueOrDefault(k)?.Contains(g) == true)]),
        FourEyes = FourEyes,
        TwoFactorForAll = TwoFactorForAll,
        IdleMinutes = IdleMinutes ?? settings.IdleMinutes,
        SuggestionDays = SuggestionDays ?? settings.SuggestionDays,
        UnsavedDays = UnsavedDays ?? settings.UnsavedDays,
    };

    /// <summary>Returns the errors by field.</summary>
    public IEnumerable<(string Field, string Message)> Problems()
    {
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(TimeZoneNames.Find(TimeZone) ?? TimeZone.Trim(), out _))
        {
            yield return (nameof(TimeZone), "Unknown time zone. Enter a name such as America/New_York.");
        }

        if (DefaultState is { } state && States.Parse(state) is null && state.Trim() is not ("" or [>= 'A' and <= 'Z' or >= 'a' and <= 'z', >= 'A' and <= 'Z' or >= 'a' and <= 'z']))
        {
            yield return (nameof(DefaultState), "Unknown state. Enter its name or its two letters, such as Florida or FL.");
        }

        if (!string.IsNullOrWhiteSpace(DefaultCounty) && Counties.Find(States.Parse(DefaultState)?.Code ?? DefaultState, DefaultCounty) is null)
        {
            yield return (nameof(DefaultCounty), "Unknown county for this state. Enter its name, such as Miami-Dade, or leave it empty.");
        }

        if (LanguageList() is not [_, ..] languages || !languages.All(IsLanguage))
        {
            yield return (nameof(Languages), "Enter languages separated by commas, such as: English, Spanish.");
        }

        foreach (var problem in PeriodProblems())
        {
            yield return problem;
        }
    }

    private IEnumerable<(string Field, string Message)> PeriodProblems()
    {
        (string Field, string Label, int? Value, int Minimum, int Maximum)[] numbers =
        [
            (nameof(CapacityDays), "Days until capacity information is outdated", CapacityDays, 1, MaxPeriodDays),
            (nameof(CredentialDays), "Days to show a license before it expires", CredentialDays, 1, MaxPeriodDays),
            (nameof(UnreachedTries), "Failed contact attempts", UnreachedTries, 1, 20),
            (nameof(SuspensionPercent), "Percent of the public entries", SuspensionPercent, 0, 100),
            (nameof(SuspensionMinimum), "Entries per day", SuspensionMinimum, 0, 1_000_000),
            (nameof(IdleMinutes), "Minutes of inactivity", IdleMinutes, 5, 480),
            (nameof(SuggestionDays), "Days to keep settled suggestions", SuggestionDays, 1, MaxPeriodDays),
            (nameof(UnsavedDays), "Days to keep unsaved changes", UnsavedDays, 1, MaxPeriodDays),
        ];
        foreach (var (field, label, _, minimum, maximum) in numbers.Where(n => n.Value is null || n.Value < n.Minimum || n.Value > n.Maximum))
        {
            yield return (field, $"{label} must be between {minimum} and {maximum}.");
        }

        foreach (var kind in EntryKinds.All)
        {
            if (VerificationDays.GetValueOrDefault(kind.Code()) is not (>= 1 and <= MaxPeriodDays))
            {
                yield return ($"{nameof(VerificationDays)}[{kind.Code()}]", $"{kind.Label()}: days between verifications must be between 1 and {MaxPeriodDays}.");
            }

            if (GraceDays.GetValueOrDefault(kind.Code()) is < 0 or > MaxPeriodDays)
            {
                yield return ($"{nameof(GraceDays)}[{kind.Code()}]", $"{kind.Label()}: days until suspension must be between 0 and {MaxPeriodDays}, or empty.");
            }
        }
    }

    /// <summary>Reads names separated by commas, or codes separated by spaces.</summary>
    private IReadOnlyList<string> LanguageList()
    {
        var parts = Languages.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return parts.All(IsLanguage) ? parts : Wording.LanguageList.Read(Languages);
    }

    private static bool IsLanguage(string tag) => LanguageTag.IsValid(tag) && tag.Split('-')[0].Length is 2 or 3;

    /// <summary>Keeps only the values for known kinds.</summary>
    private static Dictionary<string, int> Days(Dictionary<string, int?> days) => EntryKinds.All
        .Select(kind => (Code: kind.Code(), Days: days.GetValueOrDefault(kind.Code())))
        .Where(d => d.Days is not null)
        .ToDictionary(d => d.Code, d => d.Days!.Value);
}

/// <summary>Labels for the kinds of entry.</summary>
public static class KindLabels
{
    public static string Label(this EntryKind kind) => kind == EntryKind.PolicyAction ? "Policy action" : kind.ToString();
}
