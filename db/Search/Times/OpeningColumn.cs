using HealthEquity.Directory.Entries;
using HealthEquity.Search.Columns;

namespace HealthEquity.Search.Times;

/// <summary>
/// The opening hours of entries. Many entries share the same hours, so each distinct week is stored and evaluated once. One writer.
/// </summary>
internal sealed class OpeningColumn
{
    private const int MinutesPerDay = 24 * 60;
    private const int MinutesPerWeek = 7 * MinutesPerDay;
    private const int Unknown = -1;

    private readonly Dictionary<string, int> _known = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _zonesByName = new(StringComparer.Ordinal);
    private readonly AppendList<TimeZoneInfo> _zones = new();
    private AppendList<(int Opens, int Closes)> _intervals = new();
    private AppendList<Week> _weeks = new();
    private AppendList<int> _byOrdinal = new();

    /// <summary>Appends the hours of the next entry; null if unknown, which counts as closed.</summary>
    public void Add(Hours? hours)
    {
        var zone = hours?.AlwaysOpen == false ? ZoneOf(hours) : Unknown;
        if (hours is null || (zone == Unknown && !hours.AlwaysOpen))
        {
            _byOrdinal.Add(Unknown);
            return;
        }

        var intervals = hours.AlwaysOpen ? [] : hours.Times.Select(Interval).ToArray();
        var key = Key(zone, hours.AlwaysOpen, intervals);
        if (!_known.TryGetValue(key, out var week))
        {
            week = _weeks.Count;
            var first = _intervals.Count;
            foreach (var interval in intervals)
            {
                _intervals.Add(interval);
            }

            _weeks.Add(new Week(zone, hours.AlwaysOpen, first, intervals.Length));
            _known.Add(key, week);
        }

        _byOrdinal.Add(week);
    }

    /// <summary>Writes the hours of live entries.</summary>
    public void Save(ColumnWriter file)
    {
        // Later items refer only to earlier ones in the other lists, so the order of these lines matters.
        file.WriteByOrdinal(_byOrdinal.Items);
        file.WriteAll(_weeks.Items);
        file.WriteAll(_intervals.Items);
        var zones = _zones.Items;
        file.Write(zones.Length);
        foreach (var zone in zones)
        {
            file.Write(zone.Id);
        }
    }

    /// <summary>Reads what was written into this empty column.</summary>
    public void Load(ColumnReader file)
    {
        _byOrdinal = AppendList<int>.Of(file.ReadAll<int>());
        _weeks = AppendList<Week>.Of(file.ReadAll<Week>());
        _intervals = AppendList<(int Opens, int Closes)>.Of(file.ReadAll<(int Opens, int Closes)>());
        for (var left = file.ReadInt32(); left > 0; left--)
        {
            var name = file.ReadString();
            _zonesByName.TryAdd(name, _zones.Count);
            _zones.Add(TimeZoneInfo.FindSystemTimeZoneById(name));
        }

        for (var week = 0; week < _weeks.Count; week++)
        {
            var (zone, alwaysOpen, first, count) = _weeks[week];
            _known.TryAdd(Key(zone, alwaysOpen, _intervals.Items.Slice(first, count).ToArray()), week);
        }
    }

    /// <summary>Adds unknown hours until there are this many items.</summary>
    public void FillTo(int count)
    {
        while (_byOrdinal.Count < count)
        {
            _byOrdinal.Add(Unknown);
        }
    }

    /// <summary>Adds the entries that are open at a moment to the target.</summary>
    public void OpenAt(DateTimeOffset moment, Span<ulong> target, int count)
    {
        // Later items refer only to earlier ones in the other lists, so the order of these lines matters.
        var ordinals = _byOrdinal.Items[..count];
        var weeks = _weeks.Items;
        var intervals = _intervals.Items;
        Span<int> clocks = stackalloc int[_zones.Count];
        for (var i = 0; i < clocks.Length; i++)
        {
            clocks[i] = MinuteOfWeek(moment, _zones[i]);
        }

        var open = new bool[weeks.Length];
        for (var i = 0; i < weeks.Length; i++)
        {
            var week = weeks[i];
            open[i] = week.AlwaysOpen || IsOpen(intervals.Slice(week.First, week.Count), clocks[week.Zone]);
        }

        for (var ordinal = 0; ordinal < ordinals.Length; ordinal++)
        {
            if (ordinals[ordinal] is not Unknown and var week && open[week])
            {
                Bitmap.Set(target, ordinal);
            }
        }
    }

    /// <summary>The same for the same hours, in whatever order they are given.</summary>
    private static string Key(int zone, bool alwaysOpen, (int Opens, int Closes)[] intervals) =>
        alwaysOpen ? "always" : $"{zone} {string.Join(' ', intervals.Order())}";

    /// <summary>Uses local time, so daylight saving time needs no special case.</summary>
    private static int MinuteOfWeek(DateTimeOffset moment, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(moment, zone);
        return ((int)local.DayOfWeek * MinutesPerDay) + (local.Hour * 60) + local.Minute;
    }

    private static bool IsOpen(ReadOnlySpan<(int Opens, int Closes)> intervals, int now)
    {
        foreach (var (opens, closes) in intervals)
        {
            if ((now >= opens && now < closes) || now + MinutesPerWeek < closes)
            {
                return true;
            }
        }

        return false;
    }

    private int ZoneOf(Hours hours)
    {
        if (hours.TimeZone is not { } name)
        {
            return Unknown;
        }

        if (!_zonesByName.TryGetValue(name, out var number))
        {
            number = Unknown;
            if (TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone))
            {
                number = _zones.Count;
                _zones.Add(zone);
            }

            _zonesByName.Add(name, number);
        }

        return number;
    }

    private static (int Opens, int Closes) Interval(OpeningTime time)
    {
        var day = (int)time.Day * MinutesPerDay;
        var opens = day + (time.Opens.Hour * 60) + time.Opens.Minute;
        var closes = day + (time.Closes.Hour * 60) + time.Closes.Minute;
        return (opens, closes <= opens ? closes + MinutesPerDay : closes);
    }

    private readonly record struct Week(int Zone, bool AlwaysOpen, int First, int Count);
}
