using System.Text.Json;
using System.Text.RegularExpressions;
using FluentValidation.Results;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Vocabularies;

namespace HealthEquity.Directory.Rules;

/// <summary>Parses an entry from JSON and explains errors in plain words.</summary>
public static partial class EntryReader
{
    /// <summary>Parses the revision form of an entry.</summary>
    /// <param name="body">The JSON text.</param>
    /// <param name="entry">The entry, if the text is valid.</param>
    /// <param name="failure">The error with its JSON path, as in <see cref="EntryValidation"/>, if the text is not valid.</param>
    public static bool TryRead(string body, out Entry? entry, out ValidationFailure? failure)
    {
        (entry, failure) = (null, null);
        try
        {
            entry = EntryJson.Read(body);
            return true;
        }
        catch (JsonException e)
        {
            failure = Explain(body, e);
        }
        catch (NotSupportedException)
        {
            failure = MissingKind();
        }

        return false;
    }

    private static ValidationFailure Explain(string body, JsonException e)
    {
        if (!TryParse(body, out var kind))
        {
            return new ValidationFailure("", $"The text is not valid JSON (line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}). Look for a missing comma, quote or bracket there.");
        }

        var record = RecordOf(kind);
        if (record is null)
        {
            return MissingKind();
        }

        var path = (e.Path ?? "$").TrimStart('$').TrimStart('.');
        if (MissingMembers().Match(e.Message) is { Success: true } missing)
        {
            var member = (path.Length > 0 ? path + "." : "") + missing.Groups[1].Value;
            return new ValidationFailure(member, $"'{member}' is required.");
        }

        var (holder, found) = Follow(record, path);
        if (found is not null && e.Message.Contains("null values", StringComparison.Ordinal))
        {
            return new ValidationFailure(path, $"'{path}' is null. Enter a value or leave it out.");
        }

        if (found is not null)
        {
            return new ValidationFailure(path, $"'{path}' {ExpectedFormat(found, path.EndsWith(']'))}");
        }

        var written = path.Split('.')[^1];
        var nearest = NearestTerm.Find(written, EntryMembers.Of(holder).Select(m => m.Name));
        var remedy = nearest is not null ? $"Did you mean '{nearest}'?" : "Remove it, or look up the name in the documentation.";
        return new ValidationFailure(path, $"'{path}' is not a field of this kind of entry. {remedy}");
    }

    private static bool TryParse(string body, out string kind)
    {
        kind = "";
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            kind = root.ValueKind == JsonValueKind.Object && root.TryGetProperty("kind", out var value) && value.ValueKind == JsonValueKind.String
                ? value.GetString()!
                : "";
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static ValidationFailure MissingKind() =>
        new("kind", $"'kind' must be one of: {string.Join(", ", EntryKinds.All.Select(k => k.Code()))}.");

    private static Type? RecordOf(string kind) => EntryMembers.Records.FirstOrDefault(r =>
        typeof(Entry).IsAssignableFrom(r) && JsonNamingPolicy.CamelCase.ConvertName(r.Name) == kind);

    private static (Type Holder, EntryMember? Found) Follow(Type record, string path)
    {
        var holder = record;
        EntryMember? found = null;
        foreach (var segment in path.Split('.'))
        {
            holder = found?.Record ?? holder;
            var name = segment.Split('[')[0];
            found = EntryMembers.Of(holder).FirstOrDefault(m => m.Name == name);
        }

        return (holder, found);
    }

    private static string ExpectedFormat(EntryMember member, bool isItem)
    {
        var type = Nullable.GetUnderlyingType(member.Property.PropertyType) ?? member.Property.PropertyType;
        return member.IsList && !isItem ? "must be a list in [square brackets]."
            : member.Record is not null ? "must be an object in {curly braces}."
            : member.IsList || type == typeof(string) ? "must be text in \"quotes\"."
            : type.IsEnum ? $"must be one of: {string.Join(", ", Enum.GetNames(type).Select(JsonNamingPolicy.CamelCase.ConvertName))}."
            : type == typeof(bool) ? "must be true or false, without quotes."
            : type == typeof(DateOnly) ? "must be a date in the form yyyy-MM-dd, such as \"2026-03-31\"."
            : type == typeof(DateTime) ? "must be a local date and time in the form yyyy-MM-ddTHH:mm:ss, such as \"2026-03-31T18:00:00\"."
            : type == typeof(TimeOnly) ? "must be a time of day in the form HH:mm, such as \"08:30\"."
            : type == typeof(Guid) ? "must be a UUID."
            : "must be a number, without quotes.";
    }

    [GeneratedRegex("missing required properties including: '([^']+)'")]
    private static partial Regex MissingMembers();
}
