using System.CommandLine;
using System.Text.Json;

namespace HealthEquity.Admin.Commands;

/// <summary>Writes command output as JSON for scripts or as text for people.</summary>
internal static class JsonOutput
{
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static Option<bool> Option() => new("--json") { Description = "Write JSON for scripts." };

    /// <summary>Writes the value as JSON, or the text.</summary>
    public static void Write(bool json, object value, string text)
    {
        if (json)
        {
            Write(value);
        }
        else
        {
            Console.WriteLine(text);
        }
    }

    public static void Write(object value) => Console.WriteLine(JsonSerializer.Serialize(value, Indented));
}
