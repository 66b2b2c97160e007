using System.Globalization;
using System.Text.RegularExpressions;
using HealthEquity.Api.Site.Cards;
using HealthEquity.Api.Site.Maps;
using HealthEquity.Api.Site.Texts;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Geography;
using HealthEquity.Directory.Vocabularies;
using HealthEquity.Search.Index;
using Markdig;

namespace HealthEquity.Api.Site.EntryPages;

/// <summary>The parts of an entry's page, in the order in which people ask: how to reach it, when, where, for whom, what it costs.</summary>
public sealed partial class EntrySections(SiteWords words, EntryCards cards, AreaMaps maps)
{
    private static readonly MarkdownPipeline Markdown = new MarkdownPipelineBuilder().DisableHtml().UsePipeTables().UseAutoLinks().Build();

    private const int AnyAge = 110;
    private const int MostDays = 4;

    private static readonly DayOfWeek[] Week =
        [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday, DayOfWeek.Saturday, DayOfWeek.Sunday];

    /// <summary>The parts that have something to show.</summary>
    /// <param name="entry">The entry in the reader's language.</param>
    /// <param name="host">The entry of who hosts an event; null where the directory has none.</param>
    /// <param name="text">The strings of the page.</param>
    public IReadOnlyList<Section> Of(Entry entry, IndexedEntry? host, SiteText text) => [.. Parts(entry, host, text).Where(s => s.HasContent)];

    private IEnumerable<Section> Parts(Entry entry, IndexedEntry? host, SiteText text)
    {
        yield return new Section("") { Html = Render(entry.Description), Language = entry.Fallbacks?.GetValueOrDefault("description") };
        var own = entry switch
        {
            ServiceEntry service => OfService(service, text),
            Material material => OfMaterial(material, text),
            Event @event => OfEvent(@event, host, text),
            PolicyAction action => OfPolicyAction(action, text),
            _ => [],
        };
        foreach (var section in own)
        {
            yield return section;
        }

        yield return new Section(text["entry.checkedHow"]) { Lines = entry is ServiceEntry ? [new SectionLine(cards.Checked(entry, text))] : [] };
        yield return new Section(text["entry.sources"])
        {
            Lines =
            [
                .. entry is Material { Publisher: { } publisher } published ? [new SectionLine(text.Fill("entry.publisher", ("name", publisher)), Note: published.License)] : Array.Empty<SectionLine>(),
                .. entry.Sources.Select(s => new SectionLine(s.Name, s.Url, Joined(s.RetrievedOn is { } day ? text.Fill("entry.retrieved", ("date", text.Day(day))) : null, s.Note)) { KeepAsIs = true }),
            ],
        };
    }

    private IEnumerable<Section> OfService(ServiceEntry entry, SiteText text)
    {
        yield return new Section(text["entry.contact"])
        {
            Lines =
            [
                .. EntryCards.PhonesOf(entry).Select(p => Telephone(p, text)),
                .. entry.Website is { } website ? [new SectionLine(text["card.website"], website)] : Array.Empty<SectionLine>(),
                .. entry.Emails.Select(e => new SectionLine(e.Address, $"mailto:{e.Address}", e.Label ?? text["card.email"]) { KeepAsIs = true }),
                .. entry.Links.Select(l => new SectionLine(l.Label, l.Url)),
            ],
        };
        yield return Hours(text["entry.hours"], entry.Hours, text);
        if (entry is Attorney { IntakeHours: not null } or Attorney { IntakePolicy: not null })
        {
            yield return Intake((Attorney)entry, text);
        }

        yield return new Section(text["entry.where"])
        {
            Lines = [.. entry.Locations.SelectMany(l => Place(l, text)), .. Area(entry.ServiceArea, text), .. Remote(entry.RemoteService, text)],
            Map = MapOf(entry.Locations, text),
        };
        yield return new Section(text["entry.languages"])
        {
            Lines = [.. entry.Languages.Select(l => new SectionLine(
                SiteWords.Language(l.Language, text), Note: Joined(words.Terms(VocabularyNames.LanguageService, l.How, text).Append(l.Note))))],
        };
        yield return new Section(text["entry.cost"])
        {
            Lines = [.. words.Terms(VocabularyNames.Cost, entry.Cost?.Options ?? [], text).Append(Fee(entry.Cost)).Concat(entry.Cost?.Insurers ?? []).Append(entry.Cost?.Note).OfType<string>().Select(t => new SectionLine(t))],
        };
        yield return Papers(entry.Eligibility, text);
        yield return Who(entry, text);
        yield return new Section(text["entry.services"]) { Lines = [.. Services(entry, text).Select(t => new SectionLine(t))] };
        yield return new Section(text["entry.credentials"]) { Lines = [.. Credentials(entry, text)] };
    }

