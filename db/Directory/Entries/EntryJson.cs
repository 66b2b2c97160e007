using System.Globalization;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;

namespace HealthEquity.Directory.Entries;

/// <summary>
/// The JSON forms of an entry. Members are camelCase, nulls are left out, empty lists stay, times are HH:mm, and an
/// unknown member is refused: a misspelled field must not vanish.
/// </summary>
public static class EntryJson
{
    /// <summary>What a revision holds: everything but <see cref="PublicOnlyAttribute"/> members.</summary>
    public static JsonSerializerOptions Revision { get; } = Create(leftOut: typeof(PublicOnlyAttribute));

    /// <summary>What the public reads: everything but <see cref="EditorialAttribute"/> members.</summary>
    public static JsonSerializerOptions Public { get; } = Create(leftOut: typeof(EditorialAttribute));

    /// <summary>Every member, for who has both: an export among curators.</summary>
    public static JsonSerializerOptions Whole { get; } = Create(leftOut: null);

    /// <summary>Writes an entry as a revision's body.</summary>
    public static string Write(Entry entry) => JsonSerializer.Serialize(entry, Revision);

    /// <summary>Reads a revision's body.</summary>
    /// <exception cref="JsonException">The text is no entry: unknown kind or member, wrong type, missing required member.</exception>
    public static Entry Read(string body) =>
        JsonSerializer.Deserialize<Entry>(body, Revision) ?? throw new JsonException("The entry is null.");

    private static JsonSerializerOptions Create(Type? leftOut)
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            AllowOutOfOrderMetadataProperties = true,
            NumberHandling = JsonNumberHandling.Strict,
            RespectNullableAnnotations = true,
            // Letters of every script as they are: half the size for Arabic or Chinese. HTML's own characters stay escaped.
            Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { LeaveOut, PutSharedMembersFirst } },
            Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false), new HourMinuteConverter() },
        };
        options.MakeReadOnly();
        return options;

        void LeaveOut(JsonTypeInfo type)
        {
            for (var i = type.Properties.Count - 1; i >= 0; i--)
            {
                if (type.Properties[i].AttributeProvider is MemberInfo member && leftOut is not null && member.IsDefined(leftOut))
                {
                    type.Properties.RemoveAt(i);
                }
            }
        }
    }

    /// <summary>Id, slug and name at the head, where a reader looks for them, and what only one kind has at the end.</summary>
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
                : throw new JsonException("A time of day is written HH:mm, such as 08:30.");

        public override void Write(Utf8JsonWriter writer, TimeOnly value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString("HH:mm", CultureInfo.InvariantCulture));
    }
}
