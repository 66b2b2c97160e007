using System.Globalization;
using HealthEquity.Store.Settings;

namespace HealthEquity.Admin.Verification;

/// <summary>When to call again, in words: later today, tomorrow morning, Tuesday morning.</summary>
/// <param name="Code">The local time, yyyy-MM-ddTHH:mm.</param>
/// <param name="Label">The words.</param>
public sealed record TryAgain(string Code, string Label)
{
    private const string Format = "yyyy-MM-dd'T'HH:mm";
    private const int DaysOffered = 6;
    private static readonly TimeSpan Morning = TimeSpan.FromHours(9);
    private static readonly TimeSpan Afternoon = TimeSpan.FromHours(14);

    /// <summary>Returns the choices; the first is the default.</summary>
    public static IReadOnlyList<TryAgain> Choices(DirectorySettings settings, DateTimeOffset now)
    {
        var local = TimeZoneInfo.ConvertTime(now, settings.Zone()).DateTime;
        var tomorrow = local.Date.AddDays(1);
        var choices = new List<TryAgain>
        {
            Of(tomorrow + Morning, "Tomorrow morning"),
            Of(local.AddHours(3), "In three hours"),
            Of(tomorrow + Afternoon, "Tomorrow afternoon"),
        };
        for (var day = tomorrow.AddDays(1); day <= tomorrow.AddDays(DaysOffered); day = day.AddDays(1))
        {
            choices.Add(Of(day + Morning, $"{day.ToString("dddd", CultureInfo.InvariantCulture)} morning"));
        }

        return choices;
    }

    /// <summary>Returns the time of a choice; null if it is not one.</summary>
    public static DateTimeOffset? Parse(string? code, DirectorySettings settings)
    {
        if (!DateTime.TryParseExact(code, Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
        {
            return null;
        }

        var zone = settings.Zone();
        // A time that the clocks skip is moved on.
        var valid = zone.IsInvalidTime(local) ? local.AddHours(1) : local;
        return new DateTimeOffset(valid, zone.GetUtcOffset(valid)).ToUniversalTime();
    }

    private static TryAgain Of(DateTime local, string label) => new(local.ToString(Format, CultureInfo.InvariantCulture), label);
}