    /// <summary>Parts of a note; null for none.</summary>
    private static string? Joined(params IEnumerable<string?> parts) => string.Join(SectionLine.Dot, parts.Where(p => !string.IsNullOrEmpty(p))) is { Length: > 0 } all ? all : null;

    /// <summary>A number, what it is for, who speaks which language there, and how it is reached from detention.</summary>
    private static SectionLine Telephone(Phone phone, SiteText text)
    {
        var action = EntryCards.ActionOf(phone, text);
        var languages = phone.Languages.Count > 0 ? text.List([.. phone.Languages.Select(l => SiteWords.Language(l, text))]) : null;
        var dial = phone.DetentionDialCode is { } code ? text.Fill("entry.dialCode", ("code", code)) : null;
        return new SectionLine(action.Text, action.Link, Joined(phone.Label, languages, dial)) { Action = action.Link is null ? null : action };
    }

    /// <summary>When and how somebody new comes to an attorney.</summary>
    private static Section Intake(Attorney entry, SiteText text)
    {
        var hours = entry.IntakeHours is { } times ? Hours(text["entry.intake"], times, text) : new Section(text["entry.intake"]);
        return entry.IntakePolicy is { } policy ? hours with { Lines = [new SectionLine(policy), .. hours.Lines] } : hours;
    }

    /// <summary>The fee in dollars, or from which to which.</summary>
    private static string? Fee(Cost? cost)
    {
        static string Dollars(decimal fee) => string.Create(CultureInfo.InvariantCulture, $"${fee:#,0.##}");
        return (cost?.FeeMinimum, cost?.FeeMaximum) switch
        {
            (null, null) => null,
            ({ } from, { } to) when from != to => $"{Dollars(from)} – {Dollars(to)}",
            ({ } from, null) => $"{Dollars(from)}+",
            (_, { } to) => Dollars(to),
        };
    }

    /// <summary>Help from afar: in which states, and how.</summary>
    private static IEnumerable<SectionLine> Remote(RemoteService? remote, SiteText text) => remote?.Offered != "yes" ? [] :
        [new SectionLine(text["card.remote"], Note: Joined(remote.States.Count > 0 ? text.List([.. remote.States.Select(s => States.Find(s)?.Name ?? s)]) : null, remote.Note))];

    private static Section Hours(string heading, Hours? hours, SiteText text) => hours is null || (hours.Times.Count == 0 && !hours.AlwaysOpen)
        ? new Section(heading) { Lines = [new SectionLine(hours?.Note ?? text["entry.hoursUnknown"])] }
        : new Section(heading)
        {
            Table = hours.AlwaysOpen ? [] :
            [
                .. Week.Select(day => (text.Weekday(day), hours.Times.Where(t => t.Day == day).OrderBy(t => t.Opens).Select(t => Interval(t, text)).ToList() is { Count: > 0 } times
                    ? string.Join(", ", times)
                    : text["entry.closedDay"])),
            ],
            Lines = [.. new[] { hours.AlwaysOpen ? text["card.alwaysOpen"] : null, hours.Note }.OfType<string>().Select(t => new SectionLine(t))],
        };

    /// <summary>From when to when, which no line break parts.</summary>
    private static string Interval(OpeningTime open, SiteText text) => $"{text.Time(open.Opens)} – {text.Time(open.Closes)}".Replace(' ', '\u00a0');

    private AreaMap? MapOf(IEnumerable<Location> locations, SiteText text)
    {
        var places = locations.Where(l => l is { Visibility: Visibility.Public, Latitude: not null, Longitude: not null }).ToList();
        var towns = places.Select(p => p.City).OfType<string>().Distinct().ToList();
        return places.Count == 0 ? null
            : maps.Around(places.ConvertAll(p => new GeoPoint(p.Latitude!.Value, p.Longitude!.Value)), text.Fill("map.shows", ("places", text.List(towns))));
    }

