using System.Globalization;
using HealthEquity.Directory.Entries;
using HealthEquity.Formats.Exports;
using HealthEquity.Formats.Sources;
using HealthEquity.Imports.Mappings;

namespace HealthEquity.Tests.Formats.OpeningHours;

/// <summary>Hours as people write them in spreadsheets.</summary>
public sealed class HoursTextTests
{
    private const string Office = "Mo-Fr 09:00-17:00";

    private static readonly SourceHeader Header = new("rows", ["cell", "state", "zip"], []);

    private static readonly ImportMapping Mapping = MappingReader.Read(
        """
        { "name": "test", "source": { "name": "Test" }, "kind": "organization", "files": [ { "name": "rows" } ],
          "id": { "column": "cell" }, "fields": { "name": "Sun", "hours": { "column": "cell", "as": { "hours": { "state": "state", "zip": "zip" } } } } }
        """);

    [Theory]
    [InlineData("M-F 8:30am-5pm; Sat 9-12", "Mo-Fr 08:30-17:00; Sa 09:00-12:00")]
    [InlineData("Mon, Wed 9-5 & Thurs 10 a.m.–6 p.m.", "Mo 09:00-17:00; We 09:00-17:00; Th 10:00-18:00")]
    [InlineData("Lun a Vie 8:00-17:00", "Mo-Fr 08:00-17:00")]
    [InlineData("de lunes a viernes de 8 de la mañana a 5 de la tarde", "Mo-Fr 08:00-17:00")]
    [InlineData("Lunes, miércoles y viernes: 9am a 1pm", "Mo 09:00-13:00; We 09:00-13:00; Fr 09:00-13:00")]
    [InlineData("L-V 9:00 - 17:30", "Mo-Fr 09:00-17:30")]
    [InlineData("Lundi au vendredi 9h-17h30", "Mo-Fr 09:00-17:30")]
    [InlineData("Segunda a sexta, das 8h às 18h", "Mo-Fr 08:00-18:00")]
    [InlineData("Lendi - Vandredi 9am - 5pm", Office)]
    [InlineData("Monday through Friday, 9:00 AM to 5:00 PM", Office)]
    [InlineData("Mon thru Fri 9-5", Office)]
    [InlineData("Mon. - Fri. 9 a.m. - 5 p.m.", Office)]
    [InlineData("M–F 9a-5p", Office)]
    [InlineData("Monday-Friday: 9:00am–5:00pm", Office)]
    [InlineData("9am-5pm M-F", Office)]
    [InlineData("9 to 5, Monday to Friday", Office)]
    [InlineData("Weekdays 9-5", Office)]
    [InlineData("Office hours: Mon-Fri from 9am until 5pm.", Office)]
    [InlineData("Open Mon - Fri, 0900-1700", Office)]
    [InlineData("Monday - Friday\n9:00 am - 5:00 pm", Office)]
    [InlineData("MONDAY-FRIDAY 9AM-5PM", Office)]
    [InlineData("M-F, 9:00-5:00", Office)]
    [InlineData("Mon - Fri - 9am-5pm", Office)]
    [InlineData("Mon-Fri 9:00AM - 5:00PM EST", Office)]
    [InlineData("Mon–Fri 8 AM – 5 PM; Sat & Sun Closed", "Mo-Fr 08:00-17:00")]
    [InlineData("Monday 9-5, Tuesday 10-6, Wednesday closed", "Mo 09:00-17:00; Tu 10:00-18:00")]
    [InlineData("Closed Sunday; Mon-Sat 10am-4pm", "Mo-Sa 10:00-16:00")]
    [InlineData("MWF 1-5", "Mo 13:00-17:00; We 13:00-17:00; Fr 13:00-17:00")]
    [InlineData("M/W/F 8am-noon", "Mo 08:00-12:00; We 08:00-12:00; Fr 08:00-12:00")]
    [InlineData("TTh 10-2", "Tu 10:00-14:00; Th 10:00-14:00")]
    [InlineData("T, Th 4-8", "Tu 16:00-20:00; Th 16:00-20:00")]
    [InlineData("MTWRF 7-3", "Mo-Fr 07:00-15:00")]
    [InlineData("Tues & Thurs 12-4", "Tu 12:00-16:00; Th 12:00-16:00")]
    [InlineData("Sat-Sun 10-2pm", "Sa-Su 10:00-14:00")]
    [InlineData("Weekends 11am-3", "Sa-Su 11:00-15:00")]
    [InlineData("Daily 8am-8pm", "Mo-Su 08:00-20:00")]
    [InlineData("7 days a week, 7am - 11pm", "Mo-Su 07:00-23:00")]
    [InlineData("Every day 12 noon-12 midnight", "Mo-Su 12:00-00:00")]
    [InlineData("Todos los días 8:00am - 6:00pm", "Mo-Su 08:00-18:00")]
    [InlineData("Fri-Sat 6pm-2am", "Fr-Sa 18:00-02:00")]
    [InlineData("Sun-Thu 22:00-06:00", "Mo-Th 22:00-06:00; Su 22:00-06:00")]
    [InlineData("Mon-Fri 8-12, 1-5", "Mo 08:00-12:00; Mo 13:00-17:00; Tu 08:00-12:00; Tu 13:00-17:00; We 08:00-12:00; We 13:00-17:00; Th 08:00-12:00; Th 13:00-17:00; Fr 08:00-12:00; Fr 13:00-17:00")]
    [InlineData("Wed: 9am-12pm and 1:30pm-4:30pm", "We 09:00-12:00; We 13:30-16:30")]
    [InlineData("Sat 9.30-17.00", "Sa 09:30-17:00")]
    [InlineData("Mon 08:00-12:00", "Mo 08:00-12:00")]
    [InlineData("Mon 12:30 - 4:30", "Mo 12:30-16:30")]
    [InlineData("Mon 1-4:30pm", "Mo 13:00-16:30")]
    [InlineData("Fri 8:30-11am", "Fr 08:30-11:00")]
    [InlineData("Mon-Fri 24 hours", "Mo-Fr 00:00-00:00")]
    [InlineData("Monday: 9:00 AM - 5:00 PM | Tuesday: 9:00 AM - 5:00 PM", "Mo 09:00-17:00; Tu 09:00-17:00")]
    public void Unambiguous_hours_are_read(string text, string expected)
    {
        var hours = Read(text);
        Assert.Equal((false, Expand(expected), null), (hours.AlwaysOpen, Write(hours.Times), hours.Note));
    }

