using HealthEquity.Directory.Traits;
using static HealthEquity.Tests.Directory.Rules.EntryCheck;

namespace HealthEquity.Tests.Directory.Traits;

public class EntryKeysTests
{
    [Fact]
    public void A_provider_has_a_key_for_everything_that_identifies_it()
    {
        var provider = AProvider with
        {
            Name = "The Clínica del Sol, Inc.",
            Phones = [new() { Number = "+13055550142" }, new() { Number = "988" }],
            Emails = [new() { Address = "Intake@Example.org" }],
            Website = "https://www.Sol.example.org/about",
            Npi = "1234567893",
            Licenses = [new() { Type = "clinicalSocialWorker", Number = "sw-12 345", State = "FL" }],
            Locations = [APlace with { Address1 = "100 North Main Street, Suite 4", PostalCode = "33130-1234", Latitude = 25.7654, Longitude = -80.2036, Phones = [new() { Number = "+13055550143" }] }],
        };
        Assert.Equal(
            [
                ("name", "clinica del sol"), ("phone", "+13055550142"), ("phone", "+13055550143"), ("email", "intake@example.org"),
                ("host", "sol.example.org"), ("address", "100 n main st|33130"), ("nameAddress", "clinica del sol|100 n main st|33130"),
                ("suite", "100 n main st|33130|4"), ("nearby", "clin|33130"), ("point", "25.76540,-80.20360"), ("license", "FL:SW12345"), ("npi", "1234567893"),
            ],
            EntryKeys.Of(provider));
    }

    [Fact]
    public void Attorneys_and_organizations_have_their_own_keys()
    {
        Assert.Contains((EntryKeys.Bar, "NY:1234567"), EntryKeys.Of(AnAttorney with { BarAdmissions = [new() { State = "NY", Number = "1234567" }] }));
        Assert.Contains((EntryKeys.Ein, "123456789"), EntryKeys.Of(AnOrganization with { Ein = "12-3456789" }));
        Assert.Equal([(EntryKeys.Name, "example card")], EntryKeys.Of(AMaterial));
    }

    [Theory]
    [InlineData("123 N. Main St #4", "123 North Main Street")]
    [InlineData("5 Saint Mary's Avenue, Bldg B", "5 St Marys Ave")]
    [InlineData("60  WESTWOOD AVENUE", "60 Westwood Ave.")]
    public void The_same_street_in_another_spelling_has_the_same_key(string one, string other) =>
        Assert.Equal(EntryKeys.AddressKey(one, "33130"), EntryKeys.AddressKey(other, "33130-1234"));

    [Fact]
    public void Different_streets_and_names_have_different_keys()
    {
        Assert.NotEqual(EntryKeys.AddressKey("100 N Main St", "33130"), EntryKeys.AddressKey("100 S Main St", "33130"));
        Assert.NotEqual(EntryKeys.AddressKey("100 N Main St", "33130"), EntryKeys.AddressKey("100 N Main St", "33131"));
        Assert.Equal("", EntryKeys.AddressKey(null, "33130"));
    }

    [Theory]
    [InlineData("Клиника «Солнце»", "Klinika Solntse")]
    [InlineData("مَرْكَز الصحة", "مركز الصحة")]
    [InlineData("心理健康中心", "XinLiJianKangZhongXin")]
    [InlineData("Trung tâm Đống Đa", "Trung tam Dong Da")]
    [InlineData("Straßenhilfe & Łódź, Inc.", "Strassenhilfe and Lodz")]
    public void A_name_in_another_script_has_the_same_key(string one, string other) =>
        Assert.Equal(EntryKeys.Of(AProvider with { Name = one }), EntryKeys.Of(AProvider with { Name = other }));

    [Fact]
    public void A_shared_host_is_not_a_key() =>
        Assert.DoesNotContain(EntryKeys.Of(AProvider with { Website = "https://www.facebook.com/clinic" }), k => k.Type == EntryKeys.Host);

    [Fact]
    public void Keys_fit_their_column()
    {
        var entry = AProvider with { Name = new string('x', 200), Locations = [APlace with { Address1 = new string('9', 200), PostalCode = "33130" }] };
        Assert.All(EntryKeys.Of(entry), k => Assert.InRange(k.Value.Length, 1, 300));
    }
}
