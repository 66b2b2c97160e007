using HealthEquity.Directory.Entries;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;

namespace HealthEquity.Search.Times;

/// <summary>
/// The days on which an event takes place, in its own local time. A recurring one is expanded as far as it is asked for, and
/// what was expanded is kept.
/// </summary>
internal sealed class EventDays
{
    private const int YearsAhead = 5;
    private const int OccurrencesAtMost = 20_000;

    private readonly Event _event;
    private readonly int _length;
    private Expansion? _expansion;

    /// <summary>Reads the event's days.</summary>
    public EventDays(Event @event)
    {
        _event = @event;
        var start = DateOnly.FromDateTime(@event.StartsAt);
        _length = Math.Max(0, LastDay(@event).DayNumber - start.DayNumber);
    }

    /// <summary>True when it takes place on a day of the span; null leaves an end open.</summary>
    public bool TakesPlace(DateOnly? from, DateOnly? to)
    {
        var first = DateOnly.FromDateTime(_event.StartsAt);
        if (_event.Recurrence is null)
        {
            return (to is null || first <= to) && (from is null || first.AddDays(_length) >= from);
        }

        // An occurrence that began some days earlier may last into the span.
        var earliest = from is { } day && day.DayNumber > _length ? day.AddDays(-_length) : first;
        earliest = earliest < first ? first : earliest;
        var expansion = Expand(earliest, to);
        var index = Array.BinarySearch(expansion.Starts, earliest);
        index = index < 0 ? ~index : index;
        return index < expansion.Starts.Length && (to is null || expansion.Starts[index] <= to);
    }

    /// <summary>Works out a recurring event's next years, so that no search has to wait for it.</summary>
    public void Expand(DateOnly today) => TakesPlace(today, today);

    private static DateOnly LastDay(Event @event)
    {
        var end = @event.EndsAt ?? @event.StartsAt;
        // What ends at midnight does not take place on the day that begins then.
        return DateOnly.FromDateTime(!@event.AllDay && end > @event.StartsAt && end.TimeOfDay == TimeSpan.Zero ? end.AddTicks(-1) : end);
    }

    /// <summary>An expansion that answers for these days: what was asked for so far, and some years more.</summary>
    private Expansion Expand(DateOnly earliest, DateOnly? to)
    {
        var known = _expansion;
        if (known is not null && known.Answers(earliest, to))
        {
            return known;
        }

        var from = known is not null && known.From < earliest ? known.From : earliest;
        var until = (to is { } last && last > earliest ? last : earliest).AddYears(YearsAhead);
        var starts = new List<DateOnly>();
        var complete = true;
        foreach (var day in Starts(from).Take(OccurrencesAtMost))
        {
            if (day > until)
            {
                complete = false;
                break;
            }

            starts.Add(day);
        }

        complete &= starts.Count < OccurrencesAtMost;
        return _expansion = new Expansion(from, complete ? DateOnly.MaxValue : until, [.. starts.Distinct()]);
    }

    private IEnumerable<DateOnly> Starts(DateOnly from)
    {
        var component = new CalendarEvent
        {
            Start = new CalDateTime(_event.StartsAt, hasTime: !_event.AllDay),
            RecurrenceRule = new RecurrenceRule(_event.Recurrence!),
        };
        return component.GetOccurrences(new CalDateTime(from.Year, from.Month, from.Day))
            .Select(o => DateOnly.FromDateTime(o.Period.StartTime.Value));
    }

    /// <summary>All starts between two days; <see cref="DateOnly.MaxValue"/> when the rule ends.</summary>
    private sealed record Expansion(DateOnly From, DateOnly Until, DateOnly[] Starts)
    {
        /// <summary>True when a start that these days ask for is known, or known not to be.</summary>
        public bool Answers(DateOnly earliest, DateOnly? to) =>
            From <= earliest && ((to ?? DateOnly.MaxValue) <= Until || (Starts.Length > 0 && Starts[^1] >= earliest));
    }
}
