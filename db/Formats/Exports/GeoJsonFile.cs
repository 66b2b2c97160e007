using System.Text.Json;
using HealthEquity.Directory.Entries;

namespace HealthEquity.Formats.Exports;

/// <summary>
/// Writes public locations as points (RFC 7946), one feature per location. Locations that are not fully public are omitted, even in exports for
/// curators: a map of shelters must not exist as a file.
/// </summary>
internal sealed class GeoJsonFile(Stream to) : IEntryFile
{
    private readonly MemoryStream _feature = new();
    private string _before = "{\"type\":\"FeatureCollection\",\"features\":[\n";

    public async Task AddAsync(EntryDocument entry, CancellationToken cancellation)
    {
        using var document = JsonDocument.Parse(entry.Document);
        var root = document.RootElement;
        var number = 0;
        foreach (var place in Places(root))
        {
            number++;
            if (Text(place, "visibility") == "public" && place.TryGetProperty("latitude", out var north) && place.TryGetProperty("longitude", out var east))
            {
                await WriteAsync(_before, cancellation);
                _before = ",\n";
                _feature.SetLength(0);
                WriteFeature(root, place, number, north.GetDouble(), east.GetDouble());
                await to.WriteAsync(_feature.GetBuffer().AsMemory(0, (int)_feature.Length), cancellation);
            }
        }
    }

    public async Task EndAsync(CancellationToken cancellation)
    {
        await WriteAsync((_before.StartsWith('{') ? _before : "\n") + "]}\n", cancellation);
        await to.FlushAsync(cancellation);
    }

    public async ValueTask DisposeAsync() => await _feature.DisposeAsync();

    /// <summary>An event has one location, other kinds have a list.</summary>
    private static IEnumerable<JsonElement> Places(JsonElement entry) =>
        entry.TryGetProperty("locations", out var places) ? places.EnumerateArray()
        : entry.TryGetProperty("location", out var place) ? [place]
        : [];

    private static string? Text(JsonElement holder, string member) =>
        holder.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private async Task WriteAsync(string text, CancellationToken cancellation) => await to.WriteAsync(System.Text.Encoding.UTF8.GetBytes(text), cancellation);

    private void WriteFeature(JsonElement entry, JsonElement place, int number, double north, double east)
    {
        using var json = new Utf8JsonWriter(_feature, new JsonWriterOptions { Encoder = EntryJson.Public.Encoder });
        json.WriteStartObject();
        json.WriteString("type", "Feature");
        var id = Text(entry, "id");
        if (id is not null)
        {
            json.WriteString("id", $"{id}/{number}");
        }

        json.WriteStartObject("geometry");
        json.WriteString("type", "Point");
        json.WriteStartArray("coordinates");
        json.WriteNumberValue(east);
        json.WriteNumberValue(north);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteStartObject("properties");
        Write(json, "entryId", id);
        foreach (var member in (ReadOnlySpan<string>)["kind", "slug", "name", "summary", "website", "url", "startsAt", "timeZone", "assuredOn"])
        {
            Write(json, member, Text(entry, member));
        }

        if (entry.TryGetProperty("phones", out var phones) && phones.GetArrayLength() > 0)
        {
            Write(json, "phone", Text(phones[0], "number"));
        }

        Write(json, "locationName", Text(place, "name"));
        foreach (var member in (ReadOnlySpan<string>)["address1", "address2", "city", "county", "stateProvince", "postalCode", "country"])
        {
            Write(json, member, Text(place, member));
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }
}
