using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using HealthEquity.Directory.Entries;
using HealthEquity.Formats.Sources;
using HealthEquity.Formats.Transforms;

namespace HealthEquity.Formats.Hsds.Reading;

/// <summary>Collects errors and data without a field while a service is converted to an entry.</summary>
/// <param name="faults">Receives errors.</param>
internal sealed partial class HsdsReading(ICollection<RowFault> faults)
{
    private readonly List<string> _description = [];
    private readonly List<string> _notes = [];

    /// <summary>Adds a line to the public description.</summary>
    public void Describe(string label, string? text)
    {
        // Some programs copy the text of a service to its location and organization. Keep it once.
        if (Block(text) is { } said && !_description.Exists(d => d.Contains(said, StringComparison.OrdinalIgnoreCase)))
        {
            _description.Add(label.Length == 0 ? said : $"{label}: {said}");
        }
    }

    /// <summary>Adds a line to the curators' notes: what is not public, or not certain.</summary>
    public void Note(string label, string? text)
    {
        if (Block(text) is { } said)
        {
            _notes.Add($"{label}: {said}");
        }
    }

    /// <summary>True if the source is another HealthEquity directory, whose formats we know.</summary>
    public bool IsOurs { get; init; }

    public string? Description => Joined(_description, "\n\n", 20_000);

    public string? Notes => _notes.Count == 0 ? null : Joined(_notes.Distinct().Prepend("Also in the source:"), "\n", 20_000);

    /// <summary>Reports a value that is skipped; the entry is still loaded.</summary>
    public void Drop(HsdsThing thing, string field, string reason, string remedy) =>
        faults.Add(new RowFault(thing.Row, thing.Field(field), thing[field] ?? "", reason, remedy) { Loaded = true });

    /// <summary>Reads a value with a mapping transform; reports errors.</summary>
    public JsonNode? Read(HsdsThing thing, string field, Transform transform)
    {
        if (thing[field] is not { } text)
        {
            return null;
        }

        try
        {
            return transform.Apply(text, thing.Row);
        }
        catch (CellException fault)
        {
            Drop(thing, field, fault.Message, fault.Remedy);
            return fault.Kept;
        }
    }

    public string? ReadText(HsdsThing thing, string field, Transform transform) => (string?)Read(thing, field, transform);

    /// <summary>A web address. A complete one is unchanged.</summary>
    public string? ReadUrl(HsdsThing thing, string field) =>
        thing[field] is { } text && Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.Host.Contains('.', StringComparison.Ordinal)
            ? text
            : ReadText(thing, field, new UrlTransform());

    public IReadOnlyList<T> ReadList<T>(HsdsThing thing, string field, Transform transform) => Read(thing, field, transform)?.Deserialize<List<T>>(EntryJson.Revision) ?? [];

    /// <summary>A whole number, including "18.0".</summary>
    public int? ReadNumber(HsdsThing thing, string field, int lowest, int highest)
    {
        if (thing[field] is not { } text)
        {
            return null;
        }

        if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && number >= lowest && number <= highest)
        {
            return (int)number;
        }

        Drop(thing, field, $"'{text}' must be a number between {lowest} and {highest}.", "Correct it, or leave it empty.");
        return null;
    }

    /// <summary>One line up to a maximum length. Reports longer text.</summary>
    public string? Line(HsdsThing thing, string field, int longest)
    {
        if (Line(thing[field]) is not { } text)
        {
            return null;
        }

        if (text.Length <= longest)
        {
            return text;
        }

        Drop(thing, field, $"The text is longer than {longest} characters and was truncated.", "Shorten it.");
        return text[..(longest - 1)].TrimEnd() + "…";
    }

    /// <summary>The text on one line; null if nothing is left.</summary>
    public static string? Line(string? text) => text is null ? null : Blanks().Replace(SourceMarkup.Clean(text), " ").Trim() is { Length: > 0 } line ? line : null;

    /// <summary>A note on one line. Notes of our own export are unchanged, because they may have several lines.</summary>
    public string? NoteOf(string? text) => IsOurs ? text : Line(text);

    /// <summary>Joins texts up to a maximum length.</summary>
    public static string? Joined(IEnumerable<string?> texts, string separator, int longest)
    {
        var text = string.Join(separator, texts.Where(t => !string.IsNullOrEmpty(t)));
        return text.Length == 0 ? null : text.Length <= longest ? text : text[..(longest - 1)] + "…";
    }

    /// <summary>The text without invisible characters; null if nothing is left.</summary>
    private string? Block(string? text) => text is null ? null : Unseen().Replace(IsOurs ? text : SourceMarkup.Clean(text), "").Trim() is { Length: > 0 } block ? block : null;

    [GeneratedRegex(@"[\s\p{Cc}]+")]
    private static partial Regex Blanks();

    [GeneratedRegex(@"[\p{Cc}-[\n\r\t]]")]
    private static partial Regex Unseen();
}
