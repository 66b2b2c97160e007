using HealthEquity.Api.Languages;
using HealthEquity.Directory.Entries;
using HealthEquity.Hosting;
using HealthEquity.Search.Index;

namespace HealthEquity.Api.Search;

/// <summary>
/// Chooses the hotlines to call now from the directory's entries: by function and tag, kind of crisis or need, place and language. If the
/// directory has none, the national lifeline is used.
/// </summary>
public sealed class Hotlines(Messages messages, PublicPath path)
{
    private const string LifelineNumber = "988";
    private const int MaxHotlines = 4;

    private static readonly Dictionary<string, HotlineFilter[]> ByCrisis = new(StringComparer.Ordinal)
    {
        ["selfHarm"] =
        [
            new(1, "suicide", Functions: ["crisisLine", "mentalHealthSupport"]),
            new(1, "crisis", Functions: ["crisisLine", "mentalHealthSupport"]),
            new(1, Functions: ["crisisLine"], Tags: ["crisis", "mentalHealth"]),
        ],
        ["domesticViolence"] =
        [
            new(1, Functions: ["crisisLine"], Tags: ["domesticViolence", "national"]),
            new(1, Functions: ["crisisLine"], Tags: ["domesticViolence"], IsLocal: true),
            new(1, Functions: ["crisisLine"], Tags: ["domesticViolence", "national"]),
            new(1, "assault", Functions: ["violencePrevention"], Tags: ["hotline"]),
        ],
        ["trafficking"] = [new(2, Tags: ["humanTrafficking", "hotline"]), new(1, Functions: ["workersRights"], Tags: ["hotline"])],
        ["overdose"] =
        [
            new(1, "poison", Functions: ["crisisLine"]),
            new(1, Tags: ["substanceUse", "hotline"]),
            new(1, "suicide", Functions: ["crisisLine", "mentalHealthSupport"]),
        ],
        ["arrest"] =
        [
            new(1, Tags: ["rapidResponse", "hotline"], IsLocal: true),
            new(1, Functions: ["detaineeLocation"], Tags: ["hotline", "national"], NotTag: "governmentAgency"),
            new(1, Functions: ["detaineeLocation"], Tags: ["governmentAgency"]),
            new(1, MaterialType: "knowYourRightsCard"),
        ],
        ["legal"] =
        [
            new(1, Functions: ["legalLink"], Tags: ["hotline"], IsLocal: true),
            new(1, Functions: ["legalLink"], Tags: ["national"]),
            new(1, "suicide", Functions: ["crisisLine", "mentalHealthSupport"]),
        ],
        ["substanceUse"] = [new(1, Tags: ["substanceUse", "hotline"]), new(1, "suicide", Functions: ["crisisLine", "mentalHealthSupport"])],
        [""] = [new(1, "suicide", Functions: ["crisisLine", "mentalHealthSupport"]), new(1, Functions: ["resourceNavigation"], Tags: ["hotline"])],
    };

    private readonly HotlineEntries _entries = new(path);

    /// <summary>The hotlines for the kinds of crisis, the clearest one first.</summary>
    public IReadOnlyList<Hotline> For(IReadOnlyList<string> crises, DirectorySnapshot snapshot, SearchQuery query, LanguageChoice choice)
    {
        var found = new List<IndexedEntry>();
        foreach (var crisis in crises)
        {
            Add(found, ByCrisis[crisis], snapshot, query, choice);
        }

        var limit = crises.Count > 1 ? MaxHotlines + 2 : MaxHotlines;
        var hotlines = found.Take(limit).Select(e => _entries.Of(e, choice)).ToList();
        return hotlines.Count > 0 && (crises[0] is not ("selfHarm" or "overdose") || hotlines.Exists(h => h.Number == LifelineNumber))
            ? hotlines
            : [Lifeline(choice), .. hotlines];
    }

    /// <summary>The hotlines for a search without results, chosen by need.</summary>
    public IReadOnlyList<Hotline> For(DirectorySnapshot snapshot, SearchQuery query, LanguageChoice choice)
    {
        if (query.Question is { Crisis: { Count: > 0 } crises })
        {
            return For(crises, snapshot, query, choice);
        }

        var found = new List<IndexedEntry>();
        Add(found, ByCrisis[NeedOf(query)], snapshot, query, choice);
        var hotlines = found.Select(e => _entries.Of(e, choice)).ToList();
        if (hotlines.Count < 2)
        {
            hotlines.AddRange(snapshot.Search(new SearchQuery { Kinds = [EntryKind.Organization], Text = "hotline", Places = query.Places, Take = 1 })
                .Hits.Select(h => _entries.Of(h.Entry, choice)).Where(h => hotlines.TrueForAll(known => known.Slug != h.Slug)));
        }

        return hotlines.Exists(h => h.Number == LifelineNumber) || found.Count > 0 ? hotlines : [Lifeline(choice), .. hotlines];
    }

