using HealthEquity.Api.Feed;
using HealthEquity.Api.Json;
using HealthEquity.Directory.Adoptions;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Vocabularies;
using HealthEquity.Search.Index;

namespace HealthEquity.Api.Adoptions;

/// <summary>All adoptions of all published policy actions, computed once per generation of the directory.</summary>
public sealed class AdoptionTracker(DirectoryVocabularies vocabularies)
{
    private volatile Known _known = new(-1, [], []);

    /// <summary>The rows, by jurisdiction, then by policy action.</summary>
    public IReadOnlyList<AdoptionRow> Rows(DirectorySnapshot snapshot) => Of(snapshot).Rows;

    /// <summary>The rows as they were on a day; today's for null.</summary>
    public IReadOnlyList<AdoptionRow> Rows(DirectorySnapshot snapshot, DateOnly? asOf) =>
        asOf is { } day ? [.. Rows(snapshot).Select(row => row.On(day)).OfType<AdoptionRow>()] : Rows(snapshot);

    /// <summary>All provisions, by policy action, in the order of the action.</summary>
    public IReadOnlyList<(string PolicyAction, Provision Provision)> Provisions(DirectorySnapshot snapshot) => Of(snapshot).Provisions;

    /// <summary>The rows that match a request.</summary>
    public IReadOnlyList<AdoptionRow> Rows(DirectorySnapshot snapshot, AdoptionsRequest request)
    {
        var (levels, statuses, themes) = (
            Alike(VocabularyNames.JurisdictionLevel, request.Level), Alike(VocabularyNames.AdoptionStatus, request.Status), Alike(VocabularyNames.PolicyTheme, request.Theme));
        return
        [
            .. Rows(snapshot, request.AsOf).Where(row =>
                Any(request.State, row.Jurisdiction.State)
                && Any(levels, row.Jurisdiction.Level)
                && Any(statuses, row.Status)
                && Any(themes, row.PolicyAction.Theme)
                && (request.Jurisdiction.Count == 0 || request.Jurisdiction.Any(j => IsOf(row.Jurisdiction, j)))
                && (request.PolicyAction.Count == 0 || request.PolicyAction.Any(a => IsOf(row.PolicyAction, a)))
                && (request.Provision.Count == 0 || row.Provisions.Any(p => Any(request.Provision, p.Code)))),
        ];
    }

    private static bool Any(IReadOnlyList<string> wanted, string? value) =>
        wanted.Count == 0 || (value is not null && wanted.Contains(value, StringComparer.OrdinalIgnoreCase));

    /// <summary>The requested codes with their merged equivalents.</summary>
    private List<string> Alike(string vocabulary, IReadOnlyList<string> wanted) =>
        [.. wanted.SelectMany(code => vocabularies.Current.EquivalentCodes(vocabulary, code))];

    private static bool IsOf(Jurisdiction jurisdiction, string wanted) =>
        jurisdiction.Fips == wanted || jurisdiction.Name.Contains(wanted, StringComparison.OrdinalIgnoreCase);

    private static bool IsOf(PolicyActionReference action, string wanted) =>
        action.Slug.Equals(wanted, StringComparison.OrdinalIgnoreCase) || (Guid.TryParse(wanted, out var id) && action.Id == id);

    private Known Of(DirectorySnapshot snapshot)
    {
        var known = _known;
        if (known.Generation != snapshot.Generation)
        {
            _known = known = Read(snapshot);
        }

        return known;
    }

    private static Known Read(DirectorySnapshot snapshot)
    {
        var actions = snapshot.All(EntryKind.PolicyAction)
            .Select(entry => (PolicyAction)ApiJson.Read<Entry>(entry.Body.Span))
            .OrderBy(action => action.Name, StringComparer.InvariantCultureIgnoreCase)
            .ToList();
        return new Known(
            snapshot.Generation,
            [.. actions.SelectMany(AdoptionRow.Of).OrderBy(row => row.Jurisdiction.Name, StringComparer.InvariantCultureIgnoreCase)],
            [.. actions.SelectMany(action => action.Provisions.Select(p => (action.Slug!, p)))]);
    }

    private sealed record Known(
        long Generation, IReadOnlyList<AdoptionRow> Rows, IReadOnlyList<(string PolicyAction, Provision Provision)> Provisions);
}