    private IEnumerable<SectionLine> Place(Location place, SiteText text)
    {
        var town = string.Join(", ", new[] { place.City ?? place.County, place.StateProvince }.OfType<string>());
        if (place.Visibility != Visibility.Public)
        {
            yield return new SectionLine(town, Note: text["entry.areaOnly"]);
        }
        else if (place.Address1 is null)
        {
            yield return new SectionLine(string.Join(", ", new[] { place.Name, $"{town} {place.PostalCode}".Trim() }.Where(p => p?.Length > 0))) { KeepAsIs = true };
        }
        else
        {
            var address = string.Join(", ", new[] { place.Name, place.Address1, place.Address2, $"{town} {place.PostalCode}".Trim() }.OfType<string>());
            yield return new SectionLine(address) { KeepAsIs = true };
            yield return new SectionLine(
                text["entry.directions"], $"https://www.openstreetmap.org/search?query={Uri.EscapeDataString($"{place.Address1}, {town} {place.PostalCode}")}");
        }

        foreach (var line in words.Terms(VocabularyNames.Accessibility, place.Accessibility, text).Append(place.Transit).OfType<string>())
        {
            yield return new SectionLine(line);
        }
    }

    private static IEnumerable<SectionLine> Area(ServiceArea? area, SiteText text)
    {
        if (area is null)
        {
            yield break;
        }

        if (area.Nationwide)
        {
            yield return new SectionLine(text["card.nationwide"]);
        }

        var places = area.Counties.Select(c => Counties.Parse(c)?.FullName ?? c).Concat(area.States.Select(s => States.Find(s)?.Name ?? s)).Concat(area.ZipCodes).ToList();
        if (places.Count > 0)
        {
            yield return new SectionLine(text.Fill("card.serves", ("places", text.List(places))), Note: area.Note);
        }
        else if (area.Note is not null)
        {
            yield return new SectionLine(area.Note);
        }
    }

    private Section Papers(Eligibility? eligibility, SiteText text) => new(text["entry.papers"])
    {
        Lines =
        [
            new SectionLine(EntryCards.Status(eligibility, text).Text, Note: eligibility?.ImmigrationStatusEvidence),
            // "None" alone says nothing: none of what?
            .. eligibility?.DocumentsRequired.Contains("none") == true ? [new SectionLine(text["entry.noDocuments"])] : Array.Empty<SectionLine>(),
            .. words.Terms(VocabularyNames.RequiredDocument, eligibility?.DocumentsRequired.Where(d => d is not ("unknown" or "none")) ?? [], text).Select(t => new SectionLine(t)),
        ],
    };

    private Section Who(ServiceEntry entry, SiteText text)
    {
        var eligibility = entry.Eligibility;
        static string Number(int? n) => n?.ToString(CultureInfo.InvariantCulture) ?? "";
        // Up to any age is no condition, and neither is from birth.
        var ages = (eligibility?.MinimumAge, eligibility?.MaximumAge is >= AnyAge ? null : eligibility?.MaximumAge) switch
        {
            (null or 0, null) => null,
            ({ } from, null) => text.Fill("entry.agesFrom", ("from", Number(from))),
            (null, { } to) => text.Fill("entry.agesTo", ("to", Number(to))),
            ({ } from, { } to) => text.Fill("entry.ages", ("from", Number(from)), ("to", Number(to))),
        };
        return new Section(text["entry.who"])
        {
            Lines =
            [
                .. words.Terms(VocabularyNames.Population, eligibility?.Populations ?? [], text).Prepend(ages)
                    .Concat(words.Terms(VocabularyNames.Eligibility, eligibility?.Conditions.Where(c => c != "none") ?? [], text))
                    .Append(eligibility?.Note).OfType<string>().Select(t => new SectionLine(t)),
                .. Room(entry.Capacity, text),
            ],
        };
    }

    /// <summary>Whether there is room for new people, how long they wait, and when that was so.</summary>
    private static IEnumerable<SectionLine> Room(Capacity? capacity, SiteText text) => capacity?.Status is not ("accepting" or "waitlist" or "full") ? [] :
    [
        new SectionLine(text[$"card.{capacity.Status}"], Note: Joined(
            capacity.WaitlistDays is { } days ? text.Fill("entry.wait", ("days", days.ToString(CultureInfo.InvariantCulture))) : null,
            capacity.AsOf is { } day ? text.Fill("entry.updated", ("date", text.Day(day))) : null)),
    ];

