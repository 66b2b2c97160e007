using System.Text.Json;
using System.Text.Json.Nodes;
using FluentValidation.Results;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Rules;

namespace HealthEquity.Formats.Exports;

/// <summary>Reads an entry back from the JSON of an export, public or editorial.</summary>
public static class ExportedText
{
    private static readonly HashSet<string> NotRead = new(
        [.. EntryColumns.State, .. typeof(Entry).GetProperties().Where(p => p.IsDefined(typeof(PublicOnlyAttribute), inherit: true)).Select(p => JsonNamingPolicy.CamelCase.ConvertName(p.Name))],
        StringComparer.Ordinal);

    /// <summary>Reads the entry with its id and slug.</summary>
    /// <param name="json">One document.</param>
    /// <param name="entry">The entry, if it could be read; <see cref="Entry.Id"/> and <see cref="Entry.Slug"/> are set if the document has them.</param>
    /// <param name="failure">The error, named by JSON path, if it could not.</param>
    public static bool TryRead(string json, out Entry? entry, out ValidationFailure? failure)
    {
        if (!TryParse(json, out var document))
        {
            return EntryReader.TryRead(json, out entry, out failure);
        }

        var (id, slug) = (document["id"], document["slug"]);
        foreach (var name in document.Select(m => m.Key).Where(NotRead.Contains).ToList())
        {
            document.Remove(name);
        }

        if (!EntryReader.TryRead(document.ToJsonString(), out entry, out failure))
        {
            return false;
        }

        if (id is not null && !(id.GetValueKind() == JsonValueKind.String && Guid.TryParse((string)id!, out _)))
        {
            (entry, failure) = (null, new ValidationFailure("id", "'id' is not a UUID. Write a UUID, or leave it out."));
            return false;
        }

        entry = entry! with
        {
            Id = id is null ? null : Guid.Parse((string)id!),
            Slug = slug?.GetValueKind() == JsonValueKind.String ? (string)slug! : null,
        };
        return true;
    }

    private static bool TryParse(string json, out JsonObject document)
    {
        try
        {
            document = JsonNode.Parse(json) as JsonObject ?? [];
            return document.Count > 0;
        }
        catch (Exception fault) when (fault is JsonException or ArgumentException)
        {
            // EntryReader reports the error.
            document = [];
            return false;
        }
    }
}
