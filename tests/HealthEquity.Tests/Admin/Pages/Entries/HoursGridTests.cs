using HealthEquity.Admin.EntryForms;
using HealthEquity.Directory.Entries;

namespace HealthEquity.Tests.Admin.Pages.Entries;

/// <summary>Opening times as a week: the same entry as with the list, and a day copied to others.</summary>
public sealed class HoursGridTests
{
    private static readonly OpeningTime MondayMorning = new() { Day = DayOfWeek.Monday, Opens = new(8, 30), Closes = new(12, 0) };
    private static readonly OpeningTime MondayAfternoon = new() { Day = DayOfWeek.Monday, Opens = new(13, 0), Closes = new(17, 0) };
    private static readonly OpeningTime Sunday = new() { Day = DayOfWeek.Sunday, Opens = new(22, 0), Closes = new(2, 0) };

    [Fact]
    public void A_week_has_two_times_for_each_day_and_keeps_the_order_of_the_list()
    {
        foreach (var times in new OpeningTime[][] { [MondayMorning, MondayAfternoon, Sunday], [Sunday, MondayAfternoon, MondayMorning], [] })
        {
            var (form, grid) = WeekOf(times);
            Assert.Equal(["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"], grid.Days.Select(d => d.Name));
            Assert.All(grid.Days, d => Assert.Equal(2, d.Times.Count));
            Assert.Equal(times, TimesOf(Post(form, grid)));
        }
    }

    [Fact]
    public void A_new_time_takes_its_place_in_a_sorted_week()
    {
        var (form, grid) = WeekOf([MondayMorning, Sunday]);
        var tuesday = grid.Days[1].Times[0];

        var times = TimesOf(Post(form, grid, (tuesday.Path + ".opens", "9:00"), (tuesday.Path + ".closes", "5 PM")));

        Assert.Equal([MondayMorning, new OpeningTime { Day = DayOfWeek.Tuesday, Opens = new(9, 0), Closes = new(17, 0) }, Sunday], times);
    }

    [Fact]
    public void Clearing_a_days_times_removes_them_and_half_a_time_is_an_error_at_its_field()
    {
        var (form, grid) = WeekOf([MondayMorning, Sunday]);
        Assert.Equal([Sunday], TimesOf(Post(form, grid, ("hours.times[0].opens", ""), ("hours.times[0].closes", ""))));

        var half = EntryForm.Of(EntryKind.Organization, Post(form, grid, ("hours.times[0].closes", "")));
        half.Read(_ => new(), out var readable);
        Assert.False(readable);
        var (part, error) = Assert.Single(half.Errors);
        Assert.Equal(("hours.times[0].closes", "This field is required."), (part.Path, error));
        Assert.Equal("Opening hours: Monday: Closes", new EntryFormView(half, HealthEquity.Directory.Vocabularies.VocabularySet.Shipped, []).LabelOf(part));
    }

    [Fact]
    public void Monday_is_copied_to_other_days()
    {
        var (form, grid) = WeekOf([MondayMorning, MondayAfternoon, Sunday, new OpeningTime { Day = DayOfWeek.Friday, Opens = new(1, 0), Closes = new(2, 0) }]);
        var posted = EntryForm.Of(EntryKind.Organization, Post(form, grid));

        var focus = posted.Apply("copy:hours.times:" + HoursGrid.Copies[0].Command);

        Assert.Equal("hours.times[2].opens", focus?.Path);
        var times = TimesOf(posted.Values());
        Assert.Equal(11, times.Count);
        Assert.All(times.Take(10).Chunk(2).Index(), pair => Assert.Equal(
            [MondayMorning with { Day = (DayOfWeek)(pair.Index + 1) }, MondayAfternoon with { Day = (DayOfWeek)(pair.Index + 1) }], pair.Item));
        Assert.Equal(Sunday, times[10]);
        Assert.Null(EntryForm.Of(new Organization { Name = "Red" }).Apply("copy:phones:monday:friday"));
        Assert.Null(EntryForm.Of(new Organization { Name = "Red" }).Apply("copy:hours.times"));
    }

    [Fact]
    public void Times_that_do_not_fit_into_a_week_stay_a_list()
    {
        OpeningTime[] five = [.. Enumerable.Range(8, 5).Select(hour => new OpeningTime { Day = DayOfWeek.Monday, Opens = new(hour, 0), Closes = new(hour, 30) })];
        Assert.Null(HoursGrid.Of(FormOf(five).Find("hours.times")!));
        Assert.NotNull(HoursGrid.Of(FormOf(five[..3]).Find("hours.times")!));
        Assert.Null(HoursGrid.Of(FormOf(five).Find("phones")!));

        // The button "Edit as a list" adds a time without a day.
        var (form, grid) = WeekOf([MondayMorning]);
        var posted = EntryForm.Of(EntryKind.Organization, Post(form, grid));
        posted.Apply("add:hours.times");
        Assert.Null(HoursGrid.Of(posted.Find("hours.times")!));
        Assert.Equal(2, posted.Find("hours.times")!.Parts.Count);
        Assert.Equal([MondayMorning], TimesOf(posted.Values()));
    }

    private static EntryForm FormOf(OpeningTime[] times) =>
        EntryForm.Of(new Organization { Name = "Red", Hours = new Hours { TimeZone = "America/New_York", Times = times, Note = "Ring twice." } });

    private static (EntryForm Form, HoursGrid Grid) WeekOf(OpeningTime[] times)
    {
        var form = FormOf(times);
        return (form, Assert.IsType<HoursGrid>(HoursGrid.Of(form.Find("hours.times")!)));
    }

    /// <summary>Returns what the page posts: the item numbers in the week's order and the fields of each row.</summary>
    private static FormValues Post(EntryForm form, HoursGrid grid, params (string Name, string Value)[] typed)
    {
        var values = new FormValues().With(form.Values(), field => field is "name");
        values.Set("hours.timeZone", "America/New_York");
        values.Set("hours.note", "Ring twice.");
        foreach (var number in grid.Numbers)
        {
            values.Add("hours.times.items", number);
        }

        foreach (var input in grid.Days.SelectMany(d => d.Times).SelectMany(t => t.Parts))
        {
            values.Set(input.Path, input.Text);
        }

        foreach (var (name, value) in typed)
        {
            values.Set(name, value);
        }

        return values;
    }

    private static IReadOnlyList<OpeningTime> TimesOf(FormValues values)
    {
        var form = EntryForm.Of(EntryKind.Organization, values);
        var entry = Assert.IsType<Organization>(form.Read(_ => new(), out var readable));
        Assert.True(readable, string.Join(" ", form.Errors.Select(e => e.Error)));
        return entry.Hours!.Times;
    }
}
