using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using HealthEquity.Directory.Entries;

namespace HealthEquity.Formats.Exports;

/// <summary>Reads single values, including the formats that spreadsheets write.</summary>
internal static class CellValue
{
    private static readonly string[] Days = ["yyyy-MM-dd", "M/d/yyyy", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-ddTHH:mm:ss"];

    private static readonly string[] Moments =
        ["yyyy-MM-ddTHH:mm:ss", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-ddTHH:mm", "yyyy-MM-dd HH:mm", "M/d/yyyy H:mm", "M/d/yyyy H:mm:ss"];

    /// <summary>The value as JSON; null if the text is not of this type.</summary>
    public static JsonNode? Read(Type type, string text)
    {
        if (type == typeof(bool))
        {
            return text.ToUpperInvariant() switch { "TRUE" or "YES" => JsonValue.Create(true), "FALSE" or "NO" => JsonValue.Create(false), _ => null };
        }

        if (type == typeof(int) || type == typeof(decimal) || type == typeof(double))
        {
            return Parse(type, text);
        }

        return Parse(type, JsonSerializer.Serialize(text)) is { } exact ? exact
            : type == typeof(DateOnly) && TryRead(text, Days, out var day) ? JsonValue.Create(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))
            : type == typeof(DateTime) && TryRead(text, Moments, out var moment) ? JsonValue.Create(moment.ToString("s", CultureInfo.InvariantCulture))
            : null;
    }

    /// <summary>How to write a value of this type.</summary>
    public static string Remedy(Type type) =>
        type == typeof(bool) ? "Write true or false."
        : type == typeof(int) ? "Write a whole number in digits."
        : type == typeof(decimal) || type == typeof(double) ? "Write a number with a decimal point, such as 12.5."
        : type == typeof(DateOnly) ? "Write a date as yyyy-MM-dd, such as 2026-03-31."
        : type == typeof(DateTime) ? "Write a local date and time as yyyy-MM-ddTHH:mm:ss, such as 2026-03-31T18:00:00."
        : type == typeof(DateTimeOffset) ? "Write a date and time with its offset, such as 2026-03-31T18:00:00+00:00."
        : type == typeof(TimeOnly) ? "Write a time of day as HH:mm, such as 08:30."
        : type == typeof(Guid) ? "Write a UUID."
        : $"Write one of {string.Join(", ", Enum.GetNames(type).Select(JsonNamingPolicy.CamelCase.ConvertName))}.";

    private static bool TryRead(string text, string[] forms, out DateTime value) =>
        DateTime.TryParseExact(text, forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out value);

    private static JsonNode? Parse(Type type, string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, type, EntryJson.Full) is null ? null : JsonNode.Parse(json);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
