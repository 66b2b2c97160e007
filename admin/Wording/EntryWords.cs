using HealthEquity.Directory.Entries;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Curators;
using HealthEquity.Store.Databases;

namespace HealthEquity.Admin.Wording;

/// <summary>What the console calls kinds, states and decisions.</summary>
public static class EntryWords
{
    public static string Kind(EntryKind kind) => kind == EntryKind.PolicyAction ? "Policy action" : kind.ToString();

    public static string KindHelp(EntryKind kind) => kind switch
    {
        EntryKind.Provider => "A mental-health clinician, clinic or facility, or a social worker.",
        EntryKind.Attorney => "A pro bono attorney, a DOJ-accredited representative, or a legal-aid program.",
        EntryKind.Organization => "An immigrant-rights group, rapid response network, hotline, school or health-department contact.",
        EntryKind.PolicyAction => "What a health department, school district, city, county or state can do, and who has done it.",
        EntryKind.Material => "A know-your-rights card, guide, family plan, template letter, model resolution or statement.",
        _ => "A workshop, training, rally or awareness day.",
    };

    public static string Listing(Listing listing) => listing switch
    {
        HealthEquity.Directory.Entries.Listing.DoNotList => "Not to be listed",
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
        "resume" => "Public again",
        "retire" => "Retired",
        "doNotList" => "Not to be listed",
        "discard" => "Draft discarded",
        _ => decision,
    };
}

/// <summary>The names behind actors' codes.</summary>
public sealed class ActorNames(IReadOnlyList<Curator> curators)
{
    private readonly Dictionary<Guid, string> _names = curators.ToDictionary(c => c.CuratorId, c => c.DisplayName);

    public static async Task<ActorNames> ReadAsync(DbSession session, CancellationToken cancellation) =>
        new(await CuratorStore.ListAsync(session, cancellation));

    public IEnumerable<KeyValuePair<Guid, string>> All => _names.OrderBy(n => n.Value, StringComparer.CurrentCultureIgnoreCase);

    /// <summary>Those who may look after an entry: who may edit, and is not shut out.</summary>
    public IEnumerable<KeyValuePair<Guid, string>> Editors =>
        All.Where(n => curators.Any(c => c.CuratorId == n.Key && c.Role >= CuratorRole.Curator && c.DisabledAt is null));

    public string Of(string code) => new Actor(code).CuratorId is { } id
        ? _names.GetValueOrDefault(id, "somebody who has left")
        : OfSystem(code);

    /// <summary>What a part of the product is called that did something by itself.</summary>
    public static string OfSystem(string code) => code.StartsWith("system:", StringComparison.Ordinal) ? $"the system ({code[7..]})" : code;

    public string Of(Guid? id) => id is { } known ? _names.GetValueOrDefault(known, "somebody who has left") : "nobody";
}
