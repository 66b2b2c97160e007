using System.IO.Compression;
using System.Text.Json;
using HealthEquity.Directory.Entries;
using HealthEquity.Formats.Sources;
using HealthEquity.Imports.Records;
using HealthEquity.Imports.Sources;
using HealthEquity.Tests.Imports.Running;

namespace HealthEquity.Tests.Formats.Hsds.Reading;

/// <summary>Tabular packages of every HSDS version, as published by others.</summary>
public sealed class HsdsPackageTests
{
    // HSDS 1.1 with plural names.
    private static readonly (string File, string[] Lines)[] One =
    [
        ("organizations.csv", ["id,name,description,email,url,tax_id", "o1,Casa Sol,Help for newcomers,hola@casasol.example.org,casasol.example.org,59-1234567", "o2,Alone,An office,,,"]),
        ("services.csv",
        [
            "id,organization_id,location_id,name,description,url,email,status,fees,eligibility,application_process",
            "s1,o1,,Counseling,Talking helps.,http://casasol.example.org/talk,,active,Free,Adults,Call first",
            "s2,o1,,Legal clinic,Papers.,,,active,$50,,",
            "s3,o1,,Old service,Gone.,,,defunct,,,",
        ]),
        ("locations.csv", ["id,organization_id,name,latitude,longitude,transportation", "l1,o1,Casa Sol,25.7654,-80.2036,Bus 8"]),
        ("service_at_location.csv", ["id,service_id,location_id,description", "sl1,s1,l1,", "sl2,s2,l1,"]),
        ("physical_addresses.csv", ["id,location_id,attention,address_1,city,region,state_province,postal_code,country", "a1,l1,Maria Perez,1 Calle Ocho,Miami,Miami-Dade,FL,33130,US"]),
        ("postal_addresses.csv", ["id,location_id,address_1,city,state_province,postal_code,country", "a2,l1,PO Box 7,Miami,FL,33130,US"]),
        ("phones.csv",
        [
            "id,service_id,location_id,organization_id,contact_id,number,extension,type,language,description",
            "p1,s1,,,,305-555-0142,7,voice,\"Spanish, English\",Intake", "p2,,l1,,,305-555-0143,,fax,,", "p3,,,,c1,305-555-0199,,voice,,Maria's cell",
        ]),
        ("contacts.csv", ["id,organization_id,service_id,name,title,department,email", "c1,,s1,Maria Perez,Director,,maria@casasol.example.org"]),
        ("regular_schedules.csv", ["id,service_id,weekday,opens_at,closes_at", "h1,s1,1,09:00,17:00", "h2,s1,Tuesday,09:00,17:00"]),
        ("holiday_schedules.csv", ["id,service_id,closed,opens_at,closes_at,start_date,end_date", "d1,s1,true,,,2026-12-25,2026-12-25"]),
        ("languages.csv", ["id,service_id,location_id,language", "g1,s1,,Spanish", "g2,s1,,Klingonese"]),
        ("accessibility_for_disabilities.csv", ["id,location_id,accessibility,details", "x1,l1,Elevator,", "x2,l1,Ramp,At the back door"]),
        ("taxonomy.csv", ["id,name,parent_id,parent_name,vocabulary", "t1,Mental Health Care,,,Open Eligibility", "t2,Immigration legal help,,,Open Eligibility", "t3,Grief and loss,,,"]),
        ("service_taxonomy.csv", ["id,service_id,taxonomy_id,taxonomy_detail", "st1,s1,t1,", "st2,s2,t2,", "st3,s1,t3,"]),
        ("payments_accepted.csv", ["id,service_id,payment", "pa1,s1,Medicaid"]),
        ("required_documents.csv", ["id,service_id,document", "rd1,s1,Proof of address", "rd2,s1,A smile"]),
        ("service_areas.csv", ["id,service_id,service_area,description", "sa1,s1,Miami-Dade County,"]),
    ];

