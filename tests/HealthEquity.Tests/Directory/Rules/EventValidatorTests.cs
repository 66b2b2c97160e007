using static HealthEquity.Tests.Directory.Rules.EntryCheck;

namespace HealthEquity.Tests.Directory.Rules;

public class EventValidatorTests
{
    [Theory]
    [InlineData("FREQ=YEARLY", true)]
    [InlineData("FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=12", true)]
    [InlineData("FREQ=MONTHLY;BYDAY=1TU;COUNT=6", true)]
    [InlineData("FREQ=WEEKLY;UNTIL=20261231", true)]
    [InlineData("FREQ=WEEKLY;UNTIL=20261231T235959Z", true)]
    [InlineData("RRULE:FREQ=YEARLY", false)]
    [InlineData("", false)]
    [InlineData("every year", false)]
    [InlineData("COUNT=3", false)]
    [InlineData("FREQ=SOMETIMES", false)]
    [InlineData("FREQ=DAILY;COUNT=2;UNTIL=20270101", false)]
    [InlineData("FREQ=DAILY;FREQ=WEEKLY", false)]
    [InlineData("FREQ=DAILY;COUNT=many", false)]
    [InlineData("FREQ=DAILY;INTERVAL=0", false)]
    [InlineData("FREQ=WEEKLY;BYDAY=XX", false)]
    [InlineData("FREQ=WEEKLY;UNTIL=soon", false)]
    [InlineData("FREQ=WEEKLY;UNTIL=20200101", false)]
    [InlineData("FREQ=WEEKLY; BYDAY=MO", false)]
    public void A_recurrence_rule_is_valid(string rule, bool good) =>
        Check(AnEvent with { Recurrence = rule }, good, "recurrence", ":");

    [Theory]
    [InlineData("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "no day")]
    [InlineData("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=366", "no day")]
    [InlineData("FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=31;BYDAY=MO", "no day")]
    [InlineData("FREQ=YEARLY;INTERVAL=2147483647", "does not repeat within ten years")]
    [InlineData("FREQ=SECONDLY;INTERVAL=2147483647", "does not repeat within ten years")]
    [InlineData("FREQ=DAILY;BYHOUR=9,17", "more than 400 times a year")]
    [InlineData("FREQ=HOURLY", "more than 400 times a year")]
    [InlineData("FREQ=SECONDLY", "more than 400 times a year")]
    [InlineData("FREQ=YEARLY;BYHOUR=1,2,3,4,5,6;BYMINUTE=1,2,3,4,5;BYSETPOS=-1", "more than 24 times of day")]
    [InlineData("FREQ=WEEKLY;UNTIL=99991231", "outside the years")]
    public void A_recurrence_rule_has_days_and_not_too_many(string rule, string problem) =>
        Refuses(AnEvent with { Recurrence = rule }, "recurrence", problem);

    [Theory]
    [InlineData("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29")]
    [InlineData("FREQ=DAILY")]
    [InlineData("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1")]
    [InlineData("FREQ=HOURLY;COUNT=5")]
    public void A_rare_or_frequent_rule_is_accepted(string rule) => Accepts(AnEvent with { Recurrence = rule });

    [Fact]
    public void A_series_that_is_over_can_still_be_corrected() =>
        Accepts(AnEvent with { StartsAt = new DateTime(2010, 1, 5, 18, 0, 0), Recurrence = "FREQ=WEEKLY;UNTIL=20101231" });

    [Theory]
    [InlineData(1969)]
    [InlineData(2201)]
    [InlineData(9996)]
    [InlineData(9999)]
    public void Years_are_from_1970_to_2200(int year)
    {
        Refuses(AnEvent with { StartsAt = new DateTime(year, 5, 1), Recurrence = "FREQ=YEARLY" }, "startsAt", "1970 to 2200");
        if (year > 2200)
        {
            Refuses(AnEvent with { EndsAt = new DateTime(year, 5, 1) }, "endsAt", "1970 to 2200");
        }
    }

    [Fact]
    public void An_event_ends_after_it_starts()
    {
        Accepts(AnEvent with { EndsAt = AnEvent.StartsAt.AddHours(2) });
        Refuses(AnEvent with { EndsAt = AnEvent.StartsAt }, "endsAt", "must be after 'startsAt'");
        Accepts(AnEvent with { EndsAt = AnEvent.StartsAt, AllDay = true });
    }

    [Fact]
    public void Times_are_local()
    {
        Refuses(AnEvent with { StartsAt = DateTime.SpecifyKind(AnEvent.StartsAt, DateTimeKind.Utc) }, "startsAt", "without Z");
        Refuses(AnEvent with { TimeZone = "EST5" }, "timeZone", "IANA");
    }

    [Fact]
    public void The_location_is_validated_too() =>
        Refuses(AnEvent with { Location = APlace with { StateProvince = "Florida" } }, "location.stateProvince", "Did you mean 'FL'?");
}
