using HealthEquity.Api.Feed;
using HealthEquity.Api.Site.Layout;
using HealthEquity.Api.Site.Texts;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Geography;
using HealthEquity.Directory.Vocabularies;

namespace HealthEquity.Api.Site.Cards;

/// <summary>A way to reach an entry: a button, or words where nothing can be pressed.</summary>
/// <param name="Text">What it says, such as "Call (305) 555-0142".</param>
/// <param name="Link">Where it leads; null for a fax number.</param>
/// <param name="Label">What the number is for, as the entry says it.</param>
/// <param name="Number">The number in the text, which no browser translates and which runs from left to right; null for none.</param>
public sealed record ContactAction(string Text, string? Link, string? Label, string? Number = null)
{
    /// <summary>The words before the number; the whole text where there is none.</summary>
    public string Before => Number is null ? Text : Text[..At];

    /// <summary>The words after the number.</summary>
    public string After => Number is null ? "" : Text[(At + Number.Length)..];

    private int At => Text.IndexOf(Number!, StringComparison.Ordinal);
}

/// <summary>How a line about an entry is marked.</summary>
public enum FactMark
{
    /// <summary>Known, and good to know.</summary>
    Known,

    /// <summary>Known, and a reason to ask first: a rule, a waiting list, closed now.</summary>
    Caution,

    /// <summary>Not known: it is shown as a question.</summary>
    Unknown,
}

/// <summary>One line about an entry.</summary>
/// <param name="Text">The words.</param>
/// <param name="Mark">How it is marked.</param>
public sealed record Fact(string Text, FactMark Mark = FactMark.Known)
{
    /// <summary>The class of its line.</summary>
    public string? Style => Mark switch { FactMark.Caution => "but", FactMark.Unknown => "no", _ => null };
}

/// <summary>An entry among results, the way a person reads it.</summary>
public sealed record EntryCard
{
    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>Its page, without the language.</summary>
    public required string Path { get; init; }

    /// <summary>What it is and where: "Clinic · Hialeah, FL · 4.2 miles away".</summary>
    public required string About { get; init; }

    /// <summary>What it does, in one or two sentences.</summary>
    public string? Summary { get; init; }

    /// <summary>The language of the summary, where it is not the page's.</summary>
    public string? SummaryLanguage { get; init; }

    /// <summary>Hours, languages, status, cost, remote help.</summary>
    public required IReadOnlyList<Fact> Facts { get; init; }

    /// <summary>Ways to reach it, the best first.</summary>
    public required IReadOnlyList<ContactAction> Actions { get; init; }

    /// <summary>When it was checked, in words.</summary>
    public string? Checked { get; init; }

    /// <summary>False when nobody has checked it, or not for too long.</summary>
    public bool IsFresh { get; init; }

    /// <summary>True for an invented entry.</summary>
    public bool IsSample { get; init; }
}

/// <summary>Turns entries into cards.</summary>
public sealed class EntryCards(SiteWords words, DirectorySite site, TimeProvider clock)
{
    private const int MostActions = 2;
    private const string Dot = " · ";

    /// <summary>The card of an entry.</summary>
    /// <param name="entry">The entry in the reader's language.</param>
    /// <param name="text">The strings of the page.</param>
    public EntryCard Of(Entry entry, SiteText text) => Of(Lasting(entry, text), entry.Distance, text);

    /// <summary>The card of an entry at this moment.</summary>
    /// <param name="lasting">What stays the same.</param>
    /// <param name="miles">How far away the entry is; null if nobody asked.</param>
    /// <param name="text">The strings of the page.</param>
    public EntryCard Of(LastingCard lasting, double? miles, SiteText text)
    {
        var about = lasting.Event is { } dated ? AboutOf(dated, text) : lasting.Card.About;
        if (miles is { } far)
        {
            about += $"{(about.Length > 0 ? Dot : "")}{text.Isolate(text.Count("card.miles", Math.Max(0.1, Math.Round(far, 1))))}";
        }

        return lasting.Card with
        {
            About = about,
            Facts = Opening(lasting.Hours, text) is { } hours ? [hours, .. lasting.Card.Facts] : lasting.Card.Facts,
            Checked = lasting.IsService ? Checked(lasting.AssuredOn, lasting.IsOverdue, text) : null,
        };
    }

