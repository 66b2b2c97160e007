using HealthEquity.Admin.EntryForms;
using HealthEquity.Admin.Forms;
using HealthEquity.Admin.Wording;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Vocabularies;

namespace HealthEquity.Admin.Pages.Entries;

/// <summary>The texts of the list's cells that come from an entry's content.</summary>
/// <param name="contents">The latest content of the entries on the page.</param>
/// <param name="vocabularies">The vocabularies, for labels.</param>
public sealed class GridCells(IReadOnlyDictionary<Guid, Entry> contents, VocabularySet vocabularies)
{
    /// <summary>What a cell shows if nobody has filled the field in.</summary>
    public const string Empty = "—";

    private const string Unknown = "unknown";
    private const int MaxNamed = 3;
    private const int MaxTextLength = 90;

    /// <summary>The columns that need an entry's content.</summary>
    public static IReadOnlyList<string> Columns { get; } = ["city", "street", "region", "county", "zip", "phone", "email", "website", "summary", "hours", "languages", "cost", "immigration", "availability", "tags"];

    /// <summary>Whether a city is shown with its state, because the state has no column. Names of cities repeat across states.</summary>
    public bool WithState { get; init; } = true;

    /// <summary>Returns a cell's text; empty if this kind of entry has no such field.</summary>
    public string Text(string column, Guid id)
    {
        if (!contents.TryGetValue(id, out var entry))
        {
            return "";
        }

        var service = entry as ServiceEntry;
        IReadOnlyList<Location>? places = service?.Locations ?? (entry is Event { Location: var place } ? place is null ? [] : [place] : null);
        return column switch
        {
            "summary" => entry.Summary is { Length: > 0 } summary ? Shortened(summary) : Empty,
            "tags" => Named(entry.Tags.Select(t => Label(VocabularyNames.Tag, t))),
            "city" when places is not null => Named(places.Select(p => WithState && p is { City: { Length: > 0 } city, StateProvince: { Length: > 0 } state } ? $"{city}, {state}" : p.City)),
            "region" when places is not null => Named(places.Select(p => p.StateProvince).Concat(service?.ServiceArea?.States ?? [])),
            "languages" => Languages(entry) is { } languages ? Named(languages.Select(EntryFormView.LanguageName)) : "",
            "street" when places is not null => Named(places.Select(p => p.Address1)),
            "county" when places is not null => Named(places.Select(p => p.County).Concat((service?.ServiceArea?.Counties ?? []).Select(c => c.Split(':')[^1]))),
            "hours" when service is not null => service.Hours?.AlwaysOpen == true ? "Open 24 hours, every day" : Named(WeekLines.Of(service.Hours)),
            "zip" when places is not null => Named(places.Select(p => p.PostalCode)),
            "email" when service is not null => Named(service.Emails.Select(e => e.Address)),
            "website" when service is not null => service.Website ?? Empty,
            "phone" when service is not null => PhoneOf(service),
            "cost" when service is not null => Named((service.Cost?.Options ?? []).Select(o => Label(VocabularyNames.Cost, o))),
            "immigration" when service is not null => Known(VocabularyNames.ImmigrationStatus, service.Eligibility?.ImmigrationStatus),
            "availability" when service is not null => Known(VocabularyNames.Capacity, service.Capacity?.Status),
            _ => "",
        };
    }

    /// <summary>Whether the content of an entry is known.</summary>
    public bool Has(Guid id) => contents.ContainsKey(id);

    /// <summary>Whether the cell's field can be edited in the cell.</summary>
    public bool CanEdit(string column, Guid id) => contents.TryGetValue(id, out var entry) && CellEdit.CanEdit(column, entry);

    /// <summary>Returns the whole text of a field, or the cell's text.</summary>
    public string FullText(string column, Guid id) => column == "summary" && contents.GetValueOrDefault(id)?.Summary is { } summary ? summary : Text(column, id);

    private static string Shortened(string text)
    {
        if (text.Length <= MaxTextLength)
        {
            return text;
        }

        // Not every language has spaces.
        var end = text.LastIndexOf(' ', MaxTextLength);
        return string.Concat(text.AsSpan(0, end > 0 ? end : MaxTextLength).TrimEnd(), "…");
    }

    private static IEnumerable<string>? Languages(Entry entry) => entry switch
    {
        ServiceEntry service => service.Languages.Select(l => l.Language),
        Material material => material.Editions.Select(e => e.Language),
        Event @event => @event.Languages,
        _ => null,
    };

    private static string PhoneOf(ServiceEntry entry)
    {
        var numbers = entry.Phones.Concat(entry.Locations.SelectMany(l => l.Phones)).Select(p => p.Number).Distinct().ToList();
        return numbers.Count == 0 ? Empty : DisplayFormat.Phone(numbers[0]) + More(numbers.Count - 1);
    }

    private static string Named(IEnumerable<string?> values)
    {
        var known = values.OfType<string>().Where(v => v.Length > 0).Distinct().ToList();
        return known.Count == 0 ? Empty : string.Join(", ", known.Take(MaxNamed)) + More(known.Count - MaxNamed);
    }

    private static string More(int number) => number > 0 ? $" +{number}" : "";

    private string Known(string vocabulary, string? code) => code is null or Unknown ? Empty : Label(vocabulary, code);

    private string Label(string vocabulary, string code) => vocabularies.Find(vocabulary, code)?.Label ?? code;
}
