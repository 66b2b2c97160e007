using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using HealthEquity.Imports.Records;

namespace HealthEquity.Admin.Commands;

/// <summary>Writes what an import lost, totaled by column and reason.</summary>
internal static class ImportLossText
{
    /// <summary>The lines; empty for no losses.</summary>
    public static string Of(IReadOnlyList<ImportLoss> losses) => losses.Count == 0 ? "" : string.Join(
        Environment.NewLine,
        [
            "",
            .. ImportLosses.Marks(losses),
            "Left out, by column and reason:",
            .. losses.Select(l => string.Create(
                CultureInfo.InvariantCulture, $"{l.Times,9:N0}  {(l.Field.Length > 0 ? l.Field : "entire row")}: {l.Reason}{(l.Loaded ? "" : " (row left out)")}")),
        ]);

    /// <summary>The JSON of a command with the losses in it.</summary>
    public static JsonNode WithLosses(object told, IReadOnlyList<ImportLoss> losses)
    {
        var node = JsonSerializer.SerializeToNode(told, JsonSerializerOptions.Web)!.AsObject();
        node["losses"] = JsonSerializer.SerializeToNode(losses, JsonSerializerOptions.Web);
        return node;
    }
}
