using System.CommandLine;
using System.Text.Json;

namespace HealthEquity.Admin.Commands;

/// <summary>Output that a script reads.</summary>
internal static class JsonOutput
{
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static Option<bool> Option() => new("--json") { Description = "Write JSON, for scripts." };

    /// <summary>The value for a script, or else the words for a person.</summary>
    public static void Write(bool json, object value, string words)
    {
        if (json)
        {
            Write(value);
        }
        else
        {
            Console.WriteLine(words);
        }
    }

    public static void Write(object value) => Console.WriteLine(JsonSerializer.Serialize(value, Indented));
}