    private static readonly (string File, string[] Lines)[] Two =
    [
        ("organization.csv", ["id,name,description", "o1,Harbor,Harbor"]),
        ("service.csv", ["id,organization_id,name,status", "s1,o1,Harbor Counseling,active"]),
        ("location.csv", ["id,name,latitude,longitude", "l1,Harbor,,"]),
        ("service_at_location.csv", ["id,service_id,location_id", "sl1,s1,l1"]),
        ("physical_address.csv", ["id,location_id,address_1,city,state_province,postal_code,country", "a1,l1,2 Pier St,Albany,New York,12207,US"]),
        ("schedule.csv",
        [
            "id,service_id,service_at_location_id,freq,interval,byday,opens_at,closes_at,valid_from,valid_to",
            "h1,,sl1,WEEKLY,1,\"MO,WE\",8:30 AM,12:00,,", "h2,,sl1,WEEKLY,1,MO,13:00:00,17:00:00,,", "h3,,sl1,MONTHLY,1,1SA,10:00,12:00,,",
        ]),
        ("taxonomy_term.csv", ["id,term,description,taxonomy", "t1,Trauma and post-traumatic stress,,custom", "RP-1400,Counseling Services,,AIRS"]),
        ("service_taxonomy.csv", ["id,service_id,taxonomy_term_id", "st1,s1,t1", "st2,s1,RP-1400"]),
    ];

