using System.Text.Json;
using System.Text.Json.Serialization;
using HealthEquity.Directory.Entries;
using HealthEquity.Formats.Sources;
using HealthEquity.Imports.Mappings;

namespace HealthEquity.Imports.Columns;

/// <summary>A column of a file, and the field it maps to.</summary>
/// <param name="Column">The name of the column, as in the header.</param>
/// <param name="Target">The code of the field, one of <see cref="ImportTargets"/>; null if the column is skipped.</param>
public sealed record MappedColumn(string Column, string? Target);

/// <summary>
/// A mapping made by choosing a field for each column of a table. It is converted to a mapping file, so there is one engine and one set of error
/// messages.
/// </summary>
public sealed record ColumnMapping
{
    private static readonly JsonSerializerOptions Written = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>The name that identifies the source: lowercase words with hyphens.</summary>
    public required string Name { get; init; }

    /// <summary>The title of the source for people. It is recorded in each entry's sources.</summary>
    public required string Title { get; init; }

    /// <summary>The address of the source, http or https.</summary>
    public string? Url { get; init; }

    /// <summary>The date when the source was retrieved.</summary>
    public DateOnly? RetrievedOn { get; init; }

    /// <summary>The kind of entry of the rows.</summary>
    public required EntryKind Kind { get; init; }

    /// <summary>All columns of the file, in order.</summary>
    public required IReadOnlyList<MappedColumn> Columns { get; init; }

    /// <summary>The columns that identify a row in the source; empty to use name, street and ZIP code.</summary>
    public IReadOnlyList<string> Id { get; init; } = [];

    /// <summary>The USPS code of the state of all rows, for a file without a state column.</summary>
    public string? State { get; init; }

    /// <summary>Texts that mean "empty".</summary>
    public IReadOnlyList<string> Empty { get; init; } = ["NA", "N/A", "-", "--", "?", "null"];

    /// <summary>The columns that the file must have. The others are optional.</summary>
    [JsonIgnore]
    public IEnumerable<string> Needed => Columns.Where(c => c.Target is not null).Select(c => c.Column).Concat(Id).Distinct(StringComparer.OrdinalIgnoreCase);

    /// <summary>The mapping as stored.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Written);

    /// <summary>Reads the result of <see cref="ToJson"/>.</summary>
    /// <exception cref="MappingException">The mapping can't be read.</exception>
    public static ColumnMapping Read(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<ColumnMapping>(json, Written) ?? throw new MappingException("", "the mapping of columns is empty.");
        }
        catch (JsonException fault)
        {
            throw new MappingException(fault.Path ?? "", $"the mapping of columns can't be read: {fault.Message}");
        }
    }

    /// <summary>The equivalent mapping file, for <c>--mapping</c>.</summary>
    /// <exception cref="MappingException">The mapping is invalid. The message names the column and how to fix it.</exception>
    public string ToDocument() => new MappingDocument(this).Write();

    /// <summary>The mapping for the import.</summary>
    /// <exception cref="MappingException">The mapping is invalid. The message names the column and how to fix it.</exception>
    public ImportMapping ToMapping() => MappingReader.Read(ToDocument());
}
