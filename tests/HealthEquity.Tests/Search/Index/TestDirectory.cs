using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Publication;
using HealthEquity.Directory.Vocabularies;
using HealthEquity.Search.Index;

namespace HealthEquity.Tests.Search.Index;

/// <summary>An in-memory directory for tests.</summary>
internal sealed class TestDirectory
{
    public static readonly DateOnly Today = new(2026, 6, 15);

    private Dictionary<string, Guid> _ids = [];
    private long _sequence;

    public DirectoryIndex Index { get; private init; } = new(VocabularySet.Shipped, Today);

    public DirectorySnapshot Current => Index.Current;

    /// <summary>A directory of these entries.</summary>
    public static TestDirectory Of(params Entry[] entries)
    {
        var directory = new TestDirectory();
        directory.Index.Apply([.. entries.Select(e => directory.Row(e))]);
        return directory;
    }

    /// <summary>The same directory on another node.</summary>
    public TestDirectory On(DirectoryIndex index) => new() { Index = index, _ids = _ids, _sequence = _sequence };

    /// <summary>Publishes an entry, or a new version of the entry with the same name.</summary>
    public void Publish(Entry entry, DateOnly? assuredOn = null, DateOnly? checkDueOn = null) => Index.Apply([Row(entry, assuredOn, checkDueOn)]);

    /// <summary>Withdraws an entry.</summary>
    public void Withdraw(string name, Guid? mergedInto = null) => Index.Apply([new PublishedEntry
    {
        EntryId = Id(name),
        Kind = EntryKind.Provider,
        Slug = Slug.From(name),
        Sequence = ++_sequence,
        WithdrawnAt = DateTimeOffset.UnixEpoch,
        MergedInto = mergedInto,
    }]);

    public Guid Id(string name) => _ids.TryGetValue(name, out var id) ? id : _ids[name] = Guid.CreateVersion7();

    public PublishedEntry Row(Entry entry, DateOnly? assuredOn = null, DateOnly? checkDueOn = null, string? slug = null, IReadOnlyList<string>? formerSlugs = null)
    {
        var facts = new PublicationFacts(Id(entry.Name), slug ?? Slug.From(entry.Name), formerSlugs ?? [], DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, assuredOn, checkDueOn);
        return new PublishedEntry
        {
            EntryId = facts.Id,
            Kind = entry.Kind,
            Slug = facts.Slug,
            Body = PublicProjection.Of(entry, facts),
            Sequence = ++_sequence,
            AssuredOn = assuredOn,
        };
    }

    /// <summary>The names found for a text, best first.</summary>
    public string[] Find(string text, string? language = null) => Find(new SearchQuery { Text = text, Language = language });

    /// <summary>The names found, in order.</summary>
    public string[] Find(SearchQuery query) => [.. Current.Search(query).Hits.Select(h => h.Entry.Name)];

    /// <summary>The names found with one filter, by name.</summary>
    public string[] With(SearchField field, params string[] values) =>
        Find(new SearchQuery { Terms = [new TermFilter(field, values)], Sort = SearchSort.Name });
}
