using HealthEquity.Directory.Vocabularies;

namespace HealthEquity.Api.Feed;

/// <summary>The current vocabularies of this node.</summary>
public sealed class DirectoryVocabularies
{
    private volatile VocabularySet _current = VocabularySet.Shipped;

    /// <summary>The current vocabularies.</summary>
    public VocabularySet Current => _current;

    /// <summary>USPS codes of states and territories.</summary>
    public IReadOnlyList<string> States { get; } = [.. HealthEquity.Directory.Geography.States.All.Select(s => s.Code)];

    /// <summary>The codes of a vocabulary in order, including retired ones, because entries may still have them.</summary>
    public IReadOnlyList<string> Codes(string vocabulary) =>
        Current.Find(vocabulary) is { } found ? [.. found.Terms.Select(t => t.Code)] : [];

    /// <summary>Replaces the vocabularies after curators change them.</summary>
    public void Replace(VocabularySet vocabularies) => _current = vocabularies;
}
