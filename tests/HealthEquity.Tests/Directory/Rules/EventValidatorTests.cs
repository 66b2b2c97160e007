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
