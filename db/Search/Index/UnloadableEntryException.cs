using System.Globalization;
using System.Text.Json;

namespace HealthEquity.Search.Index;

/// <summary>An entry can't be loaded into the index, for a reason that was looked for. The message contains nothing from the entry.</summary>
internal sealed class UnloadableEntryException(string reason) : Exception(reason)
{
    /// <summary>The reason for a log or a health report. Messages of other exceptions may quote the entry, so only their type is named.</summary>
    public static string Reason(Exception fault) => fault switch
    {
        UnloadableEntryException known => known.Message,
        JsonException json => string.Create(
            CultureInfo.InvariantCulture, $"its stored text is not a valid entry (line {json.LineNumber + 1}, byte {json.BytePositionInLine + 1})"),
        _ => $"it could not be indexed ({fault.GetType().Name})",
    };
}
