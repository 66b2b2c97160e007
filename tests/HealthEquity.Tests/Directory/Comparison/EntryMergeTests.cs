using HealthEquity.Directory.Comparison;
using HealthEquity.Directory.Entries;

namespace HealthEquity.Tests.Directory.Comparison;

/// <summary>Merging two people's edits of the same revision.</summary>
public sealed class EntryMergeTests
{
    private static readonly Phone Desk = new() { Number = "+13055550141" };
    private static readonly Phone Intake = new() { Number = "+13055550142", Label = "intake" };
    private static readonly Phone Fax = new() { Number = "+13055550143", Type = "fax" };
    private static readonly Organization Original = new() { Name = "Red de Apoyo", Phones = [Desk, Intake, Fax], AlternateNames = ["RDA", "Red"] };

    [Fact]
    public void A_change_by_one_person_is_kept()
    {
        var mine = Original with { Summary = "Mine", Ein = "12-3456789" };
        var theirs = Original with { Summary = "Theirs", Website = "https://theirs.example", Phones = [Desk] };
        var merged = Merge(mine, theirs);
        Assert.Equal(("Mine", "12-3456789", "https://theirs.example", 1), (merged.Summary, merged.Ein, merged.Website, merged.Phones.Count));
        Assert.Equal(["summary"], Contested(mine, theirs));
    }

    [Fact]
    public void Changes_to_different_items_are_both_kept()
    {
        var mine = Original with { Phones = [Desk with { Label = "front desk" }, Intake, Fax] };
        var theirs = Original with { Phones = [Desk, Intake with { Label = "appointments" }] };
        Assert.Equal([Desk with { Label = "front desk" }, Intake with { Label = "appointments" }], Merge(mine, theirs).Phones, Same);
        Assert.Empty(Contested(mine, theirs));
    }

    [Fact]
    public void Each_changed_field_of_one_item_is_chosen_separately()
    {
        var mine = Original with { Phones = [Desk, Intake with { Label = "mine", Extension = "7" }, Fax] };
        var theirs = Original with { Phones = [Desk, Intake with { Label = "theirs", Type = "text" }, Fax] };
        var field = Assert.Single(EntryMerge.Compare(Original, mine, theirs), f => f.Contested);
        Assert.Equal(("phones[1].label", "+13055550142"), (field.Path, Assert.Single(field.Item)));
        Assert.Equal(Intake with { Label = "theirs", Extension = "7", Type = "text" }, Merge(mine, theirs, ("phones[1].label", Take.Theirs)).Phones[1], Same);
    }

    [Fact]
    public void A_number_corrected_in_two_ways_is_contested_and_stays_one_number()
    {
        var mine = Original with { Phones = [Desk with { Number = "+13055550177" }, Intake, Fax] };
        var theirs = Original with { Phones = [Desk with { Number = "+13055550199", Label = "front desk" }, Intake, Fax] };
        Assert.Equal(["phones[0].number"], Contested(mine, theirs));
        Assert.Equal(Desk with { Number = "+13055550199", Label = "front desk" }, Merge(mine, theirs, ("phones[0].number", Take.Theirs)).Phones[0], Same);
        Assert.Equal(["77", "42", "43"], Ends(Merge(mine, theirs)));
    }

    [Fact]
    public void Removing_and_changing_the_same_item_is_contested()
    {
        var mine = Original with { Phones = [Desk, Fax] };
        var theirs = Original with { Phones = [Desk, Intake with { Label = "appointments" }, Fax] };
        var field = Assert.Single(EntryMerge.Compare(Original, mine, theirs));
        Assert.True(field is { Path: "phones[1]", Contested: true, Mine: null, Theirs: not null, Proposal: Take.Mine });
        Assert.Equal([Desk, Fax], Merge(mine, theirs).Phones, Same);
        Assert.Equal(["41", "42", "43"], Ends(Merge(mine, theirs, ("phones[1]", Take.Theirs))));
    }

    [Fact]
    public void Items_added_by_both_keep_their_predecessors()
    {
        var mine = Original with { Phones = [new Phone { Number = "+13055550199" }, Desk, Intake, new Phone { Number = "+13055550103" }, Fax] };
        var theirs = Original with { Phones = [Desk, new Phone { Number = "+13055550104" }, Intake, Fax, new Phone { Number = "+13055550105" }] };
        Assert.Equal(["99", "41", "04", "42", "03", "43", "05"], Ends(Merge(mine, theirs)));
        Assert.Empty(Contested(mine, theirs));
    }