    /// <summary>What of an entry's card is the same all day, and for every search.</summary>
    /// <param name="entry">The entry in the reader's language.</param>
    /// <param name="text">The strings of the page.</param>
    public LastingCard Lasting(Entry entry, SiteText text)
    {
        var service = entry as ServiceEntry;
        var card = new EntryCard
        {
            Name = entry.Name,
            Path = $"/{entry.Kind.Path()}/{entry.Slug}",
            About = entry is Event ? "" : AboutOf(entry, text),
            Summary = entry.Summary,
            SummaryLanguage = entry.Fallbacks?.GetValueOrDefault("summary"),
            Facts = service is null ? [] : [.. LastingFacts(service, text)],
            Actions = service is null ? [] : [.. Actions(service, text).Where(a => a.Link is not null).Take(MostActions)],
            IsFresh = entry is { AssuredOn: not null, Overdue: not true },
            IsSample = entry.Tags.Contains("sample"),
        };
        return new LastingCard(card)
        {
            IsService = service is not null,
            Hours = service?.Hours,
            AssuredOn = entry.AssuredOn,
            IsOverdue = entry.Overdue == true,
            Event = entry as Event,
            Place = PlaceOf(entry),
            Reviewed = ReviewedTexts.Of(entry, text.Language),
        };
    }

    /// <summary>The place of an entry that a map can show.</summary>
    private static Location? PlaceOf(Entry entry)
    {
        var places = entry switch { ServiceEntry service => service.Locations, Event { Location: { } place } => [place], _ => [] };
        return places.FirstOrDefault(p => p is { Visibility: Visibility.Public, Latitude: not null, Longitude: not null });
    }

    private string AboutOf(Entry entry, SiteText text) => string.Join(Dot, About(entry, text).Select(text.Isolate));

    /// <summary>All ways to reach an entry, the best first.</summary>
    public static IEnumerable<ContactAction> Actions(ServiceEntry entry, SiteText text)
    {
        foreach (var phone in PhonesOf(entry))
        {
            yield return ActionOf(phone, text);
        }

        foreach (var email in entry.Emails)
        {
            yield return new ContactAction(text["card.email"], $"mailto:{email.Address}", email.Label);
        }

        if (entry.Website is { } website)
        {
            yield return new ContactAction(text["card.website"], website, null);
        }
    }

    /// <summary>All numbers of an entry, the best first.</summary>
    public static IEnumerable<Phone> PhonesOf(ServiceEntry entry) =>
        entry.Phones.Concat(entry.Locations.SelectMany(l => l.Phones)).DistinctBy(p => (p.Number, p.Extension, p.Type)).OrderBy(p => p.Type switch
        {
            "hotline" => 0,
            "voice" => 1,
            "text" => 2,
            "whatsapp" => 3,
            "signal" => 4,
            "tty" => 5,
            _ => 6,
        });

    /// <summary>A number as what can be done with it.</summary>
    public static ContactAction ActionOf(Phone phone, SiteText text)
    {
        var number = PhoneText.Written(phone);
        var link = PhoneText.Link(phone);
        return phone.Type switch
        {
            "text" => Numbered("card.text"),
            "whatsapp" => Named("card.whatsapp"),
            "signal" => Named("card.signal"),
            "tty" => Numbered("card.tty"),
            "fax" => Numbered("card.fax"),
            _ => Numbered("card.call"),
        };

        ContactAction Numbered(string key) => new(text.Fill(key, ("number", number)), link, phone.Label, number);

        // With the number, for people whose browser refuses the link, or who use another telephone.
        ContactAction Named(string key) => new($"{text[key]} {text.Isolate(number)}", link, phone.Label, number);
    }

    /// <summary>When the entry was checked, in words.</summary>
    public string Checked(Entry entry, SiteText text) => Checked(entry.AssuredOn, entry.Overdue == true, text);

    private string Checked(DateOnly? assuredOn, bool isOverdue, SiteText text)
    {
        if (assuredOn is not { } day)
        {
            return text["card.notChecked"];
        }

        if (isOverdue)
        {
            return text.Fill("card.overdue", ("date", text.Day(day)));
        }

        var days = Math.Max(0, site.DayOf(clock.GetUtcNow()).DayNumber - day.DayNumber);
        return days == 0 ? text["card.checkedToday"] : text.Count("card.checked", days);
    }

    /// <summary>Hours, languages, immigration status, cost, remote help and room for new people, known or not.</summary>
    public IEnumerable<Fact> Facts(ServiceEntry entry, SiteText text) =>
        Opening(entry.Hours, text) is { } hours ? [hours, .. LastingFacts(entry, text)] : LastingFacts(entry, text);

