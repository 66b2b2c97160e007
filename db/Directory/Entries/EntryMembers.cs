using System.Collections;
using System.Collections.Frozen;
using System.Linq.Expressions;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace HealthEquity.Directory.Entries;

/// <summary>One member of a model record, under its JSON name.</summary>
public sealed record EntryMember
{
    /// <summary>The name in JSON.</summary>
    public required string Name { get; init; }

    /// <summary>The property.</summary>
    public required PropertyInfo Property { get; init; }

    /// <summary>The vocabulary of its value or values; null if it has none.</summary>
    public required string? Vocabulary { get; init; }

    /// <summary>True if it may be null.</summary>
    public required bool Optional { get; init; }

    /// <summary>The type of record it holds (or a list of); null for plain values.</summary>
    public required Type? Record { get; init; }

    /// <summary>Reads its value.</summary>
    public required Func<object, object?> Get { get; init; }

    /// <summary>True for a list.</summary>
    public bool IsList => Property.PropertyType != typeof(string) && typeof(IEnumerable).IsAssignableFrom(Property.PropertyType);
}

/// <summary>A value in an entry, with its path.</summary>
/// <param name="Path">The JSON path, such as <c>phones[0].type</c>.</param>
/// <param name="Member">The member that holds it.</param>
/// <param name="Value">The value; for a list, the whole list.</param>
public readonly record struct EntryValue(string Path, EntryMember Member, object? Value);

/// <summary>The model's records and their members, read once by reflection. For code that must treat every member the same way.</summary>
public static class EntryMembers
{
    private static readonly FrozenDictionary<Type, EntryMember[]> ByRecord = ReadAll();

    /// <summary>The model's records: the six kinds and everything they contain.</summary>
    public static IEnumerable<Type> Records => ByRecord.Keys;

    /// <summary>The members of a record that are stored in a revision.</summary>
    public static IReadOnlyList<EntryMember> Of(Type record) => ByRecord[record];

    /// <summary>Every value in an entry, outermost first.</summary>
    public static IEnumerable<EntryValue> Walk(Entry entry) => Walk(entry, "");

    private static IEnumerable<EntryValue> Walk(object record, string prefix)
    {
        foreach (var member in ByRecord[record.GetType()])
        {
            var value = member.Get(record);
            var path = prefix + member.Name;
            yield return new EntryValue(path, member, value);
            if (member.Record is not null && value is not null)
            {
                var inner = member.IsList
                    ? ((IEnumerable)value).Cast<object?>().Index().Where(i => i.Item is not null).SelectMany(i => Walk(i.Item!, $"{path}[{i.Index}]."))
                    : Walk(value, path + ".");
                foreach (var found in inner)
                {
                    yield return found;
                }
            }
        }
    }

    private static FrozenDictionary<Type, EntryMember[]> ReadAll()
    {
        var nullability = new NullabilityInfoContext();
        var read = new Dictionary<Type, EntryMember[]>();
        var waiting = new Queue<Type>(typeof(Entry).GetCustomAttributes<JsonDerivedTypeAttribute>().Select(d => d.DerivedType));
        while (waiting.TryDequeue(out var record))
        {
            if (!read.ContainsKey(record))
            {
                read[record] = [.. record.GetProperties().Where(IsStored).Select(p => Read(p, nullability))];
                Array.ForEach(read[record], m => { if (m.Record is not null) { waiting.Enqueue(m.Record); } });
            }
        }

        return read.ToFrozenDictionary();
    }

    private static bool IsStored(PropertyInfo property) =>
        !property.IsDefined(typeof(PublicOnlyAttribute)) && !property.IsDefined(typeof(JsonIgnoreAttribute));

    private static EntryMember Read(PropertyInfo property, NullabilityInfoContext nullability)
    {
        var holder = Expression.Parameter(typeof(object));
        var get = Expression.Convert(Expression.Property(Expression.Convert(holder, property.DeclaringType!), property), typeof(object));
        var held = property.PropertyType.IsGenericType ? property.PropertyType.GetGenericArguments()[0] : property.PropertyType;
        return new EntryMember
        {
            Name = JsonNamingPolicy.CamelCase.ConvertName(property.Name),
            Property = property,
            Vocabulary = property.GetCustomAttribute<VocabularyAttribute>()?.Name,
            Optional = nullability.Create(property).ReadState == NullabilityState.Nullable,
            Record = held.IsClass && held.Assembly == typeof(Entry).Assembly ? held : null,
            Get = Expression.Lambda<Func<object, object?>>(get, holder).Compile(),
        };
    }
}
