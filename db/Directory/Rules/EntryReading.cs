using System.Text.Json;
using System.Text.RegularExpressions;
using FluentValidation.Results;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Vocabularies;

namespace HealthEquity.Directory.Rules;

/// <summary>Reads an entry that somebody wrote by hand or by program, and says in plain words where it can't be read.</summary>
public static partial class EntryReading
{
    /// <summary>Reads the revision form.</summary>
    /// <param name="body">The JSON text.</param>
    /// <param name="entry">The entry, when it could be read.</param>
    /// <param name="failure">What is wrong, named by JSON path as <see cref="EntryValidation"/> names it, when it could not.</param>
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
            failure = Kindless();
        }

        return false;
    }

    private static ValidationFailure Explain(string body, JsonException e)
    {
        if (!TryParse(body, out var kind))
        {
            return new ValidationFailure("", $"The text is not JSON (line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}): look for a missing comma, quote or bracket there.");
        }

        var record = RecordOf(kind);
        if (record is null)
        {
            return Kindless();
        }

        var path = (e.Path ?? "$").TrimStart('$').TrimStart('.');
        if (MissingMembers().Match(e.Message) is { Success: true } missing)
        {
            var member = (path.Length > 0 ? path + "." : "") + missing.Groups[1].Value;
            return new ValidationFailure(member, $"'{member}' is missing: fill it in.");
        }

        var (holder, found) = Follow(record, path);
        if (found is not null && e.Message.Contains("null values", StringComparison.Ordinal))
        {
            return new ValidationFailure(path, $"'{path}' is null: fill it in, or leave it out.");
        }

        if (found is not null)
        {
            return new ValidationFailure(path, $"'{path}' {Wanted(found, path.EndsWith(']'))}");
        }

        var written = path.Split('.')[^1];
        var nearest = NearestTerm.Find(written, EntryMembers.Of(holder).Select(m => m.Name));
        var remedy = nearest is not null ? $"Did you mean '{nearest}'?" : "Take it out, or look in the documentation for the name.";
        return new ValidationFailure(path, $"'{path}' is not a member that an entry of this kind has. {remedy}");
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

    private static ValidationFailure Kindless() =>
        new("kind", $"'kind' is missing or is no kind of entry: write one of {string.Join(", ", EntryKinds.All.Select(k => k.Code()))}.");

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

    private static string Wanted(EntryMember member, bool isItem)
    {
        var type = Nullable.GetUnderlyingType(member.Property.PropertyType) ?? member.Property.PropertyType;
        return member.IsList && !isItem ? "is not a list: write it in [square brackets]."
            : member.Record is not null ? "is not an object: write its members in {curly brackets}."
            : member.IsList || type == typeof(string) ? "is not a text: write it in \"quotes\"."
            : type.IsEnum ? $"holds a word that it does not know: write one of {string.Join(", ", Enum.GetNames(type).Select(JsonNamingPolicy.CamelCase.ConvertName))}."
            : type == typeof(bool) ? "is neither true nor false: write one of them, without quotes."
            : type == typeof(DateOnly) ? "is no date: write it as yyyy-MM-dd, such as \"2026-03-31\"."
            : type == typeof(DateTime) ? "is no local date and time: write it as yyyy-MM-ddTHH:mm:ss, such as \"2026-03-31T18:00:00\"."
            : type == typeof(TimeOnly) ? "is no time of day: write it as HH:mm, such as \"08:30\"."
            : type == typeof(Guid) ? "is no id: write a UUID."
            : "is no number: write digits without quotes.";
    }

    [GeneratedRegex("missing required properties including: '([^']+)'")]
    private static partial Regex MissingMembers();
}
