using System.Globalization;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Geography;
using HealthEquity.Directory.Publication;
using HealthEquity.Directory.Vocabularies;

namespace HealthEquity.Benchmarks;

/// <summary>Makes a directory of any size: invented entries in eleven languages, the same for the same seed.</summary>
public sealed class GeneratedDirectory
{
    /// <summary>The nominal date of generation.</summary>
    public static readonly DateOnly Today = new(2026, 6, 15);

    private static readonly string[] TimeZones = ["America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles", "America/Puerto_Rico"];
    private readonly Random _random;
    private readonly ZipArea[] _places;

    /// <summary>Creates a generator.</summary>
    public GeneratedDirectory(int seed = 1)
    {
        _random = new Random(seed);
        var counties = Counties.All;
        _places = [.. Enumerable.Range(0, 400).SelectMany(_ => ZipCodes.In(counties[_random.Next(counties.Count)]).Take(8))];
    }

    /// <summary>The locations of the entries.</summary>
    public IReadOnlyList<ZipArea> Places => _places;

    /// <summary>Rows as in the database, numbered from 1.</summary>
    public IEnumerable<PublishedEntry> Rows(int count)
    {
        for (var i = 1; i <= count; i++)
        {
            yield return Row(Entry(), i);
        }
    }

    /// <summary>One row.</summary>
    public PublishedEntry Row(Entry entry, long sequence, Guid? id = null)
    {
        var assured = Today.AddDays(-_random.Next(200));
        var facts = new PublicationFacts(
            id ?? new Guid((int)sequence, 0, 0x7000, [0x80, 0, 0, 0, 0, 0, 0, 1]),
            $"{Slug.From(entry.Name)}-{sequence}",
            [],
            Today.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc),
            Today.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc),
            assured,
            assured.AddDays(90));
        return new PublishedEntry
        {
            EntryId = facts.Id,
            Kind = entry.Kind,
            Slug = facts.Slug,
            Body = PublicProjection.Of(entry, facts),
            Sequence = sequence,
            AssuredOn = assured,
            ChangedAt = facts.UpdatedAt,
        };
    }

    /// <summary>An entry.</summary>
    public Entry Entry()
    {
        var place = Pick(_places);
        var language = _random.Next(10) < 7 ? "en" : Pick(GeneratedWords.Languages);
        var name = Name();
        Entry entry = _random.Next(100) switch
        {
            < 55 => Provider(name),
            < 72 => Attorney(name),
            < 86 => Organization(name),
            < 88 => PolicyAction(name),
            < 95 => Material(name, language),
            _ => Event(name),
        };
        entry = entry switch
        {
            Provider provider => Help(provider, place) with { Hours = provider.Hours },
            Attorney attorney => Help(attorney, place),
            Organization organization => Help(organization, place),
            _ => entry,
        };
        return entry with
        {
            Language = language,
            Summary = Text(language, place, 2, 290),
            Description = Text(language, place, 5, 2000),
            Tags = Some(VocabularyNames.Tag, 0, 2),
            Sources = [new Source { Name = "Generated", Url = "https://example.org/source", RetrievedOn = Today }],
            Translations = [.. GeneratedWords.Languages.Where(l => l != language && _random.Next(10) == 0).Take(2).Select(l => new Translation
            {
                Language = l,
                Summary = Text(l, place, 2, 290),
                Provenance = "human",
            })],
        };
    }

    /// <summary>A name.</summary>
    public string Name() => _random.Next(3) switch
    {
        0 => $"{Pick(GeneratedWords.FirstNames)} {Pick(GeneratedWords.LastNames)}",
        1 => $"{Proper()} {Pick(GeneratedWords.NameNouns)}",
        _ => $"{Pick(GeneratedWords.NameNouns)} of {Proper()} {Proper()}",
    };

    /// <summary>A topic.</summary>
    public string Subject(string language) => Pick(GeneratedWords.Subjects[language]);

    /// <summary>An invented proper name: a few are frequent, most are rare.</summary>
    public string Proper() => GeneratedWords.Proper((int)(20_000 * Math.Pow(_random.NextDouble(), 4)));

    /// <summary>Codes of a vocabulary.</summary>
    public IReadOnlyList<string> Some(string vocabulary, int least, int most)
    {
        var terms = VocabularySet.Shipped.Find(vocabulary)!.Terms;
        return [.. Enumerable.Range(0, _random.Next(least, most + 1)).Select(_ => Skewed(terms).Code).Distinct()];
    }

    /// <summary>One of them.</summary>
    public T Pick<T>(IReadOnlyList<T> items) => items[_random.Next(items.Count)];

    /// <summary>A number from 0 to below the limit.</summary>
    public int Next(int limit) => _random.Next(limit);

    private T Skewed<T>(IReadOnlyList<T> items) => items[(int)(items.Count * Math.Pow(_random.NextDouble(), 2))];

    private string Code(string vocabulary) => Skewed(VocabularySet.Shipped.Find(vocabulary)!.Terms).Code;

    private string Text(string language, ZipArea place, int sentences, int longest)
    {
        var text = string.Join(' ', Enumerable.Range(0, sentences).Select(_ => string.Format(
            CultureInfo.InvariantCulture, Pick(GeneratedWords.Sentences[language]), Subject(language), Subject(language), City(place), Proper())));
        return text.Length <= longest ? text : text[..longest];
    }

    private static string City(ZipArea place) => place.County?.Name.Split(' ')[0] ?? "Springfield";

    private Provider Provider(string name) => new()
    {
        Name = name,
        ProviderType = Code(VocabularyNames.ProviderType),
        Licenses = [new License { Type = Code(VocabularyNames.LicenseType), Number = $"L{_random.Next(1_000_000)}", State = Pick(_places).County?.State ?? "FL", Status = "active" }],
        Modalities = Some(VocabularyNames.Modality, 1, 4),
        Specialties = Some(VocabularyNames.Specialty, 1, 6),
        Evaluations = Some(VocabularyNames.Evaluation, 0, 2),
    };

    private Attorney Attorney(string name) => new()
    {
        Name = name,
        AttorneyType = Code(VocabularyNames.AttorneyType),
        BarAdmissions = [new BarAdmission { State = Pick(_places).County?.State ?? "FL", Number = $"B{_random.Next(1_000_000)}" }],
        PracticeAreas = Some(VocabularyNames.PracticeArea, 1, 5),
        DetainedDocket = Code(VocabularyNames.Availability),
        Courts = Some(VocabularyNames.Court, 0, 2),
        Help = Some(VocabularyNames.Help, 1, 3),
    };

    private Organization Organization(string name) => new()
    {
        Name = name,
        OrganizationType = Code(VocabularyNames.OrganizationType),
        Functions = Some(VocabularyNames.OrganizationFunction, 1, 5),
    };

    private PolicyAction PolicyAction(string name) => new()
    {
        Name = name,
        Theme = Code(VocabularyNames.PolicyTheme),
        Actors = Some(VocabularyNames.PolicyActor, 1, 3),
        Instrument = Code(VocabularyNames.PolicyInstrument),
    };

    private Material Material(string name, string language) => new()
    {
        Name = name,
        MaterialType = Code(VocabularyNames.MaterialType),
        Audiences = Some(VocabularyNames.Audience, 1, 3),
        Editions = [new Edition { Language = language, Title = name, Url = "https://example.org/edition" }],
    };

    private Event Event(string name) => new()
    {
        Name = name,
        EventType = Code(VocabularyNames.EventType),
        StartsAt = Today.AddDays(_random.Next(-100, 200)).ToDateTime(new TimeOnly(17, 0)),
        EndsAt = null,
        TimeZone = Pick(TimeZones),
        Recurrence = _random.Next(3) == 0 ? "FREQ=WEEKLY;COUNT=20" : null,
        Languages = [Pick(GeneratedWords.Languages)],
    };

    private T Help<T>(T entry, ZipArea place)
        where T : ServiceEntry => entry with
        {
            Phones = [new Phone { Number = $"+1{_random.Next(201, 990)}555{_random.Next(10_000):0000}", Label = "intake", Languages = ["en", "es"] }],
            Emails = [new Email { Address = "intake@example.org" }],
            Website = "https://example.org/" + Slug.From(entry.Name),
            Locations = [Place(place), .. _random.Next(5) == 0 ? [Place(Pick(_places))] : Array.Empty<Location>()],
            Hours = _random.Next(4) == 0 ? null : OpenHours(),
            ServiceArea = _random.Next(10) switch
            {
                0 => new ServiceArea { Nationwide = true },
                < 4 => new ServiceArea { States = [place.County?.State ?? "FL"] },
                < 6 => new ServiceArea { Counties = [place.County?.Code ?? "FL:Miami-Dade County"] },
                _ => null,
            },
            Languages = [.. GeneratedWords.Languages.Where(l => l is "en" || _random.Next(l is "es" ? 2 : 9) == 0).Select(l => new LanguageOffered { Language = l, How = ["staff"] })],
            Cost = new Cost { Options = Some(VocabularyNames.Cost, 1, 4), Insurers = [Proper()] },
            Eligibility = new Eligibility
            {
                MinimumAge = _random.Next(3) == 0 ? _random.Next(4) * 6 : null,
                MaximumAge = _random.Next(6) == 0 ? 18 + _random.Next(50) : null,
                Populations = Some(VocabularyNames.Population, 0, 4),
                ImmigrationStatus = Code(VocabularyNames.ImmigrationStatus),
            },
            Capacity = new Capacity { Status = Code(VocabularyNames.Capacity), AsOf = Today },
            RemoteService = new RemoteService { Offered = Code(VocabularyNames.Availability), States = [place.County?.State ?? "FL"] },
        };

    private Location Place(ZipArea place) => new()
    {
        Visibility = Visibility.Public,
        Address1 = $"{_random.Next(1, 9999)} {Proper()} Street",
        City = City(place),
        County = place.County?.Name,
        StateProvince = place.County?.State,
        PostalCode = place.Zip,
        Latitude = place.Latitude + (_random.NextDouble() / 20),
        Longitude = place.Longitude + (_random.NextDouble() / 20),
    };

    private Hours OpenHours()
    {
        var (opens, closes) = (new TimeOnly(7 + _random.Next(4), 0), new TimeOnly(16 + _random.Next(5), 30));
        return new Hours
        {
            TimeZone = Pick(TimeZones),
            AlwaysOpen = _random.Next(20) == 0,
            Times = [.. Enumerable.Range(1, 5).Select(d => new OpeningTime
            {
                Day = (DayOfWeek)d,
                Opens = opens,
                Closes = _random.Next(8) == 0 ? closes.AddHours(1) : closes,
            })],
        };
    }
}
