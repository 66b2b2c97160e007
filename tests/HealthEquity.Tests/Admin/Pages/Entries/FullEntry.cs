using System.Collections;
using System.Reflection;
using System.Text.Json.Serialization;
using HealthEquity.Directory.Entries;

namespace HealthEquity.Tests.Admin.Pages.Entries;

/// <summary>Creates entries with a value in every editable field.</summary>
internal static class FullEntry
{
    /// <summary>Creates an entry of a kind. Each text contains its member name.</summary>
    public static Entry Of(EntryKind kind, Func<string, string>? text = null)
    {
        var type = typeof(Entry).Assembly.GetTypes().Single(t => t.IsSubclassOf(typeof(Entry)) && !t.IsAbstract && t.Name.Equals(kind.ToString(), StringComparison.Ordinal));
        return (Entry)Filled(type, text ?? (name => $"{name} \"of\" <it>, ñ"));
    }

    private static object Filled(Type type, Func<string, string> text)
    {
        var made = Activator.CreateInstance(type)!;
        foreach (var property in type.GetProperties().Where(p => p.CanWrite && !p.IsDefined(typeof(PublicOnlyAttribute)) && !p.IsDefined(typeof(JsonIgnoreAttribute))))
        {
            property.SetValue(made, Value(property, text));
        }

        return made;
    }

    private static object Value(PropertyInfo property, Func<string, string> text)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        if (!type.IsGenericType)
        {
            return One(type, property.Name, text);
        }

        var item = type.GetGenericArguments()[0];
        var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(item))!;
        list.Add(One(item, property.Name + "One", text));
        list.Add(One(item, property.Name + "Two", text));
        return list;
    }

    private static object One(Type type, string name, Func<string, string> text) => type switch
    {
        _ when type == typeof(string) => text(name),
        _ when type == typeof(bool) => true,
        _ when type == typeof(int) => 12,
        _ when type == typeof(decimal) => 12.50m,
        _ when type == typeof(double) => -80.1918,
        _ when type == typeof(DateOnly) => new DateOnly(2026, 2, 3),
        _ when type == typeof(TimeOnly) => new TimeOnly(16, 15),
        _ when type == typeof(DateTime) => new DateTime(2026, 2, 3, 18, 30, 0),
        _ when type == typeof(Guid) => Guid.Parse("01890000-0000-7000-8000-0000000000aa"),
        { IsEnum: true } => Enum.GetValues(type).GetValue(1)!,
        _ => Filled(type, text),
    };
}
