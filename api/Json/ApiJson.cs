using System.Text.Json;
using HealthEquity.Directory.Entries;

namespace HealthEquity.Api.Json;

/// <summary>The JSON settings of all answers: those of the public view of entries.</summary>
public static class ApiJson
{
    /// <summary>The options of <see cref="EntryJson.Public"/>.</summary>
    public static JsonSerializerOptions Options => EntryJson.Public;

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
