using System.Text.Json.Nodes;
using HealthEquity.Directory.Entries;

namespace HealthEquity.Formats.Sources;

/// <summary>An error in a mapping. The message names the place in the mapping and how to fix it.</summary>
/// <param name="place">The place, such as "fields.phones[0].as".</param>
/// <param name="problem">What is wrong and how to fix it.</param>
public sealed class MappingException(string place, string problem) : RefusedException(place.Length == 0 ? problem : $"{place}: {problem}")
{
    /// <summary>The place in the mapping, such as "fields.phones[0].as"; empty for the whole mapping.</summary>
    public string Place { get; } = place;

    /// <summary>What is wrong and how to fix it.</summary>
    public string Problem { get; } = problem;
}

/// <summary>A file that can't be read. The message names the file and how to fix it.</summary>
public sealed class ImportFileException(string message) : RefusedException(message);

/// <summary>An error in a cell, reported by a transform.</summary>
/// <param name="reason">What is wrong with it.</param>
/// <param name="remedy">What to write instead.</param>
public sealed class CellException(string reason, string remedy) : Exception(reason)
{
    /// <summary>What to write instead.</summary>
    public string Remedy { get; } = remedy;

    /// <summary>The part of the value that could be read. The row is loaded with it, and the rest is reported. Null if nothing could be read.</summary>
    public JsonNode? Kept { get; init; }
}
