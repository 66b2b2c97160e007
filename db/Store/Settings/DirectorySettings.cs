using System.Buffers.Binary;
using HealthEquity.Directory.Entries;

namespace HealthEquity.Store.Settings;

/// <summary>The department's settings for its directory.</summary>
public sealed record DirectorySettings
{
    /// <summary>Two-person review: nobody can approve their own edits. A one-person department may turn this off; the audit log records it.</summary>
    public bool FourEyes { get; init; } = true;

    /// <summary>Days between verifications, by code of the kind.</summary>
    public IReadOnlyDictionary<string, int> VerificationDays { get; init; } = new Dictionary<string, int>
    {
        ["provider"] = 90,
        ["attorney"] = 90,
        ["organization"] = 180,
        ["policyAction"] = 365,
        ["material"] = 365,
        ["event"] = 365,
    };

    /// <summary>Days until capacity information is out of date.</summary>
    public int CapacityDays { get; init; } = 30;

    /// <summary>Days until an overdue entry is suspended automatically, by code of the kind. Other kinds never are.</summary>
    public IReadOnlyDictionary<string, int> GraceDays { get; init; } = new Dictionary<string, int>
    {
        ["provider"] = 90,
        ["attorney"] = 90,
        ["organization"] = 180,
    };

    /// <summary>The most entries that are suspended automatically in one day, in percent of the public ones; see <see cref="SuspensionMinimum"/>.</summary>
    public int SuspensionPercent { get; init; } = 1;

    /// <summary>The number of entries that may be suspended automatically in one day, even if it is more than <see cref="SuspensionPercent"/>.</summary>
    public int SuspensionMinimum { get; init; } = 50;

    /// <summary>
    /// The questions that must be answered before a check confirms an entry, by code of the kind: codes of the call's groups, such as phone,
    /// place, cost, languages, immigrationStatus, capacity.
    /// </summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> RequiredQuestions { get; init; } = new Dictionary<string, IReadOnlyList<string>>
    {
        ["provider"] = ["phone", "place", "cost", "languages", "immigrationStatus", "capacity"],
        ["attorney"] = ["phone", "place", "cost", "languages", "immigrationStatus", "capacity"],
        ["organization"] = ["phone", "place", "cost", "languages", "immigrationStatus", "capacity"],
    };

    /// <summary>Days until a settled suggestion is deleted.</summary>
    public int SuggestionDays { get; init; } = 30;

    /// <summary>Days until unsaved drafts are deleted.</summary>
    public int UnsavedDays { get; init; } = 30;

    /// <summary>Failed contact attempts until the console proposes suspending an entry.</summary>
    public int UnreachedTries { get; init; } = 3;

    /// <summary>Days before a license or accreditation expires when the work queue starts to show it.</summary>
    public int CredentialDays { get; init; } = 30;

    /// <summary>The default state of new entries, USPS code; null for none.</summary>
    public string? DefaultState { get; init; }

    /// <summary>The default county of new entries; null for none.</summary>
    public string? DefaultCounty { get; init; }

    /// <summary>The directory's languages, as BCP-47 tags. Entries are written in the first.</summary>
    public IReadOnlyList<string> Languages { get; init; } = ["en", "es"];

    /// <summary>The IANA time zone for times and dates in the console.</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>Whether everyone needs two-factor sign-in; reviewers and administrators always do.</summary>
    public bool TwoFactorForAll { get; init; }

    /// <summary>Minutes of inactivity until a console session ends.</summary>
    public int IdleMinutes { get; init; } = 30;

    /// <summary>The department's time zone; UTC if the system does not know it.</summary>
    public TimeZoneInfo Zone() => TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out var zone) ? zone : TimeZoneInfo.Utc;

    /// <summary>The date in the department's time zone. Checks, due dates and "today" use it.</summary>
    public DateOnly DayOf(DateTimeOffset moment) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, Zone()).DateTime);

    /// <summary>The most entries that may be suspended automatically in one day.</summary>
    /// <param name="published">The number of public entries.</param>
    public int SuspensionsPerDay(int published) => Math.Max((int)Math.Ceiling(published * SuspensionPercent / 100.0), SuspensionMinimum);

    /// <summary>
    /// The due date of an entry that was published together with many others, on a day within the verification interval that depends on its
    /// id, so that they do not all come due at once.
    /// </summary>
    public DateOnly SpreadDueOn(EntryKind kind, Guid id, DateOnly published)
    {
        var interval = DueOn(kind, published).DayNumber - published.DayNumber;
        return published.AddDays(1 + (int)(BinaryPrimitives.ReadUInt32BigEndian(id.ToByteArray().AsSpan(12)) % interval));
    }

    /// <summary>The due date of an entry of this kind that was last assured (or first published) on a date.</summary>
    public DateOnly DueOn(EntryKind kind, DateOnly last) => last.AddDays(VerificationDays.GetValueOrDefault(kind.Code(), 365));
}
