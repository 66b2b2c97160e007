using HealthEquity.Directory.Entries;

namespace HealthEquity.Store.Settings;

/// <summary>What a department decides about its directory.</summary>
public sealed record DirectorySettings
{
    /// <summary>Who wrote a revision can't approve it. A department of one may switch this off; the audit log says so.</summary>
    public bool FourEyes { get; init; } = true;

    /// <summary>Days between verifications, by kind's code.</summary>
    public IReadOnlyDictionary<string, int> VerificationDays { get; init; } = new Dictionary<string, int>
    {
        ["provider"] = 90,
        ["attorney"] = 90,
        ["organization"] = 180,
        ["policyAction"] = 365,
        ["material"] = 365,
        ["event"] = 365,
    };

    /// <summary>Days after which what is said of capacity is old.</summary>
    public int CapacityDays { get; init; } = 30;

    /// <summary>Days after which an overdue entry is suspended by itself, by kind's code; a kind that is not named never is.</summary>
    public IReadOnlyDictionary<string, int> GraceDays { get; init; } = new Dictionary<string, int>
    {
        ["provider"] = 90,
        ["attorney"] = 90,
        ["organization"] = 180,
    };

    /// <summary>Days after which a settled suggestion is deleted.</summary>
    public int SuggestionDays { get; init; } = 30;

    /// <summary>Days after which what somebody typed and never saved is deleted.</summary>
    public int UnsavedDays { get; init; } = 30;

    /// <summary>Tries without reaching anybody after which suspending an entry is proposed.</summary>
    public int UnreachedTries { get; init; } = 3;

    /// <summary>Days before a license or accreditation runs out on which the queue begins to show it.</summary>
    public int CredentialDays { get; init; } = 30;

    /// <summary>The state that new entries begin with, two letters (USPS); null for none.</summary>
    public string? DefaultState { get; init; }

    /// <summary>The county that new entries begin with; null for none.</summary>
    public string? DefaultCounty { get; init; }

    /// <summary>The languages that the directory is kept in, by BCP-47 tag; the first is the one that entries are written in.</summary>
    public IReadOnlyList<string> Languages { get; init; } = ["en", "es"];

    /// <summary>The time zone in which the console shows times and counts days (IANA).</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>The department's name, at the head of every page of the console.</summary>
    public string DepartmentName { get; init; } = "HealthEquity";

    /// <summary>The department's color, #rrggbb; white text on it has a contrast of at least 4.5 to 1.</summary>
    public string BrandColor { get; init; } = "#1f4e5f";

    /// <summary>Whether everybody signs in with a second factor; reviewers and administrators always do.</summary>
    public bool TwoFactorForAll { get; init; }

    /// <summary>Minutes without a request after which a session of the console is over.</summary>
    public int IdleMinutes { get; init; } = 30;

    /// <summary>The department's time zone; UTC where the machine does not know it.</summary>
    public TimeZoneInfo Zone() => TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out var zone) ? zone : TimeZoneInfo.Utc;

    /// <summary>The day that it is for the department at a moment: checks, due days and "today" are counted in these.</summary>
    public DateOnly DayOf(DateTimeOffset moment) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, Zone()).DateTime);

    /// <summary>The day on which an entry of that kind is due, when last assured (or first published) on a day.</summary>
    public DateOnly DueOn(EntryKind kind, DateOnly last) => last.AddDays(VerificationDays.GetValueOrDefault(kind.Code(), 365));
}
