using HealthEquity.Directory.Vocabularies;

namespace HealthEquity.Tests.Directory.Vocabularies;

public class NearestTermTests
{
    [Theory]
    [InlineData("slidingscale", "slidingScale")]
    [InlineData("sliding_scale", "slidingScale")]
    [InlineData("Sliding Scale", "slidingScale")]
    [InlineData("slidnig-scale", "slidingScale")]
    [InlineData("medicad", "medicaid")]
    [InlineData("medicre", "medicare")]
    [InlineData("fre", "free")]
    [InlineData("chocolate", null)]
    [InlineData("no", null)]
    [InlineData("", null)]
    public void The_nearest_term_is_found_if_one_is_close(string given, string? nearest) =>
        Assert.Equal(nearest, NearestTerm.Find(given, ["free", "slidingScale", "medicaid", "medicare"]));

    [Theory]
    [InlineData("", "abc", 3)]
    [InlineData("trauma", "trauma", 0)]
    [InlineData("tramua", "trauma", 1)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("ca", "abc", 3)]
    public void Distance_counts_typos(string a, string b, int distance)
    {
        Assert.Equal(distance, NearestTerm.Distance(a, b));
        Assert.Equal(distance, NearestTerm.Distance(b, a));
    }
}
