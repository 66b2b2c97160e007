using HealthEquity.Directory.Entries;
using HealthEquity.Formats.Sources;
using HealthEquity.Imports.Columns;
using HealthEquity.Imports.Mappings;
using HealthEquity.Imports.Records;
using HealthEquity.Imports.Sources;
using HealthEquity.Store.Databases;
using HealthEquity.Tests.Imports.Running;
using HealthEquity.Tests.Store.Databases;

namespace HealthEquity.Tests.Imports.Columns;

/// <summary>Imports with column mappings.</summary>
public sealed class ColumnMappingTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<EntryKind> Kinds => [.. ImportTargets.Kinds];

    [Fact]
    public async Task Chosen_columns_become_an_entry()
    {
        await using var desk = await ImportDesk.OpenAsync();
        var mapping = Mapping(
            EntryKind.Provider,
            ("Name", "name"), ("Phone", "phones"), ("Ext", "phones.extension"), ("Fax", "phones.fax"), ("Mail", "emails"), ("Street", "locations.1.address1"), ("City", "locations.1.city"),
            ("State", "locations.1.stateProvince"), ("Zip", "locations.1.postalCode"), ("Lat", "locations.1.latitude"), ("Lon", "locations.1.longitude"), ("Hidden", "locations.1.confidential"),
            ("Languages", "languages"), ("Cost", "cost.options"), ("Medicaid", "cost.medicaid"), ("Open", "capacity.status"), ("License", "licenses.1.number"), ("Type", "licenses.1.type"), ("Note", "internalNotes"), ("Junk", null));
        var file = desk.Write(
            "ours.csv",
            "Name,Phone,Ext,Fax,Mail,Street,City,State,Zip,Lat,Lon,Hidden,Languages,Cost,Medicaid,Open,License,Type,Note,Junk",
            "Sun Clinic,305-555-0142,7,305-555-0143,a@example.org; b@example.org,1 Main St,Miami,Florida,33130,\"25,7617\",\"-80,1918\",,\"English, Spanish (limited)\",Sliding fee; self-pay,yes,Yes,SW1234,LCSW,Ask for Ana,x",
            "Safe House,305-555-0144,,,,2 Oak Ave,Miami,FL,33130,,,yes,,,,,,,,x");

        var summary = await desk.Importer.ImportAsync(desk.Request(file, mapping.ToMapping()), null, Cancellation);

        Assert.Equal((2, 0, 0), (summary.New, summary.Refused, summary.Flawed));
        var sun = await desk.EntryAsync<Provider>("sun-clinic");
        Assert.Equal([("+13055550142", "7", "voice"), ("+13055550143", null, "fax")], sun.Phones.Select(p => (p.Number, p.Extension, p.Type)));
        Assert.Equal(["a@example.org", "b@example.org"], sun.Emails.Select(e => e.Address));
        var place = Assert.Single(sun.Locations);
        Assert.Equal((Visibility.Public, "1 Main St", "FL", "33130", "Miami-Dade County", 25.7617, -80.1918), (place.Visibility, place.Address1, place.StateProvince, place.PostalCode, place.County, place.Latitude, place.Longitude));
        Assert.Equal([("en", null), ("es", "limited")], sun.Languages.Select(l => (l.Language, l.Note)));
        Assert.Equal(["slidingScale", "selfPay", "medicaid"], sun.Cost!.Options);
        Assert.Equal(("accepting", new DateOnly(2026, 2, 28)), (sun.Capacity!.Status, sun.Capacity.AsOf));
        Assert.Equal([("clinicalSocialWorker", "SW1234", "FL")], sun.Licenses.Select(l => (l.Type, l.Number, l.State)));
        Assert.Equal("Note: Ask for Ana", sun.InternalNotes);
        Assert.Equal("imported", Assert.Single(sun.Tags));
        Assert.Equal("Our list", Assert.Single(sun.Sources).Name);
        var house = await desk.EntryAsync<Provider>("safe-house");
        Assert.Equal(Visibility.Private, Assert.Single(house.Locations).Visibility);
        Assert.Empty(house.Licenses);
    }

    [Fact]
    public async Task Each_row_is_an_edition_and_rows_with_the_same_name_are_one_material()
    {
        await using var desk = await ImportDesk.OpenAsync();
        var mapping = Mapping(
            EntryKind.Material,
            ("Name", "name"), ("Type", "materialType"), ("For", "audiences"), ("Language", "editions.1.language"), ("Title", "editions.1.title"), ("Link", "editions.1.url"), ("Format", "editions.1.format"),
            ("Reviewed", "editions.1.reviewedOn"), ("By", "publisher"), ("Terms", "license"));
        var file = desk.Write(
            "materials.csv",
            "Name,Type,For,Language,Title,Link,Format,Reviewed,By,Terms",
            "Red card,Know-your-rights card,Families; Workers,English,,https://example.org/en.pdf,PDF,2/1/2026,Casa,CC-BY-4.0",
            "Red card,Know-your-rights card,,Spanish,Tarjeta roja,example.org/es,Web page,,Casa,",
            "No type,,,English,,https://example.org/x,,,,",
            "No link,Poster or sign,,English,,,,,,");

        var summary = await desk.Importer.ImportAsync(desk.Request(file, mapping.ToMapping()), null, Cancellation);

        Assert.Equal((1, 1, 2), (summary.New, summary.Merged, summary.Refused));
        var card = await desk.EntryAsync<Material>("red-card");
        Assert.Equal(("knowYourRightsCard", "Casa", "CC-BY-4.0"), (card.MaterialType, card.Publisher, card.License));
        Assert.Equal(["families", "workers"], card.Audiences);
        Assert.Equal(
            [("en", "Red card", "https://example.org/en.pdf", "pdf", new DateOnly(2026, 2, 1)), ("es", "Tarjeta roja", "http://example.org/es", "html", (DateOnly?)null)],
            card.Editions.Select(e => (e.Language, e.Title, e.Url, e.Format, e.ReviewedOn)));
        var refused = await desk.Office.DoAsync(s => ImportRefusals.ListAsync(s, summary.ImportId, 0, 10, Cancellation));
        Assert.Equal(["materialType", "editions[0].url"], refused.Select(r => r.Field));
    }

    [Fact]
    public async Task An_event_has_local_times_the_zone_of_its_location_and_lasts_all_day_without_a_time()
    {
        await using var desk = await ImportDesk.OpenAsync();
        var mapping = Mapping(
            EntryKind.Event,
            ("Event", "name"), ("Type", "eventType"), ("Date", "startsOn"), ("From", "startTime"), ("Until", "endTime"), ("Last day", "endsOn"), ("Zone", "timeZone"), ("Venue", "locations.1.name"), ("Street", "locations.1.address1"),
            ("City", "locations.1.city"), ("State", "locations.1.stateProvince"), ("Zip", "locations.1.postalCode"), ("Link", "url"), ("Host", "host"), ("RSVP", "registrationUrl"), ("Languages", "languages"));
        var file = desk.Write(
            "events.csv",
            "Event,Type,Date,From,Until,Last day,Zone,Venue,Street,City,State,Zip,Link,Host,RSVP,Languages",
            "Rights workshop,Know-your-rights workshop,3/14/2026,6:30 PM,8:00 PM,,,Library,1 Main St,Pensacola,FL,32501,https://example.org/w,Casa,https://example.org/r,\"Spanish, English\"",
            "Fair,Health or resource fair,3/20/2026,,,3/21/2026,ET,,,,,,,,,",
            "Nowhere,Training,3/20/2026,9:00 AM,,,,,,,,,,,,");

        var summary = await desk.Importer.ImportAsync(desk.Request(file, mapping.ToMapping()), null, Cancellation);

        Assert.Equal((2, 1), (summary.New, summary.Refused));
        var workshop = await desk.EntryAsync<Event>("rights-workshop");
        Assert.Equal(
            (new DateTime(2026, 3, 14, 18, 30, 0), new DateTime(2026, 3, 14, 20, 0, 0), false, "America/Chicago", "Casa", "https://example.org/w", "https://example.org/r"),
            (workshop.StartsAt, workshop.EndsAt, workshop.AllDay, workshop.TimeZone, workshop.Host, workshop.Url, workshop.RegistrationUrl));
        Assert.Equal(("Library", "1 Main St", "32501"), (workshop.Location!.Name, workshop.Location.Address1, workshop.Location.PostalCode));
        Assert.Equal(["es", "en"], workshop.Languages);
        var fair = await desk.EntryAsync<Event>("fair");
        Assert.Equal((true, new DateTime(2026, 3, 20), new DateTime(2026, 3, 21), "America/New_York"), (fair.AllDay, fair.StartsAt, fair.EndsAt, fair.TimeZone));
        Assert.Equal("timeZone", Assert.Single(await desk.Office.DoAsync(s => ImportRefusals.ListAsync(s, summary.ImportId, 0, 10, Cancellation))).Field);
    }

    [Fact]
    public async Task Each_row_is_an_adoption_and_rows_with_the_same_name_are_one_policy_action()
    {
        await using var desk = await ImportDesk.OpenAsync();
        var mapping = Mapping(
            EntryKind.PolicyAction,
            ("Policy", "name"), ("Theme", "theme"), ("Who", "actors"), ("Instrument", "instrument"), ("Direction", "direction"), ("Step 1", "steps"), ("Step 2", "steps"), ("Evidence", "evidence.1.finding"), ("Study", "evidence.1.url"),
            ("Jurisdiction", "adoptions.1.jurisdiction"), ("Level", "adoptions.1.level"), ("State", "adoptions.1.state"), ("FIPS", "adoptions.1.fips"), ("Status", "adoptions.1.status"), ("Date", "adoptions.1.on"), ("Source", "adoptions.1.url"));
        var file = desk.Write(
            "policies.csv",
            "Policy,Theme,Who,Instrument,Direction,Step 1,Step 2,Evidence,Study,Jurisdiction,Level,State,FIPS,Status,Date,Source",
            "Safe zones,Safe and welcoming schools,School board,Resolution,Protective,Adopt it.,Train staff.,Fewer absences.,https://example.org/s,Broward County,County,FL,12011,Adopted,1/5/2026,https://example.org/b",
            "Safe zones,Safe and welcoming schools,,,,,,,,Oakland,City or town,CA,0653000,In force,,",
            "No status,Privacy of status and records,,,,,,,,Oakland,City or town,CA,,,,",
            "Plain,Privacy of status and records,,,,,,,,,,,,,,");

        var summary = await desk.Importer.ImportAsync(desk.Request(file, mapping.ToMapping()), null, Cancellation);

        Assert.Equal((2, 1, 1), (summary.New, summary.Merged, summary.Refused));
        var zones = await desk.EntryAsync<PolicyAction>("safe-zones");
        Assert.Equal(("safeSchools", "resolution", "protective"), (zones.Theme, zones.Instrument, zones.Direction));
        Assert.Equal(["schoolBoard"], zones.Actors);
        Assert.Equal(["Adopt it.", "Train staff."], zones.Steps);
        Assert.Equal(("Fewer absences.", "Our list", "https://example.org/s"), (zones.Evidence[0].Finding, zones.Evidence[0].Source.Name, zones.Evidence[0].Source.Url));
        Assert.Equal(
            [("Broward County", "county", "FL", "12011", "adopted", 1), ("Oakland", "city", "CA", "0653000", "inForce", 0)],
            zones.Adoptions.Select(a => (a.Jurisdiction.Name, a.Jurisdiction.Level, a.Jurisdiction.State, a.Jurisdiction.Fips, a.Status, a.History.Count)));
        Assert.Equal((new DateOnly(2026, 1, 5), "Our list", "https://example.org/b"), (zones.Adoptions[0].History[0].On, zones.Adoptions[0].Source.Name, zones.Adoptions[0].Source.Url));
        Assert.Empty((await desk.EntryAsync<PolicyAction>("plain")).Adoptions);
    }

    [Theory]
    [InlineData(EntryKind.Material, "'Type of material'", "name")]
    [InlineData(EntryKind.Event, "maps to the start", "name", "eventType")]
    [InlineData(EntryKind.Event, "the time zone is unknown", "name", "eventType", "startsOn")]
    [InlineData(EntryKind.PolicyAction, "needs its level", "name", "theme", "adoptions.1.jurisdiction")]
    [InlineData(EntryKind.PolicyAction, "'Jurisdiction'", "name", "theme", "adoptions.1.fips")]
    public void Required_fields_of_a_kind_must_be_mapped(EntryKind kind, string message, params string[] targets)
    {
        var fault = Assert.Throws<MappingException>(() => Mapping(kind, [.. targets.Select(t => ($"Column {t}", (string?)t))]).ToMapping());
        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_an_id_a_row_is_identified_by_name_street_and_zip_code()
    {
        await using var desk = await ImportDesk.OpenAsync();
        var mapping = Mapping(EntryKind.Organization, ("Name", "name"), ("Street", "locations.1.address1"), ("State", "locations.1.stateProvince"), ("Zip", "locations.1.postalCode"), ("Phone", "phones")).ToMapping();
        await desk.Importer.ImportAsync(desk.Request(desk.Write("a.csv", "Name,Street,State,Zip,Phone", "Casa,1 Main Street,FL,33130,305-555-0142"), mapping), null, Cancellation);

        var again = await desk.Importer.ImportAsync(desk.Request(desk.Write("b.csv", "Name,Street,State,Zip,Phone", "Casa Inc.,1 Main St.,FL,33130,305-555-0143"), mapping), null, Cancellation);

        Assert.Equal((0, 1), (again.New, again.Changed));
        Assert.Equal("+13055550143", Assert.Single((await desk.EntryAsync<Organization>("casa")).Phones).Number);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_offered_field_can_be_used_and_forbidden_ones_are_not_offered(EntryKind kind)
    {
        var targets = ImportTargets.Of(kind);
        var mapping = Mapping(kind, [.. targets.Select(t => (t.Label, (string?)t.Code))]).ToMapping();

        Assert.Equal(kind, mapping.Kind);
        Assert.Equal(targets.Count, targets.DistinctBy(t => t.Code).Count());
        Assert.Equal(targets.Count, targets.DistinctBy(t => t.Label).Count());
        Assert.DoesNotContain(targets, t => t.Code.StartsWith("consent", StringComparison.Ordinal) || t.Code.StartsWith("assured", StringComparison.Ordinal) || t.Code is "slug" or "id");
        Assert.Throws<MappingException>(() => MappingReader.Read(
            $$"""{ "name": "x", "source": { "name": "X" }, "kind": "{{kind.Code()}}", "files": [ { "name": "r" } ], "id": { "column": "a" }, "fields": { "name": "x", "assuredOn": { "column": "a" } } }"""));
    }

    [Theory]
    [InlineData("'City' already maps to 'City'", "name", "locations.1.city", "locations.1.city")]
    [InlineData("no column maps to the name", "phones")]
    [InlineData("no field 'assuredOn'", "name", "assuredOn")]
    [InlineData("needs a number", "name", "licenses.1.type")]
    [InlineData("both latitude and longitude", "name", "locations.1.latitude")]
    [InlineData("the state that issued it", "name", "licenses.1.number")]
    [InlineData("needs a phone column", "name", "phones.extension")]
    [InlineData("a column with its evidence", "name", "eligibility.immigrationStatus")]
    [InlineData("county names are ambiguous", "name", "locations.1.county")]
    public void An_invalid_choice_is_refused_with_a_remedy(string message, params string[] targets)
    {
        string[] columns = ["Name", "City", "Town"];
        var fault = Assert.Throws<MappingException>(() => Mapping(EntryKind.Provider, [.. targets.Select((t, i) => (targets.Length == 1 ? "Other" : columns[i], (string?)t))]).ToMapping());
        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Dialect.Sqlite)]
    [InlineData(Dialect.SqlServer)]
    public async Task A_saved_mapping_is_found_offered_replaced_and_deleted(Dialect dialect)
    {
        await using var desk = await ImportDesk.OpenAsync(dialect);
        var mappings = desk.Office.Stores.Mappings;
        var ours = Mapping(EntryKind.Organization, ("Name", "name"), ("Phone", "phones"), ("Junk", null));
        const string file = """{ "name": "theirs", /* a remark */ "source": { "name": "Theirs" }, "kind": "organization", "files": [ { "name": "r" } ], "id": { "column": "Key" }, "fields": { "name": { "column": "Name" } } }""";
        await desk.Office.DoAsync(s => mappings.SaveAsync(s, ours, EditorialOffice.Writer, Cancellation));
        await desk.Office.DoAsync(s => mappings.SaveAsync(s, file, EditorialOffice.Writer, Cancellation));
        await desk.Office.DoAsync(s => mappings.SaveAsync(s, ours with { Title = "Our new list" }, EditorialOffice.Reviewer, Cancellation));

        var saved = await desk.Office.DoAsync(s => SavedMappings.ListAsync(s, Cancellation));
        Assert.Equal(["ours", "theirs"], saved.Select(s => s.Name));
        Assert.Equal(("Our new list", EditorialOffice.Reviewer.Code), (saved[0].Columns!.Title, saved[0].ChangedBy));
        Assert.Null(saved[1].Columns);
        Assert.Equal("Our new list", (await desk.Office.DoAsync(s => SavedMappings.ResolveAsync(s, "ours", Cancellation))).Source.Name);
        // A skipped column is not required next time.
        Assert.Equal(["ours"], SourceRecognition.Recognize(desk.Write("again.csv", "Phone,Name", "305-555-0142,Casa"), saved: saved).Mappings);
        Assert.Equal(["theirs"], SourceRecognition.Recognize(desk.Write("key.csv", "Key,Name", "1,Casa"), saved: saved).Mappings);

        var unknown = await Assert.ThrowsAsync<MappingException>(() => desk.Office.DoAsync(s => SavedMappings.ResolveAsync(s, "other", Cancellation)));
        Assert.Contains("ours, theirs", unknown.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<MappingException>(() => desk.Office.DoAsync(s => mappings.SaveAsync(s, ours with { Name = "samhsa-mental-health" }, EditorialOffice.Writer, Cancellation)));
        Assert.True(await desk.Office.DoAsync(s => mappings.DeleteAsync(s, "ours", EditorialOffice.Writer, Cancellation)));
        Assert.False(await desk.Office.DoAsync(s => mappings.DeleteAsync(s, "ours", EditorialOffice.Writer, Cancellation)));
    }

    private static ColumnMapping Mapping(EntryKind kind, params (string Column, string? Target)[] columns) => new()
    {
        Name = "ours",
        Title = "Our list",
        RetrievedOn = new DateOnly(2026, 2, 28),
        Kind = kind,
        Columns = [.. columns.Select(c => new MappedColumn(c.Column, c.Target))],
    };
}