    [Theory]
    [InlineData("24/7")]
    [InlineData("Open 24/7/365")]
    [InlineData("24 hours a day, 7 days a week")]
    [InlineData("24 hrs/day, 7 days/week")]
    [InlineData("24 hours")]
    [InlineData("24 horas, los 7 días de la semana")]
    [InlineData("Sun-Sat 24 hours")]
    [InlineData("Daily, 24 hours")]
    public void Always_open_is_read(string text)
    {
        var hours = Read(text);
        Assert.Equal((true, 0), (hours.AlwaysOpen, hours.Times.Count));
    }

    [Theory]
    [InlineData("by appointment", "", "by appointment")]
    [InlineData("Closed Sundays", "", "Closed Sundays")]
    [InlineData("Hours vary", "", "Hours vary")]
    [InlineData("Call for hours", "", "Call for hours")]
    [InlineData("Con cita previa", "", "Con cita previa")]
    [InlineData("Mon-Fri 9-5; Sat by appointment", Office, "Sat by appointment")]
    [InlineData("Mon-Fri 9-5 by appointment only", Office, "Mon-Fri 9-5 by appointment only")]
    [InlineData("Mon-Fri 9-5 (closed major holidays)", Office, "closed major holidays")]
    [InlineData("M-F 9am-5pm; walk-ins welcome", Office, "walk-ins welcome")]
    public void Text_that_times_do_not_express_becomes_the_note(string text, string times, string note)
    {
        var hours = Read(text);
        Assert.Equal((times.Length == 0 ? "" : Expand(times), note), (Write(hours.Times), hours.Note));
    }

