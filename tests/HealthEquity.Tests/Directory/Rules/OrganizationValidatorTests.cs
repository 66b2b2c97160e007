using static HealthEquity.Tests.Directory.Rules.EntryCheck;

namespace HealthEquity.Tests.Directory.Rules;

public class OrganizationValidatorTests
{
    [Theory]
    [InlineData("12-3456789", true)]
    [InlineData("123456789", false)]
    [InlineData("12-345678", false)]
    [InlineData("00-3456789", false)]
    public void An_EIN_has_the_right_format(string ein, bool good) =>
        Check(AnOrganization with { Ein = ein }, good, "ein", "such as 12-3456789");

    [Theory]
    [InlineData(1998, true)]
    [InlineData(98, false)]
    public void A_founding_year_is_plausible(int year, bool good) =>
        Check(AnOrganization with { YearIncorporated = year }, good, "yearIncorporated", "between 1600 and 2100");
}
