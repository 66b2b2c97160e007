using System.Text.Json.Nodes;
using HealthEquity.Formats.Sources;

namespace HealthEquity.Formats.Transforms;

/// <summary>One named way to read a cell. A mapping strings several together.</summary>
public abstract class Transform
{
    /// <summary>Other columns of the same row that it looks at.</summary>
    public virtual IEnumerable<string> Columns => [];

    /// <summary>What the text means; null for nothing.</summary>
    /// <param name="text">The text, not empty.</param>
    /// <param name="row">The row that it stands in.</param>
    /// <exception cref="CellException">It can't be read.</exception>
    public abstract JsonNode? Apply(string text, SourceRow row);
}
