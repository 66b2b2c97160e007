using HealthEquity.Api.Site.Policy;
using HealthEquity.Directory.Adoptions;
using HealthEquity.Directory.Geography;

namespace HealthEquity.Tests.Api.Site.Policy;

/// <summary>What a place could do next, and the map.</summary>
public sealed class NextStepsTests
{
    [Fact]
    public void Actions_of_the_most_similar_places_come_first_and_none_that_the_place_knows()
    {
        var places = PolicyPlace.All(
        [
            Row("Here", "city", "IL", "a"), Row("Here", "city", "IL", "b"), Row("Here", "city", "IL", "tried", status: "repealed"),
            Row("Twin", "city", "IL", "a"), Row("Twin", "city", "IL", "b"), Row("Twin", "city", "IL", "c"), Row("Twin", "city", "IL", "tried"),
            Row("Stranger", "city", "OR", "d"), Row("Other", "city", "OR", "d"),
            Row("State", "state", "IL", "e"), Row("Twin", "city", "IL", "f", direction: "restrictive"), Row("Twin", "city", "IL", "g", status: "proposed"),
        ]);
        var next = NextSteps.Of(places, "city", "IL", places.Single(p => p.Jurisdiction.Name == "Here"));
        Assert.Equal(["c: Twin, IL", "d: Other, OR; Stranger, OR"], next.Select(n => $"{n.Action.Slug}: {string.Join("; ", n.Adopters.Select(p => p.Name))}"));
    }

    [Fact]
    public void A_place_outside_the_tracker_sees_what_most_of_its_kind_did()
    {
        var places = PolicyPlace.All([Row("A", "city", "IL", "a"), Row("B", "city", "OR", "b"), Row("C", "city", "WA", "b"), Row("D", "county", "WA", "c")]);
        Assert.Equal(["b", "a"], NextSteps.Of(places, "city", "TX", self: null).Select(n => n.Action.Slug));
        Assert.Equal([], NextSteps.Of(places, "tribalNation", null, self: null));
    }

    [Fact]
    public void Every_state_and_territory_has_one_tile()
    {
        var map = StateMap.Of(new Dictionary<string, int> { ["CA"] = 8, ["NY"] = 2, ["TX"] = 1 });
        Assert.Equal(States.All.Select(s => s.Code), map.Tiles.Select(t => t.State.Code).Order(StringComparer.Ordinal));
        Assert.Equal(map.Tiles.Count, map.Tiles.Select(t => (t.Column, t.Row)).Distinct().Count());
        Assert.Equal(["CA 4", "NY 1", "TX 1"], map.Tiles.Where(t => t.Shade > 0).Select(t => $"{t.State.Code} {t.Shade}").Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("2016-12-31", null)]
    [InlineData("2017-01-01", "proposed 2017-01-01")]
    [InlineData("2018-06-01", "adopted 2018-06-01")]
    [InlineData("2026-01-01", "adopted 2018-06-01")]
    [InlineData("2026-05-01", "inForce 2018-06-01")]
    public void A_day_shows_the_last_status_that_is_known_for_it(string day, string? expected)
    {
        var row = Row("Here", "city", "IL", "a", status: "inForce") with
        {
            Since = new(2018, 6, 1),
            StatusAsOf = new(2026, 5, 1),
            History = [new() { On = new(2017, 1, 1), Status = "proposed" }, new() { On = new(2018, 6, 1), Status = "adopted" }],
        };
        var then = row.On(DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(expected, then is null ? null : $"{then.Status} {then.Since:yyyy-MM-dd}");
    }

    private static AdoptionRow Row(string name, string level, string state, string action, string status = "adopted", string direction = "protective") => new()
    {
        PolicyAction = new() { Id = Guid.Empty, Slug = action, Name = action, Theme = "sanctuary", Direction = direction },
        Jurisdiction = new() { Name = name, Level = level, State = state },
        Status = status,
        History = [],
        Provisions = [],
        Source = new() { Name = "Minutes" },
    };
}
