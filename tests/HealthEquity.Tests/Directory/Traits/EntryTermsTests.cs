using HealthEquity.Directory.Traits;
using static HealthEquity.Tests.Directory.Rules.EntryCheck;

namespace HealthEquity.Tests.Directory.Traits;

public class EntryTermsTests
{
    [Fact]
    public void Terms_are_found_at_every_level()
    {
        var terms = EntryTerms.Of(AProvider with
        {
            ProviderType = "clinic",
            Tags = ["school"],
            Cost = new() { Options = ["free", "medicaid"] },
            Locations = [APlace with { Phones = [new() { Number = "+13055550142", Type = "tty" }] }],
        });
        Assert.Equal(
            [("cost", "free"), ("cost", "medicaid"), ("phoneType", "tty"), ("providerType", "clinic"), ("tag", "school")],
            terms.Order());
    }

    [Fact]
    public void Terms_in_provisions_and_adoptions_are_found() =>
        Assert.Contains(("provisionForce", "mandatory"), EntryTerms.Of(APolicyAction));
}
