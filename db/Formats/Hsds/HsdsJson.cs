using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace HealthEquity.Formats.Hsds;

/// <summary>How HSDS documents are written: snake_case, and nulls left out, because the standard's schemas refuse them.</summary>
public static class HsdsJson
{
    /// <summary>The serializer's options.</summary>
    public static JsonSerializerOptions Options { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new Milliseconds() },
    };

    /// <summary>The standard wants moments to the millisecond. What is finer is cut off, so no moment is later than it was.</summary>
    private sealed class Milliseconds : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset();

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
    }
}
