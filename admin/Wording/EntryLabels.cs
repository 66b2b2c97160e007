using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Text;
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
    private const int MaxNamed = 8;

    private readonly Dictionary<Guid, string> _names = curators.ToDictionary(c => c.CuratorId, c => c.DisplayName);

    public static async Task<ActorNames> ReadAsync(DbSession session, CancellationToken cancellation) =>
        new(await CuratorStore.ListAsync(session, cancellation));

    public IEnumerable<KeyValuePair<Guid, string>> All => _names.OrderBy(n => n.Value, StringComparer.CurrentCultureIgnoreCase);

    /// <summary>The active curators who can edit entries and be assigned to them.</summary>
    public IEnumerable<KeyValuePair<Guid, string>> Editors =>
        All.Where(n => curators.Any(c => c.CuratorId == n.Key && c.Role >= CuratorRole.Curator && c.DisabledAt is null));

    /// <summary>
    /// Finds the person whom a text means: an id, a name, or the beginning of any word of a name, without regard to case and accents.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="among">The people to choose from.</param>
    /// <returns>The person; or what is wrong with the text.</returns>
    public static (Guid? Id, string? Problem) Find(string text, IEnumerable<KeyValuePair<Guid, string>> among)
    {
        var (folded, people) = (Folded(text), among.ToList());
        var exact = people.Where(p => Folded(p.Value) == folded || Guid.TryParse(text, out var id) && p.Key == id).ToList();
        var found = exact.Count > 0 ? exact
            : people.Where(p => Folded(p.Value).StartsWith(folded, StringComparison.Ordinal) || Folded(p.Value).Contains(" " + folded, StringComparison.Ordinal)).ToList();
        return found switch
        {
            _ when folded.Length == 0 => (null, "Enter a name."),
            [var only] => (only.Key, null),
            [] => (null, $"Nobody here is called “{text.Trim()}”."),
            _ => (null, $"“{text.Trim()}” can be {string.Join("; ", found.Select(f => f.Value).Take(MaxNamed))}. Enter the whole name."),
        };
    }

    private static string Folded(string text) => Folding.Fold(Folding.Compose(text.Trim()));

    public string Of(string code) => new Actor(code).CuratorId is { } id
        ? _names.GetValueOrDefault(id, "a former curator")
        : SystemName(code);

    /// <summary>Returns the name of a system component.</summary>
    public static string SystemName(string code) => code.StartsWith("system:", StringComparison.Ordinal) ? $"the system ({code[7..]})" : code;

    public string Of(Guid? id) => id is { } known ? _names.GetValueOrDefault(known, "a former curator") : "No one";
}