    private static readonly (string File, string[] Lines)[] Three =
    [
        ("organizations.csv", ["id,name,description,website", "o1,Ana Legal Aid,Aid,https://ana.example.org", "o2,Health Office,An office,"]),
        ("organization_identifiers.csv", ["id,organization_id,identifier_scheme,identifier_type,identifier", "i1,o2,US-EIN,EIN,591234567"]),
        ("services.csv",
        [
            "id,organization_id,name,status,fees_description,eligibility_description,minimum_age,maximum_age,last_modified,assured_date,house_cat",
            "s1,o1,Asylum help at Ana Legal Aid,active,USD 20 to 80,Newcomers,18,,2026-01-01T00:00:00Z,2026-01-01,Tom",
        ]),
        ("locations.csv", ["id,location_type,name,latitude,longitude", "l1,physical,Office,40.7128,-74.0060", "l2,virtual,By video,,"]),
        ("service_at_location.csv", ["id,service_id,location_id,description", "sl1,s1,l1,", "sl2,s1,l2,"]),
        ("addresses.csv", ["id,location_id,address_1,address_2,city,region,state_province,postal_code,country,address_type", "a1,l1,9 Broadway,Floor 3,New York,,NY,10004,US,physical"]),
        ("schedules.csv",
        [
            "id,service_id,valid_from,dtstart,timezone,freq,interval,byday,opens_at,closes_at,notes",
            "h1,s1,,,-5,WEEKLY,1,\"MO,TU,WE,TH,FR\",09:00,17:00,Not on holidays",
        ]),
        ("languages.csv", ["id,service_id,phone_id,name,code,note", "g1,s1,,Spanish,spa,Tuesdays only", "g2,,p1,French,fr,"]),
        ("phones.csv", ["id,service_id,number,extension,type,description", "p1,s1,+12125550142,12,textphone,Desk"]),
        ("accessibility.csv", ["id,location_id,description,details,url", "x1,l1,Elevator,,"]),
        ("taxonomy_terms.csv", ["id,code,name,description,taxonomy_id", "t1,A,Asylum,,x", "t2,B,Immigration court defense,,x"]),
        ("attributes.csv", ["id,link_id,taxonomy_term_id,link_type,link_entity,value,label", "at1,s1,t1,service_type,service,,", "at2,s1,t2,service_type,service,,"]),
        ("cost_options.csv", ["id,service_id,option,currency,amount,amount_description", "k1,s1,Sliding scale,USD,,"]),
        ("service_areas.csv", ["id,service_id,name,extent,extent_type", "sa1,s1,New York,NY,state", "sa2,s1,The five boroughs,,"]),
        ("url.csv", ["id,label,url,service_id", "u1,Book,https://ana.example.org/book,s1"]),
        ("weather.csv", ["id,sun", "1,yes"]),
        ("datapackage.json", ["{\"name\":\"x\"}"]),
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_version_1_package_becomes_entries_without_loss()
    {
        await using var desk = await ImportDesk.OpenAsync();
        var path = Folder(desk, One);
        var summary = await ImportAsync(desk, path);

        Assert.Equal((3, 1, 1), (summary.New, summary.Refused, summary.Flawed));
        var clinic = await desk.EntryAsync<Provider>("counseling-casa-sol");
        Assert.Equal("Counseling, Casa Sol", clinic.Name);
        Assert.Equal(new Phone { Number = "+13055550142", Extension = "7", Label = "Intake", Languages = ["es", "en"] }, Assert.Single(clinic.Phones), Same);
        var place = Assert.Single(clinic.Locations);
        Assert.Equal(("1 Calle Ocho", "Miami", "Miami-Dade County", "FL", "33130", "Bus 8"), (place.Address1, place.City, place.County, place.StateProvince, place.PostalCode, place.Transit));
        Assert.Equal(["elevator"], place.Accessibility);
        Assert.Equal("fax", Assert.Single(place.Phones).Type);
        Assert.Equal((DayOfWeek.Monday, DayOfWeek.Tuesday), (clinic.Hours!.Times[0].Day, clinic.Hours.Times[1].Day));
        Assert.Equal(("America/New_York", "closed 2026-12-25"), (clinic.Hours.TimeZone, clinic.Hours.Note));
        Assert.Equal(["free", "medicaid"], clinic.Cost!.Options);
        Assert.Equal(["FL:Miami-Dade County"], clinic.ServiceArea!.Counties);
        Assert.Equal(["proofOfAddress"], clinic.Eligibility!.DocumentsRequired);
        Assert.Equal("Needed: A smile; Adults", clinic.Eligibility.Note);
        Assert.Equal(["grief"], clinic.Specialties);
        Assert.Equal("es", Assert.Single(clinic.Languages).Language);
        Assert.Contains("How to apply: Call first", clinic.Description, StringComparison.Ordinal);
        Assert.Contains("Ramp; At the back door", clinic.Description, StringComparison.Ordinal);
        Assert.Contains("Mental Health Care", clinic.InternalNotes, StringComparison.Ordinal);
        Assert.Contains("PO Box 7", clinic.InternalNotes, StringComparison.Ordinal);

        var legal = await desk.EntryAsync<Attorney>("legal-clinic-casa-sol");
        Assert.Equal(50, legal.Cost!.FeeMinimum);
        Assert.Equal("An office", (await desk.EntryAsync<Organization>("alone")).Description);
        var refused = await File.ReadAllTextAsync(Path.Combine(desk.Folder, "services.csv.refused.csv"), Cancellation);
        Assert.Contains("defunct", refused, StringComparison.Ordinal);
        Assert.Contains("Klingonese", await File.ReadAllTextAsync(Path.Combine(desk.Folder, "languages.csv.refused.csv"), Cancellation), StringComparison.Ordinal);

        var again = await ImportAsync(desk, path);
        Assert.Equal((0, 0, 3, 0), (again.New, again.Changed, again.Same, again.Vanished));
    }

    [Fact]
    public async Task A_persons_name_and_number_go_only_to_curators()
    {
        await using var desk = await ImportDesk.OpenAsync();
        await ImportAsync(desk, Folder(desk, One));
        var clinic = await desk.EntryAsync<Provider>("counseling-casa-sol");
        Assert.Contains("Maria Perez", clinic.InternalNotes, StringComparison.Ordinal);
        var row = await desk.RowAsync("counseling-casa-sol");
        var open = EntryJson.Write(clinic with { InternalNotes = null });
        Assert.NotNull(row.PublishedRevision);
        Assert.DoesNotContain("Maria", open, StringComparison.Ordinal);
        Assert.DoesNotContain("5550199", open, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_version_2_package_with_singular_names_in_a_folder_of_a_zip_is_read()
    {
        await using var desk = await ImportDesk.OpenAsync();
        var path = Zip(desk, "two.zip", Two, "export/data/");
        var found = SourceRecognition.Recognize(path);
        Assert.Equal("an HSDS 2.x package, 8 tables in a ZIP", found.Description);
        Assert.Equal((false, "hsds-two", 1), (found.NeedsMapping, found.Hsds!.SourceName, found.Hsds.Kinds[EntryKind.Provider]));

        Assert.Equal((1, 0, 0), Counts(await ImportAsync(desk, path)));
        var harbor = await desk.EntryAsync<Provider>("harbor-counseling");
        Assert.Equal("NY", Assert.Single(harbor.Locations).StateProvince);
        Assert.Equal(["Monday 08:30-12:00", "Monday 13:00-17:00", "Wednesday 08:30-12:00"], harbor.Hours!.Times.Select(t => $"{t.Day} {t.Opens:HH\\:mm}-{t.Closes:HH\\:mm}"));
        Assert.Contains("MONTHLY", harbor.Hours.Note, StringComparison.Ordinal);
        Assert.Equal(["trauma"], harbor.Specialties);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_version_3_package_reports_ignored_columns_and_becomes_the_requested_kind(bool zip)
    {
        await using var desk = await ImportDesk.OpenAsync();
        var path = zip ? Zip(desk, "three.zip", Three, "") : Folder(desk, Three);
        var found = SourceRecognition.Recognize(path);
        Assert.StartsWith("an HSDS 3.x package, 15 tables", found.Description, StringComparison.Ordinal);
        Assert.Equal(["the file weather.csv", "the column house_cat of services.csv"], found.Hsds!.Ignored.Select(i => i.Replace("three.zip.", "", StringComparison.Ordinal)));
        Assert.Equal(2, found.Hsds.Count);

        Assert.Equal((2, 0, 0), Counts(await ImportAsync(desk, path)));
        var ana = await desk.EntryAsync<Attorney>("asylum-help-at-ana-legal-aid");
        Assert.Equal("https://ana.example.org", ana.Website);
        Assert.Equal(["asylum"], ana.PracticeAreas);
        Assert.Contains("Immigration court defense", ana.InternalNotes, StringComparison.Ordinal);
        Assert.Equal(new Phone { Number = "+12125550142", Extension = "12", Type = "tty", Label = "Desk", Languages = ["fr"] }, Assert.Single(ana.Phones), Same);
        Assert.Equal(("es", "Tuesdays only"), (ana.Languages[0].Language, ana.Languages[0].Note));
        Assert.Equal((20m, 80m, "slidingScale"), (ana.Cost!.FeeMinimum, ana.Cost.FeeMaximum, Assert.Single(ana.Cost.Options)));
        Assert.Equal((18, (int?)null, "Newcomers"), (ana.Eligibility!.MinimumAge, ana.Eligibility.MaximumAge, ana.Eligibility.Note));
        Assert.Equal(("America/New_York", 5, "Not on holidays"), (ana.Hours!.TimeZone, ana.Hours.Times.Count, ana.Hours.Note));
        Assert.Equal(("NY", "The five boroughs"), (Assert.Single(ana.ServiceArea!.States), ana.ServiceArea.Note));
        Assert.Equal("yes", ana.RemoteService!.Offered);
        Assert.Equal("Floor 3", Assert.Single(ana.Locations).Address2);
        Assert.Equal(new Link { Label = "Book", Url = "https://ana.example.org/book" }, Assert.Single(ana.Links));
        Assert.Equal("59-1234567", (await desk.EntryAsync<Organization>("health-office")).Ein);
        Assert.Null((await desk.RowAsync("health-office")).AssuredOn);

        await using var other = await ImportDesk.OpenAsync();
        await other.Importer.ImportAsync(new ImportRequest { Path = path, Kind = EntryKind.Organization, SourceName = "ours", RefusedFolder = other.Folder }, null, Cancellation);
        Assert.NotNull(await other.EntryAsync<Organization>("asylum-help-at-ana-legal-aid"));
    }

    [Fact]
    public async Task Unambiguous_hours_in_text_are_read()
    {
        await using var desk = await ImportDesk.OpenAsync();
        (string, string[])[] words =
        [
            ("services.csv", ["id,name,status", "s1,Counseling one,active", "s2,Counseling two,active", "s3,Counseling three,active", "s4,Counseling four,active"]),
            ("schedules.csv",
            [
                "id,service_id,freq,byday,opens_at,closes_at,description,notes,original_text",
                "h1,s1,,,,,Ring twice,,Mon-Tue 9am-5pm ET", "h2,s2,,,,,Whenever the moon is full,,", "h3,s3,WEEKLY,\"MO,TU,WE,TH,FR,SA,SU\",00:00,23:59,,,",
                "h4,s4,MONTHLY,1SA,,,Sat 9am-12pm ET,,",
            ]),
        ];

        Assert.Equal((4, 0, 0), Counts(await ImportAsync(desk, Folder(desk, words))));

        var read = (await desk.EntryAsync<Provider>("counseling-one")).Hours!;
        Assert.Equal(["Monday 09:00-17:00", "Tuesday 09:00-17:00"], read.Times.Select(t => $"{t.Day} {t.Opens:HH\\:mm}-{t.Closes:HH\\:mm}"));
        Assert.Equal(("America/New_York", "Ring twice"), (read.TimeZone, read.Note));
        Assert.Equal("Whenever the moon is full", (await desk.EntryAsync<Provider>("counseling-two")).Hours!.Note);
        Assert.True((await desk.EntryAsync<Provider>("counseling-three")).Hours!.AlwaysOpen);
        Assert.Equal("Sat 9am-12pm ET freq MONTHLY, byday 1SA", (await desk.EntryAsync<Provider>("counseling-four")).Hours!.Note);
    }

    [Fact]
    public async Task The_email_of_an_office_is_taken_but_not_that_of_a_person()
    {
        await using var desk = await ImportDesk.OpenAsync();
        (string, string[])[] offices =
        [
            ("services.csv", ["id,name,status,email", "s1,Counseling one,active,all@example.org"]),
            ("contacts.csv",
            [
                "id,service_id,name,title,department,email",
                "c1,s1,,,Everybody,all@example.org", "c2,s1,,,Intake,intake@example.org", "c3,s1,,Director,,director@example.org", "c4,s1,Jane Roe,,,jane@example.org",
            ]),
        ];

        await ImportAsync(desk, Folder(desk, offices));

        var entry = await desk.EntryAsync<Provider>("counseling-one");
        Assert.Equal(["all@example.org Everybody", "intake@example.org Intake"], entry.Emails.Select(e => $"{e.Address} {e.Label}"));
        Assert.Contains("director@example.org", entry.InternalNotes, StringComparison.Ordinal);
        Assert.DoesNotContain("intake@example.org", entry.InternalNotes, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bad_row_is_reported_and_a_service_that_ended_becomes_a_check()
    {
        await using var desk = await ImportDesk.OpenAsync();
        string[] head = ["id,name,status,minimum_age", "s1,Counseling one,active,", "s2,Counseling two,active,", "s3,Counseling three,active,", "s4,Counseling four,active,"];
        Assert.Equal(4, (await ImportAsync(desk, Folder(desk, [("services.csv", head)]))).New);

        (string, string[])[] second =
        [
            ("services.csv", ["id,name,status,minimum_age", "s1,Counseling one,inactive,", "s2,,active,", "s3,Counseling three,active,old", ",Counseling none,active,", "s4,Counseling four,active,", "s4,Counseling five,active,", "s5,\"Torn"]),
            ("phones.csv", ["id,service_id,number", "p1,s3,12", "p2,s99,305-555-0142"]),
        ];
        var summary = await ImportAsync(desk, Folder(desk, second), allowFewer: true);

        Assert.Equal((0, 2, 1), (summary.New, summary.Same + summary.Changed, summary.Vanished));
        var refused = await File.ReadAllTextAsync(Path.Combine(desk.Folder, "services.csv.refused.csv"), Cancellation);
        Assert.Contains("2,status,inactive,\"The status in the source", refused, StringComparison.Ordinal);
        Assert.Contains("3,name", refused, StringComparison.Ordinal);
        Assert.Contains("4,minimum_age,old", refused, StringComparison.Ordinal);
        Assert.Contains("The id is missing or too long", refused, StringComparison.Ordinal);
        Assert.Contains("Duplicate id", refused, StringComparison.Ordinal);
        var phones = await File.ReadAllTextAsync(Path.Combine(desk.Folder, "phones.csv.refused.csv"), Cancellation);
        Assert.Contains("s99", phones, StringComparison.Ordinal);
        Assert.Contains("'12' is not a US phone number", phones, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_zip_with_outside_paths_or_a_bomb_is_refused_before_reading()
    {
        await using var desk = await ImportDesk.OpenAsync();
        var climbing = Zip(desk, "climb.zip", [("services.csv", ["id,name"])], "../");
        var bomb = Zip(desk, "bomb.zip", [("services.csv", ["id,name", "s1," + new string('x', 8 << 20)])], "");
        Assert.Contains("a path outside the archive", (await Assert.ThrowsAsync<ImportFileException>(() => ImportAsync(desk, climbing))).Message, StringComparison.Ordinal);
        Assert.Contains("times its size", (await Assert.ThrowsAsync<ImportFileException>(() => ImportAsync(desk, bomb))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_can_not_become_a_kind_that_is_not_a_service()
    {
        await using var desk = await ImportDesk.OpenAsync();
        var request = new ImportRequest { Path = Folder(desk, Two), Kind = EntryKind.Event, RefusedFolder = desk.Folder };
        var fault = await Assert.ThrowsAsync<ImportFileException>(() => desk.Importer.PlanAsync(request, null, Cancellation));
        Assert.Contains("provider, attorney, organization", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_package_marks_private_stays_private_and_is_counted()
    {
        await using var desk = await ImportDesk.OpenAsync();
        var path = Folder(desk,
        [
            ("organization.csv", ["id,name,description", "o1,Harbor,Harbor"]),
            ("service.csv", ["id,organization_id,name,status", "s1,o1,Harbor Shelter,active"]),
            ("location.csv", ["id,name,latitude,longitude", "l1,House,42.65,-73.75", "l2,Office,42.66,-73.76"]),
            ("service_at_location.csv", ["id,service_id,location_id", "sl1,s1,l1", "sl2,s1,l2"]),
            (
                "physical_address.csv",
                [
                    "id,location_id,address_1,city,state_province,postal_code,country,is_private",
                    "a1,l1,12 Hidden Lane,Albany,NY,12207,US,Yes", "a2,l2,2 Pier St,Albany,NY,12207,US,No",
                ]),
            (
                "phone.csv",
                [
                    "id,service_id,location_id,number,display_to_public",
                    "p1,s1,,518-555-0142,Yes", "p2,s1,,518-555-0143,No", "p3,,l1,518-555-0144,Yes", "p4,,l2,518-555-0145,",
                ]),
        ]);

        var summary = await ImportAsync(desk, path);

        var shelter = await desk.EntryAsync<Organization>("harbor-shelter");
        Assert.Equal(["+15185550142"], shelter.Phones.Select(p => p.Number));
        var office = Assert.Single(shelter.Locations);
        Assert.Equal(("2 Pier St", 42.66, "+15185550145"), (office.Address1, office.Latitude, Assert.Single(office.Phones).Number));
        var body = JsonSerializer.Serialize(shelter);
        Assert.DoesNotContain("Hidden Lane", body, StringComparison.Ordinal);
        Assert.DoesNotContain("555-0143", body, StringComparison.Ordinal);
        var losses = await desk.Office.DoAsync(s => ImportLosses.ListAsync(s, summary.ImportId, Cancellation));
        Assert.Equal(["2 rows are marked not for the public."], ImportLosses.Marks(losses));
    }

    private static bool Same(Phone one, Phone other) => one with { Languages = [] } == other with { Languages = [] } || one.Languages.SequenceEqual(other.Languages)
        && (one.Number, one.Extension, one.Type, one.Label) == (other.Number, other.Extension, other.Type, other.Label);

    private static (int New, int Refused, int Flawed) Counts(ImportSummary summary) => (summary.New, summary.Refused, summary.Flawed);

    private static Task<ImportSummary> ImportAsync(ImportDesk desk, string path, bool allowFewer = false) =>
        desk.Importer.ImportAsync(new ImportRequest { Path = path, Publish = true, RefusedFolder = desk.Folder, AllowFewer = allowFewer, SourceName = "others" }, null, Cancellation);

    private static string Folder(ImportDesk desk, (string File, string[] Lines)[] tables)
    {
        var folder = Path.Combine(desk.Folder, "package");
        foreach (var (file, lines) in tables)
        {
            desk.Write(Path.Combine("package", file), lines);
        }

        return folder;
    }

    private static string Zip(ImportDesk desk, string name, (string File, string[] Lines)[] tables, string folder)
    {
        var path = Path.Combine(desk.Folder, name);
        using var zip = ZipFile.Open(path, ZipArchiveMode.Create);
        foreach (var (file, lines) in tables)
        {
            using var part = new StreamWriter(zip.CreateEntry(folder + file).Open());
            part.Write(string.Join('\n', lines));
        }

        return path;
    }
}
