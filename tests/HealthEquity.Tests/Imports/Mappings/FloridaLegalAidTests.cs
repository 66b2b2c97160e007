using HealthEquity.Directory.Entries;
using HealthEquity.Tests.Imports.Running;
using HealthEquity.Tests.Store.Databases;

namespace HealthEquity.Tests.Imports.Mappings;

/// <summary>Three related files as one source.</summary>
public sealed class FloridaLegalAidTests
{
    private const string Organizations =
        "organization_uuid,organization_name,organization_email,organization_tax_id,organization_legal_status,organization_url,organization_alternate_name,organization_year_incorporated,organization_description";

    private const string Locations = "organization_name,organization_uuid,location_name,location_uuid,location_address,location_url,phones";

    private const string Services =
        "service_uuid,organization_name,organization_uuid,service_name,service_alternate_name,service_description,service_email,service_url,service_additional_information,service_min_age,service_max_age,service_program,service_income_limit,service_problem_codes,service_require_veteran,service_military_status,service_immigration_status,service_incarceration_status,service_areas";

    [Fact]
    public async Task An_organization_is_one_entry_with_its_places_phones_and_services()
    {
        await using var desk = await ImportDesk.OpenAsync();
        desk.Write("organizations.csv", Organizations, "o1,\"Sun Legal Aid, Inc.\",info@example.org,901234567,,WWW.EXAMPLE.ORG,N/A,1973,\"Free help.\n\nFor all.\"");
        desk.Write(
            "locations.csv",
            Locations,
            "Sun,o1,Default Office (for testing),1,\"1 Test Street, Miami, FL 33130\",,main: 305-285-5999",
            "Sun,o1,Housing,2,\"491 N. State Road 7, Plantation, FL 33317\",,\"tollfree: 800-625-2257, main: 954-736-2414, tdd: 800-955-8771\"",
            "Sun,o1,Immigration,3,\"491 North State Road 7, Plantation, FL 33317\",,main: 954-358-5647",
            "Sun,o1,PENDING Transfers,4,State: FL,,",
            "Sun,o1,Krome,5,State: FL,,",
            "Sun,o1,Broken,6,State: FL,,main: 7274-821-0726",
            "Moon,o2,Lost,7,State: FL,,");
        desk.Write(
            "services.csv",
            Services,
            "s1,Sun,o1,Immigration,,\"Representation for U-Visas, VAWA and DACA. Brief advice.\",,,,18,999,,125,Immigration; Foreclosure,,,United States Citizen; Lawful Permanent Resident (LPR),,Broward County; Collier County",
            "s2,Sun,o1,Slipped,,text,x,y,z,http://example.org,,,,Staff,,,false,,");

        var summary = await desk.ImportAsync(desk.Folder, "florida-legal-aid");

        Assert.Equal((1, 2), (summary.New, summary.Refused));
        var entry = await desk.EntryAsync<Attorney>("sun-legal-aid-inc");
        Assert.Equal(("legalAidProgram", "EIN 90-1234567", "http://www.example.org"), (entry.AttorneyType, entry.InternalNotes, entry.Website));
        Assert.Empty(entry.AlternateNames);
        Assert.Equal(("Housing; Immigration", "Broward County"), (Assert.Single(entry.Locations).Name, entry.Locations[0].County));
        Assert.Equal(
            [("+18006252257", "toll-free", "voice"), ("+19547362414", "Housing", "voice"), ("+19543585647", "Immigration", "voice"), ("+18009558771", null, "tty")],
            entry.Phones.Select(p => (p.Number, p.Label, p.Type)));
        Assert.Equal(["Krome Service Processing Center"], entry.DetentionCenters);
        Assert.Equal(["housing", "uVisa", "vawa", "daca"], entry.PracticeAreas);
        Assert.Equal(["FL:Broward County", "FL:Collier County"], entry.ServiceArea!.Counties);
        Assert.Equal("restricted", entry.Eligibility!.ImmigrationStatus);
        Assert.Contains("U.S. citizens, lawful permanent residents.", entry.Eligibility.ImmigrationStatusEvidence, StringComparison.Ordinal);
        Assert.Contains("lowIncome", entry.Eligibility.Conditions);
        Assert.Contains("Income limit: 125 %", entry.Description, StringComparison.Ordinal);
        Assert.Contains("From age 18.", entry.Description, StringComparison.Ordinal);
        Assert.Equal(["free"], entry.Cost!.Options);
        Assert.True(File.Exists(Path.Combine(desk.Folder, "locations.csv.refused.csv")));
        Assert.True(File.Exists(Path.Combine(desk.Folder, "services.csv.refused.csv")));
    }

    [Fact]
    public async Task The_real_files_give_twenty_programs_and_importing_again_changes_nothing()
    {
        var data = SharedFolder.Find("data");
        Assert.SkipWhen(data is null, "shared/data is not beside the checkout");
        await using var desk = await ImportDesk.OpenAsync();

        var first = await desk.ImportAsync(Path.Combine(data!, "florida-legal-aid"), "florida-legal-aid");
        var second = await desk.ImportAsync(Path.Combine(data!, "florida-legal-aid"), "florida-legal-aid");

        Assert.Equal((20, 20, 1), (first.New, first.Published, first.Refused));
        Assert.Equal((0, 0, 20), (second.New, second.Published, second.Same));
        var entry = await desk.EntryAsync<Attorney>("americans-for-immigrant-justice");
        Assert.Contains("removalDefense", entry.PracticeAreas);
        Assert.Contains("Glades County Detention Center", entry.DetentionCenters);
        Assert.DoesNotContain(entry.Locations, l => l.Name!.Contains("Jail", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_real_facilities_become_eleven_thousand_entries_and_importing_again_changes_nothing()
    {
        var data = SharedFolder.Find("data");
        Assert.SkipWhen(data is null, "shared/data is not beside the checkout");
        await using var desk = await ImportDesk.OpenAsync();
        var file = Path.Combine(data!, "samhsa-mental-health-facilities.csv");

        var first = await desk.ImportAsync(file);
        var second = await desk.ImportAsync(file);

        Assert.Equal((11_375, 11_029, 11_029, 0, 20), (first.Rows, first.New, first.Published, first.Refused, first.Flawed));
        Assert.Equal((11_375, 0, 0, 11_029), (second.Rows, second.New, second.Published, second.Same));
    }
}
