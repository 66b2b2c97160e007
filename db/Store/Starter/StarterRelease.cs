using System.Text.Json.Nodes;
using FluentValidation.Results;
using HealthEquity.Directory.Comparison;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Entries;
using HealthEquity.Store.Publishing;

namespace HealthEquity.Store.Starter;

/// <summary>
/// Compares the entries of this release with those that the directory took from an earlier one, and brings the changes in as drafts. A field
/// that the department changed stays as it is. Invented samples take no part.
/// </summary>
public sealed class StarterRelease(EntryStore entries, TimeProvider clock, Func<Entry, ValidationResult> validate)
{
    private const string SampleTag = "sample";

    private const int NamedFields = 12;

    private const string Taking =
        """
        SELECT s.EntryId, s.Slug, s.Body AS Shipped, e.Listing, e.DraftState, e.LatestRevision, r.Body AS Here,
               (SELECT m.SurvivorId FROM MergedEntry AS m WHERE m.EntryId = s.EntryId) AS MergedInto
        FROM StarterEntry AS s
        INNER JOIN Entry AS e ON e.EntryId = s.EntryId
        INNER JOIN Revision AS r ON r.EntryId = s.EntryId AND r.Number = e.LatestRevision
        """;

    private static readonly Sql SelectTaken = new("StarterRelease.Compare", Taking);

    private static readonly Sql SelectOneTaken = new("StarterRelease.Apply", $"{Taking} WHERE s.EntryId = @id OR s.Slug = @slug");

    // A directory that was filled before the release's slugs were kept knows only the current ones.
    private static readonly Sql SelectFormerSlugs = new(
        "StarterRelease.Compare", "SELECT f.Slug, f.EntryId FROM FormerSlug AS f INNER JOIN StarterEntry AS s ON s.EntryId = f.EntryId");

    private static readonly RowList Rows = new("EntryId uniqueidentifier", "Slug nvarchar(4000)", "Body nvarchar(max)", "TakenAt datetimeoffset(3)");

    private static readonly Sql InsertTaken = Rows.Statement(
        "StarterRelease.Remember",
        "INSERT INTO StarterEntry (EntryId, Slug, Body, TakenAt) SELECT r.EntryId, r.Slug, r.Body, r.TakenAt FROM @rows AS r");

    private static readonly Sql UpdateTaken = new(
        "StarterRelease.Remember", "UPDATE StarterEntry SET Slug = @Slug, Body = @Body, TakenAt = @TakenAt WHERE EntryId = @EntryId");

    /// <summary>What the release would do with each entry. Entries with which it would do nothing are left out.</summary>
    /// <param name="session">A session.</param>
    /// <param name="release">The entries of the release.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    public async Task<IReadOnlyList<StarterItem>> CompareAsync(DbSession session, IEnumerable<StarterEntry> release, CancellationToken cancellation) =>
        [.. (await PlanAsync(session, release, cancellation)).Select(p => p.Item).Where(IsWorthSaying)];

    /// <summary>Brings the changes in as drafts, an entry at a time. Stopped in between, it goes on where it was the next time.</summary>
    /// <param name="database">The database.</param>
    /// <param name="release">The entries of the release.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    /// <returns>What was done with each entry, as <see cref="CompareAsync"/> says it.</returns>
    public async Task<IReadOnlyList<StarterItem>> ApplyAsync(Database database, IEnumerable<StarterEntry> release, CancellationToken cancellation)
    {
        var starters = release.ToDictionary(s => s.Slug);
        IReadOnlyList<Planned> plan;
        await using (var session = await database.OpenAsync(cancellation))
        {
            plan = await PlanAsync(session, starters.Values, cancellation);
        }

        var done = new List<StarterItem>();
        foreach (var planned in plan)
        {
            done.Add(planned.Merged is null
                ? planned.Item
                : await database.TransactAsync(session => ApplyAsync(session, starters[planned.Item.Slug], planned, cancellation), cancellation));
        }

        return [.. done.Where(IsWorthSaying)];
    }