    [Fact]
    public void The_same_item_added_twice_appears_once_but_unnamed_places_stay_separate()
    {
        var same = new Phone { Number = "+13055550199" };
        var mine = Original with { Phones = [.. Original.Phones, same], Locations = [new Location { Visibility = Visibility.Public, City = "Miami" }] };
        var theirs = Original with { Phones = [.. Original.Phones, same with { Label = "new" }], Locations = [new Location { Visibility = Visibility.Public, City = "Hialeah" }] };
        var merged = Merge(mine, theirs);
        Assert.Equal(["41", "42", "43", "99"], Ends(merged));
        Assert.Equal(["Hialeah", "Miami"], merged.Locations.Select(l => l.City).Order());
    }

    [Fact]
    public void The_order_of_the_only_person_who_changed_it_wins_and_can_be_chosen()
    {
        var mine = Original with { Phones = [Fax, Desk, Intake] };
        var theirs = Original with { Phones = [Desk with { Label = "front" }, Intake, Fax, new Phone { Number = "+13055550104" }] };
        var merged = Merge(mine, theirs);
        Assert.Equal(["43", "04", "41", "42"], Ends(merged));
        Assert.Equal("front", merged.Phones[2].Label);
        Assert.Equal(["41", "42", "43", "04"], Ends(Merge(mine, theirs, ("phones[]", Take.Theirs))));
    }

    [Fact]
    public void Additions_and_removals_in_a_list_of_words_are_all_applied()
    {
        var mine = Original with { AlternateNames = ["RDA", "Red", "Network"] };
        var theirs = Original with { AlternateNames = ["RDA", "Réseau"] };
        Assert.Equal(["RDA", "Réseau", "Network"], Merge(mine, theirs).AlternateNames);
        Assert.Equal(["RDA", "Red", "Network"], Merge(mine, theirs, ("alternateNames", Take.Mine)).AlternateNames);
    }

    [Fact]
    public void Licenses_are_matched_by_number_and_opening_times_by_day()
    {
        var license = new License { Type = "lcsw", Number = "SW1", State = "FL" };
        var original = new Provider
        {
            Name = "Ana Ruiz",
            Licenses = [license, license with { Number = "SW2" }],
            Hours = new Hours { TimeZone = "America/New_York", Times = [Open(DayOfWeek.Monday, 9, 17), Open(DayOfWeek.Tuesday, 9, 17)] },
        };
        var mine = original with
        {
            Licenses = [license with { Number = "SW2", ExpiresOn = new(2027, 1, 1) }, license],
            Hours = original.Hours with { Times = [Open(DayOfWeek.Monday, 8, 17), Open(DayOfWeek.Tuesday, 9, 17)] },
        };
        var theirs = original with
        {
            Licenses = [license with { Status = "active" }, license with { Number = "SW2" }],
            Hours = original.Hours with { Times = [Open(DayOfWeek.Monday, 9, 17), Open(DayOfWeek.Tuesday, 9, 12), Open(DayOfWeek.Saturday, 9, 12)] },
        };
        var merged = (Provider)EntryMerge.Merge(original, mine, theirs, new Dictionary<string, Take>());
        Assert.Equal([("SW2", new DateOnly(2027, 1, 1), license.Status), ("SW1", (DateOnly?)null, "active")], merged.Licenses.Select(l => (l.Number!, l.ExpiresOn, l.Status)));
        Assert.Equal([8, 9, 9], merged.Hours!.Times.Select(t => t.Opens.Hour));
        Assert.Equal([17, 12, 12], merged.Hours.Times.Select(t => t.Closes.Hour));
    }

    private static OpeningTime Open(DayOfWeek day, int opens, int closes) => new() { Day = day, Opens = new(opens, 0), Closes = new(closes, 0) };

    private static Organization Merge(Organization mine, Organization theirs, params (string Path, Take Take)[] takes) =>
        (Organization)EntryMerge.Merge(Original, mine, theirs, takes.ToDictionary(t => t.Path, t => t.Take));

    private static IEnumerable<string> Contested(Organization mine, Organization theirs) =>
        EntryMerge.Compare(Original, mine, theirs).Where(f => f.Contested).Select(f => f.Path);

    private static IEnumerable<string> Ends(Organization entry) => entry.Phones.Select(p => p.Number[^2..]);

    /// <summary>Compares records with lists by content.</summary>
    private static bool Same(Phone one, Phone other) => one with { Languages = [] } == other with { Languages = [] };
}