    /// <summary>The facts that stay true on paper: all but whether it is open at this moment.</summary>
    public IEnumerable<Fact> LastingFacts(ServiceEntry entry, SiteText text)
    {
        yield return entry.Languages.Count > 0
            ? new Fact(text.Fill("card.speaks", ("languages", text.List(SiteWords.Languages(entry.Languages, text)))))
            : new Fact(text["card.languagesUnknown"], FactMark.Unknown);
        yield return Status(entry.Eligibility, text);
        var cost = words.Terms(VocabularyNames.Cost, entry.Cost?.Options ?? [], text);
        yield return cost.Count > 0 ? new Fact(text.List(cost)) : new Fact(text["card.costUnknown"], FactMark.Unknown);
        if (entry.RemoteService?.Offered == "yes")
        {
            yield return new Fact(text["card.remote"]);
        }

        if (entry.Capacity?.Status is "accepting" or "waitlist" or "full")
        {
            yield return new Fact(text[$"card.{entry.Capacity.Status}"], entry.Capacity.Status == "accepting" ? FactMark.Known : FactMark.Caution);
        }
    }

    /// <summary>Whether immigration status is asked about.</summary>
    public static Fact Status(Eligibility? eligibility, SiteText text) => eligibility?.ImmigrationStatus switch
    {
        "notAsked" => new Fact(text["card.statusNotAsked"]),
        "notRequired" => new Fact(text["card.statusNotRequired"]),
        "restricted" => new Fact(text["card.statusRestricted"], FactMark.Caution),
        _ => new Fact(text["card.statusUnknown"], FactMark.Unknown),
    };

    private Fact? Opening(Hours? hours, SiteText text) => OpeningStatus.At(hours, clock.GetUtcNow()) switch
    {
        null => null,
        { Always: true } => new Fact(text["card.alwaysOpen"]),
        { IsOpen: true, Time: { } closes } => new Fact(text.Fill("card.openUntil", ("time", text.Time(closes)))),
        { IsToday: true, Time: { } opens } => new Fact(text.Fill("card.opensToday", ("time", text.Time(opens))), FactMark.Caution),
        { Day: { } day, Time: { } opens } => new Fact(text.Fill("card.opensOn", ("day", text.Weekday(day)), ("time", text.Time(opens))), FactMark.Caution),
        _ => new Fact(text["card.closed"], FactMark.Caution),
    };

    private IEnumerable<string> About(Entry entry, SiteText text)
    {
        var (vocabulary, code) = entry switch
        {
            Provider p => (VocabularyNames.ProviderType, p.ProviderType),
            Attorney a => (VocabularyNames.AttorneyType, a.AttorneyType),
            Organization o => (VocabularyNames.OrganizationType, o.OrganizationType),
            Material m => (VocabularyNames.MaterialType, m.MaterialType),
            Event e => (VocabularyNames.EventType, e.EventType),
            PolicyAction a => (VocabularyNames.PolicyTheme, a.Theme),
            _ => ("", null),
        };
        if (code is not null and not "unknown" && words.Term(vocabulary, code, text) is { } type)
        {
            yield return type;
        }

        switch (entry)
        {
            case ServiceEntry { Locations: [{ City: { } city, StateProvince: { } state }, ..] }:
                yield return $"{city}, {state}";
                break;
            case ServiceEntry { ServiceArea.Nationwide: true }:
                yield return text["card.nationwide"];
                break;
            case ServiceEntry { ServiceArea.States: { Count: > 0 } states }:
                yield return text.Fill("card.serves", ("places", text.List([.. states.Select(s => States.Find(s)?.Name ?? s)])));
                break;
            case Event @event:
                yield return text.Day(NextDay(@event));
                break;
        }
    }

    /// <summary>The day of an event, or the next one of those that come again.</summary>
    public DateOnly NextDay(Event entry) => NextDays(entry, 1)[0];

    /// <summary>The next days of an event; of one that is over, its first.</summary>
    /// <param name="entry">The event.</param>
    /// <param name="most">The number of days at most.</param>
    public IReadOnlyList<DateOnly> NextDays(Event entry, int most)
    {
        var first = DateOnly.FromDateTime(entry.StartsAt);
        var today = site.DayOf(clock.GetUtcNow());
        if (entry.Recurrence is null || (most == 1 && first >= today))
        {
            return [first];
        }

        var next = Recurrence.Days(entry.Recurrence, entry.StartsAt, entry.AllDay, first >= today ? first : today).Take(most).ToList();
        return next.Count > 0 ? next : [first];
    }
}
