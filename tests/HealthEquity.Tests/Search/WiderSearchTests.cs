using HealthEquity.Db.Entries;
using HealthEquity.Db.Organizations;
using HealthEquity.Db.Providers;
using HealthEquity.Db.Search;

namespace HealthEquity.Tests.Search;

public sealed class WiderSearchTests
{
    private static readonly GeoPoint Miami = new(25.77, -80.20);

    private readonly TestDirectory _directory = TestDirectory.Of(
        new Provider
        {
            Name = "Naples clinic",
            Languages = [new LanguageOffered { Language = "es" }],
            Cost = new Cost { Options = ["medicaid"] },
            Locations = [new Location { Visibility = Visibility.Public, Latitude = 26.14, Longitude = -81.79 }],
        },
        new Organization { Name = "Hotline", Languages = [new LanguageOffered { Language = "ar" }] });

    [Fact]
    public void A_longer_way_comes_first()
    {
        var wider = _directory.Current.NearestWider(new SearchQuery { Near = Miami, RadiusMiles = 25, Terms = [new(SearchFields.Language, ["es"])], Sort = SearchSort.Distance })!;

        Assert.Equal((Relaxation.Radius, 250), (wider.Dropped, wider.Query.RadiusMiles));
        Assert.Equal(["Naples clinic"], wider.Result.Hits.Select(h => h.Entry.Name));
    }

    [Fact]
    public void The_language_is_kept_longer_than_the_cost()
    {
        var wider = _directory.Current.NearestWider(new SearchQuery { Terms = [new(SearchFields.Language, ["es"]), new(SearchFields.Cost, ["free"])] })!;

        Assert.Equal((Relaxation.Field, SearchFields.Cost), (wider.Dropped, wider.Field));
        Assert.Equal(["Naples clinic"], wider.Result.Hits.Select(h => h.Entry.Name));
    }

    [Fact]
    public void A_word_is_given_up_before_all_words()
    {
        var wider = _directory.Current.NearestWider(new SearchQuery { Text = "Naples zzzzz" })!;

        Assert.Equal((Relaxation.Text, "Naples"), (wider.Dropped, wider.Query.Text));
    }

    [Fact]
    public void Something_is_found_as_long_as_there_is_anything_of_the_kind()
    {
        var query = new SearchQuery { Kinds = [EntryKind.Organization], Text = "zzzzz", Age = 4, Terms = [new(SearchFields.Language, ["ko"]), new(SearchFields.State, ["AK"])] };

        Assert.Equal(Relaxation.Everything, _directory.Current.NearestWider(query)!.Dropped);
        Assert.Null(_directory.Current.NearestWider(query with { Kinds = [EntryKind.Material] }));
    }
}
