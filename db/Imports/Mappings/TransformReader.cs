using System.Text.RegularExpressions;
using HealthEquity.Directory.Traits;
using HealthEquity.Directory.Vocabularies;
using HealthEquity.Formats.Transforms;

namespace HealthEquity.Imports.Mappings;

/// <summary>Reads the transforms of "as" in a mapping: a name, an object with a name and its argument, or a list of those.</summary>
internal sealed class TransformReader(IReadOnlyDictionary<string, MappingPart> tables)
{
    private static readonly Dictionary<string, Func<TransformReader, MappingPart, Transform>> Known = new()
    {
        ["oneLine"] = (_, _) => new OneLine(),
        ["limit"] = (_, part) => new Limit(part.Integer()),
        ["split"] = (_, part) => new Split(part.Text()),
        ["only"] = (_, part) => new Only(ReadPattern(part.Text(), part)),
        ["replace"] = (_, part) => new Replace([.. part.Members().Select(m => (ReadPattern(m.Key, m.Value), m.Value.Text()))]),
        ["format"] = (_, part) => new Format(ReadFormat(part)),
        ["lookup"] = (reader, part) => reader.ReadLookup(part),
        ["keywords"] = (reader, part) => reader.ReadKeywords(part),
        ["number"] = (_, _) => new Number(),
        ["date"] = (_, part) => new Date(part.Text()),
        ["ein"] = (_, _) => new Ein(),
        ["phone"] = (_, part) => ReadPhone(part),
        ["phones"] = (_, part) => ReadPhones(part),
        ["url"] = (_, _) => new UrlTransform(),
        ["email"] = (_, _) => new EmailTransform(),
        ["zip"] = (_, _) => new ZipTransform(),
        ["state"] = (_, _) => new StateTransform(),
        ["county"] = (_, part) => ReadCounty(part),
        ["countyIn"] = (_, part) => new CountyInTransform(part.IsText ? new RowState(null, part.Text()) : ReadState(part.Members([], ["state", "in"]), part)),
        ["countyName"] = (_, part) => new CountyNameTransform(ReadState(part.Members([], ["state", "in"]), part)),
        ["coordinate"] = (_, part) => new CoordinateTransform(part.IsAbsent ? null : part.Members(["with"], [])["with"].Text()),
        ["day"] = (_, _) => new AnyDate(),
        ["npi"] = (_, _) => new NpiTransform(),
        ["emails"] = (_, _) => new EmailsTransform(),
        ["hours"] = (_, part) => ReadHours(part),
        ["languages"] = (_, _) => new LanguagesTransform(),
        ["language"] = (_, _) => new LanguageTransform(),
        ["localTime"] = (_, _) => new LocalTime(),
        ["timeZone"] = (_, _) => new TimeZoneTransform(),
        ["timeZoneOfPlace"] = (_, _) => new PlaceTimeZone(),
        ["term"] = (_, part) => new TermTransform(ReadVocabulary(part)),
        ["terms"] = (_, part) => new TermsTransform(ReadVocabulary(part)),
        ["foldName"] = (_, _) => new Fold(PostalText.Name),
        ["foldStreet"] = (_, _) => new Fold(PostalText.Street),
        ["address"] = (_, part) => AddressTransform.Members.Contains(part.Text())
            ? new AddressTransform(part.Text())
            : throw part.Fault($"unknown address member '{part.Text()}'. Use one of {string.Join(", ", AddressTransform.Members)}."),
    };

    public IReadOnlyList<Transform> Read(MappingPart part) => [.. part.Items().Select(ReadStep)];

    /// <summary>A format is a text with {0} as the placeholder.</summary>
    public static string ReadFormat(MappingPart part) => part.Text() is var format && format.Contains("{0}", StringComparison.Ordinal)
        ? format
        : throw part.Fault("write {0} as the placeholder for the text.");

