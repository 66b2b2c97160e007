using System.Collections.Frozen;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using HealthEquity.Directory.Entries;

namespace HealthEquity.Formats.Exports;

/// <summary>How a member of an entry stands in cells.</summary>
public enum CellForm
{
    /// <summary>One value in one cell.</summary>
    Value,

    /// <summary>A list of texts in one cell.</summary>
    List,

    /// <summary>Opening times in one cell, as "monday 09:00-17:00; tuesday 09:00-12:00".</summary>
    OpeningTimes,

    /// <summary>A cell for each of its members.</summary>
    Record,

    /// <summary>For each record of the list a cell for each of its members; the records are numbered from 1.</summary>
    Records,
}

/// <summary>A member of a record, as cells hold it.</summary>
public sealed record CellMember
{
    /// <summary>The name in JSON and in columns.</summary>
    public required string Name { get; init; }

    /// <summary>How it stands in cells.</summary>
    public required CellForm Form { get; init; }

    /// <summary>The type of its value, or of its records.</summary>
    public required Type Type { get; init; }

    /// <summary>Whether a record without it is none.</summary>
    public required bool Required { get; init; }
}

/// <summary>The members that cells hold of each record of the model: all that a revision holds, and the facts that publishing adds.</summary>
public static class CellPaths
{
    private static readonly FrozenDictionary<Type, IReadOnlyList<CellMember>> ByRecord =
        EntryMembers.Records.ToFrozenDictionary(r => r, r => (IReadOnlyList<CellMember>)[.. EntryMembers.Of(r).OrderBy(Depth).Select(Of)]);

    /// <summary>What publishing adds to an entry, and no revision holds.</summary>
    public static IReadOnlyList<CellMember> Facts { get; } =
    [
        Fact(nameof(Entry.Id), CellForm.Value),
        Fact(nameof(Entry.Slug), CellForm.Value),
        Fact(nameof(Entry.FormerSlugs), CellForm.List),
        Fact(nameof(Entry.UpdatedAt), CellForm.Value),
        Fact(nameof(Entry.PublishedAt), CellForm.Value),
        Fact(nameof(Entry.AssuredOn), CellForm.Value),
        Fact(nameof(Entry.CheckDueOn), CellForm.Value),
    ];

    /// <summary>The record of each kind of entry.</summary>
    public static FrozenDictionary<EntryKind, Type> Kinds { get; } = EntryMembers.Records
        .Where(typeof(Entry).IsAssignableFrom)
        .ToFrozenDictionary(r => EntryKinds.Parse(JsonNamingPolicy.CamelCase.ConvertName(r.Name)));

    /// <summary>The members of a record, in the order of the columns; of an entry without its facts.</summary>
    public static IReadOnlyList<CellMember> Of(Type record) => ByRecord[record];

    /// <summary>The member of that name, whatever its case; of an entry also a fact.</summary>
    public static CellMember? Find(Type record, string name) =>
        Of(record).Concat(typeof(Entry).IsAssignableFrom(record) ? Facts : []).FirstOrDefault(m => m.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    // What all kinds have stands first.
    private static int Depth(EntryMember member)
    {
        var depth = 0;
        for (var type = member.Property.DeclaringType; type is not null; type = type.BaseType)
        {
            depth++;
        }

        return depth;
    }

    private static CellMember Of(EntryMember member) => new()
    {
        Name = member.Name,
        Form = (member.IsList, member.Record) switch
        {
            (true, null) => CellForm.List,
            (true, { } record) => record == typeof(OpeningTime) ? CellForm.OpeningTimes : CellForm.Records,
            (false, null) => CellForm.Value,
            (false, _) => CellForm.Record,
        },
        Type = member.Record ?? ValueType(member.Property),
        Required = member.Property.IsDefined(typeof(RequiredMemberAttribute)),
    };

    private static CellMember Fact(string property, CellForm form) => new()
    {
        Name = JsonNamingPolicy.CamelCase.ConvertName(property),
        Form = form,
        Type = ValueType(typeof(Entry).GetProperty(property)!),
        Required = false,
    };

    private static Type ValueType(PropertyInfo property) => Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
}
