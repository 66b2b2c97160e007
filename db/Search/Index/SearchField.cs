using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Vocabularies;

namespace HealthEquity.Search.Index;

/// <summary>
/// One field for filters and facets, declared in <see cref="SearchFields"/>. The index, the query, the parameters of lists and exports, the
/// wider search, facet labels and the OpenAPI document all derive from it.
/// </summary>
public sealed class SearchField
{
    /// <summary>Creates a field.</summary>
    /// <param name="read">Reads its values from an entry of one of its kinds. Repeats are allowed.</param>
    internal SearchField(Action<Entry, FieldValues> read) => Read = read;

    /// <summary>The name of the parameter and of the facet.</summary>
    public required string Name { get; init; }

    /// <summary>A shorter parameter name, such as "type", in the list of the only kind that has the field.</summary>
    public string? NameInOwnList { get; init; }

    /// <summary>The description of the parameter in the OpenAPI document.</summary>
    public required string Description { get; init; }

    /// <summary>The kinds that have the field.</summary>
    public required IReadOnlyList<EntryKind> Kinds { get; init; }

    /// <summary>The vocabulary of the values; null if <see cref="Codes"/> defines them.</summary>
    public string? Vocabulary { get; init; }

    /// <summary>The source of the values if they have no vocabulary.</summary>
    public FieldCodes Codes { get; init; }

    /// <summary>An example value for the documentation.</summary>
    public string? Example { get; init; }

    /// <summary>The term that "true" stands for, in fields that look like yes-or-no questions.</summary>
    public string? True { get; init; }

    /// <summary>The term that "false" stands for.</summary>
    public string? False { get; init; }

    /// <summary>True if the labels are answers ("yes", "not asked"), which nobody searches for as words.</summary>
    public bool IsAnswer { get; init; }

    /// <summary>How soon a search without results drops a filter on the field.</summary>
    public FilterWeight Weight { get; init; } = FilterWeight.Detail;

    /// <summary>Reads the field's values from an entry.</summary>
    internal Action<Entry, FieldValues> Read { get; }

    /// <summary>The position of the field in <see cref="SearchFields.All"/>.</summary>
    internal int Number { get; set; }

    /// <summary>True if lists of these kinds have the field as a parameter.</summary>
    public bool IsIn(IReadOnlyList<EntryKind> kinds) =>
        kinds.Any(Kinds.Contains) && (Codes != FieldCodes.Kind || kinds.Count > 1);

    /// <summary>The name of the parameter in a list of these kinds.</summary>
    public string NameIn(IReadOnlyList<EntryKind> kinds) => kinds.Count == 1 && NameInOwnList is { } own ? own : Name;

    /// <summary>
    /// Resolves a merged code to the code in use, in entries and in queries, so that a search for either finds both.
    /// </summary>
    internal string ResolveMergedCode(VocabularySet vocabularies, string value) =>
        Vocabulary is { } vocabulary ? vocabularies.ResolveMergedCode(vocabulary, value) : value;

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>Sources of codes that have no vocabulary.</summary>
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

/// <summary>The order in which a search without results drops filters, first to go first.</summary>
public enum FilterWeight
{
    /// <summary>Information that changes from day to day.</summary>
    Passing,

    /// <summary>The place.</summary>
    Place,

    /// <summary>Nice to have.</summary>
    Detail,

    /// <summary>What the reader needs help with.</summary>
    Need,

    /// <summary>What makes help safe and usable for the reader: immigration status, language, cost.</summary>
    Essential,

    /// <summary>Never dropped.</summary>
    Fixed,
}
