using HealthEquity.Admin.EntryForms;
using HealthEquity.Directory.Duplicates;
using HealthEquity.Directory.Entries;
using HealthEquity.Tests.Admin.Pages.Entries;

namespace HealthEquity.Tests.Directory.Duplicates;

/// <summary>Merging two entries field by field.</summary>
public sealed class EntryJoinTests
{
    private static readonly Provider Sun = new() { Name = "Sun Clinic" };

    public static TheoryData<EntryKind> Kinds => [.. EntryKinds.All];

    [Theory, MemberData(nameof(Kinds))]
    public void Every_field_of_every_kind_can_come_from_either_entry(EntryKind kind)
    {
        var (mine, theirs) = (FullEntry.Of(kind), FullEntry.Of(kind, name => $"their {name}"));
        var fields = EntryJoin.Compare(mine, theirs);

        Assert.Empty(EntryJoin.Compare(mine, mine));
        Assert.Equal(EntryJson.Write(mine), EntryJson.Write(EntryJoin.Join(mine, theirs, Taking(fields, Side.Survivor))));
        Assert.Equal(EntryJson.Write(theirs), EntryJson.Write(EntryJoin.Join(mine, theirs, Taking(fields, Side.Other))));
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Values_that_only_one_entry_has_are_kept(EntryKind kind)
    {
        var full = FullEntry.Of(kind);
        var blank = EntryForm.Blank(kind).Read(_ => new(), out _);
        var proposed = EntryJoin.Compare(blank, full).Where(f => f.Survivor is null);
        Assert.NotEmpty(proposed);
        Assert.All(proposed, field => Assert.NotEqual(Side.Survivor, field.Proposal));
        Assert.All(EntryJoin.Compare(full, blank).Where(f => f.Other is null), field => Assert.NotEqual(Side.Other, field.Proposal));
    }

    [Fact]
    public void One_phone_number_with_two_labels_is_one_item_and_its_gaps_are_filled()
    {
        var mine = Sun with { Phones = [new Phone { Number = "+13055550142", Label = "Desk" }, new Phone { Number = "+13055550143", Extension = "1" }] };
        var theirs = Sun with { Phones = [new Phone { Number = "+13055550143", Extension = "2" }, new Phone { Number = "+13055550142", Label = "Front", Languages = ["es"] }] };

        var joined = Join(mine, theirs);

        Assert.Equal([("+13055550142", null), ("+13055550143", "1"), ("+13055550143", "2")], joined.Phones.Select(p => (p.Number, p.Extension)));
        Assert.Equal(("Desk", "es"), (joined.Phones[0].Label, Assert.Single(joined.Phones[0].Languages)));
    }

    [Fact]
    public void What_either_entry_keeps_private_stays_private()
    {
        var place = new Location { Visibility = Visibility.Public, Address1 = "1 Main Street", PostalCode = "33130" };
        var joined = Join(Sun with { Locations = [place] }, Sun with { Locations = [place with { Visibility = Visibility.Private, Address1 = "1 Main St." }] });
        Assert.Equal((Visibility.Private, "1 Main Street"), (Assert.Single(joined.Locations).Visibility, joined.Locations[0].Address1));
    }

    [Fact]
    public void A_refusal_stands_and_unknown_gives_way()
    {
        var mine = Sun with { Consent = new Consent { Status = "granted" }, Eligibility = new Eligibility { ImmigrationStatus = "unknown" }, Capacity = new Capacity() };
        var theirs = Sun with
        {
            Consent = new Consent { Status = "refused" },
            Eligibility = new Eligibility { ImmigrationStatus = "notAsked" },
            Capacity = new Capacity { Status = "waitlist", WaitlistDays = 14 },
        };
        var joined = Join(mine, theirs);
        Assert.Equal(("refused", "notAsked", "waitlist", 14), (joined.Consent!.Status, joined.Eligibility!.ImmigrationStatus, joined.Capacity!.Status, joined.Capacity.WaitlistDays));
        Assert.Equal("refused", Join(theirs, mine).Consent!.Status);
    }

    [Fact]
    public void Hours_are_taken_whole_notes_are_appended_and_the_other_name_becomes_an_alternate_name()
    {
        OpeningTime At(DayOfWeek day) => new() { Day = day, Opens = new TimeOnly(9, 0), Closes = new TimeOnly(17, 0) };
        var mine = Sun with { Hours = new Hours { Times = [At(DayOfWeek.Monday)] }, InternalNotes = "Mine" };
        var theirs = Sun with { Name = "Clinica Sol", Hours = new Hours { Times = [At(DayOfWeek.Friday)], Note = "Ring" }, InternalNotes = "Theirs" };

        var joined = Join(mine, theirs);
        Assert.Equal((DayOfWeek.Monday, null), (Assert.Single(joined.Hours!.Times).Day, joined.Hours.Note));
        Assert.Equal(("Mine\n\nTheirs", "Sun Clinic"), (joined.InternalNotes, joined.Name));
        Assert.Empty(joined.AlternateNames);

        var chosen = Join(mine, theirs, ("name", new JoinChoice(Side.Both)), ("hours", new JoinChoice(Side.Other)), ("internalNotes", new JoinChoice(Side.Survivor)));
        Assert.Equal(("Sun Clinic", "Clinica Sol"), (chosen.Name, Assert.Single(chosen.AlternateNames)));
        Assert.Equal((DayOfWeek.Friday, "Mine"), (Assert.Single(chosen.Hours!.Times).Day, chosen.InternalNotes));
    }

    private static Provider Join(Provider mine, Provider theirs, params (string Path, JoinChoice Choice)[] choices) =>
        (Provider)EntryJoin.Join(mine, theirs, choices.ToDictionary(c => c.Path, c => c.Choice));

    private static Dictionary<string, JoinChoice> Taking(IReadOnlyList<JoinField> fields, Side side) => fields.ToDictionary(
        f => f.Path,
        f => new JoinChoice(side, f.Items is { } items ? items.Index().Where(i => i.Item.From == side || i.Item.From == Side.Both).Select(i => i.Index).ToHashSet() : null));
}
