using HealthEquity.Admin.Comparing;
using HealthEquity.Directory.Comparison;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Entries;

namespace HealthEquity.Tests.Admin.Comparing;

public sealed class ComparingTests
{
    private static readonly DateOnly Today = new(2026, 3, 1);

    private static readonly Organization Original = new()
    {
        Name = "Red de Apoyo",
        Phones = [new Phone { Number = "+13055550141" }, new Phone { Number = "+13055550142", Label = "intake" }],
    };

    [Theory]
    [InlineData("Call the front desk", "Call the back desk", "Call the -front-+back+ desk")]
    [InlineData(null, "new", "+new+")]
    [InlineData("old", null, "-old-")]
    [InlineData("same", "same", "same")]
    [InlineData("Talk in three states.", "Open on Saturdays.", "-Talk in three states-+Open on Saturdays+.")]
    [InlineData("one\ntwo", "ONE\nTWO", "-one-+ONE+\n-two-+TWO+")]
    [InlineData("a b c", "c b a", "-a-+c+ b -c-+a+")]
    public void Changed_words_are_marked(string? before, string? after, string expected) =>
        Assert.Equal(expected, string.Concat(WordDiff.Compare(before, after).Select(p => p.State switch
        {
            PieceState.Added => $"+{p.Text}+",
            PieceState.Removed => $"-{p.Text}-",
            _ => p.Text,
        })));

    [Fact]
    public void A_part_says_what_its_short_values_are()
    {
        var phone = System.Text.Json.Nodes.JsonNode.Parse("""{ "number": "+13055550141", "extension": "12", "label": "intake" }""");
        Assert.Equal("(305) 555-0141 · ext. 12 · intake", ValueFormat.Of(ChangeView.Describe(EntryKind.Organization, "phones").Field, phone, HealthEquity.Directory.Vocabularies.VocabularySet.Shipped));
    }

    [Fact]
    public void A_translated_text_is_named_as_the_form_calls_it()
    {
        var after = Original with { Translations = [new Translation { Language = "es", Provenance = "human", Texts = [new TranslatedText { Path = "phones[1].label", Text = "admisión" }] }] };
        var changes = ChangeView.Of(EntryKind.Organization, EntryJson.Write(Original), EntryJson.Write(after), HealthEquity.Directory.Vocabularies.VocabularySet.Shipped);
        Assert.Equal("Phone number 2: Purpose", string.Concat(changes.Single(c => c.Path == "translations[0].texts[0].path").Pieces.Select(p => p.Text)));
    }

    [Fact]
    public void Opening_times_are_one_change_as_people_read_them()
    {
        static OpeningTime Open(DayOfWeek day, int from, int to) => new() { Day = day, Opens = new TimeOnly(from, 0), Closes = new TimeOnly(to, 0) };
        var before = Original with { Hours = new Hours { TimeZone = "America/New_York", Times = [Open(DayOfWeek.Monday, 9, 17), Open(DayOfWeek.Tuesday, 9, 17)] } };
        var after = Original with { Hours = before.Hours with { Times = [.. before.Hours.Times, Open(DayOfWeek.Wednesday, 9, 17), Open(DayOfWeek.Friday, 9, 12), Open(DayOfWeek.Friday, 13, 17)] } };
        IReadOnlyList<ChangeView> Changes(Organization? from, Organization to) =>
            ChangeView.Of(EntryKind.Organization, from is null ? null : EntryJson.Write(from), EntryJson.Write(to), HealthEquity.Directory.Vocabularies.VocabularySet.Shipped);

        var change = Assert.Single(Changes(before, after));
        Assert.Equal("Opening hours: Opening times", change.Label);
        Assert.Equal("Monday to Wednesday: 9:00 AM – 5:00 PM\nFriday: 9:00 AM – 12:00 PM, 1:00 PM – 5:00 PM", string.Concat(change.Pieces.Where(p => p.State != PieceState.Removed).Select(p => p.Text)));
        Assert.Equal("Monday to Tuesday: 9:00 AM – 5:00 PM", string.Concat(change.Pieces.Where(p => p.State != PieceState.Added).Select(p => p.Text)).Trim());
        // "Open 24 hours: no" says nothing where there were no hours.
        Assert.Equal(["Opening hours: Time zone", "Opening hours: Opening times"], Changes(Original, after).Select(c => c.Label));
    }

    [Fact]
    public void An_item_inserted_first_does_not_mark_the_others_as_changed()
    {
        var after = Original with { Phones = [new Phone { Number = "+13055550100" }, .. Original.Phones] };
        Assert.Equal(
            [new FieldChange("phones[0].number", null, "+13055550100"), new FieldChange("phones[0].type", null, "voice")],
            EntryComparison.Compare(Original, after));
    }

    [Fact]
    public void A_changed_item_is_matched_by_its_number_and_a_removed_item_is_reported()
    {
        var after = Original with { Phones = [Original.Phones[1] with { Label = "after hours" }] };
        var changes = EntryComparison.Compare(Original, after);
        Assert.Contains(new FieldChange("phones[0].label", "intake", "after hours"), changes);
        Assert.Contains(new FieldChange("phones[0].number", "+13055550141", null), changes);
        Assert.DoesNotContain(changes, c => c.Before == "+13055550142" || c.After == "+13055550142");
    }

    [Fact]
    public void A_corrected_number_is_one_change_and_a_different_kind_of_number_is_a_new_item()
    {
        var desk = Original.Phones[0] with { Languages = ["en", "es"] };
        var before = Original with { Phones = [desk, Original.Phones[1]], Emails = [new Email { Address = "old@example.org" }] };
        var after = before with { Phones = [desk with { Number = "+13055550199" }, Original.Phones[1]], Emails = [new Email { Address = "new@example.org" }] };
        Assert.Equal(
            [new FieldChange("phones[0].number", "+13055550141", "+13055550199"), new FieldChange("emails[0].address", "old@example.org", "new@example.org")],
            EntryComparison.Compare(before, after));

        var fax = new Phone { Number = "+13055550198", Type = "fax", Label = "records" };
        Assert.Contains(new FieldChange("phones[0].number", null, "+13055550198"), EntryComparison.Compare(before, before with { Phones = [fax, Original.Phones[1]] }));
    }

    [Fact]
    public void Suspicious_values_get_a_warning()
    {
        var entry = Original with
        {
            Phones = [new Phone { Number = "+13055550141", Type = "fax" }],
            Locations = [new Location { Visibility = Visibility.Public, StateProvince = "GA", PostalCode = "33130" }],
            ServiceArea = new ServiceArea { States = ["FL"] },
            Consent = new Consent { Status = "refused" },
        };
        Assert.Equal(
            ["phones", "locations[0]", "locations[0].postalCode", "consent.status"],
            EntryWarnings.Of(entry, Today).Select(w => w.Path));
        Assert.Empty(EntryWarnings.Of(Original, Today));
    }
}
