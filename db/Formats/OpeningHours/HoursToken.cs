namespace HealthEquity.Formats.OpeningHours;

/// <summary>The type of a token.</summary>
internal enum HoursPart
{
    /// <summary>One day, or several, such as "weekdays".</summary>
    Days,

    /// <summary>A time of day.</summary>
    Time,

    /// <summary>A range separator: a dash, "to", "thru".</summary>
    Until,

    /// <summary>A list separator: a comma, "and".</summary>
    And,

    /// <summary>A slash, which separates days only: "M/W/F".</summary>
    Stroke,

    /// <summary>The end of a statement: a semicolon, a line break.</summary>
    Break,

    /// <summary>"closed".</summary>
    Closed,

    /// <summary>All day: "24 hours".</summary>
    AllDay,

    /// <summary>All day, every day: "24/7".</summary>
    Always,

    /// <summary>A time zone: "EST".</summary>
    Zone,

    /// <summary>A qualification for the note: "by appointment".</summary>
    Noted,

    /// <summary>Unspecified times: "hours vary".</summary>
    Vague,
}

/// <summary>A token of a text about hours.</summary>
/// <param name="Part">The type.</param>
/// <param name="Start">The position in the text.</param>
/// <param name="IsDash">True for a dash, false for a word.</param>
internal readonly record struct HoursToken(HoursPart Part, int Start, bool IsDash = false)
{
    /// <summary>The days.</summary>
    public IReadOnlyList<DayOfWeek> Days { get; init; } = [];

    /// <summary>The time.</summary>
    public ClockTime Time { get; init; }

    /// <summary>The IANA time zone.</summary>
    public string? Zone { get; init; }
}
