using HealthEquity.Directory.Entries;
using HealthEquity.Imports.Columns;
using HealthEquity.Imports.Guesses;
using HealthEquity.Imports.Sources;

namespace HealthEquity.Tests.Imports.Guesses;

/// <summary>Guesses for real-world tables.</summary>
public sealed class MappingGuessTests
{
    private static readonly string[] Clinics =
    [
        "Facility ID,Agency Name,Street Address,Suite,City,ST,ZIP Code,County,Main Phone Number,Ext,Fax #,E-mail,Web site,Office Hours,Languages Spoken,Sliding Scale?,Medicaid,Accepting New Clients,NPI,Notes,Last Updated",
        "a1,Sun Counseling,1 Main St,Suite 4,Miami,FL,33130,Miami-Dade,305-555-0142,4,305-555-0143,a@example.org,www.example.org,M-F 9-5,\"English, Spanish\",Y,yes,Yes,1234567893,Ask for Ana,3/1/2026",
        "a2,Moon Clinic,2 Oak Ave,,Tampa,FL,33602,Hillsborough,813-555-0101,,,b@example.org,https://example.com,Sat 9-12,Spanish,N,no,Waitlist,,,3/1/2026",
    ];

    [Fact]
    public void Common_headings_are_recognized()
    {
        var guess = Guess(Clinics);

        Assert.Equal(EntryKind.Provider, guess.Kind);
        Assert.Equal(["Facility ID"], guess.Id);
        Assert.Equal(
            [
                null, "name", "locations.1.address1", "locations.1.address2", "locations.1.city", "locations.1.stateProvince", "locations.1.postalCode", "locations.1.county", "phones",
                "phones.extension", "phones.fax", "emails", "website", "hours", "languages", "cost.slidingScale", "cost.medicaid", "capacity.status", "npi", "internalNotes", null,
            ],
            guess.Columns.Select(c => c.Target));
        Assert.All(guess.Columns.Where(c => c.Target is not null), c => Assert.Equal(GuessReason.Heading, c.Reason));
        Assert.Equal(["Sun Counseling", "Moon Clinic"], guess.Columns[1].Examples);
    }

    [Theory]
    [InlineData("Nombre,Teléfono,Dirección,Ciudad,Estado,Código postal,Correo electrónico,Idiomas", "name,phones,locations.1.address1,locations.1.city,locations.1.stateProvince,locations.1.postalCode,emails,languages")]
    [InlineData("organization_name,phone_number_1,phone_number_2,address_1,address_2,city,state_province,postal_code,latitude,longitude", "name,phones,phones,locations.1.address1,locations.1.address2,locations.1.city,locations.1.stateProvince,locations.1.postalCode,locations.1.latitude,locations.1.longitude")]
    [InlineData("FirstName,LastName,BarNumber,BarState,PracticeAreas,CellPhone", "firstName,lastName,barAdmissions.1.number,barAdmissions.1.state,practiceAreas,phones")]
    [InlineData("Nom,Adres,Vil,Kod postal,Imel", "name,locations.1.address1,locations.1.city,locations.1.postalCode,emails")]
    public void Headings_of_other_languages_and_programs_are_recognized(string headings, string targets)
    {
        string[] cells = [.. headings.Split(',').Select(h => Cell(h))];
        Assert.Equal(targets.Split(','), Guess(headings, string.Join(',', cells), string.Join(',', cells)).Columns.Select(c => c.Target));
    }

    [Fact]
    public void Contents_are_used_if_headings_are_unclear()
    {
        var guess = MappingGuess.Of(EntryKind.Provider, Sample(
            "A,B,C,D,E,F,G,H,I,J,K",
            "305-555-0142,33130,Florida,a@example.org,https://example.org,M-F 8:30am-5pm,English; Spanish,1234567893,25.7617,-80.1918,1 Main Street",
            "(813) 555-0101 x2,33602,GA,b@example.org,www.example.com,\"Mon-Thu 9-5, Fri closed\",Haitian Creole,1679576722,27.95,-82.45,2 Oak Ave"));

        Assert.Equal(
            ["phones", "locations.1.postalCode", "locations.1.stateProvince", "emails", "website", "hours", "languages", "npi", "locations.1.latitude", "locations.1.longitude", "locations.1.address1"],
            guess.Columns.Select(c => c.Target));
        Assert.All(guess.Columns, c => Assert.Equal(GuessReason.Contents, c.Reason));
    }

