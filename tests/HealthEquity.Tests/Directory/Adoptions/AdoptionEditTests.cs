using System.Globalization;
using HealthEquity.Directory.Adoptions;
using HealthEquity.Directory.Entries;

namespace HealthEquity.Tests.Directory.Adoptions;

public sealed class AdoptionEditTests
{
    private static readonly Adoption Adopted = new()
    {
        Jurisdiction = new Jurisdiction { Name = "Los Angeles", Level = "city", State = "CA" },
        Status = "adopted",
        History = [new() { On = new(2024, 1, 1), Status = "proposed" }, new() { On = new(2024, 6, 1), Status = "adopted", Note = "Passed" }],
        Provisions = ["a"],
        Source = new Source { Name = "The law", Note = "Kept" },
    };

    [Theory]
    // Nothing, another date for the same status, a new status, a new status without a date, and no date.
    [InlineData("adopted", "2024-06-01", "proposed 2024-01-01, adopted 2024-06-01")]
    [InlineData("adopted", "2024-07-15", "proposed 2024-01-01, adopted 2024-07-15")]
    [InlineData("inForce", "2025-01-01", "proposed 2024-01-01, adopted 2024-06-01, inForce 2025-01-01")]
    [InlineData("inForce", null, "proposed 2024-01-01, adopted 2024-06-01")]
    [InlineData("adopted", null, "proposed 2024-01-01")]
    [InlineData("enjoined", "2024-03-01", "proposed 2024-01-01, enjoined 2024-03-01, adopted 2024-06-01")]
    public void A_status_and_its_date_become_the_history(string status, string? since, string history)
    {
        var edit = AdoptionEdit.Of(Adopted) with { Status = status, Since = since is null ? null : DateOnly.ParseExact(since, "yyyy-MM-dd", CultureInfo.InvariantCulture) };
        var after = edit.Apply(Adopted);
        Assert.Equal(history, string.Join(", ", after.History.Select(e => $"{e.Status} {e.On:yyyy-MM-dd}")));
        Assert.Equal(("Los Angeles", "Kept", status), (after.Jurisdiction.Name, after.Source.Note, after.Status));
    }

    [Fact]
    public void An_adoption_is_replaced_where_it_is_and_only_if_nobody_changed_it()
    {
        var other = Adopted with { Jurisdiction = Adopted.Jurisdiction with { Name = "Albany", State = "NY" } };
        var action = new PolicyAction { Name = "Welcome", Theme = "sanctuary", Adoptions = [other, Adopted] };
        var after = Adopted with { Status = "repealed" };
        var (replaced, at) = AdoptionEdit.Replace(action, Adopted, after)!.Value;
        Assert.Equal((1, "repealed", 2), (at, replaced.Adoptions[1].Status, replaced.Adoptions.Count));
        Assert.Equal([other], AdoptionEdit.Replace(action, Adopted, null)!.Value.Action.Adoptions);
        Assert.Equal(3, AdoptionEdit.Replace(action, null, after)!.Value.Action.Adoptions.Count);
        Assert.Null(AdoptionEdit.Replace(replaced, Adopted, after));
    }
}
