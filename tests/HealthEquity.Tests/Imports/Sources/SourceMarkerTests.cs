using HealthEquity.Directory.Entries;
using HealthEquity.Formats.Sources;
using HealthEquity.Imports.Columns;
using HealthEquity.Imports.Guesses;
using HealthEquity.Imports.Records;
using HealthEquity.Imports.Sources;
using HealthEquity.Tests.Imports.Running;

namespace HealthEquity.Tests.Imports.Sources;

/// <summary>What a source itself says is not for the public.</summary>
public sealed class SourceMarkerTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("ExcludeFromWebsite", "Yes", true)]
    [InlineData("ExcludeFromWebsite", "No", false)]
    [InlineData("ExcludeFromWebsite", "", false)]
    [InlineData("Exclude from directory", "unsure", true)]
    [InlineData("Display to public", "No", true)]
    [InlineData("DisplayToPublic", "FALSE", true)]
    [InlineData("Display to public", "Yes", false)]
    [InlineData("Show on website?", "n", true)]
    [InlineData("Published", "0", true)]
    [InlineData("Do not publish", "X", true)]
    [InlineData("IsPrivate", "True", true)]
    [InlineData("Staff only", "yes", true)]
    [InlineData("AgencyStatus", "Inactive", true)]
    [InlineData("Program Status", "closed permanently", true)]
    [InlineData("Status", "Active", false)]
    [InlineData("Active", "No", true)]
    [InlineData("Inactive", "Yes", true)]
    [InlineData("Excluded populations", "Minors", false)]
    [InlineData("Private insurance", "Yes", false)]
    [InlineData("Public or private", "Nonprofit", false)]
    [InlineData("Services available online", "No", false)]
    [InlineData("License status", "Inactive", false)]
    [InlineData("Display name", "No", false)]
    [InlineData("Visibility", "Internal", true)]
    [InlineData("Record visibility", "staff only", true)]
    [InlineData("Visibility", "Public", false)]
    [InlineData("Access level", "Restricted", true)]
    [InlineData("Searchable", "No", true)]
    [InlineData("Searchable online", "Yes", false)]
    public async Task A_marked_row_is_left_out_whatever_the_mapping_says(string column, string value, bool isLeftOut)
    {
        await using var desk = await ImportDesk.OpenAsync();
        var file = desk.Write("marked.csv", $"Name,{column},Phone", $"Sun,{value},305-555-0142", "Moon,,305-555-0143");
        var summary = await desk.Importer.ImportAsync(desk.Request(file, Mapping(("Name", "name"), ("Phone", "phones"), (column, "internalNotes")).ToMapping()), null, Cancellation);

        Assert.Equal(isLeftOut ? 1 : 2, summary.New);
        var losses = await desk.Office.DoAsync(s => ImportLosses.ListAsync(s, summary.ImportId, Cancellation));
        Assert.Equal(isLeftOut, ImportLosses.Marks(losses).Any(m => m.StartsWith("1 row is marked", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("PhysicalAddressIsPrivate", "Yes")]
    [InlineData("Display physical address to public users?", "No")]
    [InlineData("Hide address", "TRUE")]
    [InlineData("Address confidential", "y")]
    [InlineData("Confidential", "call first")]
    public async Task A_marked_address_is_private(string column, string value)
    {
        await using var desk = await ImportDesk.OpenAsync();
        var file = desk.Write("shelters.csv", $"Name,Street,City,State,{column}", $"Sun,12 Hidden Lane,Miami,FL,{value}", "Moon,1 Main St,Miami,FL,");
        var mapping = Mapping(("Name", "name"), ("Street", "locations.1.address1"), ("City", "locations.1.city"), ("State", "locations.1.stateProvince"));
        var summary = await desk.Importer.ImportAsync(desk.Request(file, mapping.ToMapping()), null, Cancellation);

        Assert.Equal(Visibility.Private, Assert.Single((await desk.EntryAsync<Organization>("sun")).Locations).Visibility);
        Assert.Equal(Visibility.Public, Assert.Single((await desk.EntryAsync<Organization>("moon")).Locations).Visibility);
        var losses = await desk.Office.DoAsync(s => ImportLosses.ListAsync(s, summary.ImportId, Cancellation));
        Assert.Equal(["1 address is marked private."], ImportLosses.Marks(losses));
    }

    [Theory]
    [InlineData("Yes", "")]
    [InlineData("", "Yes")]
    public async Task An_address_that_one_row_of_an_entry_marks_is_private_in_the_others_too(string first, string second)
    {
        await using var desk = await ImportDesk.OpenAsync();
        var file = desk.Write(
            "programs.csv",
            "Name,Program,Street,City,State,AddressIsPrivate",
            $"Sun,Shelter,12 Hidden Lane,Miami,FL,{first}", $"Sun,Hotline,12 Hidden Lane,Miami,FL,{second}", $"Sun,Office,12 Hidden Ln,,FL,", "Sun,Thrift shop,1 Main St,Miami,FL,No");
        var mapping = Mapping(
            ("Name", "name"), ("Program", "alternateNames"), ("Street", "locations.1.address1"), ("City", "locations.1.city"), ("State", "locations.1.stateProvince"));
        await desk.Importer.ImportAsync(desk.Request(file, (mapping with { Id = ["Name"] }).ToMapping()), null, Cancellation);

        var places = (await desk.EntryAsync<Organization>("sun")).Locations;
        Assert.Equal(["1 Main St"], places.Where(p => p.Visibility == Visibility.Public).Select(p => p.Address1));
    }

    [Theory]
    [InlineData("Phone2IsPrivate", "TRUE", "Phone2Number", "305-555-0199")]
    [InlineData("MainContactIsPrivate", "Yes", "MainContactPhoneNumber", "305-555-0199")]
    [InlineData("Hide contact", "x", "Contact phone", "305-555-0199")]
    [InlineData("Show second phone to public", "No", "Second phone", "305-555-0199")]
    public async Task A_marked_phone_or_contact_is_left_out(string column, string value, string of, string phone)
    {
        await using var desk = await ImportDesk.OpenAsync();
        var file = desk.Write("phones.csv", $"Name,Phone,{of},{column}", $"Sun,305-555-0142,{phone},{value}");
        await desk.Importer.ImportAsync(desk.Request(file, Mapping(("Name", "name"), ("Phone", "phones"), (of, "phones")).ToMapping()), null, Cancellation);
        Assert.Equal(["+13055550142"], (await desk.EntryAsync<Organization>("sun")).Phones.Select(p => p.Number));
    }

    [Fact]
    public void A_guess_takes_no_mark_and_no_persons_name_for_a_field()
    {
        var guess = Guess(
            "PublicName,AgencyStatus,ExcludeFromWebsite,PhoneTollFreeIsPrivate,WebsiteAddress,Phone1Number,MainContactName,MainContactTitle,MainContactPhoneNumber,LanguageOfRecord,LanguagesOffered,Agency",
            "Sun,Active,No,FALSE,www.example.org,305-555-0142,Ana Example,Director,305-555-0199,English,Spanish,Sun Inc",
            "Moon,Inactive,Yes,TRUE,www.example.com,305-555-0143,Bo Example,Manager,305-555-0198,English,Chinese,Moon Inc");
        Assert.Equal(["name", null, null, null, "website", "phones", null, null, null, null, "languages"], guess.Columns.Select(c => c.Target).Take(11));
        Assert.NotEqual("name", guess.Columns[11].Target);
    }

    [Fact]
    public void An_address_in_one_cell_is_known_without_commas_and_a_number_is_no_description()
    {
        var guess = Guess("Organization,Address,Services,Website address", "Sun,5000 3rd St. San Francisco CA 94124,86836,www.example.org", "Moon,\"1663 Mission St., San Francisco, CA 94103\",86837,www.example.com");
        Assert.Equal(["name", "locations.1.address", null, "website"], guess.Columns.Select(c => c.Target));
    }

    [Fact]
    public void A_column_that_is_filled_only_further_down_is_seen()
    {
        string[] lines = ["Name,Phone,Languages", .. Enumerable.Range(0, 550).Select(n => $"Place {n},305-555-0142,"), "Sun,305-555-0143,Spanish"];
        Assert.Equal(["Spanish"], Guess(lines).Columns[2].Examples);
    }

    [Theory]
    [InlineData("name,city,capacity", "Sun,Miami,40")]
    [InlineData("name,city,state,capacity", "Sun,Miami,FL,waiting list")]
    public void Every_guess_can_be_used_and_says_what_it_left_out(string head, string row)
    {
        var guess = Guess(head, row);
        var (mapping, left) = guess.ToUsable("ours", "Ours");
        Assert.Equal("ours", mapping.ToMapping().Name);
        Assert.DoesNotContain(mapping.Columns, c => c.Column == "capacity" && c.Target is not null);
        Assert.True(left.Any(l => l.Column == "capacity") || guess.Columns[^1].Target is null);
    }

    [Fact]
    public async Task Two_rows_whose_hours_overlap_are_one_entry_with_a_note()
    {
        await using var desk = await ImportDesk.OpenAsync();
        var file = desk.Write("hours.csv", "name,state,zip,hours", "Sun,CA,94103,Mon-Fri 9am-5pm", "Sun,CA,94103,Mon-Fri 8am-12pm");
        var mapping = Mapping(("name", "name"), ("state", "locations.1.stateProvince"), ("zip", "locations.1.postalCode"), ("hours", "hours"));
        var summary = await desk.Importer.ImportAsync(desk.Request(file, mapping.ToMapping()), null, Cancellation);
        Assert.Equal((1, 0), (summary.New, summary.Refused));
        var hours = (await desk.EntryAsync<Organization>("sun")).Hours!;
        Assert.Empty(hours.Times);
        Assert.Contains("09:00-17:00", hours.Note, StringComparison.Ordinal);
        Assert.Contains("08:00-12:00", hours.Note, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Miami,33130,,", "FL", "Miami")]
    [InlineData("Miami,,25.7617,-80.1918", "FL", "Miami")]
    [InlineData("Springfield,,,", null, null)]
    public async Task A_state_comes_from_the_zip_code_or_the_coordinates_and_its_lack_refuses_no_row(string cells, string? state, string? city)
    {
        await using var desk = await ImportDesk.OpenAsync();
        var file = desk.Write("states.csv", "name,street,city,zip,lat,lon", $"Sun,1 Main St,{cells}");
        var mapping = Mapping(
            ("name", "name"), ("street", "locations.1.address1"), ("city", "locations.1.city"), ("zip", "locations.1.postalCode"), ("lat", "locations.1.latitude"), ("lon", "locations.1.longitude"));
        var summary = await desk.Importer.ImportAsync(desk.Request(file, mapping.ToMapping()), null, Cancellation);
        Assert.Equal((1, 0), (summary.New, summary.Refused));
        var place = Assert.Single((await desk.EntryAsync<Organization>("sun")).Locations);
        Assert.Equal((state, city), (place.StateProvince, place.City));
        // Where nobody can tell where it is, the public does not see it.
        Assert.Equal(state is null ? 0 : 1, summary.Published);
    }

    [Fact]
    public async Task A_mapped_police_department_is_an_organization_to_be_sorted()
    {
        await using var desk = await ImportDesk.OpenAsync();
        var file = desk.Write("legal.csv", "name,areas", "Example Police Department,Asylum", "Ana Example,Asylum");
        var mapping = Mapping(("name", "name"), ("areas", "practiceAreas")) with { Kind = EntryKind.Attorney };
        var summary = await desk.Importer.ImportAsync(desk.Request(file, mapping.ToMapping()), null, Cancellation);
        Assert.Equal((2, 1), (summary.New, summary.Flawed));
        Assert.Equal(["imported", "toBeSorted"], (await desk.EntryAsync<Organization>("example-police-department")).Tags);
        await desk.EntryAsync<Attorney>("ana-example");
    }

    [Fact]
    public void A_contacts_name_is_not_joined_to_a_title()
    {
        var mapping = Mapping(("Agency", "name"), ("Contact name", "name"));
        Assert.Equal("columns['Contact name']", Assert.Throws<MappingException>(mapping.ToMapping).Place);
        Assert.Equal("ours", Mapping(("Agency", "name"), ("Program", "name")).ToMapping().Name);
    }

    [Fact]
    public async Task A_mapped_text_has_real_line_breaks()
    {
        await using var desk = await ImportDesk.OpenAsync();
        var file = desk.Write("texts.csv", "name,about", "Sun,One.\\nTwo. ###MON###");
        await desk.Importer.ImportAsync(desk.Request(file, Mapping(("name", "name"), ("about", "description")).ToMapping()), null, Cancellation);
        Assert.Equal("One.\nTwo.", (await desk.EntryAsync<Organization>("sun")).Description);
    }

    [Fact]
    public async Task What_was_lost_is_totaled_by_column_and_reason()
    {
        await using var desk = await ImportDesk.OpenAsync();
        var file = desk.Write("fees.csv", "name,fee", "Sun,a lot", "Moon,too much", "Star,$12");
        var summary = await desk.Importer.ImportAsync(desk.Request(file, Mapping(("name", "name"), ("fee", "cost.feeMaximum")).ToMapping()), null, Cancellation);
        var loss = Assert.Single(await desk.Office.DoAsync(s => ImportLosses.ListAsync(s, summary.ImportId, Cancellation)));
        Assert.Equal(("fee", "… is not a number.", true, 2), (loss.Field, loss.Reason, loss.Loaded, loss.Times));
        Assert.Equal(12, (await desk.EntryAsync<Organization>("star")).Cost!.FeeMaximum);
    }

    private static ColumnMapping Mapping(params (string Column, string Target)[] columns) => new()
    {
        Name = "ours",
        Title = "Our list",
        Kind = EntryKind.Organization,
        Columns = [.. columns.Select(c => new MappedColumn(c.Column, c.Target))],
    };

    private static MappingGuess Guess(params string[] lines)
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllLines(path, lines);
            return MappingGuess.Of(kind: null, SourceRecognition.Recognize(path).Sample);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