    /// <summary>Keeps what a release says of entries that were just created from it.</summary>
    internal static Task<int> RememberAsync(DbSession session, IEnumerable<(Guid Id, StarterEntry Starter)> created, DateTimeOffset now, CancellationToken cancellation) =>
        session.ExecuteRowsAsync(
            InsertTaken,
            created.Select(c => new { EntryId = c.Id, c.Starter.Slug, Body = EntryJson.Write(c.Starter.Entry), TakenAt = now }).ToList(),
            cancellation);

    /// <summary>Plans one entry again, now under the write lock, and does it.</summary>
    private async Task<StarterItem> ApplyAsync(DbSession session, StarterEntry starter, Planned before, CancellationToken cancellation)
    {
        var taken = await session.FindAsync<Taken>(SelectOneTaken, new { id = before.Taken?.EntryId ?? Guid.Empty, slug = starter.Slug }, cancellation);
        var planned = taken is null
            ? PlanNew(starter, await DoNotListMatches.KeysAsync(session, cancellation))
            : PlanKnown(starter, taken) ?? new Planned(Item(starter.Slug, starter.Entry, taken, StarterOutcome.Kept), null, taken);
        if (planned.Merged is null)
        {
            return planned.Item;
        }

        if (taken is null)
        {
            var id = await entries.CreateAsync(session, planned.Merged, DirectorySetup.Actor, "New in this release.", starter.Slug, cancellation);
            await RememberAsync(session, [(id, starter)], clock.GetUtcNow(), cancellation);
            return planned.Item with { EntryId = id };
        }

        if (planned.Item.Outcome == StarterOutcome.Changed)
        {
            await entries.SaveAsync(session, taken.EntryId, taken.LatestRevision, planned.Merged, DirectorySetup.Actor, NoteOf(planned.Item), cancellation);
        }

        var row = new { taken.EntryId, starter.Slug, Body = EntryJson.Write(starter.Entry), TakenAt = clock.GetUtcNow() };
        await session.ExecuteAsync(UpdateTaken, row, cancellation);
        return planned.Item;
    }

    private static string NoteOf(StarterItem item)
    {
        var kept = item.Kept.Select(k => k.Path).ToList();
        var rest = kept.Count > NamedFields ? $" and {kept.Count - NamedFields} more" : "";
        return kept.Count == 0
            ? "Changes of this release."
            : $"Changes of this release. Kept as edited here: {string.Join(", ", kept.Take(NamedFields))}{rest}.";
    }

    private async Task<IReadOnlyList<Planned>> PlanAsync(DbSession session, IEnumerable<StarterEntry> release, CancellationToken cancellation)
    {
        var starters = release.Where(s => !s.Entry.Tags.Contains(SampleTag)).ToList();
        var taken = await session.QueryAsync<Taken>(SelectTaken, null, cancellation);
        var formerSlugs = (await session.QueryAsync<(string Slug, Guid EntryId)>(SelectFormerSlugs, null, cancellation)).ToDictionary(f => f.Slug, f => f.EntryId);
        var (bySlug, byId) = (taken.ToDictionary(t => t.Slug), taken.ToDictionary(t => t.EntryId));
        var notListed = await DoNotListMatches.KeysAsync(session, cancellation);

        var planned = new List<Planned>();
        var found = new HashSet<Guid>();
        foreach (var starter in starters)
        {
            var match = bySlug.GetValueOrDefault(starter.Slug) ?? (formerSlugs.TryGetValue(starter.Slug, out var id) ? byId.GetValueOrDefault(id) : null);
            if (match is null)
            {
                planned.Add(PlanNew(starter, notListed));
            }
            else if (found.Add(match.EntryId) && PlanKnown(starter, match) is { } known)
            {
                planned.Add(known);
            }
        }

        planned.AddRange(taken.Where(t => !found.Contains(t.EntryId)).Select(t => (Taken: t, Entry: EntryJson.Read(t.Here)))
            .Where(t => t.Taken.Listing is not (Listing.Retired or Listing.DoNotList) && !t.Entry.Tags.Contains(SampleTag))
            .Select(t => new Planned(Item(t.Taken.Slug, t.Entry, t.Taken, StarterOutcome.Gone) with { Reason = "The release no longer has it. Check whether it is still true." }, null, t.Taken)));
        return planned;
    }

