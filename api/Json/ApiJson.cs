using System.Text.Json;
using System.Text.Json.Serialization;
using HealthEquity.Directory.Entries;

namespace HealthEquity.Api.Json;

/// <summary>The JSON settings of all answers: those of the public view of entries.</summary>
public static class ApiJson
{
    private static readonly JsonSerializerOptions Reading = new(EntryJson.Public) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip };

    /// <summary>The options of <see cref="EntryJson.Public"/>.</summary>
    public static JsonSerializerOptions Options => EntryJson.Public;

    /// <summary>Reads a published entry, or an answer with entries. A newer publisher may have written members that this node does not know: they are served, but not read.</summary>
    public static T Read<T>(ReadOnlySpan<byte> document) => JsonSerializer.Deserialize<T>(document, Reading)!;

    /// <summary>Applies the same settings to other options.</summary>
    public static void Apply(JsonSerializerOptions options)
    {
        var source = Options;
        options.PropertyNamingPolicy = source.PropertyNamingPolicy;
        options.DefaultIgnoreCondition = source.DefaultIgnoreCondition;
        options.UnmappedMemberHandling = source.UnmappedMemberHandling;
        options.NumberHandling = source.NumberHandling;
        options.Encoder = source.Encoder;
        options.TypeInfoResolverChain.Clear();
        options.TypeInfoResolverChain.Add(source.TypeInfoResolver!);
        foreach (var converter in source.Converters)
        {
            options.Converters.Add(converter);
        }
    }
}
