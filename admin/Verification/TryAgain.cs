using System.Globalization;
using HealthEquity.Admin.EntryForms;
using HealthEquity.Admin.Forms;
using HealthEquity.Store.Settings;

namespace HealthEquity.Admin.Verification;

/// <summary>When to call again, in words: later today, tomorrow morning, Tuesday morning. Always on a working day.</summary>
/// <param name="Code">The local time, yyyy-MM-ddTHH:mm.</param>
/// <param name="Words">The words, as in the middle of a sentence.</param>
public sealed record TryAgain(string Code, string Words)
{
    private const string Format = "yyyy-MM-dd'T'HH:mm";
    private const int DaysOffered = 7;
    private static readonly TimeSpan Morning = TimeSpan.FromHours(9);
    private static readonly TimeSpan Afternoon = TimeSpan.FromHours(14);

    /// <summary>The words, with a capital.</summary>
    public string Label => EntryFormView.Capital(Words);

    /// <summary>Returns the choices, all on working days of the department; the first is the default.</summary>
    public static IReadOnlyList<TryAgain> Choices(DirectorySettings settings, DateTimeOffset now)
    {
        var local = TimeZoneInfo.ConvertTime(now, settings.Zone()).DateTime;
        var later = local.AddHours(3);
        var days = Enumerable.Range(1, DaysOffered).Select(i => local.Date.AddDays(i)).Where(IsWorkingDay).ToList();
        var next = days[0];
        var nextName = next == local.Date.AddDays(1) ? "tomorrow" : NameOf(next);
        return
        [
            Of(next + Morning, $"{nextName} morning"),
            .. later.Date == local.Date && IsWorkingDay(later) ? [Of(later, "in three hours")] : Array.Empty<TryAgain>(),
            Of(next + Afternoon, $"{nextName} afternoon"),
            .. days.Skip(1).Select(day => Of(day + Morning, $"{NameOf(day)} morning")),
        ];
    }

    /// <summary>Returns a choice in the middle of a sentence. A choice of a page that was opened earlier is a date and a time.</summary>
    public static string WordsOf(string code, IReadOnlyList<TryAgain> choices) =>
        choices.FirstOrDefault(c => c.Code == code)?.Words ?? (TryRead(code, out var local) ? DisplayFormat.DateTime(local) : code);

    /// <summary>Returns the time of a choice; null if it is not one.</summary>
    public static DateTimeOffset? Parse(string? code, DirectorySettings settings)
    {
        if (!TryRead(code, out var local))
        {
            return null;
        }

        var zone = settings.Zone();
        // A time that the clocks skip is moved on.
        var valid = zone.IsInvalidTime(local) ? local.AddHours(1) : local;
        return new DateTimeOffset(valid, zone.GetUtcOffset(valid)).ToUniversalTime();
    }

    private static bool TryRead(string? code, out DateTime local) =>
        DateTime.TryParseExact(code, Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out local);

    private static bool IsWorkingDay(DateTime day) => WorkingDays.IsWorkingDay(DateOnly.FromDateTime(day));

    private static string NameOf(DateTime day) => day.ToString("dddd", CultureInfo.InvariantCulture);

    private static TryAgain Of(DateTime local, string words) => new(local.ToString(Format, CultureInfo.InvariantCulture), words);
}