    private IEnumerable<string> Services(ServiceEntry entry, SiteText text) => entry switch
    {
        Provider p => words.Terms(VocabularyNames.Specialty, p.Specialties, text).Concat(words.Terms(VocabularyNames.Modality, p.Modalities, text)).Concat(words.Terms(VocabularyNames.Evaluation, p.Evaluations, text)),
        Attorney a =>
        [
            .. words.Terms(VocabularyNames.PracticeArea, a.PracticeAreas, text), .. words.Terms(VocabularyNames.Help, a.Help, text),
            .. a.DetainedDocket == "yes" ? [text["entry.detained"]] : Array.Empty<string>(), .. a.DetentionCenters, .. words.Terms(VocabularyNames.Court, a.Courts, text),
        ],
        Organization o => words.Terms(VocabularyNames.OrganizationFunction, o.Functions, text),
        _ => [],
    };

    private string? Known(string vocabulary, string code, SiteText text) => code == "unknown" ? null : words.Term(vocabulary, code, text);

    private IEnumerable<SectionLine> Credentials(ServiceEntry entry, SiteText text) => entry switch
    {
        Provider p =>
        [
            .. p.Licenses.Select(l => Credential(
                l.BoardUrl, words.Term(VocabularyNames.LicenseType, l.Type, text), l.State, l.Number, Known(VocabularyNames.LicenseStatus, l.Status, text), Until(l.ExpiresOn, text),
                l.Supervisor is { } supervisor ? text.Fill("entry.supervisor", ("name", supervisor)) : null)),
            .. Numbers(p.Npi is { } npi ? $"NPI {npi}" : null),
        ],
        Attorney a =>
        [
            .. a.BarAdmissions.Select(b => Credential(
                b.RegistryUrl, States.Find(b.State)?.Name ?? b.State, b.Number, Known(VocabularyNames.BarStanding, b.Standing, text))),
            .. a.DojAccreditation is { } doj ? [Credential(null, words.Term(VocabularyNames.DojAccreditation, doj.Level, text), Until(doj.ExpiresOn, text))] : Array.Empty<SectionLine>(),
            .. Numbers(a.RecognizedOrganization),
        ],
        Organization o => Numbers(o.LegalStatus, o.Ein is { } ein ? $"EIN {ein}" : null, o.YearIncorporated is { } year ? text.Fill("entry.founded", ("year", year.ToString(CultureInfo.InvariantCulture))) : null),
        _ => [],
    };

    private static string? Until(DateOnly? day, SiteText text) => day is { } last ? text.Fill("entry.until", ("date", text.Day(last))) : null;

    private static IEnumerable<SectionLine> Numbers(params IEnumerable<string?> numbers) => numbers.OfType<string>().Select(n => new SectionLine(n) { KeepAsIs = true });

    private static SectionLine Credential(string? link, params string?[] parts) => new(string.Join(" · ", parts.OfType<string>()), link) { KeepAsIs = true };

    /// <summary>The editions: the reader's own and the English are open, all others are folded up.</summary>
    private IEnumerable<Section> OfMaterial(Material entry, SiteText text) => entry.Editions
        .OrderBy(e => Nearness(e.Language, text.Language))
        .Select((edition, at) => new Section(edition.Language == text.Language && edition.Title != entry.Name
            ? SiteWords.Language(edition.Language, text)
            : $"{edition.Title} ({SiteWords.Language(edition.Language, text)})")
        {
            Html = Render(TemplateText.Readable(edition)),
            Language = edition.Language,
            IsFolded = at > 0 && Nearness(edition.Language, text.Language) > 2,
            Lines =
            [
                .. edition.Url is null ? Array.Empty<SectionLine>()
                    : [new SectionLine(text.Fill("entry.open", ("title", edition.Title)), edition.Url, edition.Format is { } format ? words.Term(VocabularyNames.MaterialFormat, format, text) : null)],
                .. edition.ReviewedOn is { } day ? [new SectionLine(text.Fill("entry.reviewed", ("date", text.Day(day))))] : Array.Empty<SectionLine>(),
            ],
        })
        .Append(new Section(text["entry.who"]) { Lines = [.. words.Terms(VocabularyNames.Audience, entry.Audiences, text).Select(a => new SectionLine(a))] });

