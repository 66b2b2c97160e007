using HealthEquity.Directory.Entries;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Curators;
using HealthEquity.Store.Databases;

namespace HealthEquity.Admin.Wording;

/// <summary>Labels for kinds, states, and decisions.</summary>
public static class EntryLabels
{
    public static string Kind(EntryKind kind) => kind == EntryKind.PolicyAction ? "Policy action" : kind.ToString();

    public static string Role(CuratorRole role) => role == CuratorRole.LanguageReviewer ? "Language reviewer" : role.ToString();

    public static string KindHelp(EntryKind kind) => kind switch
    {
        EntryKind.Provider => "A mental health clinician, clinic, facility, or social worker.",
        EntryKind.Attorney => "A pro bono attorney, a DOJ-accredited representative, or a legal aid program.",
        EntryKind.Organization => "An immigrant rights group, rapid response network, hotline, or school or health department contact.",
        EntryKind.PolicyAction => "An action that a health department, school district, city, county, or state can take, and who has adopted it.",
        EntryKind.Material => "A know-your-rights card, guide, family plan, template letter, model resolution, or statement.",
        _ => "A workshop, training, rally, or awareness day.",
    };

    public static string Listing(Listing listing) => listing switch
    {
        HealthEquity.Directory.Entries.Listing.DoNotList => "Do not list",
        _ => listing.ToString(),
    };

    public static string Draft(DraftState state) => state switch
    {
        DraftState.InReview => "In review",
        DraftState.Draft => "Draft",
        _ => "No draft",
    };

    public static string Decision(string decision) => decision switch
    {
        "submit" => "Sent to review",
        "approve" => "Approved and published",
        "return" => "Returned to the author",
        "publish" => "Published",
        "suspend" => "Suspended",
        "resume" => "Published again",
        "retire" => "Retired",
        "doNotList" => "Do not list",
        "discard" => "Draft discarded",
        "undoApproval" => "Approval undone",
        _ => decision,
    };
}

/// <summary>Names for actor codes.</summary>
public sealed class ActorNames(IReadOnlyList<Curator> curators)
{
    private readonly Dictionary<Guid, string> _names = curators.ToDictionary(c => c.CuratorId, c => c.DisplayName);

    public static async Task<ActorNames> ReadAsync(DbSession session, CancellationToken cancellation) =>
        new(await CuratorStore.ListAsync(session, cancellation));

    public IEnumerable<KeyValuePair<Guid, string>> All => _names.OrderBy(n => n.Value, StringComparer.CurrentCultureIgnoreCase);

    /// <summary>The active curators who can edit entries and be assigned to them.</summary>
    public IEnumerable<KeyValuePair<Guid, string>> Editors =>
        All.Where(n => curators.Any(c => c.CuratorId == n.Key && c.Role >= CuratorRole.Curator && c.DisabledAt is null));

    public string Of(string code) => new Actor(code).CuratorId is { } id
        ? _names.GetValueOrDefault(id, "a former curator")
        : SystemName(code);

    /// <summary>Returns the name of a system component.</summary>
    public static string SystemName(string code) => code.StartsWith("system:", StringComparison.Ordinal) ? $"the system ({code[7..]})" : code;

    public string Of(Guid? id) => id is { } known ? _names.GetValueOrDefault(known, "a former curator") : "No one";
}