    [Theory]
    [InlineData("Mon 9-11")] // morning or evening
    [InlineData("Mon 8-8")] // day or night
    [InlineData("Mon 6-8pm")] // fourteen hours or two
    [InlineData("Mon 9am-12am")] // noon, mostly
    [InlineData("Mon 12am-5pm")]
    [InlineData("Mon 9pm-5pm")]
    [InlineData("Mon 8am-5am")]
    [InlineData("Mon 0900-0500")]
    [InlineData("Mon 10pm-6")]
    [InlineData("9-5")] // on which days
    [InlineData("Mon-Fri")] // at which times
    [InlineData("M-T 9-5")] // Tuesday or Thursday
    [InlineData("S 9-5")] // Saturday or Sunday
    [InlineData("MF 9-5")] // a range or two days
    [InlineData("Mon-Wed-Fri 9-5")]
    [InlineData("M-F 9-5; Fri 9-3")] // which of the two
    [InlineData("Mon-Sun 9-5, closed Sunday")]
    [InlineData("Closed Sat, Sun 10-2")]
    [InlineData("Mon-Fri 9-5, Sat")]
    [InlineData("9-5 Mon-Fri, Sat 10-2")]
    [InlineData("Mon-Fri 9-5 except first Friday")]
    [InlineData("1st & 3rd Sat 9-12")]
    [InlineData("Every other Tuesday 9-5")]
    [InlineData("M-F 8-5 (closed 12-1 for lunch)")]
    [InlineData("Mon-Fri 9-5, hours vary")]
    [InlineData("Crisis line 24/7; office M-F 9-5")]
    [InlineData("24/7; M-F 9-5")]
    [InlineData("June-August: M-F 9-3")]
    [InlineData("Mar-Oct 9-5")]
    [InlineData("M-F 9-5 EST, Sat 9-5 PST")]
    [InlineData("Th until 7pm")]
    [InlineData("Mon 25:00-26:00")]
    [InlineData("Mon 9:75-10:00am")]
    [InlineData("Mon 13pm-5pm")]
    [InlineData("305-555-0142")]
    [InlineData("Call 305-555-0142")]
    [InlineData("Intake M-F 9-5")]
    [InlineData("TBD")]
    [InlineData("-")]
    [InlineData("09:00-05:00 Mon")]
    public void Ambiguous_hours_are_kept_as_the_note_and_reported(string text)
    {
        var (hours, faults) = Fill(text);
        Assert.Equal((false, 0, text), (hours!.AlwaysOpen, hours.Times.Count, hours.Note));
        var fault = Assert.Single(faults);
        Assert.Equal(("cell", text, true), (fault.Field, fault.Value, fault.Loaded));
    }

    [Theory]
    [InlineData("M-F 9-5 PT", "FL", "33130", "America/Los_Angeles")] // what is said beside the hours counts first
    [InlineData("M-F 9-5", "CO", "", "America/Denver")]
    [InlineData("M-F 9-5", "Florida", "33130", "America/New_York")]
    [InlineData("M-F 9-5", "FL", "32501", "America/Chicago")] // Pensacola
    [InlineData("M-F 9-5", "", "79901", "America/Denver")] // El Paso
    [InlineData("M-F 9-5", "TN", "37902", "America/New_York")] // Knoxville
    [InlineData("M-F 9-5", "TN", "37203", "America/Chicago")] // Nashville
    [InlineData("M-F 9-5", "FL", "", null)] // two zones, and no ZIP code
    [InlineData("M-F 9-5", "FL", "32456", null)] // Gulf County is divided
    [InlineData("M-F 9-5", "FL", "10001", null)] // one of the two is wrong
    [InlineData("M-F 9-5", "", "", null)]
    public void The_time_zone_is_that_of_the_location_and_not_guessed(string text, string state, string zip, string? zone)
    {
        var (hours, faults) = Fill(text, state, zip);
        Assert.Equal((zone, zone is null ? text : null, zone is null ? 1 : 0), (hours!.TimeZone, hours.Note, faults.Count));
    }

