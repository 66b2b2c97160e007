using HealthEquity.Db.Entries;

namespace HealthEquity.Db.Settings;

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

    /// <summary>The day on which an entry of that kind is due, when last assured (or first published) on a day.</summary>
    public DateOnly DueOn(EntryKind kind, DateOnly last) => last.AddDays(VerificationDays.GetValueOrDefault(kind.Code(), 365));
}
