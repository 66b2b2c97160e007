using System.Globalization;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;

namespace HealthEquity.Directory.Entries;

/// <summary>
/// The JSON forms of an entry. Members are camelCase, nulls are omitted, empty lists are kept, times are HH:mm, and unknown members are
/// rejected so that a misspelled field is not silently lost.
/// </summary>
public static class EntryJson
{
    /// <summary>The form stored in revisions: everything except <see cref="PublicOnlyAttribute"/> members.</summary>
    public static JsonSerializerOptions Revision { get; } = Create(excluded: typeof(PublicOnlyAttribute));

    /// <summary>The public form: everything except <see cref="EditorialAttribute"/> members.</summary>
    public static JsonSerializerOptions Public { get; } = Create(excluded: typeof(EditorialAttribute));

    /// <summary>Every member, for editorial exports.</summary>
    public static JsonSerializerOptions Full { get; } = Create(excluded: null);

    /// <summary>Serializes an entry as the body of a revision.</summary>
    public static string Write(Entry entry) => JsonSerializer.Serialize(entry, Revision);

    /// <summary>Deserializes the body of a revision.</summary>
    /// <exception cref="JsonException">The text is not an entry: unknown kind or member, wrong type, or missing required member.</exception>
    public static Entry Read(string body) =>
        JsonSerializer.Deserialize<Entry>(body, Revision) ?? throw new JsonException("The entry is null.");

    private static JsonSerializerOptions Create(Type? excluded)
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            AllowOutOfOrderMetadataProperties = true,
            NumberHandling = JsonNumberHandling.Strict,
            RespectNullableAnnotations = true,
            // Letters of all scripts are not escaped, which halves the size of Arabic or Chinese text. HTML characters stay escaped.
            Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { ExcludeMembers, PutSharedMembersFirst } },
            Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false), new HourMinuteConverter() },
        };
        options.MakeReadOnly();
        return options;

        void ExcludeMembers(JsonTypeInfo type)
        {
            for (var i = type.Properties.Count - 1; i >= 0; i--)
            {
                if (type.Properties[i].AttributeProvider is MemberInfo member && excluded is not null && member.IsDefined(excluded))
                {
                    type.Properties.RemoveAt(i);
                }
            }
        }
    }

    /// <summary>Puts id, slug and name first, where readers look for them, and the members of one kind last.</summary>
    private static void PutSharedMembersFirst(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
        {
            property.Order = property.AttributeProvider is MemberInfo { DeclaringType: { } declaring } ? Depth(declaring) : 0;
        }

        static int Depth(Type type) => type.BaseType is { } parent ? 1 + Depth(parent) : 0;
    }

    private sealed class HourMinuteConverter : JsonConverter<TimeOnly>
    {
        public override TimeOnly Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            TimeOnly.TryParseExact(reader.GetString(), "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
                ? time
                : throw new JsonException("A time of day must be in the form HH:mm, such as 08:30.");

        public override void Write(Utf8JsonWriter writer, TimeOnly value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString("HH:mm", CultureInfo.InvariantCulture));
    }
}