    private Planned PlanNew(StarterEntry starter, IReadOnlySet<(string Type, string Value)> notListed)
    {
        var item = Item(starter.Slug, starter.Entry, null, StarterOutcome.New);
        if (DoNotListMatches.Shared(starter.Entry, notListed) is [var key, ..])
        {
            return new Planned(item with { Outcome = StarterOutcome.LeftAlone, Reason = $"An entry with the same {key.Type} asked not to be listed." }, null, null);
        }

        return validate(starter.Entry).Errors is [var fault, ..]
            ? new Planned(item with { Outcome = StarterOutcome.Refused, Reason = $"{fault.PropertyName}: {fault.ErrorMessage}" }, null, null)
            : new Planned(item, starter.Entry, null);
    }

    /// <summary>Null if the release says what it said before.</summary>
    private Planned? PlanKnown(StarterEntry starter, Taken taken)
    {
        var shipped = EntryJson.Read(taken.Shipped);
        if (IsSame(shipped, starter.Entry))
        {
            return null;
        }

        var item = Item(starter.Slug, starter.Entry, taken, StarterOutcome.LeftAlone);
        var refusal = taken switch
        {
            { MergedInto: not null } => "It was merged into another entry.",
            { Listing: Listing.DoNotList } => "It asked not to be listed.",
            { Listing: Listing.Retired } => "It was retired here.",
            _ => null,
        };
        if (refusal is not null)
        {
            return new Planned(item with { Reason = refusal }, null, taken);
        }

        var here = EntryJson.Read(taken.Here);
        var merged = StarterMerge.Merge(shipped, here, starter.Entry);
        var changes = EntryComparison.Compare(here, merged.Entry);
        item = item with
        {
            Outcome = changes.Count > 0 ? StarterOutcome.Changed : StarterOutcome.Kept,
            Changes = changes,
            Kept = [.. merged.Kept.Select(f => new KeptField(f.Path, TextOf(f.Mine), TextOf(f.Theirs)))],
        };
        if (changes.Count == 0)
        {
            return new Planned(item, merged.Entry, taken);
        }

        if (taken.DraftState == DraftState.InReview)
        {
            return new Planned(item with { Outcome = StarterOutcome.InReview, Reason = "It waits for a reviewer. Apply again after the review." }, null, taken);
        }

        return validate(merged.Entry).Errors is [var fault, ..]
            ? new Planned(item with { Outcome = StarterOutcome.Refused, Reason = $"{fault.PropertyName}: {fault.ErrorMessage}" }, null, taken)
            : new Planned(item, merged.Entry, taken);
    }

    /// <summary>False if the department has already made the same change.</summary>
    private static bool IsWorthSaying(StarterItem item) => item.Outcome != StarterOutcome.Kept || item.Kept.Count > 0;

    private static StarterItem Item(string slug, Entry entry, Taken? taken, StarterOutcome outcome) =>
        new() { Slug = slug, Name = entry.Name, EntryId = taken?.EntryId, Outcome = outcome };

    private static bool IsSame(Entry one, Entry other) => JsonNode.DeepEquals(JsonNode.Parse(EntryJson.Write(one)), JsonNode.Parse(EntryJson.Write(other)));

    private static string? TextOf(JsonNode? value) => value is JsonValue text && text.TryGetValue<string>(out var plain) ? plain : value?.ToJsonString();

    /// <summary>What to do with one entry; without a merged entry, nothing.</summary>
    private sealed record Planned(StarterItem Item, Entry? Merged, Taken? Taken);

    private sealed record Taken
    {
        public Guid EntryId { get; init; }

        public string Slug { get; init; } = "";

        public string Shipped { get; init; } = "";

        public Listing Listing { get; init; }

        public DraftState DraftState { get; init; }

        public int LatestRevision { get; init; }

        public string Here { get; init; } = "";

        public Guid? MergedInto { get; init; }
    }
}
