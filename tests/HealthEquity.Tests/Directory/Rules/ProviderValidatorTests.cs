using HealthEquity.Directory.Entries;
using static HealthEquity.Tests.Directory.Rules.EntryCheck;

namespace HealthEquity.Tests.Directory.Rules;

public class ProviderValidatorTests
{
    [Theory]
    [InlineData("1234567893", true)] // the example in CMS's description of the check digit
    [InlineData("1234567890", false)]
    [InlineData("1234567839", false)]
    [InlineData("123456789", false)]
    [InlineData("12345678933", false)]
    [InlineData("123456789X", false)]
    [InlineData("3234567899", false)]
    public void An_NPI_has_the_right_check_digit(string npi, bool good) =>
        Check(AProvider with { Npi = npi }, good, "npi", "ten digits");

    [Fact]
    public void Every_single_wrong_digit_of_an_NPI_is_detected()
    {
        const string good = "1234567893";
        for (var i = 1; i < good.Length; i++)
        {
            foreach (var digit in "0123456789".Where(d => d != good[i]))
            {
                Assert.False(Npi.IsValid(good[..i] + digit + good[(i + 1)..]));
            }
        }
    }

    [Theory]
    [InlineData("SW12345", true)]
    [InlineData("R-123.456/A", true)]
    [InlineData("pending", false)]
    [InlineData("SW<12345>", false)]
    [InlineData("", false)]
    [InlineData("1234567890123456789012345678901", false)]
    public void A_license_number_has_the_form_that_boards_use(string number, bool good) =>
        Check(AProvider with { Licenses = [License with { Number = number }] }, good, "licenses[0].number", "Copy it from the registry");

    [Fact]
    public void A_license_has_a_state_and_no_duplicates()
    {
        Refuses(AProvider with { Licenses = [License with { State = "Florida" }] }, "licenses[0].state", "Did you mean 'FL'?");
        Refuses(AProvider with { Licenses = [License, License] }, "licenses[1].number", "Remove one of the two");
        Refuses(AProvider with { Licenses = [License with { BoardUrl = "board" }] }, "licenses[0].boardUrl", "web address");
    }

    [Fact]
    public void A_pre_licensed_clinician_has_a_supervisor()
    {
        var associate = License with { Type = "associateCounselor" };
        Refuses(AProvider with { Licenses = [associate] }, "licenses[0].supervisor", "license number");
        Accepts(AProvider with { Licenses = [associate with { Supervisor = "Example Supervisor, MH1" }] });
    }

    private static License License { get; } = new() { Type = "clinicalSocialWorker", Number = "SW12345", State = "FL" };
}
