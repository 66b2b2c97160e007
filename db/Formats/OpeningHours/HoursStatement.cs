using HealthEquity.Directory.Entries;

namespace HealthEquity.Formats.OpeningHours;

/// <summary>One statement about hours: days and times, in the same order throughout.</summary>
/// <param name="Times">The opening times.</param>
/// <param name="Closed">The days marked as closed.</param>
internal sealed record HoursStatement(IReadOnlyList<OpeningTime> Times, IReadOnlyList<DayOfWeek> Closed)
{
    private enum Kind
    {
        Days,
        Times,
        Closed,
        Noted,
    }

    /// <summary>Reads a statement; null if it is unclear or ambiguous.</summary>
    public static HoursStatement? Read(IReadOnlyList<HoursToken> tokens) => Items(tokens) is { } items ? Pair(items) : null;

    /// <summary>Groups consecutive days and consecutive times.</summary>
    private static List<Item>? Items(IReadOnlyList<HoursToken> tokens)
    {
        var items = new List<Item>();
        for (var at = 0; at < tokens.Count; at++)
        {
            var (token, next, after) = (tokens[at], At(tokens, at + 1), At(tokens, at + 2));
            switch (token.Part)
            {
                case HoursPart.Days when next?.Part == HoursPart.Until && after?.Part == HoursPart.Days:
                    if (token.Days.Count > 1 || after.Value.Days.Count > 1 || At(tokens, at + 3)?.Part == HoursPart.Until && At(tokens, at + 4)?.Part == HoursPart.Days)
                    {
                        return null;
                    }

                    Add(items, Kind.Days).Days.AddRange(HoursWords.Range(token.Days[0], after.Value.Days[0]));
                    at += 2;
                    break;
                case HoursPart.Days:
                    Add(items, Kind.Days).Days.AddRange(token.Days);
                    break;
                case HoursPart.Time when next?.Part == HoursPart.Until && after?.Part == HoursPart.Time && ClockTime.Interval(token.Time, after.Value.Time) is { } interval:
                    Add(items, Kind.Times).Intervals.Add(interval);
                    at += 2;
                    break;
                case HoursPart.AllDay:
                    Add(items, Kind.Times).Intervals.Add((TimeOnly.MinValue, TimeOnly.MinValue));
                    break;
                case HoursPart.Closed or HoursPart.Noted:
                    Add(items, token.Part == HoursPart.Closed ? Kind.Closed : Kind.Noted);
                    break;
                case HoursPart.And:
                // "Mon - 9am-5pm": the first dash is not a range.
                case HoursPart.Until when token.IsDash && items is [.., { Kind: Kind.Days }] && next is { Part: not (HoursPart.Days or HoursPart.Until) }:
                case HoursPart.Stroke when items is [.., { Kind: Kind.Days }] && next?.Part == HoursPart.Days:
                    break;
                default:
                    return null;
            }
        }

        return items;
    }

    private static HoursToken? At(IReadOnlyList<HoursToken> tokens, int index) => index < tokens.Count ? tokens[index] : null;

    private static Item Add(List<Item> items, Kind kind)
    {
        if (items is [.., var last] && last.Kind == kind)
        {
            return last;
        }

        items.Add(new Item(kind, [], []));
        return items[^1];
    }

    private static HoursStatement? Pair(List<Item> items)
    {
        var (times, closed) = (new List<OpeningTime>(), new List<DayOfWeek>());
        var timesFirst = items.Find(i => i.Kind is Kind.Days or Kind.Times)?.Kind == Kind.Times;
        for (var at = 0; at < items.Count; at++)
        {
            var (item, next) = (items[at], at + 1 < items.Count ? items[at + 1] : null);
            switch (item.Kind, next?.Kind)
            {
                case (Kind.Days, Kind.Times) when !timesFirst:
                    times.AddRange(Open(item, next!));
                    at++;
                    break;
                case (Kind.Times, Kind.Days) when timesFirst:
                    times.AddRange(Open(next!, item));
                    at++;
                    break;
                case (Kind.Days, Kind.Closed):
                    closed.AddRange(item.Days);
                    at++;
                    break;
                // "Closed Sat, Sun 10-2" is ambiguous.
                case (Kind.Closed, Kind.Days) when timesFirst || at + 2 >= items.Count || items[at + 2].Kind != Kind.Times:
                    closed.AddRange(next!.Days);
                    at++;
                    break;
                case (Kind.Days, Kind.Noted) or (Kind.Noted, Kind.Days) when items.Count == 2:
                case (Kind.Days, Kind.Noted) when !timesFirst:
                    at++;
                    break;
                case (Kind.Noted, _):
                case (Kind.Closed, null) when items.Count == 1:
                    break;
                default:
                    return null;
            }
        }

        return new HoursStatement(times, closed);
    }

    private static IEnumerable<OpeningTime> Open(Item days, Item times) =>
        days.Days.Distinct().SelectMany(day => times.Intervals.Select(t => new OpeningTime { Day = day, Opens = t.Opens, Closes = t.Closes }));

    private sealed record Item(Kind Kind, List<DayOfWeek> Days, List<(TimeOnly Opens, TimeOnly Closes)> Intervals);
}
