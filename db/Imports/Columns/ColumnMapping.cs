using System.Text.Json;
using System.Text.Json.Serialization;
using HealthEquity.Directory.Entries;
using HealthEquity.Formats.Sources;
using HealthEquity.Imports.Mappings;

namespace HealthEquity.Imports.Columns;

/// <summary>A column of a file, and the field that it feeds.</summary>
/// <param name="Column">The column's name as it stands in the file's first line.</param>
/// <param name="Target">The field's code, one of <see cref="ImportTargets"/>; null when the column is left out.</param>
public sealed record MappedColumn(string Column, string? Target);

/// <summary>
/// A mapping as somebody makes it by choosing, for each column of one table, the field that it feeds. It becomes an ordinary mapping
/// file, so there is one engine and one set of complaints.
/// </summary>
public sealed record ColumnMapping
{
    private static readonly JsonSerializerOptions Written = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>The source's name, lower-case words and hyphens; what was loaded is found again under it.</summary>
    public required string Name { get; init; }

    /// <summary>What the source is called in front of people; it stands in each entry's sources.</summary>
    public required string Title { get; init; }

    /// <summary>Where the source can be read, http or https.</summary>
    public string? Url { get; init; }

    /// <summary>The day on which the source was read.</summary>
    public DateOnly? RetrievedOn { get; init; }

    /// <summary>The kind of entry that rows become.</summary>
    public required EntryKind Kind { get; init; }

    /// <summary>Every column of the file, in its order.</summary>
    public required IReadOnlyList<MappedColumn> Columns { get; init; }

    /// <summary>The columns that identify a row in the source; none when name, street and ZIP code do.</summary>
    public IReadOnlyList<string> Id { get; init; } = [];

    /// <summary>The USPS code of the state in which all rows lie, for a file that has no column for it.</summary>
    public string? State { get; init; }

    /// <summary>Texts that mean nothing.</summary>
    public IReadOnlyList<string> Empty { get; init; } = ["NA", "N/A", "-", "--", "?", "null"];

    /// <summary>The columns that the file must have; the others may come and go.</summary>
    [JsonIgnore]
    public IEnumerable<string> Needed => Columns.Where(c => c.Target is not null).Select(c => c.Column).Concat(Id).Distinct(StringComparer.OrdinalIgnoreCase);

    /// <summary>The mapping as it is kept.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Written);

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="MappingException">It can't be read.</exception>
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

    /// <summary>The mapping file that says the same, to be kept, changed and given to <c>--mapping</c>.</summary>
    /// <exception cref="MappingException">It can't be used as it is: the message names the column and the remedy.</exception>
    public string ToDocument() => new MappingDocument(this).Write();

    /// <summary>The mapping that imports use.</summary>
    /// <exception cref="MappingException">It can't be used as it is: the message names the column and the remedy.</exception>
    public ImportMapping ToMapping() => MappingReader.Read(ToDocument());
}
