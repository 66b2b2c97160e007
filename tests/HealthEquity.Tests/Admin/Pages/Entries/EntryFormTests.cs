using System.Text.Json;
using System.Text.Json.Nodes;
using FluentValidation.Results;
using HealthEquity.Admin.EntryForms;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Starter;

namespace HealthEquity.Tests.Admin.Pages.Entries;

public sealed class EntryFormTests
{
    public static TheoryData<EntryKind> Kinds => [.. EntryKinds.All];

    [Theory, MemberData(nameof(Kinds))]
    public void A_full_entry_survives_a_round_trip_through_its_form(EntryKind kind)
    {
        var entry = FullEntry.Of(kind);

        var posted = FormValues.FromJson(EntryForm.Of(entry).Values().ToJson());
        var form = EntryForm.Of(kind, posted);
        var back = form.Read(NoRules, out var readable);

        Assert.Empty(form.Errors.Select(e => $"{e.Part.Path}: {e.Error}"));
        Assert.True(readable);
        Assert.Equal(Indented(entry), Indented(back));
    }

    [Fact]
    public void Starter_entries_survive_a_round_trip_through_their_forms()
    {
        foreach (var starter in StarterDirectory.Read())
        {
            var form = EntryForm.Of(starter.Entry.Kind, EntryForm.Of(starter.Entry).Values());
            Assert.Equal(Indented(starter.Entry), Indented(form.Read(NoRules, out _)));
        }
    }

    [Theory, MemberData(nameof(Kinds))]
    public void A_blank_form_reports_only_missing_required_fields(EntryKind kind)
    {
        var form = EntryForm.Of(kind, EntryForm.Blank(kind).Values());
        var entry = form.Read(NoRules, out var readable);

        Assert.False(readable);
        Assert.Contains(form.Errors, e => e.Part.Path == "name");
        Assert.All(form.Errors, e => Assert.True(e.Part.Field.Required, e.Part.Path));
        Assert.Equal(kind, entry.Kind);
    }

    [Fact]
    public void Unreadable_input_is_kept_with_an_error()
    {
        var posted = EntryForm.Of(FullEntry.Of(EntryKind.Provider)).Values();
        posted.Set("licenses[0].expiresOn", "next spring");
        posted.Set("eligibility.minimumAge", "three");
        posted.Set("cost.feeMinimum", "$20");
        posted.Set("hours.times[0].opens", "noonish");
        posted.Set("locations[0].visibility", "everybody");

        var form = EntryForm.Of(EntryKind.Provider, posted);
        form.Read(NoRules, out var readable);

        Assert.False(readable);
        var errors = form.Errors.ToDictionary(e => e.Part.Path, e => e.Part.Text);
        Assert.Equal("next spring", errors["licenses[0].expiresOn"]);
        Assert.Equal("three", errors["eligibility.minimumAge"]);
        Assert.Equal("$20", errors["cost.feeMinimum"]);
        Assert.Equal("noonish", errors["hours.times[0].opens"]);
        Assert.Equal("everybody", errors["locations[0].visibility"]);
        Assert.Equal(5, errors.Count);
        Assert.Equal("next spring", form.Values().First("licenses[0].expiresOn"));
    }

    [Theory]
    [InlineData("(305) 555-0142", "", "+13055550142", "")]
    [InlineData("1.305.555.0142 ext. 12", "", "+13055550142", "12")]
    [InlineData("305 555 0142 x12", "12", "+13055550142", "12")]
    [InlineData("305 555 0142 x12", "13", "305 555 0142 x12", "13")]
    [InlineData("+52 55 5080 2000", "", "+525550802000", "")]
    [InlineData("988", "", "988", "")]
    [InlineData("555-0142", "", "555-0142", "")]
    [InlineData("305-555-0142 or 305-555-0143", "", "305-555-0142 or 305-555-0143", "")]
    public void Common_phone_number_formats_are_accepted(string number, string extension, string kept, string keptExtension)
    {
        var posted = EntryForm.Of(FullEntry.Of(EntryKind.Provider)).Values();
        posted.Set("phones[0].number", number);
        posted.Set("phones[0].extension", extension);
        var form = EntryForm.Of(EntryKind.Provider, posted);

        form.Read(NoRules, out _);

        Assert.Equal((kept, keptExtension), (form.Find("phones[0].number")!.Text, form.Find("phones[0].extension")!.Text));
    }

