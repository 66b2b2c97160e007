using System.Text.Json.Nodes;
using HealthEquity.Formats.Sources;

namespace HealthEquity.Formats.Transforms;

/// <summary>A named step that reads a cell. A mapping chains several.</summary>
public abstract class Transform
{
    /// <summary>Other columns of the row that it reads.</summary>
    public virtual IEnumerable<string> Columns => [];

    /// <summary>Transforms a text; null for nothing.</summary>
    /// <param name="text">The text, not empty.</param>
    /// <param name="row">The row.</param>
    /// <exception cref="CellException">The text can't be read.</exception>
    public abstract JsonNode? Apply(string text, SourceRow row);
}
