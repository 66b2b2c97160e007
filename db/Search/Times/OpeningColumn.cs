using System.Collections.Immutable;
using HealthEquity.Db.Entries;
using HealthEquity.Db.Search.Columns;

namespace HealthEquity.Db.Search.Times;

/// <summary>
/// When entries are open. Many keep the same hours, so each distinct week is kept, and judged, once. One writer appends.
/// </summary>
internal sealed class OpeningColumn
{
    private const int MinutesADay = 24 * 60;
    private const int MinutesAWeek = 7 * MinutesADay;

    private readonly Dictionary<string, int> _known = new(StringComparer.Ordinal);
    private readonly AppendList<Week> _weeks = new();
    private readonly AppendList<int> _byOrdinal = new();

    /// <summary>Makes an empty column; week 0 is "not known", which counts as closed.</summary>
    public OpeningColumn() => _weeks.Add(new Week(null, false, []));

    /// <summary>Appends the next entry's hours.</summary>
    public void Add(Hours? hours)
    {
        if (hours is null)
        {
            _byOrdinal.Add(0);
            return;
        }

        var key = hours.AlwaysOpen
            ? "always"
            : $"{hours.TimeZone} {string.Join(' ', hours.Times.Select(t => $"{(int)t.Day}{t.Opens.Ticks}-{t.Closes.Ticks}").Order(StringComparer.Ordinal))}";
        if (!_known.TryGetValue(key, out var week))
        {
            week = _weeks.Count;
            _weeks.Add(Read(hours));
            _known.Add(key, week);
        }

        _byOrdinal.Add(week);
    }

    /// <summary>Adds to the target the entries that are open at a moment.</summary>
    public void OpenAt(DateTimeOffset moment, Span<ulong> target, int count)
    {
        var minutes = new Dictionary<string, int>(StringComparer.Ordinal);
        var weeks = _weeks.Items;
        var open = new bool[weeks.Length];
        for (var i = 0; i < weeks.Length; i++)
        {
            open[i] = IsOpen(weeks[i], moment, minutes);
        }

        var ordinals = _byOrdinal.Items[..count];
        for (var ordinal = 0; ordinal < ordinals.Length; ordinal++)
        {
            // A week that came after the others were judged belongs to a later snapshot.
            if (ordinals[ordinal] is var week and > 0 && week < open.Length && open[week])
            {
                Bitmap.Set(target, ordinal);
            }
        }
    }

    private static bool IsOpen(Week week, DateTimeOffset moment, Dictionary<string, int> minutes)
    {
        if (week.AlwaysOpen || week.Zone is null)
        {
            return week.AlwaysOpen;
        }

        // What the clock on its wall shows decides; so a summer-time change needs no rule of its own.
        if (!minutes.TryGetValue(week.Zone.Id, out var now))
        {
            var local = TimeZoneInfo.ConvertTime(moment, week.Zone);
            now = ((int)local.DayOfWeek * MinutesADay) + (local.Hour * 60) + local.Minute;
            minutes.Add(week.Zone.Id, now);
        }

        foreach (var (opens, closes) in week.Intervals)
        {
            if ((now >= opens && now < closes) || now + MinutesAWeek < closes)
            {
                return true;
            }
        }

        return false;
    }

    private static Week Read(Hours hours)
    {
        var zone = hours.TimeZone is not null && TimeZoneInfo.TryFindSystemTimeZoneById(hours.TimeZone, out var found) ? found : null;
        return new Week(zone, hours.AlwaysOpen, [.. hours.Times.Select(Interval)]);
    }

    private static (int Opens, int Closes) Interval(OpeningTime time)
    {
        var day = (int)time.Day * MinutesADay;
        var opens = day + (time.Opens.Hour * 60) + time.Opens.Minute;
        var closes = day + (time.Closes.Hour * 60) + time.Closes.Minute;
        return (opens, closes <= opens ? closes + MinutesADay : closes);
    }

    private sealed record Week(TimeZoneInfo? Zone, bool AlwaysOpen, ImmutableArray<(int Opens, int Closes)> Intervals);
}
