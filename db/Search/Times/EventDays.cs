using HealthEquity.Directory.Entries;
using HealthEquity.Search.Columns;

namespace HealthEquity.Search.Times;

/// <summary>
/// The dates of an event in its local time. Recurring events are expanded on demand, and the expansion is cached.
/// </summary>
internal sealed class EventDays
{
    private const int YearsAhead = 5;
    private const int MaxOccurrences = (Recurrence.LastYear - Recurrence.FirstYear + 1) * Recurrence.MaxPerYear;

    private readonly DateTime _startsAt;
    private readonly bool _allDay;
    private readonly string? _recurrence;
    private readonly int _length;
    private Expansion? _expansion;
    private First? _first;

    /// <summary>Creates the dates of an event.</summary>
    public EventDays(Event @event)
    {
        (_startsAt, _allDay, _recurrence) = (@event.StartsAt, @event.AllDay, @event.Recurrence);
        _length = Math.Max(0, LastDay(@event).DayNumber - DateOnly.FromDateTime(_startsAt).DayNumber);
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    public EventDays(ColumnReader file)
    {
        _startsAt = new DateTime(file.ReadInt64());
        _allDay = file.ReadInt32() == 1;
        _recurrence = file.ReadString() is { Length: > 0 } rule ? rule : null;
        _length = file.ReadInt32();
        _expansion = file.ReadInt32() == 1
            ? new Expansion(DateOnly.FromDayNumber(file.ReadInt32()), DateOnly.FromDayNumber(file.ReadInt32()), file.ReadAll<DateOnly>())
            : null;
    }

    /// <summary>Writes the dates, and the years for which the rule is expanded.</summary>
    public void Save(ColumnWriter file)
    {
        file.Write(_startsAt.Ticks);
        file.Write(_allDay ? 1 : 0);
        file.Write(_recurrence ?? "");
        file.Write(_length);
        var expansion = _expansion;
        file.Write(expansion is null ? 0 : 1);
        if (expansion is not null)
        {
            file.Write(expansion.From.DayNumber);
            file.Write(expansion.Until.DayNumber);
            file.WriteAll<DateOnly>(expansion.Starts);
        }
    }

    /// <summary>True if the event takes place within the range. Null means no limit.</summary>
    public bool TakesPlace(DateOnly? from, DateOnly? to)
    {
        var first = DateOnly.FromDateTime(_startsAt);
        if (_recurrence is null)
        {
            return (to is null || first <= to) && (from is null || first.AddDays(_length) >= from);
        }

        if (from is null)
        {
            return to is null || FirstStart() is { } start && start <= to;
        }

        // An occurrence that started earlier may last into the range.
        var earliest = from is { } day && day.DayNumber > _length ? day.AddDays(-_length) : first;
        earliest = earliest < first ? first : earliest;
        var expansion = Expand(earliest, to);
        var index = Array.BinarySearch(expansion.Starts, earliest);
        index = index < 0 ? ~index : index;
        return index < expansion.Starts.Length && (to is null || expansion.Starts[index] <= to);
    }

    /// <summary>The first start of the rule; null if it has none. It can be later than the start of the event, which the rule may leave out.</summary>
    private DateOnly? FirstStart() =>
        (_first ??= new First(Starts(DateOnly.FromDateTime(_startsAt)).Cast<DateOnly?>().FirstOrDefault())).Day;

    /// <summary>Expands the next years of a recurring event, so that no search has to wait for it.</summary>
    public void Expand(DateOnly today) => TakesPlace(today, today);

    private static DateOnly LastDay(Event @event)
    {
        var end = @event.EndsAt ?? @event.StartsAt;
        // An event that ends at midnight does not take place on the next day.
        return DateOnly.FromDateTime(!@event.AllDay && end > @event.StartsAt && end.TimeOfDay == TimeSpan.Zero ? end.AddTicks(-1) : end);
    }

    /// <summary>An expansion that covers this range, everything requested so far, and some years more.</summary>
    private Expansion Expand(DateOnly earliest, DateOnly? to)
    {
        var known = _expansion;
        if (known is not null && known.Covers(earliest, to))
        {
            return known;
        }

        // Some years more in both directions, and never less than before, so that ranges that move a day at a time are expanded only once in years.
        var from = known is null ? earliest : known.From <= earliest ? known.From : earliest.AddYears(-YearsAhead);
        // Days come to an end with the last year that an event may name.
        var latest = to is { } last && last > earliest ? last : earliest;
        var until = latest.Year > Recurrence.LastYear ? latest : latest.AddYears(YearsAhead);
        until = known?.Until > until ? known.Until : until;
        var starts = new List<DateOnly>();
        var complete = true;
        foreach (var day in Starts(from).Take(MaxOccurrences))
        {
            if (day > until)
            {
                complete = false;
                break;
            }

            starts.Add(day);
        }

        complete &= starts.Count < MaxOccurrences;
        return _expansion = new Expansion(from, complete ? DateOnly.MaxValue : until, [.. starts.Distinct()]);
    }

    private IEnumerable<DateOnly> Starts(DateOnly from) => Recurrence.Days(_recurrence!, _startsAt, _allDay, from);

    private sealed record First(DateOnly? Day);

    /// <summary>All starts in a range; <see cref="DateOnly.MaxValue"/> if the rule has no more.</summary>
    private sealed record Expansion(DateOnly From, DateOnly Until, DateOnly[] Starts)
    {
        /// <summary>True if the expansion can answer a query for this range.</summary>
        public bool Covers(DateOnly earliest, DateOnly? to) =>
            From <= earliest && ((to ?? DateOnly.MaxValue) <= Until || (Starts.Length > 0 && Starts[^1] >= earliest));
    }
}
