using HealthEquity.Directory.Vocabularies;

namespace HealthEquity.Api.Feed;

/// <summary>The vocabularies that this node answers with.</summary>
public sealed class DirectoryVocabularies
{
    private volatile VocabularySet _current = VocabularySet.Shipped;

    /// <summary>The vocabularies as they are now.</summary>
    public VocabularySet Current => _current;

    /// <summary>USPS codes of states and territories.</summary>
    public IReadOnlyList<string> States { get; } = [.. HealthEquity.Directory.Geography.States.All.Select(s => s.Code)];

    /// <summary>The codes of a vocabulary, in its order; retired ones too, for entries may still hold them.</summary>
    public IReadOnlyList<string> Codes(string vocabulary) =>
        Current.Find(vocabulary) is { } found ? [.. found.Terms.Select(t => t.Code)] : [];

    /// <summary>Takes over vocabularies that curators have changed.</summary>
    public void Replace(VocabularySet vocabularies) => _current = vocabularies;
}
