using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace HealthEquity.Store.Lists;

/// <summary>What a curated list says: its texts by language (BCP-47) and its entries in order. The body of a list, and of its published copy.</summary>
public sealed record ListContent
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        RespectNullableAnnotations = true,
    };

    /// <summary>The title by language.</summary>
    public IReadOnlyDictionary<string, string> Titles { get; init; } = new Dictionary<string, string>();

    /// <summary>A note above the entries, by language.</summary>
    public IReadOnlyDictionary<string, string> Notes { get; init; } = new Dictionary<string, string>();

    /// <summary>Who the list is for, a term of the vocabulary "audience"; null if it is for everyone.</summary>
    public string? Audience { get; init; }

    /// <summary>The entries, in order.</summary>
    public IReadOnlyList<ListEntry> Entries { get; init; } = [];

    /// <summary>Reads a body.</summary>
    /// <exception cref="JsonException">It is damaged.</exception>
    public static ListContent Read(string body) =>
        JsonSerializer.Deserialize<ListContent>(body, Json) is { } content && !content.Entries.Contains(null!) ? content : throw new JsonException("The list is null, or contains a null.");

    /// <summary>Writes the body. The same content is always the same text.</summary>
    public string Write() => JsonSerializer.Serialize(this, Json);
}

/// <summary>An entry on a list.</summary>
public sealed record ListEntry
{
    /// <summary>The entry's id. It stays on the list when the entry is taken down or merged.</summary>
    public required Guid Id { get; init; }

    /// <summary>A note about it, by language.</summary>
    public IReadOnlyDictionary<string, string> Notes { get; init; } = new Dictionary<string, string>();
}
