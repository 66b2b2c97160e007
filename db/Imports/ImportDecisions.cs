using System.Text.Json;
using FluentValidation.Results;
using HealthEquity.Db.Entries;
using HealthEquity.Db.Storage;

namespace HealthEquity.Db.Imports;

/// <summary>What a source says of an entry.</summary>
/// <param name="Ids">The entry's ids in the source.</param>
/// <param name="Fingerprint">A hash of it.</param>
/// <param name="Body">The text, JSON; null where it is known to be what the source said before.</param>
/// <param name="EntryId">The entry's id in the directory, where the source knows it.</param>
internal sealed record ToldEntry(IReadOnlyList<string> Ids, string Fingerprint, string? Body, Guid? EntryId);

/// <summary>What an import means for one entry, as the directory is now.</summary>
internal sealed record ImportDecision
{
    public required ImportOutcome Outcome { get; init; }

    /// <summary>What the source last said of it, and where it stands; null for an entry that it never told of.</summary>
    public ImportRecord? Known { get; init; }

    /// <summary>All that is known under its ids.</summary>
    public IReadOnlyList<ImportRecord> Records { get; init; } = [];

    /// <summary>The text to save, JSON; null for none.</summary>
    public string? Text { get; init; }

    /// <summary>What the source says is not what is saved: a curator's changes are kept in it.</summary>
    public bool IsMerged { get; init; }

    /// <summary>The fields that change, as people read them.</summary>
    public IReadOnlyList<ImportChange> Changes { get; init; } = [];

    /// <summary>The fields that both changed.</summary>
    public IReadOnlyList<ContestedField> Contested { get; init; } = [];

    /// <summary>The fields about which the source speaks anew.</summary>
    public IReadOnlyList<string> Spoken { get; init; } = [];

    /// <summary>Why it is refused.</summary>
    public string? Note { get; init; }

    /// <summary>The source had it no more, and has it again.</summary>
    public bool IsBack => Known?.VanishedIn is not null;
}

/// <summary>
/// Decides what a source's texts mean for the directory. The same rules make the plan and are asked again when it is applied, so
/// that what has changed in between is seen.
/// </summary>
/// <param name="source">The source's name.</param>
/// <param name="validate">The rules that an entry must keep.</param>
internal sealed class ImportDecisions(string source, Func<Entry, ValidationResult> validate)
{
    /// <summary>Decides on some texts at once; the answers stand in the order of the texts.</summary>
    public async Task<IReadOnlyList<ImportDecision>> DecideAsync(
        DbSession session, IReadOnlyList<ToldEntry> texts, CancellationToken cancellation)
    {
        var records = await ImportRecords.ReadAsync(session, source, texts.SelectMany(t => t.Ids), cancellation);
        var known = texts.Select(t => t.Ids.Select(id => records.GetValueOrDefault(id)).OfType<ImportRecord>().ToList()).ToList();
        var exported = await ImportRecords.ReadEntriesAsync(
            session, texts.Zip(known).Where(p => p.Second.Count == 0).Select(p => p.First.EntryId).OfType<Guid>(), cancellation);
        var anew = texts.Zip(known).Where(p => p.Second.Count > 0 && p.First.Body is not null && p.Second[0].Fingerprint != p.First.Fingerprint);
        var bodies = await ImportRecords.ReadTextsAsync(session, source, anew.Select(p => p.Second[0].SourceId), cancellation);
        var unlisted = await ImportRecords.UnlistedKeysAsync(session, cancellation);
        return [.. texts.Zip(known, (text, found) => found.Count == 0
            ? text.EntryId is { } id && exported.TryGetValue(id, out var entry) ? Listed(Exported(text, entry), entry.Stands, unlisted) : Unknown(text, unlisted)
            : Known(text, found, bodies.GetValueOrDefault(found[0].SourceId), unlisted) with { Records = found })];
    }

    private ImportDecision Known(ToldEntry text, List<ImportRecord> found, ImportTexts? bodies, IReadOnlySet<(string Type, string Value)> unlisted) =>
        found.Find(r => r.Listing == Listing.DoNotList) is { } asked
            ? new ImportDecision { Outcome = ImportOutcome.NotListed, Known = asked }
            : Listed(Decide(text, found[0], bodies), bodies?.Stands, unlisted);

