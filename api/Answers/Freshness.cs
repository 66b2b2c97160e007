namespace HealthEquity.Api.Answers;

/// <summary>How long answers stay right by themselves.</summary>
public static class Freshness
{
    /// <summary>The end of the UTC day, by <see cref="Environment.TickCount64"/>: what is overdue changes then.</summary>
    public static long UntilMidnight(DateTimeOffset now) =>
        Environment.TickCount64 + (long)(now.UtcDateTime.Date.AddDays(1) - now.UtcDateTime).TotalMilliseconds;
}