    public static Regex ReadPattern(string pattern, MappingPart part)
    {
        try
        {
            return ColumnCondition.Pattern(pattern);
        }
        catch (ArgumentException fault)
        {
            throw part.Fault($"'{pattern}' is not a regular expression: {fault.Message}");
        }
    }

    private Transform ReadStep(MappingPart part)
    {
        if (part.IsText)
        {
            return Make(part.Text(), new MappingPart(null, part.Place));
        }

        var members = part.Members();
        return members.Count == 1
            ? Make(members.Keys.Single(), members.Values.Single())
            : throw part.Fault("an object can have only one transform. Write several as a list.");
    }

    private Transform Make(string name, MappingPart argument) => Known.TryGetValue(name, out var make)
        ? make(this, argument)
        : throw argument.Fault($"unknown transform '{name}'. Use one of {string.Join(", ", Known.Keys.Order(StringComparer.Ordinal))}.");

    private Lookup ReadLookup(MappingPart part)
    {
        var table = Table(part).ToDictionary(m => m.Key, m => m.Value.Node, StringComparer.OrdinalIgnoreCase);
        return new Lookup(part.Text(), table);
    }

    private Keywords ReadKeywords(MappingPart part) =>
        new([.. Table(part).Select(m => (ReadPattern(m.Key, m.Value), m.Value.Node))]);

    private IReadOnlyDictionary<string, MappingPart> Table(MappingPart part) => tables.TryGetValue(part.Text(), out var table)
        ? table.Members()
        : throw part.Fault($"unknown table '{part.Text()}'. Use one of {string.Join(", ", tables.Keys)}.");

    private static CountyTransform ReadCounty(MappingPart part)
    {
        var members = part.Members([], ["state", "in", "named"]);
        return new CountyTransform(ReadState(members, part), members.OptionalText("named"));
    }

    private static HoursTransform ReadHours(MappingPart part)
    {
        if (part.IsAbsent)
        {
            return new HoursTransform(new RowPlace(null, null, null), []);
        }

        var members = part.Members([], ["state", "in", "zip", "address", "notes"]);
        var state = members.ContainsKey("state") || members.ContainsKey("in") ? ReadState(members, part) : null;
        return new HoursTransform(new RowPlace(state, members.OptionalText("zip"), members.OptionalText("address")), members.Optional("notes").TextList());
    }

    private static RowState ReadState(IReadOnlyDictionary<string, MappingPart> members, MappingPart part) =>
        members.ContainsKey("state") != members.ContainsKey("in")
            ? new RowState(members.OptionalText("state"), members.OptionalText("in"))
            : throw part.Fault("write either 'state', the column with the state, or 'in', the state of all rows.");

    private static TermNames ReadVocabulary(MappingPart part) => TermNames.Of(part.Text())
        ?? throw part.Fault($"unknown vocabulary '{part.Text()}'. Use one of {string.Join(", ", VocabularySet.Shipped.All.Select(v => v.Name))}.");

    private static PhonesTransform ReadPhones(MappingPart part)
    {
        if (part.IsAbsent)
        {
            return new PhonesTransform(null, null);
        }

        var members = part.Members([], ["label", "type"]);
        return new PhonesTransform(members.OptionalText("label"), members.OptionalText("type"));
    }

    private static PhoneTransform ReadPhone(MappingPart part)
    {
        if (part.IsAbsent)
        {
            return new PhoneTransform(null, null, new Dictionary<string, string>(), new Dictionary<string, string>());
        }

        var members = part.Members([], ["label", "labelColumn", "labels", "types"]);
        return new PhoneTransform(members.OptionalText("label"), members.OptionalText("labelColumn"), Words("labels"), Words("types"));

        Dictionary<string, string> Words(string name) => members.TryGetValue(name, out var words)
            ? words.Members().ToDictionary(m => m.Key, m => m.Value.Text(), StringComparer.OrdinalIgnoreCase)
            : [];
    }
}
