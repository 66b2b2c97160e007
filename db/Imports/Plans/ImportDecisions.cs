using System.Text.Json;
using FluentValidation.Results;
using HealthEquity.Directory.Comparison;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Publication;
using HealthEquity.Imports.Records;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Publishing;

namespace HealthEquity.Imports.Plans;

/// <summary>An entry in the source.</summary>
/// <param name="Ids">The entry's ids in the source.</param>
/// <param name="Fingerprint">A hash of the source data.</param>
/// <param name="Body">The entry as JSON; null if unchanged since the last import.</param>
/// <param name="EntryId">The id of the entry in the directory, if the source has it.</param>
/// <param name="Base">The revision that was edited, if the source has it.</param>
internal sealed record SourceRecord(IReadOnlyList<string> Ids, string Fingerprint, string? Body, Guid? EntryId, ExportedRevision? Base);

/// <summary>The decision of an import about one entry, with the directory in its current state.</summary>
internal sealed record ImportDecision
{
    public required ImportOutcome Outcome { get; init; }

    /// <summary>The record of the last import and the current entry; null for an entry new to the source.</summary>
    public ImportRecord? Known { get; init; }

    /// <summary>All records with its ids.</summary>
    public IReadOnlyList<ImportRecord> Records { get; init; } = [];

    /// <summary>The entry to save, JSON; null for none.</summary>
    public string? Text { get; init; }

    /// <summary>True if the saved entry differs from the source because a curator's changes were kept.</summary>
    public bool IsMerged { get; init; }

    /// <summary>The changed fields, for people.</summary>
    public IReadOnlyList<ImportChange> Changes { get; init; } = [];

    /// <summary>The fields changed on both sides.</summary>
    public IReadOnlyList<ContestedField> Contested { get; init; } = [];

    /// <summary>The fields that the source changed.</summary>
    public IReadOnlyList<string> SourceChanges { get; init; } = [];

    /// <summary>The reason for refusing it.</summary>
    public string? Note { get; init; }

    /// <summary>True if it was missing from the source and is back.</summary>
    public bool Reappeared => Known?.VanishedIn is not null;
}

/// <summary>
/// Decides what the entries of a source mean for the directory. Used to plan, and again to apply, so changes in between are noticed.
/// </summary>
/// <param name="source">The name of the source.</param>
/// <param name="validate">The validation rules.</param>
internal sealed class ImportDecisions(string source, Func<Entry, ValidationResult> validate)
{
    /// <summary>Decides on several entries at once. The results are in the same order.</summary>
    public async Task<IReadOnlyList<ImportDecision>> DecideAsync(
        DbSession session, IReadOnlyList<SourceRecord> texts, CancellationToken cancellation)
    {
        var records = await ImportRecords.ReadAsync(session, source, texts.SelectMany(t => t.Ids), cancellation);
        var known = texts.Select(t => t.Ids.Select(id => records.GetValueOrDefault(id)).OfType<ImportRecord>().ToList()).ToList();
        var exported = await ImportRecords.ReadEntriesAsync(session, texts.Select(t => t.EntryId).OfType<Guid>(), cancellation);
        var based = texts.Where(t => t is { Base: not null, Body: not null, EntryId: { } id } && exported.ContainsKey(id)).Select(t => (exported[t.EntryId!.Value], t.Base!));
        var bases = await ImportRecords.ReadBasesAsync(session, based, cancellation);
        var anew = texts.Zip(known).Where(p => p.Second.Count > 0 && p.First.Body is not null && p.Second[0].Fingerprint != p.First.Fingerprint);
        var bodies = await ImportRecords.ReadTextsAsync(session, source, anew.Select(p => p.Second[0].SourceId), cancellation);
        var unlisted = await DoNotListMatches.KeysAsync(session, cancellation);
        return [.. texts.Zip(known, (text, found) => Decide(text, found) with { Records = found })];

        ImportDecision Decide(SourceRecord text, List<ImportRecord> found)
        {
            var entry = text.EntryId is { } id ? exported.GetValueOrDefault(id) : null;
            var basis = entry is null ? null : bases.GetValueOrDefault(entry.EntryId);
            return entry is not null && IsEdit(text, found, entry, basis) ? Listed(Exported(text, entry, basis), entry.Stands, unlisted)
                : found.Count == 0 ? Unknown(text, unlisted)
                : Known(text, found, bodies.GetValueOrDefault(found[0].SourceId), unlisted);
        }
    }

    /// <summary>
    /// True for an edited export of our own, false for what another directory says about an entry imported from here. Our own exports can be of
    /// any age, so the last import is not a base for the next.
    /// </summary>
    private bool IsEdit(SourceRecord text, List<ImportRecord> found, ExportOrigin entry, string? basis) =>
        found.Count == 0
        || (text.Body is not null && found[0].Fingerprint != text.Fingerprint && !found[0].IsUndone && found.TrueForAll(r => r.EntryId == entry.EntryId)
            && (basis is not null || entry.MadeBy != Actor.System($"import:{source}").Code));