    /// <summary>How near an edition's language is to the reader's: 0 is the same.</summary>
    public static int Nearness(string language, string readers) =>
        language == readers ? 0 : language.Split('-')[0] == readers.Split('-')[0] ? 1 : language == "en" ? 2 : 3;

    private IEnumerable<Section> OfEvent(Event entry, IndexedEntry? host, SiteText text)
    {
        var zone = entry.AllDay ? null : text.Fill("entry.zone", ("place", entry.TimeZone.Split('/')[^1].Replace('_', ' ')));
        yield return new Section(text["entry.when"]) { Lines = [.. cards.NextDays(entry, MostDays).Select((day, at) => new SectionLine(When(entry, day, text), Note: at == 0 ? zone : null))] };
        yield return new Section(text["entry.host"])
        {
            Lines = host is null ? [.. Numbers(entry.Host)] : [new SectionLine(entry.Host ?? host.Name) { KeepAsIs = true, Path = $"/{host.Kind.Path()}/{host.Slug}" }],
        };
        yield return new Section(text["entry.where"])
        {
            Lines = entry.Location is null ? [] : [.. Place(entry.Location, text)],
            Map = entry.Location is null ? null : MapOf([entry.Location], text),
        };
        yield return new Section(text["entry.languages"]) { Lines = [.. entry.Languages.Select(l => new SectionLine(SiteWords.Language(l, text)))] };
        yield return new Section(text["entry.register"])
        {
            Lines = entry.RegistrationUrl is { } register ? [new SectionLine(register, register) { KeepAsIs = true }] : [],
        };
        yield return new Section(text["card.website"])
        {
            Lines = entry.Url is { } url && url != entry.RegistrationUrl ? [new SectionLine(url, url) { KeepAsIs = true }] : [],
        };
    }

    /// <summary>From when to when an event takes place on a day.</summary>
    private static string When(Event entry, DateOnly day, SiteText text)
    {
        string At(DateOnly on, DateTime time) => entry.AllDay ? text.Day(on) : $"{text.Day(on)}, {text.Time(TimeOnly.FromDateTime(time))}";
        if (entry.EndsAt is not { } end)
        {
            return At(day, entry.StartsAt);
        }

        var last = day.AddDays((end.Date - entry.StartsAt.Date).Days);
        var until = last == day ? entry.AllDay ? null : text.Time(TimeOnly.FromDateTime(end)) : At(last, end);
        return until is null ? At(day, entry.StartsAt) : $"{At(day, entry.StartsAt)} – {until}";
    }

    private IEnumerable<Section> OfPolicyAction(PolicyAction entry, SiteText text)
    {
        yield return new Section(text["entry.steps"]) { Lines = [.. entry.Steps.Select(s => new SectionLine(s))], IsNumbered = true };
        yield return new Section(text["entry.provisions"]) { Lines = [.. entry.Provisions.Select(p => new SectionLine(p.Text))] };
        yield return new Section(text["entry.modelText"]) { Html = Render(entry.ModelText?.Text) };
        yield return new Section(text["entry.evidence"]) { Lines = [.. entry.Evidence.Select(e => new SectionLine(e.Finding, e.Source.Url, e.Source.Name))] };
        yield return new Section(text["entry.adoptions"])
        {
            Lines = [.. entry.Adoptions.Select(a => new SectionLine(
                a.Jurisdiction.Name, a.Source.Url, string.Join(", ", new[] { words.Term(VocabularyNames.AdoptionStatus, a.Status, text), a.History is [.., var last] ? text.Day(last.On) : null }.OfType<string>())) { KeepAsIs = true })],
        };
    }

    /// <summary>Markdown as HTML; HTML within it is shown as text, and headings stand below those of the page.</summary>
    public static string? Render(string? markdown) => markdown is null ? null
        : UnbrokenText.Of(HeadingTag().Replace(Markdig.Markdown.ToHtml(markdown, Markdown), m => $"{m.Groups[1].Value}{Math.Min(6, m.Groups[2].ValueSpan[0] - '0' + 2)}"));

    [GeneratedRegex("(</?h)([1-6])(?=>)")]
    private static partial Regex HeadingTag();
}
