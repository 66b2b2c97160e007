using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using HealthEquity.Directory.Entries;

namespace HealthEquity.Directory.Publication;

/// <summary>The fields of each kind that the public can read, and so can say something about.</summary>
public static partial class PublicFields
{
    private static readonly FrozenDictionary<EntryKind, Type> Types = typeof(Entry).GetCustomAttributes<JsonDerivedTypeAttribute>()
        .ToFrozenDictionary(d => EntryKinds.Parse((string)d.TypeDiscriminator!), d => d.DerivedType);

    /// <summary>The names of a kind's fields, as JSON has them.</summary>
    public static IEnumerable<string> Of(EntryKind kind) => Members(Types[kind]).Select(m => m.Name);

    /// <summary>Whether a kind has the field: a name such as <c>phones</c>, or a path into it such as <c>phones[0].number</c>.</summary>
    public static bool Contains(EntryKind kind, string path)
    {
        Type? record = Types[kind];
        foreach (var step in path.Split('.'))
        {
            if (record is null || Step().Match(step) is not { Success: true } match
                || Members(record).FirstOrDefault(m => m.Name == match.Groups["name"].Value) is not { } member
                || match.Groups["index"].Success && !member.IsList)
            {
                return false;
            }

            record = member.Record;
        }

        return true;
    }

    private static IEnumerable<EntryMember> Members(Type record) => EntryMembers.Of(record).Where(m => !m.Property.IsDefined(typeof(EditorialAttribute)));

    [GeneratedRegex(@"^(?<name>[A-Za-z0-9]+)(?<index>\[[0-9]{1,4}\])?$")]
    private static partial Regex Step();
}