    private ImportDecision Known(SourceRecord text, List<ImportRecord> found, ImportTexts? bodies, IReadOnlySet<(string Type, string Value)> unlisted) =>
        found.Find(r => r.Listing == Listing.DoNotList) is { } asked
            ? new ImportDecision { Outcome = ImportOutcome.NotListed, Known = asked }
            : Listed(Decide(text, found[0], bodies), bodies?.Stands, unlisted);

    /// <summary>
    /// Refuses to create or change an entry that matches one that asked not to be listed: a source may reuse an id, or a removed entry may be
    /// created again. Matches that the entry already had were reviewed by a curator.
    /// </summary>
    private static ImportDecision Listed(ImportDecision decision, string? stands, IReadOnlySet<(string Type, string Value)> unlisted)
    {
        if (unlisted.Count == 0 || decision.Text is not { } text)
        {
            return decision;
        }

        var shared = DoNotListMatches.Shared(EntryJson.Read(text), unlisted);
        var known = decision.Outcome == ImportOutcome.New || stands is null || shared.Count == 0 ? [] : DoNotListMatches.Shared(EntryJson.Read(stands), unlisted);
        return shared.Except(known).Any() ? new ImportDecision { Outcome = ImportOutcome.NotListed, Known = decision.Known } : decision;
    }

    private static ImportDecision Unknown(SourceRecord text, IReadOnlySet<(string Type, string Value)> unlisted) => new()
    {
        Outcome = DoNotListMatches.Shared(EntryJson.Read(text.Body!), unlisted).Count > 0 ? ImportOutcome.NotListed : ImportOutcome.New,
        Text = text.Body,
    };

    /// <summary>
    /// An export of our own that comes back: changes in the file are merged with changes here since. If the exported revision is unknown, every
    /// different field becomes a conflict.
    /// </summary>
    private ImportDecision Exported(SourceRecord text, ExportOrigin entry, string? basis)
    {
        var known = new ImportRecord
        {
            EntryId = entry.EntryId,
            Fingerprint = ImportRecord.Nothing,
            LatestRevision = entry.LatestRevision,
            PublishedRevision = entry.PublishedRevision,
            Listing = entry.Listing,
            CheckDueOn = entry.CheckDueOn,
        };
        return entry.Listing == Listing.DoNotList ? new ImportDecision { Outcome = ImportOutcome.NotListed, Known = known }
            : text.Body is null || entry.Stands == text.Body ? new ImportDecision { Outcome = ImportOutcome.Same, Known = known }
            : entry.MergedInto is { } survivor ? new ImportDecision { Outcome = ImportOutcome.Refused, Known = known, Note = $"It was merged into the entry {survivor}. Edit that entry." }
            : basis is not null ? Merged(SourceMerge.Merge(basis, entry.Stands, text.Body, e => validate(e).IsValid), text.Body, known, entry.Stands)
            : Merged(SourceMerge.Contest(Shown(text, entry.Stands), entry.Stands, text.Body), text.Body, known, entry.Stands);
    }

    /// <summary>What an export would contain now. A public export omits what only curators see.</summary>
    private static string Shown(SourceRecord text, string stands) =>
        text.Base is not null ? stands : EntryJson.Write(PublicProjection.TextOf(EntryJson.Read(stands)));

    private ImportDecision Decide(SourceRecord text, ImportRecord known, ImportTexts? bodies)
    {
        if (bodies is null)
        {
            return new ImportDecision { Outcome = ImportOutcome.Same, Known = known };
        }

        // It starts over with its old id.
        if (known.IsUndone)
        {
            return new ImportDecision { Outcome = ImportOutcome.New, Known = known, Text = text.Body };
        }

        return known is { IsUntouched: true, IsMerged: false } ? Replace(text.Body!, known, bodies.Stands)
            : Merged(SourceMerge.Merge(bodies.Said, bodies.Stands, text.Body!, entry => validate(entry).IsValid), text.Body!, known, bodies.Stands);
    }

    private static ImportDecision Replace(string says, ImportRecord known, string stands) => new()
    {
        Outcome = says == stands ? ImportOutcome.Same : ImportOutcome.Changed,
        Known = known,
        Text = says == stands ? null : says,
        Changes = [.. EntryComparison.Compare(stands, says).Select(c => new ImportChange(c.Path, c.Before, c.After))],
    };

    private static ImportDecision Merged(SourceMergeResult merged, string says, ImportRecord known, string stands)
    {
        var body = EntryJson.Write(merged.Entry);
        var changes = EntryComparison.Compare(stands, body).Select(c => new ImportChange(c.Path, c.Before, c.After)).ToList();
        var contested = merged.Contested.Select(c => new ImportChange(c.Path, Readable(c.Ours), Readable(c.Theirs), Contested: true));
        return new ImportDecision
        {
            Outcome = merged.Contested.Count > 0 ? ImportOutcome.Conflicting : changes.Count > 0 ? ImportOutcome.Changed : ImportOutcome.Same,
            Known = known,
            Text = changes.Count > 0 ? body : null,
            IsMerged = body != says || changes.Count == 0,
            Changes = [.. changes, .. contested],
            Contested = merged.Contested,
            SourceChanges = merged.SourceChanges,
        };
    }

    private static string? Readable(string? json) =>
        json is ['"', ..] ? JsonSerializer.Deserialize<string>(json) : json;
}
