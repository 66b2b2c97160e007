using System.Globalization;
using System.Text.RegularExpressions;
using HealthEquity.Db.Entries;
using HealthEquity.Db.Imports.Transforms;
using HealthEquity.Db.Search.Text;

namespace HealthEquity.Db.Imports.Hsds;

/// <summary>How a service is reached, and in which languages.</summary>
internal static partial class HsdsContacts
{
    private static readonly PhonesTransform Numbers = new(label: null, type: null);

    /// <summary>Telephone numbers; one that stands twice is taken once.</summary>
    public static IReadOnlyList<Phone> Phones(IEnumerable<HsdsThing> phones, HsdsReading reading) =>
        [.. phones.SelectMany(p => Phone(p, reading)).DistinctBy(p => $"{p.Number} {p.Extension} {p.Type}".ToUpperInvariant())];

    /// <summary>E-mail addresses of these things; one that stands twice is taken once.</summary>
    public static IReadOnlyList<Email> Emails(IEnumerable<HsdsThing?> things, HsdsReading reading) =>
        [.. things.OfType<HsdsThing>().SelectMany(t => reading.ReadList<Email>(t, "email", new EmailsTransform())).DistinctBy(e => e.Address.ToUpperInvariant())];

    /// <summary>Other pages.</summary>
    public static IReadOnlyList<Link> Links(IEnumerable<HsdsThing> urls, string? website, HsdsReading reading) =>
    [
        .. from thing in urls
           let url = reading.ReadUrl(thing, "url")
           where url is not null && url != website
           group reading.Line(thing, "label", 150) ?? "Web page" by url into page
           select new Link { Label = page.First(), Url = page.Key },
    ];

    /// <summary>Languages of these things; one that stands twice is taken once.</summary>
    public static IReadOnlyList<LanguageOffered> Languages(IEnumerable<HsdsThing> languages, HsdsReading reading) =>
        [.. languages.SelectMany(l => Language(l, reading)).DistinctBy(l => l.Language)];

    private static IEnumerable<Phone> Phone(HsdsThing thing, HsdsReading reading)
    {
        var (type, strange) = TypeOf(thing["type"]);
        var number = thing["number"] ?? "";
        var found = Whole().IsMatch(number) || PhoneValidator.IsShortCode(number, type ?? "")
            ? [new Phone { Number = number }]
            : reading.ReadList<Phone>(thing, "number", Numbers);
        var label = Line(thing, reading, strange);
        // A table of HSDS 1 and 2 lists languages in a cell.
        var languages = Languages(thing.List("languages"), reading).Concat(reading.ReadList<LanguageOffered>(thing, "language", new LanguagesTransform()));
        foreach (var phone in found)
        {
            yield return phone with
            {
                Type = type ?? phone.Type,
                Extension = found.Count == 1 ? Extension(thing, reading) ?? phone.Extension : phone.Extension,
                Label = label ?? phone.Label,
                Languages = [.. languages.Select(l => l.Language).Distinct()],
            };
        }
    }

    private static string? Line(HsdsThing thing, HsdsReading reading, string? strange) =>
        HsdsReading.Joined([strange, reading.Line(thing, "description", 100), HsdsReading.Line(thing["department"])], ", ", 100);

    private static string? Extension(HsdsThing thing, HsdsReading reading)
    {
        if (thing["extension"] is not { } text)
        {
            return null;
        }

        var digits = Extensions().Match(text).Groups["digits"].Value;
        if (digits.Length == 0)
        {
            reading.Drop(thing, "extension", $"'{text}' is no extension.", "Write its digits only, at most 11.");
        }

        return digits.Length > 0 ? digits : null;
    }

    private static (string? Type, string? Strange) TypeOf(string? type) => type?.ToLowerInvariant() switch
    {
        null => (null, null),
        "voice" or "phone" or "telephone" or "main" or "cell" or "mobile" or "office" or "toll-free" or "toll free" => ("voice", null),
        "text" or "sms" => ("text", null),
        "fax" => ("fax", null),
        "tty" or "tdd" or "tty/tdd" or "textphone" => ("tty", null),
        "hotline" or "crisis" => ("hotline", null),
        "whatsapp" => ("whatsapp", null),
        "signal" => ("signal", null),
        _ => (null, HsdsReading.Line(type)),
    };

    private static IEnumerable<LanguageOffered> Language(HsdsThing thing, HsdsReading reading)
    {
        var note = reading.Line(thing, "note", 300);
        if (Tag(thing["code"]) is { } tag)
        {
            return [new LanguageOffered { Language = tag, Note = note }];
        }

        var field = thing["name"] is not null ? "name" : thing["language"] is not null ? "language" : "code";
        return reading.ReadList<LanguageOffered>(thing, field, new LanguagesTransform()).Select(l => l with { Note = l.Note ?? note });
    }

    /// <summary>The tag for a code of ISO 639-1, 639-2 or 639-3, or a tag.</summary>
    private static string? Tag(string? code)
    {
        if (code is null)
        {
            return null;
        }

        var shorter = code.Length == 3
            ? CultureInfo.GetCultures(CultureTypes.NeutralCultures).FirstOrDefault(c => c.ThreeLetterISOLanguageName.Equals(code, StringComparison.OrdinalIgnoreCase) && c.TwoLetterISOLanguageName.Length == 2)
            : null;
        return LanguageTag.Canonical(shorter?.TwoLetterISOLanguageName ?? code) ?? LanguageNames.Find(code);
    }

    [GeneratedRegex(@"^\+[1-9][0-9]{6,14}\z")]
    private static partial Regex Whole();

    [GeneratedRegex(@"^(?:ext(?:ension)?\.?|x)?\s*(?<digits>[0-9]{1,11})(?:\.0)?\z", RegexOptions.IgnoreCase)]
    private static partial Regex Extensions();
}
