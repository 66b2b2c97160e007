using System.CommandLine;
using System.Text.Json;

namespace HealthEquity.Admin.Commands;

/// <summary>Writes command output as JSON for scripts or as text for people.</summary>
internal static class JsonOutput
{
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static Option<bool> Option() => new("--json") { Description = "Write JSON for scripts." };

    /// <summary>Writes the value as JSON, or the text.</summary>
    public static void Write(this OperatorShell shell, bool json, object value, string text)
    {
        if (json)
        {
            shell.WriteJson(value);
        }
        else
        {
            shell.Output.WriteLine(text);
        }
    }

    /// <summary>Writes the value as JSON.</summary>
    public static void WriteJson(this OperatorShell shell, object value) => shell.Output.WriteLine(JsonSerializer.Serialize(value, Indented));
}