    private static string NeedOf(SearchQuery query)
    {
        var meanings = query.Question?.Meanings.ToList() ?? [];
        if (meanings.Exists(m => m.Code is "domesticViolence" or "vawa" or "sexualAssault"))
        {
            return "domesticViolence";
        }

        if (meanings.Exists(m => m.Code is "humanTrafficking" or "traffickingSurvivors" or "tVisa"))
        {
            return "trafficking";
        }

        if (meanings.Exists(m => m is { Axis: "situation", Code: "detained" or "findDetainee" or "iceAtDoor" or "workRaid" } or { Axis: "practiceArea", Code: "bond" or "habeas" }))
        {
            return "arrest";
        }

        return meanings.Exists(m => m is { Axis: "practiceArea" or "attorneyType" or "help" or "situation" } or { Axis: "kind", Code: "attorney" })
            || (query.Kinds is [EntryKind.Attorney]) ? "legal"
            : meanings.Exists(m => m is { Axis: "specialty", Code: "substanceUse" }) ? "substanceUse"
            : "";
    }

    private void Add(List<IndexedEntry> found, HotlineFilter[] all, DirectorySnapshot snapshot, SearchQuery query, LanguageChoice choice)
    {
        foreach (var filter in all)
        {
            // First those with the word in the name, then others with the same function.
            var fresh = Find(filter, filter.Word);
            if (fresh.Count == 0 && filter.Word is not null)
            {
                fresh = Find(filter, word: null);
            }

            found.AddRange(fresh.Take(filter.Limit));
        }

        List<IndexedEntry> Find(HotlineFilter filter, string? word) =>
            [.. snapshot.Search(filter.Query(query, choice, word))
                .Hits.Select(h => h.Entry)
                .Where(e => found.TrueForAll(f => f.Id != e.Id) && (filter.NotTag is not { } tag || !_entries.Read(e).Tags.Contains(tag)))];
    }

    private Hotline Lifeline(LanguageChoice choice) => new()
    {
        Name = "988 Suicide & Crisis Lifeline",
        Number = LifelineNumber,
        Numbers = [new HotlineNumber { Type = "call", Number = LifelineNumber }, new HotlineNumber { Type = "text", Number = LifelineNumber }],
        Hours = "24/7",
        Text = messages.Of("lifeline", choice).Text,
    };

    /// <summary>Selects hotlines.</summary>
    /// <param name="Limit">The maximum number to select.</param>
    /// <param name="Word">A word that the best matches contain.</param>
    /// <param name="Functions">Functions that it must have.</param>
    /// <param name="Tags">Tags that it must have.</param>
    /// <param name="MaterialType">The type of material to select instead of an organization.</param>
    /// <param name="IsLocal">True to select only hotlines that serve the place. Selects none if no place is known.</param>
    /// <param name="NotTag">A tag that it must not have.</param>
    private sealed record HotlineFilter(
        int Limit,
        string? Word = null,
        string[]? Functions = null,
        string[]? Tags = null,
        string? MaterialType = null,
        bool IsLocal = false,
        string? NotTag = null)
    {
        private const int Candidates = 10;

        public SearchQuery Query(SearchQuery asked, LanguageChoice choice, string? word) => new()
        {
            Text = word,
            Kinds = [MaterialType is null ? EntryKind.Organization : EntryKind.Material],
            Terms =
            [
                .. (Functions ?? []).Select(f => new TermFilter(SearchFields.Function, [f])),
                .. (Tags ?? []).Select(t => new TermFilter(SearchFields.Tag, [t])),
                .. MaterialType is null ? [] : new[] { new TermFilter(SearchFields.MaterialType, [MaterialType]) },
            ],
            Places = MaterialType is null && !LacksPlace(asked) ? asked.Places : [],
            PreferredLanguages = asked.PreferredLanguages.Count > 0 ? asked.PreferredLanguages : choice.First is { } first ? [first] : [],
            Take = LacksPlace(asked) ? 0 : Candidates,
        };

        private bool LacksPlace(SearchQuery asked) => IsLocal && asked.Places.Count == 0;
    }
}
