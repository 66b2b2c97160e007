using System.Text.Json;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Translations;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.BulkChanges;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Entries;
using HealthEquity.Store.Reviews;

namespace HealthEquity.Store.Translations;

/// <summary>A translation for an original.</summary>
/// <param name="Original">The text that was translated.</param>
/// <param name="Text">The translation.</param>
public sealed record OfferedText(string Original, string Text);

/// <summary>What a bulk change translates, and how the texts were made.</summary>
/// <param name="Language">The language, a BCP-47 tag.</param>
/// <param name="Provenance">human, machineReviewed or machine.</param>
public sealed record TranslationSource(string Language, string Provenance)
{
    /// <summary>The parameter of the bulk change.</summary>
    public string Write() => JsonSerializer.Serialize(this);

    /// <summary>Reads the parameter of a bulk change.</summary>
    public static TranslationSource Read(string parameter) => JsonSerializer.Deserialize<TranslationSource>(parameter)!;
}

/// <summary>
/// Takes over translations from a file. Drafts go to review as those of <see cref="EditEntries"/> do: the draft of somebody who is not done
/// stays a draft.
/// </summary>
public sealed class TranslateEntries(TranslationStore translations, EntryStore entries, ReviewStore reviews) : IBulkAction
{
    /// <summary>The code of the action. The parameter is a <see cref="TranslationSource"/>; an item's value are its texts.</summary>
    public const string Name = "translate";

    /// <inheritdoc/>
    public string Code => Name;

    /// <inheritdoc/>
    public bool Withdraws => false;

    /// <inheritdoc/>
    public bool WithdrawsWhenUndone => false;

    /// <summary>The value of an item: the texts by path.</summary>
    public static string WriteValue(IReadOnlyDictionary<string, OfferedText> texts) => JsonSerializer.Serialize(texts);

    /// <inheritdoc/>
    public async Task ApplyAsync(DbSession session, BulkChange change, BulkItem item, EntryRow entry, Actor actor, CancellationToken cancellation)
    {
        var (source, texts) = (TranslationSource.Read(change.Parameter!), JsonSerializer.Deserialize<Dictionary<string, OfferedText>>(item.Value!)!);
        var latest = EntryJson.Read((await EntryStore.ReadRevisionAsync(session, entry.EntryId, entry.LatestRevision, cancellation)).Body);
        var originals = TranslatableTexts.Of(latest).ToDictionary(t => t.Path, t => t.Text, StringComparer.Ordinal);
        if (texts.Any(t => originals.GetValueOrDefault(t.Key) != t.Value.Original))
        {
            throw new RefusedException("The original has changed in the meantime. Export the file again.");
        }

        var edit = new TranslationEdit(entry.EntryId, source.Language, entry.LatestRevision, texts.ToDictionary(t => t.Key, t => (string?)t.Value.Text, StringComparer.Ordinal))
        {
            Provenance = source.Provenance,
            Note = change.Reason,
            Submit = true,
        };
        await translations.SaveAsync(session, edit, actor, cancellation);
    }

    /// <inheritdoc/>
    public Task UndoAsync(DbSession session, BulkChange change, BulkItem item, EntryRow entry, Actor actor, CancellationToken cancellation) =>
        DraftUndo.UndoAsync(session, entries, reviews, item, entry, actor, cancellation);
}
