using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using HealthEquity.Directory.Entries;
using HealthEquity.Formats.Sources;
using HealthEquity.Formats.Transforms;

namespace HealthEquity.Formats.Hsds.Reading;

/// <summary>One service while it becomes an entry: what could not be read, and what has no field of its own.</summary>
/// <param name="faults">Takes up what can't be read.</param>
internal sealed partial class HsdsReading(ICollection<RowFault> faults)
{
    private readonly List<string> _description = [];
    private readonly List<string> _notes = [];

    /// <summary>Adds to the public description what the entry has no field for.</summary>
    public void Describe(string label, string? text)
    {
        // Other people's programs copy a service's text into its place and its organization: once is enough.
        if (Block(text) is { } said && !_description.Exists(d => d.Contains(said, StringComparison.OrdinalIgnoreCase)))
        {
            _description.Add(label.Length == 0 ? said : $"{label}: {said}");
        }
    }

    /// <summary>Adds to the notes among curators what is not for the public, or not for certain.</summary>
    public void Note(string label, string? text)
    {
        if (Block(text) is { } said)
        {
            _notes.Add($"{label}: {said}");
        }
    }

    /// <summary>It comes from a directory like this, whose forms we know.</summary>
    public bool IsOurs { get; init; }

    public string? Description => Joined(_description, "\n\n", 20_000);

    public string? Notes => _notes.Count == 0 ? null : Joined(_notes.Distinct().Prepend("Also in the source:"), "\n", 20_000);

    /// <summary>Reports a value without which the entry is loaded.</summary>
    public void Drop(HsdsThing thing, string field, string reason, string remedy) =>
        faults.Add(new RowFault(thing.Row, thing.Field(field), thing[field] ?? "", reason, remedy) { Loaded = true });

    /// <summary>Reads a value as a mapping's transform does; what it can't read is reported.</summary>
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

    /// <summary>A web address; a whole one stays as it is.</summary>
    public string? ReadUrl(HsdsThing thing, string field) =>
        thing[field] is { } text && Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.Host.Contains('.', StringComparison.Ordinal)
            ? text
            : ReadText(thing, field, new UrlTransform());

    public IReadOnlyList<T> ReadList<T>(HsdsThing thing, string field, Transform transform) => Read(thing, field, transform)?.Deserialize<List<T>>(EntryJson.Revision) ?? [];

    /// <summary>A whole number; "18.0" is one.</summary>
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

        Drop(thing, field, $"'{text}' is no number from {lowest} to {highest}.", "Correct it, or leave it empty.");
        return null;
    }

    /// <summary>One line of at most so many characters; what is cut off is reported.</summary>
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

        Drop(thing, field, $"The text is longer than {longest} characters, and was cut.", "Shorten it.");
        return text[..(longest - 1)].TrimEnd() + "…";
    }

    /// <summary>A text on one line; null when nothing is left of it.</summary>
    public static string? Line(string? text) => text is null ? null : Blanks().Replace(SourceMarkup.Clean(text), " ").Trim() is { Length: > 0 } line ? line : null;

    /// <summary>A note on one line; one of our own as it is, for it may have several.</summary>
    public string? NoteOf(string? text) => IsOurs ? text : Line(text);

    /// <summary>Texts put together, no longer than that.</summary>
    public static string? Joined(IEnumerable<string?> texts, string separator, int longest)
    {
        var text = string.Join(separator, texts.Where(t => !string.IsNullOrEmpty(t)));
        return text.Length == 0 ? null : text.Length <= longest ? text : text[..(longest - 1)] + "…";
    }

    /// <summary>A text of several lines, without what can't be seen; null when nothing is left of it.</summary>
    private string? Block(string? text) => text is null ? null : Unseen().Replace(IsOurs ? text : SourceMarkup.Clean(text), "").Trim() is { Length: > 0 } block ? block : null;

    [GeneratedRegex(@"[\s\p{Cc}]+")]
    private static partial Regex Blanks();

    [GeneratedRegex(@"[\p{Cc}-[\n\r\t]]")]
    private static partial Regex Unseen();
}
