using HealthEquity.Directory.Entries;
using HealthEquity.Search.Index;

namespace HealthEquity.Api.Parameters;

/// <summary>
/// Marks a request for a list of entries. All <see cref="SearchFields"/> of its kinds become parameters, as filters and facets.
/// </summary>
/// <param name="kinds">The kinds in the list; none for all.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ListOfAttribute(params EntryKind[] kinds) : Attribute
{
    /// <summary>The kinds in the list.</summary>
    public IReadOnlyList<EntryKind> Kinds { get; } = kinds.Length > 0 ? kinds : EntryKinds.All;
}

/// <summary>A request with filters.</summary>
public interface IFilteredRequest
{
    /// <summary>The requested values, by field.</summary>
    IDictionary<SearchField, IReadOnlyList<string>> Filters { get; }
}
