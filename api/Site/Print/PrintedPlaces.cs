using HealthEquity.Api.Site.Cards;
using HealthEquity.Api.Site.EntryPages;
using HealthEquity.Api.Site.Layout;
using HealthEquity.Api.Site.Lists;
using HealthEquity.Api.Site.Texts;
using HealthEquity.Directory.Entries;
using HealthEquity.Search.Index;

namespace HealthEquity.Api.Site.Print;

/// <summary>Turns entries into places on paper, where nothing can be pressed and nothing changes any more.</summary>
public sealed class PrintedPlaces(EntryCards cards)
{
    private const int MostPhones = 3;

    // Keeps a number together: in a line that runs from right to left, and at the end of a line.
    private const string Isolate = "\u2066";
    private const string EndIsolate = "\u2069";
    private const char NoBreakSpace = '\u00A0';
    private const char WordJoiner = '\u2060';

    /// <summary>A place in a language.</summary>
    /// <param name="indexed">The entry.</param>
    /// <param name="notes">A curator's notes by language.</param>
    /// <param name="text">The strings.</param>
    /// <param name="isAlone">True if it has the sheet to itself; then what it says is there in full.</param>
    public PrintedPlace Of(IndexedEntry indexed, IReadOnlyDictionary<string, string> notes, SiteText text, bool isAlone)
    {
        var entry = EntryPageAnswers.Localized(indexed, text);
        var card = cards.Of(entry, text);
        return new PrintedPlace(entry.Name, card.About)
        {
            SampleTag = card.IsSample ? text["card.sample"] : null,
            Texts = isAlone ? [.. Texts(entry, text)] : [],
            Note = ForeignText.Of(notes, text),
            Phones = entry is ServiceEntry service ? [.. Phones(service, text).Take(MostPhones)] : [],
            Lines = [.. Lines(entry, card, text)],
            Checked = entry is ServiceEntry ? Checked(entry, text) : null,
        };
    }

    /// <summary>What people print a material, an action or an event for.</summary>
    private static IEnumerable<PrintedText> Texts(Entry entry, SiteText text)
    {
        var said = entry is ServiceEntry ? null : new PrintedText(EntrySections.Render(entry.Description), entry.Fallbacks?.GetValueOrDefault("description"));
        var own = entry switch
        {
            Material material => material.Editions.OrderBy(e => EntrySections.Nearness(e.Language, text.Language)).Take(1)
                .Select(e => new PrintedText(EntrySections.Render(TemplateText.Readable(e)), e.Language == text.Language ? null : e.Language)),
            PolicyAction action => [new PrintedText(EntrySections.Render(string.Join('\n', action.Steps.Select((step, at) => $"{at + 1}. {step}"))), action.Fallbacks?.GetValueOrDefault("steps"))],
            _ => [],
        };
        return own.Prepend(said).OfType<PrintedText>().Where(t => !string.IsNullOrEmpty(t.Html));
    }

    /// <summary>A number that stays together in any line: browsers break after a hyphen too.</summary>
    public static string Number(string number) =>
        $"{Isolate}{number.Replace(") ", $"){NoBreakSpace}", StringComparison.Ordinal).Replace("-", $"{WordJoiner}-{WordJoiner}", StringComparison.Ordinal)}{EndIsolate}";

    private static IEnumerable<PrintedPhone> Phones(ServiceEntry entry, SiteText text) => EntryCards.PhonesOf(entry).Select(p =>
    {
        var number = Number(PhoneText.Written(p));
        var words = p.Type switch
        {
            "text" => text.Fill("card.text", ("number", number)),
            "whatsapp" => $"{text["card.whatsapp"]} {number}",
            "signal" => $"{text["card.signal"]} {number}",
            "tty" => text.Fill("card.tty", ("number", number)),
            "fax" => text.Fill("card.fax", ("number", number)),
            _ => number,
        };
        return new PrintedPhone(words, p.Label is { Length: > 0 } label ? label : null);
    });

    private IEnumerable<string> Lines(Entry entry, EntryCard card, SiteText text)
    {
        if (entry is not ServiceEntry service)
        {
            return card.Summary is { } summary ? [text.Isolate(summary)] : [];
        }

        return service.Locations.Where(l => l.Visibility == Visibility.Public).Take(2).Select(l => text.Isolate(Address(l)))
            .Append(PaperHours.Of(service.Hours, text))
            .Append(string.Join(" · ", cards.LastingFacts(service, text).Select(f => f.Text)))
            .OfType<string>().Where(l => l.Length > 0);
    }

    private static string Address(Location place) => string.Join(
        ", ", new[] { place.Address1, place.Address2, place.City, $"{place.StateProvince} {place.PostalCode?.Replace("-", $"{WordJoiner}-{WordJoiner}", StringComparison.Ordinal)}".Trim() }.Where(p => !string.IsNullOrWhiteSpace(p)));

    /// <summary>A date, because "three days ago" is wrong on paper by tomorrow.</summary>
    private static string Checked(Entry entry, SiteText text) => entry switch
    {
        { AssuredOn: null } => text["card.notChecked"],
        { AssuredOn: { } day, Overdue: true } => text.Fill("card.overdue", ("date", text.Day(day))),
        { AssuredOn: { } day } => text.Fill("print.checked", ("date", text.Day(day))),
    };
}