    /// <summary>
    /// A decision that makes no entry into one that asked not to be listed: a source may use an id again, or an entry taken back may be
    /// made anew. What the entry shares with that one already was looked at by a curator.
    /// </summary>
    private static ImportDecision Listed(ImportDecision decision, string? stands, IReadOnlySet<(string Type, string Value)> unlisted)
    {
        if (unlisted.Count == 0 || decision.Text is not { } text)
        {
            return decision;
        }

        var shared = ImportRecords.Unlisted(EntryJson.Read(text), unlisted);
        var known = decision.Outcome == ImportOutcome.New || stands is null || shared.Count == 0 ? [] : ImportRecords.Unlisted(EntryJson.Read(stands), unlisted);
        return shared.Except(known).Any() ? new ImportDecision { Outcome = ImportOutcome.NotListed, Known = decision.Known } : decision;
    }

    private static ImportDecision Unknown(ToldEntry text, IReadOnlySet<(string Type, string Value)> unlisted) => new()
    {
        Outcome = unlisted.Count > 0 && ImportRecords.Unlisted(EntryJson.Read(text.Body!), unlisted).Count > 0 ? ImportOutcome.NotListed : ImportOutcome.New,
        Text = text.Body,
    };

    /// <summary>An entry that was exported from here and comes back: what it says is taken as an edit of what stands.</summary>
    private static ImportDecision Exported(ToldEntry text, ExportedEntry entry)
    {
        var known = new ImportRecord
        {
            EntryId = entry.EntryId,
            Fingerprint = ImportRecord.Nothing,
            Revision = entry.LatestRevision,
            LatestRevision = entry.LatestRevision,
            PublishedRevision = entry.PublishedRevision,
            Listing = entry.Listing,
            CheckDueOn = entry.CheckDueOn,
        };
        return entry.Listing == Listing.DoNotList ? new ImportDecision { Outcome = ImportOutcome.NotListed, Known = known }
            : entry.Stands == text.Body ? new ImportDecision { Outcome = ImportOutcome.Same, Known = known }
            : entry.MergedInto is { } survivor ? new ImportDecision { Outcome = ImportOutcome.Refused, Known = known, Note = $"It was merged into the entry {survivor}: change that one." }
            : Replace(text.Body!, known, entry.Stands);
    }

    private ImportDecision Decide(ToldEntry text, ImportRecord known, ImportTexts? bodies)
    {
        if (bodies is null)
        {
            return new ImportDecision { Outcome = ImportOutcome.Same, Known = known };
        }

        // The import that made it was undone: it begins anew under its old id.
        if (known is { Listing: Listing.Retired, IsUntouched: true } && known.Fingerprint == ImportRecord.Nothing)
        {
            return new ImportDecision { Outcome = ImportOutcome.New, Known = known, Text = text.Body };
        }

        return known is { IsUntouched: true, IsMerged: false } ? Replace(text.Body!, known, bodies.Stands) : Merge(text.Body!, known, bodies);
    }

    private static ImportDecision Replace(string says, ImportRecord known, string stands) => new()
    {
        Outcome = ImportOutcome.Changed,
        Known = known,
        Text = says,
        Changes = [.. EntryComparison.Compare(stands, says).Select(c => new ImportChange(c.Path, c.Before, c.After))],
    };

    private ImportDecision Merge(string says, ImportRecord known, ImportTexts bodies)
    {
        var merged = SourceMerge.Merge(bodies.Said, bodies.Stands, says, entry => validate(entry).IsValid);
        var body = EntryJson.Write(merged.Entry);
        var changes = EntryComparison.Compare(bodies.Stands, body).Select(c => new ImportChange(c.Path, c.Before, c.After)).ToList();
        var contested = merged.Contested.Select(c => new ImportChange(c.Path, Readable(c.Ours), Readable(c.Theirs), Contested: true));
        return new ImportDecision
        {
            Outcome = merged.Contested.Count > 0 ? ImportOutcome.Conflicting : changes.Count > 0 ? ImportOutcome.Changed : ImportOutcome.Same,
            Known = known,
            Text = changes.Count > 0 ? body : null,
            IsMerged = body != says || changes.Count == 0,
            Changes = [.. changes, .. contested],
            Contested = merged.Contested,
            Spoken = merged.Spoken,
        };
    }

    private static string? Readable(string? json) =>
        json is ['"', ..] ? JsonSerializer.Deserialize<string>(json) : json;
}
