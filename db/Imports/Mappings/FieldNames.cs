using System.Text.Json.Serialization.Metadata;
using HealthEquity.Directory.Entries;
using HealthEquity.Formats.Sources;
using HealthEquity.Formats.Transforms;

namespace HealthEquity.Imports.Mappings;

/// <summary>Checks that all members in a mapping exist in its kind of entry.</summary>
internal static class FieldNames
{
    /// <exception cref="MappingException">A member does not exist.</exception>
    public static void Check(ImportMapping mapping) => Check(mapping.Fields, TypeOf(mapping.Kind), "fields");

    private static Type TypeOf(EntryKind kind) => kind switch
    {
        EntryKind.Provider => typeof(Provider),
        EntryKind.Attorney => typeof(Attorney),
        EntryKind.Organization => typeof(Organization),
        EntryKind.PolicyAction => typeof(PolicyAction),
        EntryKind.Material => typeof(Material),
        _ => typeof(Event),
    };

    private static void Check(Template template, Type type, string place)
    {
        var info = EntryJson.Revision.GetTypeInfo(type);
        switch (template)
        {
            case ObjectTemplate fields when info.Kind == JsonTypeInfoKind.Object:
                CheckMembers(fields, info, place);
                break;
            case ListTemplate list when info.ElementType is { } element:
                foreach (var (index, item) in list.Items.Index())
                {
                    Check(item, element, $"{place}[{index}]");
                }

                break;
            case EachTemplate each when info.ElementType is { } element:
                Check(each.Item, element, $"{place}.item");
                break;
            case EachTemplate each when info.Kind == JsonTypeInfoKind.Object:
                Check(each.Item, type, $"{place}.item");
                break;
        }
    }

    private static void CheckMembers(ObjectTemplate fields, JsonTypeInfo info, string place)
    {
        foreach (var (name, member) in fields.Members)
        {
            var property = info.Properties.FirstOrDefault(p => p.Name == name)
                ?? throw new MappingException($"{place}.{name}", $"unknown member. Use one of {string.Join(", ", info.Properties.Select(p => p.Name))}.");
            Check(member, property.PropertyType, $"{place}.{name}");
        }
    }
}
