using System.Collections.Frozen;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using HealthEquity.Directory.Entries;

namespace HealthEquity.Formats.Exports;

/// <summary>How a member of an entry is written to cells.</summary>
public enum CellLayout
{
    /// <summary>One value in one cell.</summary>
    Value,

    /// <summary>A list of strings in one cell.</summary>
    List,

    /// <summary>Opening times in one cell, such as "monday 09:00-17:00; tuesday 09:00-12:00".</summary>
    OpeningTimes,

    /// <summary>One cell per member.</summary>
    Record,

    /// <summary>A list of records, with one cell per member of each. Records are numbered from 1.</summary>
    Records,
}

/// <summary>A member of a record and how it is written to cells.</summary>
public sealed record CellMember
{
    /// <summary>The name in JSON and in column headings.</summary>
    public required string Name { get; init; }

    /// <summary>How it is written to cells.</summary>
    public required CellLayout Form { get; init; }

    /// <summary>The type of the value, or of the records in the list.</summary>
    public required Type Type { get; init; }

    /// <summary>Whether a record must have it.</summary>
    public required bool Required { get; init; }
}

/// <summary>The members of each record that are written to cells: everything in a revision, and the facts added by publishing.</summary>
public static class CellPaths
{
    private static readonly FrozenDictionary<Type, IReadOnlyList<CellMember>> ByRecord =
        EntryMembers.Records.ToFrozenDictionary(r => r, r => (IReadOnlyList<CellMember>)[.. EntryMembers.Of(r).OrderBy(Depth).Select(Of)]);

    /// <summary>Members that publishing adds to an entry. Revisions don't have them.</summary>
    public static IReadOnlyList<CellMember> Facts { get; } =
    [
        Fact(nameof(Entry.Id), CellLayout.Value),
        Fact(nameof(Entry.Slug), CellLayout.Value),
        Fact(nameof(Entry.FormerSlugs), CellLayout.List),
        Fact(nameof(Entry.UpdatedAt), CellLayout.Value),
        Fact(nameof(Entry.PublishedAt), CellLayout.Value),
        Fact(nameof(Entry.AssuredOn), CellLayout.Value),
        Fact(nameof(Entry.CheckDueOn), CellLayout.Value),
    ];

    /// <summary>The record type of each kind of entry.</summary>
    public static FrozenDictionary<EntryKind, Type> Kinds { get; } = EntryMembers.Records
        .Where(typeof(Entry).IsAssignableFrom)
        .ToFrozenDictionary(r => EntryKinds.Parse(JsonNamingPolicy.CamelCase.ConvertName(r.Name)));

    /// <summary>The members of a record in column order, without facts.</summary>
    public static IReadOnlyList<CellMember> Of(Type record) => ByRecord[record];

    /// <summary>The member or fact with this name, ignoring case.</summary>
    public static CellMember? Find(Type record, string name) =>
        Of(record).Concat(typeof(Entry).IsAssignableFrom(record) ? Facts : []).FirstOrDefault(m => m.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    // Members shared by all kinds come first.
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
            (true, null) => CellLayout.List,
            (true, { } record) => record == typeof(OpeningTime) ? CellLayout.OpeningTimes : CellLayout.Records,
            (false, null) => CellLayout.Value,
            (false, _) => CellLayout.Record,
        },
        Type = member.Record ?? ValueType(member.Property),
        Required = member.Property.IsDefined(typeof(RequiredMemberAttribute)),
    };

    private static CellMember Fact(string property, CellLayout form) => new()
    {
        Name = JsonNamingPolicy.CamelCase.ConvertName(property),
        Form = form,
        Type = ValueType(typeof(Entry).GetProperty(property)!),
        Required = false,
    };

    private static Type ValueType(PropertyInfo property) => Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
}