    [Fact]
    public void A_heading_that_contradicts_the_contents_is_ignored()
    {
        var guess = MappingGuess.Of(EntryKind.Organization, Sample("Name,State,Phone,Zip", "Sun,Active,yes,33130", "Moon,Inactive,no,33602"));
        Assert.Equal(["name", null, null, "locations.1.postalCode"], guess.Columns.Select(c => c.Target));
    }

    [Fact]
    public void A_field_that_needs_another_column_is_not_guessed_without_it()
    {
        var guess = MappingGuess.Of(EntryKind.Provider, Sample("Name,Latitude,License Type", "Sun,25.76,LCSW", "Moon,27.95,LMFT"));
        Assert.Equal(["name", null, null], guess.Columns.Select(c => c.Target));
    }

    [Fact]
    public void Two_locations_are_distinguished_and_a_mailing_address_is_ignored()
    {
        var guess = MappingGuess.Of(EntryKind.Organization, Sample("Name,City,Zip,Mailing City,Location 2 City,Location 2 Zip", "Sun,Miami,33130,Ocala,Tampa,33602"));
        Assert.Equal(["name", "locations.1.city", "locations.1.postalCode", null, "locations.2.city", "locations.2.postalCode"], guess.Columns.Select(c => c.Target));
    }

    [Theory]
    [InlineData(EntryKind.Material, "Title,Type,Audience,Language,Link,Format,Last Reviewed,Publisher,Copyright", "name,materialType,audiences,editions.1.language,editions.1.url,editions.1.format,editions.1.reviewedOn,publisher,license")]
    [InlineData(EntryKind.Event, "Event Title,Event Type,Start Date,Start Time,End Time,Time Zone,Venue,Address,City,Event Link,Hosted By,RSVP Link,Languages", "name,eventType,startsOn,startTime,endTime,timeZone,locations.1.name,locations.1.address1,locations.1.city,url,host,registrationUrl,languages")]
    [InlineData(EntryKind.PolicyAction, "Policy Name,Theme,Actors,Instrument,Direction,Steps,Evidence,Jurisdiction,Level of Government,State,FIPS,Adoption Status,Date Adopted,Source Link", "name,theme,actors,instrument,direction,steps,evidence.1.finding,adoptions.1.jurisdiction,adoptions.1.level,adoptions.1.state,adoptions.1.fips,adoptions.1.status,adoptions.1.on,adoptions.1.url")]
    public void Tables_of_materials_events_and_policies_are_recognized_by_headings(EntryKind kind, string headings, string targets)
    {
        var cells = string.Join(',', headings.Split(',').Select(h => h switch
        {
            "Link" or "Event Link" or "RSVP Link" or "Source Link" => "https://example.org/a",
            "State" => "FL",
            "Address" => "1 Main Street",
            "Start Time" or "End Time" => "6:30 PM",
            "Start Date" or "Last Reviewed" or "Date Adopted" => "3/1/2026",
            "Language" or "Languages" => "Spanish",
            _ => "something",
        }));

        var guess = Guess(headings, cells, cells);

        Assert.Equal(kind, guess.Kind);
        Assert.Equal(targets.Split(','), guess.Columns.Select(c => c.Target));
        Assert.Equal(kind, guess.ToMapping("ours", "Ours").ToMapping().Kind);
    }

    [Fact]
    public void Every_guess_is_a_valid_mapping()
    {
        var mapping = Guess(Clinics).ToMapping("our-clinics", "Our clinics") with { RetrievedOn = new DateOnly(2026, 3, 1) };
        Assert.Equal("our-clinics", mapping.ToMapping().Name);
        Assert.Equal(mapping.ToJson(), ColumnMapping.Read(mapping.ToJson()).ToJson());
    }

    private static string Cell(string heading) => heading switch
    {
        "Teléfono" or "phone_number_1" or "phone_number_2" or "CellPhone" => "305-555-0142",
        "Estado" or "state_province" or "BarState" => "FL",
        "Código postal" or "postal_code" or "Kod postal" => "33130",
        "Correo electrónico" or "Imel" => "a@example.org",
        "latitude" => "25.76",
        "longitude" => "-80.19",
        _ => "something",
    };

    private static MappingGuess Guess(params string[] lines) => MappingGuess.Of(kind: null, Sample(lines));

    private static TableSample Sample(params string[] lines)
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllLines(path, lines);
            return SourceRecognition.Recognize(path).Sample;
        }
        finally
        {
            File.Delete(path);
        }
    }
}
