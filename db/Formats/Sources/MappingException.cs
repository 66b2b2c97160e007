using System.Text.Json.Nodes;
using HealthEquity.Directory.Entries;

namespace HealthEquity.Formats.Sources;

/// <summary>A mapping that can't be used as it is. The message names the place in the mapping and what to write there.</summary>
/// <param name="place">Where, such as "fields.phones[0].as".</param>
/// <param name="problem">What is wrong, and what to do.</param>
public sealed class MappingException(string place, string problem) : RefusedException(place.Length == 0 ? problem : $"{place}: {problem}")
{
    /// <summary>Where in the mapping, such as "fields.phones[0].as"; empty for all of it.</summary>
    public string Place { get; } = place;

    /// <summary>What is wrong, and what to do.</summary>
    public string Problem { get; } = problem;
}

/// <summary>A file that can't be read as the mapping says. The message names the file and what to do.</summary>
public sealed class ImportFileException(string message) : RefusedException(message);

/// <summary>A cell that a transform can't read.</summary>
/// <param name="reason">What is wrong with it.</param>
/// <param name="remedy">What to write instead.</param>
public sealed class CellException(string reason, string remedy) : Exception(reason)
{
    /// <summary>What to write instead.</summary>
    public string Remedy { get; } = remedy;

    /// <summary>What could be read all the same: the row is loaded with it, and the rest is reported. Null when nothing could.</summary>
    public JsonNode? Kept { get; init; }
}
