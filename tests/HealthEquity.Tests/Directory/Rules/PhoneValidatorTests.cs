using static HealthEquity.Tests.Directory.Rules.EntryCheck;

namespace HealthEquity.Tests.Directory.Rules;

public class PhoneValidatorTests
{
    [Theory]
    [InlineData("+13055550142", "voice", true)]
    [InlineData("+18005550199", "hotline", true)]
    [InlineData("+525555501234", "whatsapp", true)]
    [InlineData("988", "hotline", true)]
    [InlineData("911", "voice", true)]
    [InlineData("211", "voice", true)]
    [InlineData("741741", "text", true)]
    [InlineData("741741", "voice", false)]
    [InlineData("123", "voice", false)]
    [InlineData("3055550142", "voice", false)]
    [InlineData("+1 305 555 0142", "voice", false)]
    [InlineData("(305) 555-0142", "voice", false)]
    [InlineData("+1305555014", "voice", false)]
    [InlineData("+130555501422", "voice", false)]
    [InlineData("+10005550142", "voice", false)]
    [InlineData("+13051550142", "voice", false)]
    [InlineData("+9991234567", "voice", false)]
    [InlineData("", "voice", false)]
    public void A_number_can_be_dialed(string number, string type, bool good) =>
        Check(AProvider with { Phones = [new() { Number = number, Type = type }] }, good, "phones[0].number", "Enter the area code and seven digits, such as (305) 555-0142");

    [Theory]
    [InlineData("204", true)]
    [InlineData("x204", false)]
    [InlineData("123456789012", false)]
    public void An_extension_is_digits(string extension, bool good) =>
        Check(AProvider with { Phones = [new() { Number = "+13055550142", Extension = extension }] }, good, "phones[0].extension", "Enter digits only");

    [Theory]
    [InlineData("*1122", true)]
    [InlineData("705#", true)]
    [InlineData("ask the officer", false)]
    public void A_detention_dial_code_can_be_dialed(string code, bool good) =>
        Check(AProvider with { Phones = [new() { Number = "+13055550142", DetentionDialCode = code }] }, good, "phones[0].detentionDialCode", "digits, * and #");

    [Fact]
    public void The_phones_of_a_location_are_validated_too() =>
        Refuses(AProvider with { Locations = [APlace with { Phones = [new() { Number = "555-0142" }] }] }, "locations[0].phones[0].number", "such as (305) 555-0142");
}
