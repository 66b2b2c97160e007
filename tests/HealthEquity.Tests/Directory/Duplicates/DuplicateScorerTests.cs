using HealthEquity.Directory.Duplicates;
using HealthEquity.Directory.Entries;

namespace HealthEquity.Tests.Directory.Duplicates;

public sealed class DuplicateScorerTests
{
    [Fact]
    public void The_evidence_lists_what_agrees_and_what_differs()
    {
        var one = new Provider { Name = "Harbor Counseling Center", Phones = [new Phone { Number = "+13055550142" }], Npi = "1234567893" };
        var two = one with { Name = "Harbor Counselling Ctr", Npi = null, Phones = [new Phone { Number = "+13055550199" }], Website = "https://example.org" };
        var score = Score(one, two);

        Assert.Contains(score.Evidence, e => e is { Trait: "name", Agrees: true });
        Assert.Contains(score.Evidence, e => e is { Trait: "phone", Agrees: false });
        // A trait that only one entry has counts neither way.
        Assert.DoesNotContain(score.Evidence, e => e.Trait is "npi" or "host");
    }

    [Fact]
    public void A_shared_license_outweighs_different_names_and_different_licenses_outweigh_a_shared_name()
    {
        var license = new License { Type = "psychologist", Number = "PY 1234", State = "FL" };
        var one = new Provider { Name = "María Sample", Npi = "1234567893", Licenses = [license] };
        var married = one with { Name = "María Example-Sample" };
        var namesake = one with { Npi = "1245319599", Licenses = [license with { Number = "PY 9999" }] };

        Assert.True(Score(one, married).Probability > 0.99);
        Assert.True(Score(one, namesake).Probability < 0.01);
    }

    [Theory]
    [InlineData("مركز الأمل", "Markaz al-Amal")]
    [InlineData("心理健康中心", "Xinli Jiankang Zhongxin")]
    [InlineData("Клиника Солнце", "Klinika Solnce")]
    public void A_name_matches_its_romanized_form(string one, string other) =>
        Assert.Contains(Score(new Provider { Name = one }, new Provider { Name = other }).Evidence, e => e is { Trait: "name", Agrees: true });

    private static DuplicateScore Score(Provider one, Provider other) =>
        DuplicateScorer.Score(DuplicateTraits.Of(Guid.NewGuid(), one), DuplicateTraits.Of(Guid.NewGuid(), other));
}
