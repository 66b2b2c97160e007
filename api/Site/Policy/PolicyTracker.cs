using System.Collections.Concurrent;
using HealthEquity.Api.Feed;
using HealthEquity.Api.Site.EntryPages;
using HealthEquity.Api.Site.Texts;
using HealthEquity.Directory.Adoptions;
using HealthEquity.Directory.Entries;
using HealthEquity.Search.Index;

namespace HealthEquity.Api.Site.Policy;

/// <summary>The policy actions and their adoptions in the reader's language, read once a language and generation of the directory.</summary>
public sealed class PolicyTracker(PublishedDirectory directory)
{
    private volatile Known _known = new(-1);

    /// <summary>The actions, by name.</summary>
    public IReadOnlyList<PolicyAction> Actions(SiteText text)
    {
        var snapshot = directory.Current;
        var known = _known;
        if (known.Generation != snapshot.Generation)
        {
            _known = known = new Known(snapshot.Generation);
        }

        return known.Actions.GetOrAdd(text.Language, _ => Read(snapshot, text));
    }

    /// <summary>All adoptions as they were on a day; today's for null.</summary>
    public IReadOnlyList<AdoptionRow> Rows(SiteText text, DateOnly? asOf) => RowsOf(Actions(text), asOf);

    /// <summary>The adoptions of some actions as they were on a day; today's for null.</summary>
    public static IReadOnlyList<AdoptionRow> RowsOf(IEnumerable<PolicyAction> actions, DateOnly? asOf) =>
        [.. actions.SelectMany(AdoptionRow.Of).Select(row => asOf is { } day ? row.On(day) : row).OfType<AdoptionRow>()];

    private static IReadOnlyList<PolicyAction> Read(DirectorySnapshot snapshot, SiteText text) =>
    [
        .. snapshot.All(EntryKind.PolicyAction)
            .Select(entry => (PolicyAction)EntryPageAnswers.Localized(entry, text))
            .OrderBy(action => action.Name, StringComparer.InvariantCultureIgnoreCase),
    ];

    private sealed record Known(long Generation)
    {
        public ConcurrentDictionary<string, IReadOnlyList<PolicyAction>> Actions { get; } = new(StringComparer.Ordinal);
    }
}