    [Theory]
    [InlineData("www.example.org/es", "https://www.example.org/es")]
    [InlineData("http://example.org", "http://example.org")]
    [InlineData("see our page", "see our page")]
    [InlineData("info@example.org", "info@example.org")]
    public void A_web_address_is_accepted_without_its_scheme(string typed, string kept)
    {
        var posted = EntryForm.Of(FullEntry.Of(EntryKind.Provider)).Values();
        posted.Set("website", typed);
        var form = EntryForm.Of(EntryKind.Provider, posted);

        form.Read(NoRules, out _);

        Assert.Equal(kept, form.Find("website")!.Text);
    }

    [Fact]
    public void Unknown_posted_names_are_ignored()
    {
        var posted = EntryForm.Of(FullEntry.Of(EntryKind.Organization)).Values();
        var before = EntryForm.Of(EntryKind.Organization, posted).Read(NoRules, out _);
        foreach (var name in new[] { "id", "slug", "updatedAt", "assuredOn", "checkDueOn", "overdue", "kind", "npi", "licenses.items", "licenses[0].number",
            "phones[7].number", "phones[0].secret", "cost.__proto__", "formerSlugs", "hours.times[99].day", "locations.items", "Listing" })
        {
            posted.Add(name, "7");
        }

        // The posted list number creates an empty item, which is ignored.
        var after = EntryForm.Of(EntryKind.Organization, posted).Read(NoRules, out _);

        Assert.Equal(Indented(before), Indented(after));
    }

    [Fact]
    public void List_items_are_added_removed_and_moved()
    {
        var entry = new Organization { Name = "Net", Phones = [new Phone { Number = "+13055550141" }, new Phone { Number = "+13055550142" }, new Phone { Number = "+13055550143" }] };
        string[] After(params string[] commands)
        {
            var values = EntryForm.Of(entry).Values();
            foreach (var command in commands)
            {
                var form = EntryForm.Of(EntryKind.Organization, values);
                form.Apply(command);
                values = form.Values();
            }

            return [.. values.GetAll("phones.items").Select(i => values.First($"phones[{i}].number")[^1..])];
        }

        Assert.Equal(["1", "3"], After("remove:phones[1]"));
        Assert.Equal(["2", "1", "3"], After("up:phones[1]"));
        Assert.Equal(["1", "3", "2"], After("down:phones[1]"));
        Assert.Equal(["1", "2", "3"], After("up:phones[0]", "down:phones[2]", "remove:phones[9]", "remove:name", "up:", "nonsense", "add:nowhere"));
        var added = EntryForm.Of(EntryKind.Organization, EntryForm.Of(entry).Values());
        Assert.Equal("phones[3]", added.Apply("add:phones")!.Path);
        Assert.Equal(4, added.Values().GetAll("phones.items").Count);
    }

    [Fact]
    public void List_items_keep_their_posted_order()
    {
        var values = new FormValues();
        values.Set("name", "Clinic");
        foreach (var (n, number) in new[] { ("7", "+13055550147"), ("2", "+13055550142") })
        {
            values.Add("phones.items", n);
            values.Set($"phones[{n}].number", number);
        }

        var provider = Assert.IsType<Provider>(EntryForm.Of(EntryKind.Provider, values).Read(NoRules, out _));
        Assert.Equal(["+13055550147", "+13055550142"], provider.Phones.Select(p => p.Number));
    }

    [Fact]
    public void A_validation_error_is_shown_at_its_field()
    {
        var form = EntryForm.Of(FullEntry.Of(EntryKind.Attorney));
        form.Read(
            _ => new ValidationResult(new List<ValidationFailure> { new("Phones[0].Number", "'phones[0].number' is no number."), new("adoptions", "of the whole") }),
            out var readable);

        Assert.True(readable);
        Assert.Equal("Is no number.", Assert.Single(form.Find("phones[0].number")!.Errors));
        Assert.Equal("Of the whole", Assert.Single(form.Root.Errors));
    }

    private static ValidationResult NoRules(Entry entry) => new();

    private static string Indented(Entry entry) =>
        JsonNode.Parse(EntryJson.Write(entry))!.ToJsonString(new JsonSerializerOptions { WriteIndented = true });
}
