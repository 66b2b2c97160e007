namespace HealthEquity.Formats.OpeningHours;

/// <summary>What a part of a text about hours is.</summary>
internal enum HoursPart
{
    /// <summary>One day, or several as in "weekdays".</summary>
    Days,

    /// <summary>A time of day.</summary>
    Time,

    /// <summary>What stands between the ends of a range: a dash, "to", "thru".</summary>
    Until,

    /// <summary>What stands between members of a list: a comma, "and".</summary>
    And,

    /// <summary>A stroke, which stands between days only: "M/W/F".</summary>
    Stroke,

    /// <summary>The end of a statement: a semicolon, a line break.</summary>
    Break,

    /// <summary>"closed".</summary>
    Closed,

    /// <summary>All day long: "24 hours".</summary>
    AllDay,

    /// <summary>All day long, every day: "24/7".</summary>
    Always,

    /// <summary>A time zone: "EST".</summary>
    Zone,

    /// <summary>What qualifies the times and belongs into the note: "by appointment".</summary>
    Noted,

    /// <summary>What says that the times are not known: "hours vary".</summary>
    Vague,
}

/// <summary>A part of a text about hours.</summary>
/// <param name="Part">What it is.</param>
/// <param name="Start">Where in the text it begins.</param>
/// <param name="IsDash">It is a dash, and no word.</param>
internal readonly record struct HoursToken(HoursPart Part, int Start, bool IsDash = false)
{
    /// <summary>The days.</summary>
    public IReadOnlyList<DayOfWeek> Days { get; init; } = [];

    /// <summary>The time.</summary>
    public ClockTime Time { get; init; }

    /// <summary>The time zone's IANA name.</summary>
    public string? Zone { get; init; }
}
