using HealthEquity.Directory.Entries;
using HealthEquity.Search.Index;

namespace HealthEquity.Api.Parameters;

/// <summary>
/// Says that a request asks for a list of entries. Every one of <see cref="SearchFields"/> that these kinds have is then a parameter
/// of it, to filter on and to count by.
/// </summary>
/// <param name="kinds">The kinds in the list; none for all.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ListOfAttribute(params EntryKind[] kinds) : Attribute
{
    /// <summary>The kinds in the list.</summary>
    public IReadOnlyList<EntryKind> Kinds { get; } = kinds.Length > 0 ? kinds : EntryKinds.All;
}

/// <summary>A request that holds what its parameters filter on.</summary>
public interface IFilteredRequest
{
    /// <summary>The values asked for, by field.</summary>
    IDictionary<SearchField, IReadOnlyList<string>> Filters { get; }
}
