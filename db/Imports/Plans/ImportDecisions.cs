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

/// <summary>What a source says of an entry.</summary>
/// <param name="Ids">The entry's ids in the source.</param>
/// <param name="Fingerprint">A hash of it.</param>
/// <param name="Body">The text, JSON; null where it is known to be what the source said before.</param>
/// <param name="EntryId">The entry's id in the directory, where the source knows it.</param>
/// <param name="Base">The revision from which the text was edited, where the source knows it.</param>
internal sealed record ToldEntry(IReadOnlyList<string> Ids, string Fingerprint, string? Body, Guid? EntryId, ExportedRevision? Base);

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
        var exported = await ImportRecords.ReadEntriesAsync(session, texts.Select(t => t.EntryId).OfType<Guid>(), cancellation);
        var based = texts.Where(t => t is { Base: not null, Body: not null, EntryId: { } id } && exported.ContainsKey(id)).Select(t => (exported[t.EntryId!.Value], t.Base!));
        var bases = await ImportRecords.ReadBasesAsync(session, based, cancellation);
        var anew = texts.Zip(known).Where(p => p.Second.Count > 0 && p.First.Body is not null && p.Second[0].Fingerprint != p.First.Fingerprint);
        var bodies = await ImportRecords.ReadTextsAsync(session, source, anew.Select(p => p.Second[0].SourceId), cancellation);
        var unlisted = await DoNotListMatches.KeysAsync(session, cancellation);
        return [.. texts.Zip(known, (text, found) => Decide(text, found) with { Records = found })];

        ImportDecision Decide(ToldEntry text, List<ImportRecord> found)
        {
            var entry = text.EntryId is { } id ? exported.GetValueOrDefault(id) : null;
            var basis = entry is null ? null : bases.GetValueOrDefault(entry.EntryId);
            return entry is not null && IsEdit(text, found, entry, basis) ? Listed(Exported(text, entry, basis), entry.Stands, unlisted)
                : found.Count == 0 ? Unknown(text, unlisted)
                : Known(text, found, bodies.GetValueOrDefault(found[0].SourceId), unlisted);
        }
    }

    /// <summary>
    /// True where a text is one of ours that somebody edited, and not what another directory says of an entry that it made here. Files
    /// of ours may be of any age: what the last one said is no base for the next.
    /// </summary>
    private bool IsEdit(ToldEntry text, List<ImportRecord> found, ExportOrigin entry, string? basis) =>
        found.Count == 0
        || (text.Body is not null && found[0].Fingerprint != text.Fingerprint && !found[0].IsUndone && found.TrueForAll(r => r.EntryId == entry.EntryId)
            && (basis is not null || entry.MadeBy != Actor.System($"import:{source}").Code));

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

        var shared = DoNotListMatches.Shared(EntryJson.Read(text), unlisted);
        var known = decision.Outcome == ImportOutcome.New || stands is null || shared.Count == 0 ? [] : DoNotListMatches.Shared(EntryJson.Read(stands), unlisted);
        return shared.Except(known).Any() ? new ImportDecision { Outcome = ImportOutcome.NotListed, Known = decision.Known } : decision;
    }

    private static ImportDecision Unknown(ToldEntry text, IReadOnlySet<(string Type, string Value)> unlisted) => new()
    {
        Outcome = DoNotListMatches.Shared(EntryJson.Read(text.Body!), unlisted).Count > 0 ? ImportOutcome.NotListed : ImportOutcome.New,
        Text = text.Body,
    };

    /// <summary>
    /// An entry that was exported from here and comes back: what was changed in the file is put together with what was changed here since.
    /// Where it is not known from which text the file was made, every field that differs waits for a person.
    /// </summary>
    private ImportDecision Exported(ToldEntry text, ExportOrigin entry, string? basis)
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
            : entry.MergedInto is { } survivor ? new ImportDecision { Outcome = ImportOutcome.Refused, Known = known, Note = $"It was merged into the entry {survivor}: change that one." }
            : basis is not null ? Merged(SourceMerge.Merge(basis, entry.Stands, text.Body, e => validate(e).IsValid), text.Body, known, entry.Stands)
            : Merged(SourceMerge.Contest(Shown(text, entry.Stands), entry.Stands, text.Body), text.Body, known, entry.Stands);
    }

    /// <summary>What an export of what stands would say: a public one leaves out what only curators see.</summary>
    private static string Shown(ToldEntry text, string stands) =>
        text.Base is not null ? stands : EntryJson.Write(PublicProjection.TextOf(EntryJson.Read(stands)));

    private ImportDecision Decide(ToldEntry text, ImportRecord known, ImportTexts? bodies)
    {
        if (bodies is null)
        {
            return new ImportDecision { Outcome = ImportOutcome.Same, Known = known };
        }

        // It begins anew under its old id.
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
            Spoken = merged.Spoken,
        };
    }

    private static string? Readable(string? json) =>
        json is ['"', ..] ? JsonSerializer.Deserialize<string>(json) : json;
}
