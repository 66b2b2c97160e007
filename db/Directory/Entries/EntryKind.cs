using System.Collections.Frozen;

namespace HealthEquity.Directory.Entries;

/// <summary>The six kinds of entry in the directory.</summary>
public enum EntryKind
{
    /// <summary>Mental-health clinicians, clinics and facilities, social workers.</summary>
    Provider,

    /// <summary>Pro bono attorneys, DOJ-accredited representatives, legal-aid programs.</summary>
    Attorney,

    /// <summary>Immigrant-rights groups, rapid response networks, hotlines, school and health-department contacts.</summary>
    Organization,

    /// <summary>What a health department, school district, city, county or state can do, and who has done it.</summary>
    PolicyAction,

    /// <summary>Know-your-rights cards, guides, family plans, template letters, model resolutions, statements.</summary>
    Material,

    /// <summary>Workshops, trainings, rallies, awareness days.</summary>
    Event,
}

/// <summary>The codes of <see cref="EntryKind"/> in JSON and in the database ("policyAction"), and in paths ("policy-actions").</summary>
public static class EntryKinds
{
    private static readonly FrozenDictionary<string, EntryKind> ByCode =
        Enum.GetValues<EntryKind>().ToFrozenDictionary(Code, StringComparer.OrdinalIgnoreCase);

    /// <summary>All kinds, in display order.</summary>
    public static IReadOnlyList<EntryKind> All { get; } = Enum.GetValues<EntryKind>();

    /// <summary>The code in JSON and in the database, for example <c>policyAction</c>.</summary>
    public static string Code(this EntryKind kind) => kind switch
    {
        EntryKind.Provider => "provider",
        EntryKind.Attorney => "attorney",
        EntryKind.Organization => "organization",
        EntryKind.PolicyAction => "policyAction",
        EntryKind.Material => "material",
        EntryKind.Event => "event",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "not a kind of entry"),
    };

    /// <summary>The path segment of the kind, for example <c>policy-actions</c>.</summary>
    public static string Path(this EntryKind kind) => kind == EntryKind.PolicyAction ? "policy-actions" : kind.Code() + "s";

    /// <summary>Parses a code, ignoring case.</summary>
    public static bool TryParse(string? code, out EntryKind kind)
    {
        kind = default;
        return code is not null && ByCode.TryGetValue(code, out kind);
    }

    /// <summary>Parses a code from our own database.</summary>
    public static EntryKind Parse(string code) =>
        TryParse(code, out var kind) ? kind : throw new FormatException($"'{code}' is not a kind of entry.");
}
