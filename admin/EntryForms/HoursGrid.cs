using System.Globalization;
using System.Text.Json;
using HealthEquity.Directory.Entries;

namespace HealthEquity.Admin.EntryForms;

/// <summary>A day of a week's opening times.</summary>
/// <param name="Name">The name of the day.</param>
/// <param name="Code">The day's code.</param>
/// <param name="Times">Its opening times; those without an opening and closing time are empty.</param>
public sealed record HoursDay(string Name, string Code, IReadOnlyList<FormPart> Times);

/// <summary>
/// Opening times as a week: a row for each day, Monday first. It posts the same fields as the list. Times that do not fit into a week, such as
/// one without a day, stay a list.
/// </summary>
public sealed class HoursGrid
{
    private const int Columns = 2;

    private const int MaxColumns = 4;

    private static readonly DayOfWeek[] Week =
        [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday, DayOfWeek.Saturday, DayOfWeek.Sunday];

    private HoursGrid(IReadOnlyList<HoursDay> days, IReadOnlyList<string> numbers) => (Days, Numbers) = (days, numbers);

    /// <summary>The days, Monday first.</summary>
    public IReadOnlyList<HoursDay> Days { get; }

    /// <summary>The numbers of the list's items, in the order in which the list keeps them.</summary>
    public IReadOnlyList<string> Numbers { get; }

    /// <summary>The buttons that copy a day: the command without the list, and the text.</summary>
    public static IReadOnlyList<(string Command, string Text)> Copies { get; } =
    [
        ("monday:tuesday,wednesday,thursday,friday", "Copy Monday to Tuesday–Friday"),
        ("monday:tuesday,wednesday,thursday,friday,saturday,sunday", "Copy Monday to every day"),
        ("saturday:sunday", "Copy Saturday to Sunday"),
    ];

    /// <summary>Creates the week for a list of opening times; null if the list holds something else or does not fit into a week.</summary>
    public static HoursGrid? Of(FormPart list)
    {
        if (!IsHours(list) || list.Parts.Any(p => DayOf(p) is null))
        {
            return null;
        }

        var times = list.Parts.Where(p => !p.IsBlank).ToList();
        var sorted = times.OrderBy(OrderOf).ToList();
        var columns = times.GroupBy(DayOf).Select(g => g.Count()).Append(Columns).Max();
        if (columns > MaxColumns)
        {
            return null;
        }

        var next = list.Parts.Count;
        var days = new List<HoursDay>();
        foreach (var day in Week)
        {
            var ofDay = sorted.Where(p => DayOf(p) == day).ToList();
            while (ofDay.Count < columns)
            {
                ofDay.Add(Blank(list, ref next, day));
            }

            days.Add(new HoursDay(day.ToString(), CodeOf(day), ofDay));
        }

        // A list in the order of the week stays so. Any other order is kept, and new times follow.
        var rows = days.SelectMany(d => d.Times);
        var order = times.SequenceEqual(sorted) ? rows : times.Concat(rows.Except(times));
        return new HoursGrid(days, [.. order.Select(NumberOf)]);
    }

    /// <summary>Returns the name of an opening time's day; null if the part is something else or has no day.</summary>
    public static string? NameOf(FormPart part) => part.Field.Record == typeof(OpeningTime) ? DayOf(part)?.ToString() : null;

    /// <summary>Copies a day to others: <c>hours.times:monday:tuesday,friday</c>.</summary>
    /// <returns>The part to focus; null if the form has no such list or day.</returns>
    internal static FormPart? Copy(FormPart root, string command)
    {
        if (command.Split(':') is not [var path, var from, var to] || root.All().FirstOrDefault(p => IsHours(p) && p.PostedPath == path) is not { } list)
        {
            return null;
        }

        var targets = Week.Where(d => to.Split(',').Contains(CodeOf(d))).ToList();
        var source = list.Parts.Where(p => !p.IsBlank && DayOf(p) is { } day && CodeOf(day) == from).ToList();
        list.Parts.RemoveAll(p => p.IsBlank || (DayOf(p) is { } day && targets.Contains(day)));
        var next = list.Parts.Count;
        foreach (var (day, time) in targets.SelectMany(day => source.Select(time => (day, time))))
        {
            var copy = Blank(list, ref next, day);
            foreach (var (field, value) in copy.Parts.Zip(time.Parts).Where(f => f.First.Field.Name != "day"))
            {
                field.Text = value.Text;
            }

            list.Parts.Add(copy);
        }

        list.Parts.Sort((a, b) => OrderOf(a).CompareTo(OrderOf(b)));
        return list.Parts.FirstOrDefault(p => DayOf(p) is { } day && targets.Contains(day))?.Parts.First(p => p.Field.Name == "opens") ?? list;
    }

    private static bool IsHours(FormPart part) => part.Field.Item?.Record == typeof(OpeningTime);

    private static FormPart Blank(FormPart list, ref int next, DayOfWeek day)
    {
        var part = FormFiller.FromJson(list.Field.Item!, $"{list.Path}[{next++}]", null);
        part.Parts.First(p => p.Field.Name == "day").Text = CodeOf(day);
        return part;
    }

    private static string CodeOf(DayOfWeek day) => JsonNamingPolicy.CamelCase.ConvertName(day.ToString());

    private static DayOfWeek? DayOf(FormPart time) =>
        Enum.TryParse<DayOfWeek>(time.Parts.First(p => p.Field.Name == "day").Text, ignoreCase: true, out var day) && Enum.IsDefined(day) ? day : null;

    /// <summary>The day's place in the week, then the opening time.</summary>
    private static (int Day, TimeOnly Opens) OrderOf(FormPart time) => (
        DayOf(time) is { } day ? Array.IndexOf(Week, day) : Week.Length,
        TimeOnly.TryParse(time.Parts.First(p => p.Field.Name == "opens").Text, CultureInfo.InvariantCulture, out var opens) ? opens : TimeOnly.MaxValue);

    private static string NumberOf(FormPart time) => time.Path[(time.Path.LastIndexOf('[') + 1)..^1];
}
