using System.CommandLine;
using System.Text.Json;

namespace HealthEquity.Admin.Commands;

/// <summary>Output that a script reads.</summary>
internal static class JsonOutput
{
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static Option<bool> Option() => new("--json") { Description = "Write JSON, for scripts." };

    public static void Write(object value) => Console.WriteLine(JsonSerializer.Serialize(value, Indented));
}