    [Fact]
    public void Our_own_text_of_hours_can_be_read_back()
    {
        var random = new Random(20261125);
        for (var round = 0; round < 500; round++)
        {
            var days = Enum.GetValues<DayOfWeek>().Where(_ => random.Next(2) == 0).OrderBy(d => ((int)d + 6) % 7).ToList();
            // Ends of intervals in order. The last one may be past midnight, but before the first of the next day.
            var times = days.SelectMany(day =>
            {
                int[] ends = [.. Enumerable.Range(0, 4).Select(_ => random.Next(12, 96)).Distinct().Order()];
                var pairs = ends.Chunk(2).Where(c => c.Length == 2).Select(c => (c[0], c[1])).ToList();
                if (pairs.Count > 0 && random.Next(4) == 0)
                {
                    pairs[^1] = (pairs[^1].Item1, 96 + random.Next(0, 12));
                }

                return pairs.Select(p => new OpeningTime { Day = day, Opens = Quarter(p.Item1), Closes = Quarter(p.Item2) });
            }).ToList();
            if (times.Count == 0)
            {
                continue;
            }

            var cell = EntryCells.Write(new Organization { Name = "Sun", Hours = new Hours { TimeZone = "America/New_York", Times = times } })["hours.times"];

            Assert.Equal(Write(times), Write(Read(cell).Times));
        }

        static TimeOnly Quarter(int number) => TimeOnly.MinValue.AddMinutes(number % 96 * 15);
    }

    [Fact]
    public void No_text_crashes_the_reader()
    {
        var random = new Random(7);
        string[] words = ["Mon", "Tue-", "Fri", "9", "-", "5", "am", "pm", "12", ":30", ";", ",", "closed", "24/7", "24 hours", "noon", "to", "&", "(", ")", "by appointment", "\n", "M", "T", "é", "\uD800", "2:", "/", "a", "p.m.", "EST", "　", "99999999999999999999"];
        for (var round = 0; round < 5_000; round++)
        {
            Fill(string.Join(random.Next(2) == 0 ? " " : "", Enumerable.Range(0, random.Next(1, 12)).Select(_ => words[random.Next(words.Length)])));
        }

        var (hours, faults) = Fill(string.Concat(Enumerable.Repeat("Mon 9-5 ", 20_000)) + "x");
        Assert.Equal((1000, 1), (hours!.Note!.Length, faults.Count));
    }

    private static Hours Read(string text)
    {
        var (hours, faults) = Fill(text);
        Assert.Empty(faults);
        return Assert.IsType<Hours>(hours);
    }

    private static (Hours? Hours, List<RowFault> Faults) Fill(string text, string state = "FL", string zip = "33130")
    {
        List<RowFault> faults = [];
        var filled = Mapping.Fields.Fill(new RowContext(new SourceRow(Header, 7, [text, state, zip]), _ => [], faults));
        return (((ServiceEntry)EntryJson.Read($$"""{"kind": "organization", "name": "Sun", "hours": {{filled?["hours"]?.ToJsonString() ?? "null"}}}""")).Hours, faults);
    }

    /// <summary>"Mo-We 09:00-17:00" as one line per day.</summary>
    private static string Expand(string text) => string.Join("; ", text.Split("; ").SelectMany(part =>
    {
        var (days, times) = (part.Split(' ')[0].Split('-'), part.Split(' ')[1]);
        string[] week = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];
        return week[Array.IndexOf(week, days[0])..(Array.IndexOf(week, days[^1]) + 1)].Select(d => $"{d} {times}");
    }));

    private static string Write(IEnumerable<OpeningTime> times) =>
        string.Join("; ", times.Select(t => string.Create(CultureInfo.InvariantCulture, $"{t.Day.ToString()[..2]} {t.Opens:HH\\:mm}-{t.Closes:HH\\:mm}")));
}
