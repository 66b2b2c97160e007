using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Vocabularies;

namespace HealthEquity.Search.Index;

/// <summary>
/// One field that entries can be filtered on and counted by, as <see cref="SearchFields"/> declares it. The index, the query, the
/// parameters of the lists and exports, the wider search, the labels of facets and the OpenAPI document all read it from here.
/// </summary>
public sealed class SearchField
{
    /// <summary>Makes a field.</summary>
    /// <param name="read">Reads its values from an entry of one of its kinds, each as often as it likes.</param>
    internal SearchField(Action<Entry, FieldValues> read) => Read = read;

    /// <summary>The name of the parameter, and of the field in facets.</summary>
    public required string Name { get; init; }

    /// <summary>The parameter's name in the list of the one kind that has the field, where that list says it shorter: "type".</summary>
    public string? NameInOwnList { get; init; }

    /// <summary>What the parameter means, for the OpenAPI document.</summary>
    public required string Description { get; init; }

    /// <summary>The kinds whose entries have the field, and whose lists can be filtered on it.</summary>
    public required IReadOnlyList<EntryKind> Kinds { get; init; }

    /// <summary>The closed vocabulary that holds the values; null when <see cref="Codes"/> says where they come from.</summary>
    public string? Vocabulary { get; init; }

    /// <summary>Where the values come from when no vocabulary holds them.</summary>
    public FieldCodes Codes { get; init; }

    /// <summary>A value to show in the documentation.</summary>
    public string? Example { get; init; }

    /// <summary>The term that "true" stands for, in fields that people expect to be yes or no.</summary>
    public string? True { get; init; }

    /// <summary>The term that "false" stands for.</summary>
    public string? False { get; init; }

    /// <summary>True when the labels answer a question ("yes", "not asked"): nobody searches for an entry by such words.</summary>
    public bool IsAnswer { get; init; }

    /// <summary>How long a search that finds nothing keeps a filter on the field.</summary>
    public FilterWeight Weight { get; init; } = FilterWeight.Detail;

    /// <summary>Reads the field's values from an entry.</summary>
    internal Action<Entry, FieldValues> Read { get; }

    /// <summary>The place of the field among <see cref="SearchFields.All"/>.</summary>
    internal int Number { get; set; }

    /// <summary>True for a list of these kinds: one of them has the field, and it does not say the same of all of them.</summary>
    public bool IsIn(IReadOnlyList<EntryKind> kinds) =>
        kinds.Any(Kinds.Contains) && (Codes != FieldCodes.Kind || kinds.Count > 1);

    /// <summary>The name of the parameter in a list of these kinds.</summary>
    public string NameIn(IReadOnlyList<EntryKind> kinds) => kinds.Count == 1 && NameInOwnList is { } own ? own : Name;

    /// <summary>
    /// The value that one counts as. A value whose term was merged into another counts as that one, in entries and in queries alike,
    /// so whoever asks for either finds both.
    /// </summary>
    internal string ResolveMergedCode(VocabularySet vocabularies, string value) =>
        Vocabulary is { } vocabulary ? vocabularies.ResolveMergedCode(vocabulary, value) : value;

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>Codes that no vocabulary holds.</summary>
public enum FieldCodes
{
    /// <summary>None: the field has a vocabulary.</summary>
    None,

    /// <summary>Kinds of entry.</summary>
    Kind,

    /// <summary>USPS codes of states and territories.</summary>
    State,

    /// <summary>Counties, as "FL:Miami-Dade County".</summary>
    County,

    /// <summary>BCP-47 language tags.</summary>
    Language,
}

/// <summary>How long a search that finds nothing keeps a filter, the first to go first.</summary>
public enum FilterWeight
{
    /// <summary>True today and perhaps not tomorrow.</summary>
    Passing,

    /// <summary>Where the reader looks.</summary>
    Place,

    /// <summary>Nice to have.</summary>
    Detail,

    /// <summary>What the reader needs help with.</summary>
    Need,

    /// <summary>What makes help safe and usable at all for the reader: papers, language, money.</summary>
    Essential,

    /// <summary>Never left out.</summary>
    Fixed,
}
