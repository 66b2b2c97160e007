using HealthEquity.Directory.Entries;
using HealthEquity.Formats.Exports;
using HealthEquity.Store.Starter;
using HealthEquity.Tests.Admin.Pages.Entries;

namespace HealthEquity.Tests.Formats.Exports;

public class EntryCellsTests
{
    public static TheoryData<EntryKind> Kinds => [.. EntryKinds.All];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Any_entry_can_be_read_back_from_its_cells(EntryKind kind) => Assert.All(Enumerable.Range(1, 60), seed =>
    {
        var entry = new HostileEntries(seed).Of(kind);
        var cells = EntryCells.Write(entry);

        Assert.Equal(EntryJson.Write(entry), EntryJson.Write(Read(cells)));
        Assert.Empty(cells.Keys.Except(EntryColumns.Of([kind], ExportView.Editorial)));
        Assert.DoesNotContain(cells, c => c.Value.Length == 0 || (c.Value.Length > 32_767 && c.Key != "more.9") || c.Value.Contains('\r', StringComparison.Ordinal));
    });

    [Fact]
    public void Starter_entries_fit_into_their_own_columns()
    {
        var starters = StarterDirectory.Read().Select(s => s.Entry).ToList();
        Assert.All(starters, entry => Assert.Equal(EntryJson.Write(entry), EntryJson.Write(Read(EntryCells.Write(entry)))));
        var crowded = starters.OfType<ServiceEntry>().Count(e => EntryCells.Write(e).ContainsKey("more.1"));
        Assert.True(crowded < starters.OfType<ServiceEntry>().Count() / 5, $"{crowded} need the columns for the rest");
    }

    [Fact]
    public void Public_columns_contain_no_editorial_data()
    {
        var columns = EntryColumns.Of(EntryKinds.All, ExportView.Public);
        Assert.DoesNotContain(columns, c => c.StartsWith("consent", StringComparison.Ordinal) || c is "internalNotes" or "listing");
        Assert.Contains("consent.status", EntryColumns.Of(EntryKinds.All, ExportView.Editorial));
        Assert.Equal(columns.Count, columns.Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Fact]
    public void A_row_can_be_written_by_hand()
    {
        var provider = Assert.IsType<Provider>(Read(new Dictionary<string, string>
        {
            ["Kind"] = "Provider",
            ["Name"] = "Casa Clara",
            ["specialties"] = "trauma; grief",
            ["phones.7.number"] = "+13055550142",
            ["phones.2.number"] = "988",
            ["hours.timeZone"] = "America/New_York",
            ["hours.times"] = "Monday 9:00 - 17:00; friday 09:00-12:00",
            ["licenses.1.type"] = "psychologist",
            ["licenses.1.number"] = "12",
            ["licenses.1.state"] = "FL",
            ["licenses.1.expiresOn"] = "3/31/2027",
            ["serviceArea.nationwide"] = "FALSE",
            ["attorneyType"] = "",
        }));

        Assert.Equal(["988", "+13055550142"], provider.Phones.Select(p => p.Number));
        Assert.Equal(new TimeOnly(9, 0), provider.Hours!.Times[0].Opens);
        Assert.Equal(new DateOnly(2027, 3, 31), provider.Licenses[0].ExpiresOn);
        Assert.Equal("voice", provider.Phones[0].Type);
    }

    [Theory]
    [InlineData("kind", "clinic", "kind", "provider, attorney")]
    [InlineData("capacity.asOf", "soon", "capacity.asOf", "yyyy-MM-dd")]
    [InlineData("phone.1.number", "988", "phone.1.number", "phones")]
    [InlineData("phones.number", "988", "phones.number", "phones.1")]
    [InlineData("phones", "988", "phones", "phones.1")]
    [InlineData("hours.times", "always", "hours.times", "monday 09:00-17:00")]
    [InlineData("licenses.1.number", "12", "licenses.1.type", "Fill it in")]
    [InlineData("locations.1.visibility", "secret", "locations.1.visibility", "public, area, private")]
    [InlineData("more.1", "{\"phones", "more.1", "export")]
    [InlineData("hours", "9-5", "hours", "hours.timeZone")]
    [InlineData("phones.0.number", "988", "phones.0.number", "from 1")]
    public void An_unreadable_cell_is_reported_with_its_remedy(string column, string cell, string faulty, string remedy)
    {
        var faults = new List<CellFault>();
        var cells = new Dictionary<string, string> { ["kind"] = "provider", ["name"] = "A", [column] = cell };

        Assert.Null(EntryCells.Read(cells, faults));

        var fault = Assert.Single(faults, f => f.Column == faulty);
        Assert.Contains(remedy, fault.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Facts_added_by_publishing_are_read_too()
    {
        var id = Guid.Parse("01890000-0000-7000-8000-0000000000aa");
        var entry = FullEntry.Of(EntryKind.Organization, n => n) with { Id = id, Slug = "casa", FormerSlugs = ["a", "b"], AssuredOn = new DateOnly(2026, 1, 2) };
        var again = Read(EntryCells.Write(entry));
        Assert.Equal((id, "casa", new DateOnly(2026, 1, 2)), (again.Id!.Value, again.Slug, again.AssuredOn!.Value));
        Assert.Equal(["a", "b"], again.FormerSlugs!);
    }

    private static Entry Read(IReadOnlyDictionary<string, string> cells)
    {
        var faults = new List<CellFault>();
        var entry = EntryCells.Read(cells, faults);
        Assert.Empty(faults);
        return entry!;
    }
}
