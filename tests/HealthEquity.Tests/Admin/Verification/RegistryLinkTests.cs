using HealthEquity.Admin.Verification;
using HealthEquity.Directory.Entries;

namespace HealthEquity.Tests.Admin.Verification;

public sealed class RegistryLinkTests
{
    [Fact]
    public void Licenses_and_the_NPI_link_to_their_registries()
    {
        var provider = new Provider
        {
            Name = "Ana Ruiz",
            Npi = "1234567893",
            Licenses =
            [
                new License { Type = "lcsw", Number = "SW1", State = "FL", BoardUrl = "https://board.example/SW1" },
                new License { Type = "lcsw", Number = "SW2", State = "GA" },
                new License { Type = "lcsw", Number = "SW3", State = "GA", BoardUrl = "javascript:alert(1)" },
            ],
        };
        var links = RegistryLink.Of(provider);
        Assert.Equal(["NPI 1234567893", "License FL SW1", "License GA SW2"], links.Select(l => l.Label));
        Assert.EndsWith("/1234567893", links[0].Url, StringComparison.Ordinal);
        Assert.Equal("https://board.example/SW1", links[1].Url);
        Assert.StartsWith("https://", links[2].Url, StringComparison.Ordinal);
    }

    [Fact]
    public void Bar_admissions_and_DOJ_accreditation_link_to_their_registries()
    {
        var attorney = new Attorney
        {
            Name = "Legal Aid",
            BarAdmissions = [new BarAdmission { State = "NY", Number = "123" }, new BarAdmission { State = "NJ", Number = "9", RegistryUrl = "https://bar.example/9" }],
            DojAccreditation = new DojAccreditation { Level = "full" },
        };
        Assert.Equal(["Bar NY 123", "Bar NJ 9", "DOJ recognition and accreditation roster"], RegistryLink.Of(attorney).Select(l => l.Label));
        Assert.Single(RegistryLink.Of(attorney), l => l.Url == "https://bar.example/9");
    }

    [Fact]
    public void Entries_without_credentials_link_to_their_sources()
    {
        var card = new Material { Name = "Card", MaterialType = "card", Sources = [new Source { Name = "The publisher", Url = "https://press.example/card" }, new Source { Name = "A call" }] };
        Assert.Equal([new RegistryLink("Source: The publisher", "https://press.example/card")], RegistryLink.Of(card));
    }
}
