using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Geography;
using HealthEquity.Directory.Vocabularies;
using HealthEquity.Search.Text;

namespace HealthEquity.Admin.EntryForms;

/// <summary>
/// A kind of value that entries hold as a code and people know by a name: languages, states, counties, time zones. The form shows the name,
/// and accepts the name in English or in the language itself, the code, and common other names.
/// </summary>
public sealed class Picker
{
    private readonly string _noun;
    private readonly Func<string, string?> _find;
    private readonly Func<string, string> _nameOf;
    private readonly Func<string, IEnumerable<string>> _candidates;

    private Picker(string noun, Func<string, string?> find, Func<string, string> nameOf, Func<string, IEnumerable<string>> candidates)
    {
        (_noun, _find, _nameOf, _candidates) = (noun, find, nameOf, candidates);
    }

    /// <summary>Languages.</summary>
    public static Picker Languages { get; } = new("language", FindLanguage, LanguageLabels.Of, _ => LanguageNames.All.SelectMany(l => l.Value).Concat(LanguageLabels.All));

    /// <summary>States and territories.</summary>
    public static Picker USStates { get; } = new("state", text => States.Parse(text)?.Code, code => States.Find(code)?.Name ?? code, _ => States.All.Select(s => s.Name));

    /// <summary>Counties with their state.</summary>
    public static Picker USCounties { get; } = new(
        "county", FindCounty, code => Counties.Parse(code)?.FullName ?? code, text => Counties.All.Select(c => text.Contains(',', StringComparison.Ordinal) ? c.FullName : c.Name));

    /// <summary>Time zones.</summary>
    public static Picker Zones { get; } = new("time zone", TimeZoneNames.Find, TimeZoneNames.Of, _ => TimeZoneNames.All);

    /// <summary>Finds the picker of a field; null if its text is not a code.</summary>
    public static Picker? Of(FormField field) => field.Type is not (FieldType.Line or FieldType.Lines) ? null : field.Name switch
    {
        "language" or "languages" => Languages,
        "state" or "stateProvince" or "states" => USStates,
        "counties" => USCounties,
        "timeZone" => Zones,
        _ => null,
    };

    /// <summary>Replaces the names in a form by codes. Unknown names stay as they were typed.</summary>
    public static void Resolve(FormPart root)
    {
        foreach (var part in root.All())
        {
            if (Of(part.Field) is { } picker)
            {
                part.Text = part.Field.Type == FieldType.Lines
                    ? string.Join('\n', part.Text.Split('\n').SelectMany(picker.ResolveLine))
                    : picker.Find(part.Text) ?? part.Text;
            }
            else if (part.Parts.FirstOrDefault(p => p.Field.Name == "county") is { } county && part.Parts.FirstOrDefault(p => p.Field.Name == "stateProvince") is { } state)
            {
                // Parts are visited before their fields, so the state may still be a name.
                county.Text = Counties.Match(county.Text, state.Text) is [var found] ? found.Name : county.Text;
            }
        }
    }

    /// <summary>Returns the code for a name or a code; null if it is unknown.</summary>
    public string? Find(string text) => string.IsNullOrWhiteSpace(text) ? null : _find(text.Trim());

    /// <summary>Returns the text to show for codes, one per line. A code without a name that leads back to it is shown as it is.</summary>
    public string Show(string codes) => string.Join('\n', codes.Split('\n').Select(code => Find(_nameOf(code)) == code ? _nameOf(code) : code));

    /// <summary>Describes what is wrong with an unknown text; null if it is known.</summary>
    public string? Problem(string text)
    {
        if (string.IsNullOrWhiteSpace(text) || Find(text) is not null)
        {
            return null;
        }

        if (_noun == "county" && Counties.Match(text, null) is { Count: > 1 } several)
        {
            return $"Several states have a county '{text.Trim()}'. Add the state, such as {several[0].FullName}.";
        }

        var nearest = NearestTerm.Find(text, _candidates(text));
        return $"Unknown {_noun} '{text.Trim()}'. {(nearest is null ? "Choose one from the list, or enter its code." : $"Did you mean {Name(nearest)}?")}";
    }

    /// <summary>The English name for any name.</summary>
    private string Name(string text) => Find(text) is { } code ? _nameOf(code) : text;

    /// <summary>People also write several on one line: "Spanish, English".</summary>
    private IEnumerable<string> ResolveLine(string line)
    {
        var parts = line.Split([',', ';'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return Find(line) is { } code ? [code]
            : parts.Length > 1 && parts.All(p => Find(p) is not null) ? parts.Select(p => Find(p)!)
            : [line];
    }

    private static string? FindLanguage(string text) =>
        LanguageTag.IsValid(text) ? text : LanguageLabels.Find(text) ?? LanguageNames.Find(text) ?? LanguageTag.Canonical(text);

    private static string? FindCounty(string text) => Counties.Match(text, null) is [var county] ? county.Code : null;
}
