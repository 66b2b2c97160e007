using System.Globalization;
using System.Text.RegularExpressions;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Rules;
using HealthEquity.Directory.Vocabularies;
using HealthEquity.Formats.Transforms;
using HealthEquity.Search.Text;

namespace HealthEquity.Formats.Hsds.Reading;

/// <summary>Reads the phones, email addresses, links and languages of a service.</summary>
internal static partial class HsdsContacts
{
    private static readonly PhonesTransform Numbers = new(label: null, type: null);

    /// <summary>Phone numbers, without repetitions.</summary>
    public static IReadOnlyList<Phone> Phones(IEnumerable<HsdsThing> phones, HsdsReading reading) =>
        [.. phones.SelectMany(p => Phone(p, reading)).DistinctBy(p => $"{p.Number} {p.Extension} {p.Type}".ToUpperInvariant())];

    /// <summary>Email addresses of these entities and of contacts that are not a person, without repetitions.</summary>
    public static IReadOnlyList<Email> Emails(IEnumerable<HsdsThing?> things, IEnumerable<HsdsThing> contacts, HsdsReading reading)
    {
        var own = things.OfType<HsdsThing>().SelectMany(t => reading.ReadList<Email>(t, "email", new EmailsTransform()));
        var offices = contacts.Where(IsOffice).SelectMany(c => reading.ReadList<Email>(c, "email", new EmailsTransform()).Select(e => e with { Label = reading.Line(c, "department", 100) ?? e.Label }));
        return
        [
            .. from email in own.Concat(offices)
               group email by email.Address.ToUpperInvariant() into address
               select address.First() with { Label = address.Select(e => e.Label).FirstOrDefault(l => l is not null) },
        ];
    }

    /// <summary>True for a contact that is not a person: it has neither a name nor a job title.</summary>
    public static bool IsOffice(HsdsThing contact) => contact["name"] is null && contact["title"] is null && contact["email"] is not null;

    /// <summary>Other web pages. Partners repeat the website here; in our own files its label says what it has, such as a form.</summary>
    public static IReadOnlyList<Link> Links(IEnumerable<HsdsThing> urls, string? website, HsdsReading reading) =>
    [
        .. from thing in urls
           let url = reading.ReadUrl(thing, "url")
           where url is not null && (url != website || reading.IsOurs)
           group reading.Line(thing, "label", 150) ?? "Web page" by url into page
           select new Link { Label = page.First(), Url = page.Key },
    ];

    /// <summary>Languages of these entities, without repetitions.</summary>
    public static IReadOnlyList<LanguageOffered> Languages(IEnumerable<HsdsThing> languages, HsdsReading reading) =>
        [.. languages.SelectMany(l => Language(l, reading)).DistinctBy(l => l.Language)];

    private static IEnumerable<Phone> Phone(HsdsThing thing, HsdsReading reading)
    {
        var (type, strange) = TypeOf(thing["type"]);
        var number = thing["number"] ?? "";
        var found = Whole().IsMatch(number) || PhoneValidator.IsShortCode(number, type ?? "")
            ? [new Phone { Number = number }]
            : reading.ReadList<Phone>(thing, "number", Numbers);
        var own = reading.IsOurs ? Own(thing) : null;
        var label = own is null ? Line(thing, reading, strange) : HsdsReading.Joined([strange, own.Label], ", ", 100);
        // HSDS 1 and 2 list languages in one cell.
        var languages = Languages(thing.List("languages"), reading).Concat(reading.ReadList<LanguageOffered>(thing, "language", new LanguagesTransform()));
        foreach (var phone in found)
        {
            yield return phone with
            {
                Type = own?.Type ?? type ?? phone.Type,
                Extension = found.Count == 1 ? Extension(thing, reading) ?? own?.Extension ?? phone.Extension : phone.Extension,
                DetentionDialCode = own?.DialCode,
                Label = label ?? phone.Label,
                Languages = [.. languages.Select(l => l.Language).Distinct()],
            };
        }
    }

    /// <summary>
    /// What our own export appends to a phone's label because the standard has no member for it: the exact type (WhatsApp and Signal are "cell"
    /// there, a hotline is "voice"), an extension that is not a number, and the code to dial from detention.
    /// </summary>
    private static OwnWords Own(HsdsThing thing)
    {
        List<string> parts = [.. (thing["description"] ?? "").Split("; ")];
        var dial = Last(DialCode());
        var extension = thing["extension"] is null ? Last(LongExtension()) : null;
        var exact = TermNames.Of(VocabularyNames.PhoneType)!.Find(parts.LastOrDefault() ?? "");
        var type = (thing["type"], exact) is ("cell", "whatsapp" or "signal") or ("voice", "hotline") ? exact : null;
        return new OwnWords(HsdsReading.Joined(type is null ? parts : parts.SkipLast(1), "; ", 100), type, extension, dial);

        string? Last(Regex shape)
        {
            if (shape.Match(parts.LastOrDefault() ?? "") is not { Success: true } match)
            {
                return null;
            }

            parts.RemoveAt(parts.Count - 1);
            return match.Groups[1].Value;
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
            reading.Drop(thing, "extension", $"'{text}' is not an extension.", "Write at most 11 digits.");
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
        var (how, note) = reading.IsOurs ? HowOf(thing["note"]) : ([], reading.Line(thing, "note", 300));
        if (Tag(thing["code"]) is { } tag)
        {
            // The name can be more specific than a two-letter code: Simplified Chinese.
            var finer = LanguageNames.Find(thing["name"] ?? "") is { } named && named.StartsWith($"{tag}-", StringComparison.OrdinalIgnoreCase) ? named : tag;
            return [new LanguageOffered { Language = finer, How = how, Note = note }];
        }

        var field = thing["name"] is not null ? "name" : thing["language"] is not null ? "language" : "code";
        return reading.ReadList<LanguageOffered>(thing, field, new LanguagesTransform()).Select(l => l with { Note = l.Note ?? note });
    }

    /// <summary>Our own note, such as "Staff; Tuesdays.", begins with how the language is spoken.</summary>
    private static (List<string> How, string? Note) HowOf(string? text)
    {
        var parts = (text ?? "").Split("; ");
        var how = parts.Select(p => TermNames.Of(VocabularyNames.LanguageService)!.Find(p)).TakeWhile(c => c is not null).OfType<string>().ToList();
        return (how, HsdsReading.Joined(parts.Skip(how.Count), "; ", 300));
    }

    /// <summary>The tag for an ISO 639-1, 639-2 or 639-3 code or a tag.</summary>
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

    [GeneratedRegex(@"^from detention dial ([0-9*#]{1,20})\z")]
    private static partial Regex DialCode();

    [GeneratedRegex(@"^extension ([0-9]{1,11})\z")]
    private static partial Regex LongExtension();

    [GeneratedRegex(@"^(?:ext(?:ension)?\.?|x)?\s*(?<digits>[0-9]{1,11})(?:\.0)?\z", RegexOptions.IgnoreCase)]
    private static partial Regex Extensions();

    private sealed record OwnWords(string? Label, string? Type, string? Extension, string? DialCode);
}
