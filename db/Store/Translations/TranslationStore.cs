using System.Globalization;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Translations;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Entries;
using HealthEquity.Store.Reviews;
using HealthEquity.Store.Settings;

namespace HealthEquity.Store.Translations;

/// <summary>
/// Saves the translations of an entry text by text. What is saved is a draft like any other. Methods that write require a session in a
/// transaction.
/// </summary>
public sealed class TranslationStore(EntryStore entries, ReviewStore reviews, AuditLog audit, TimeProvider clock)
{
    /// <summary>Translated by a machine, and not reviewed.</summary>
    public const string Machine = "machine";

    /// <summary>Translated by a machine, and reviewed by a person.</summary>
    public const string MachineReviewed = "machineReviewed";

    /// <summary>Translated by a person.</summary>
    public const string Human = "human";

    private const string Holder = "holder";

    /// <summary>The author of the revision that says that all texts of a machine translation are reviewed.</summary>
    public static Actor Reviewed { get; } = Actor.System("translationReview");

    /// <summary>How a translator can say that texts were made.</summary>
    public static IReadOnlyList<string> Provenances { get; } = [Human, MachineReviewed, Machine];

    /// <summary>
    /// Saves translated texts as a draft. A draft that was in review stays there. Changes of others in the same draft are sent to review only
    /// by somebody who may do so.
    /// </summary>
    /// <exception cref="TranslationConflictException">Someone changed the same texts, or their originals, in the meantime.</exception>
    /// <exception cref="InvalidEntryException">The entry has validation errors, so that it can't be sent to review.</exception>
    /// <exception cref="RefusedException">There is nothing to change, or the language is the entry's own.</exception>
    public async Task<SavedTranslation> SaveAsync(DbSession session, TranslationEdit edit, Actor actor, CancellationToken cancellation)
    {
        var (id, language) = (edit.EntryId, edit.Language);
        var row = await EntryStore.ReadAsync(session, id, cancellation);
        var latest = await ReadEntryAsync(session, id, row.LatestRevision, cancellation);
        RefuseLanguage(latest, language);
        var basis = edit.BasedOn == row.LatestRevision ? latest : await ReadEntryAsync(session, id, edit.BasedOn, cancellation);
        var changes = ChangesOf(edit, basis, latest);
        var history = await TranslationHistory.ReadAsync(session, id, language, cancellation);
        var (today, originals) = (DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime), TranslatableTexts.Of(latest).ToDictionary(t => t.Path, t => t.Text, StringComparer.Ordinal));
        var made = history.Where(h => h.Trail.Text is not null && !changes.ContainsKey(h.Trail.Path)).Select(h => h.IsReviewed && h.Provenance == Machine ? MachineReviewed : h.Provenance!)
            .Concat(changes.Values.Any(t => t is not null) ? [edit.Provenance] : []);
        var saved = TranslatableTexts.Apply(latest, language, changes, ProvenanceOf(made), today);
        var number = await entries.SaveAsync(session, id, row.LatestRevision, saved, actor, edit.Note, cancellation);
        await TextMarks.SaveAsync(
            session, id, language,
            [.. changes.Where(c => c.Value is not null).Select(c => new TextMark { Path = c.Key, Pair = TextMark.PairOf(originals[c.Key], c.Value!), Provenance = edit.Provenance })],
            cancellation);
        var submits = row.DraftState == DraftState.InReview || edit.Submit && (edit.MaySubmitOthers || await TranslationScope.ReadAsync(session, id, number, cancellation) is not null);
        if (submits)
        {
            await reviews.SubmitAsync(session, id, number, actor, edit.Note, cancellation);
        }

        return new SavedTranslation(number, submits);
    }

    /// <summary>
    /// Records that a person has compared translated texts with their originals. When the last text of a machine translation is reviewed, the
    /// translation says so in a new draft, which goes to review.
    /// </summary>
    /// <param name="session">A session in a transaction.</param>
    /// <param name="id">The entry.</param>
    /// <param name="revision">The revision that the reviewer saw.</param>
    /// <param name="language">The translation's language.</param>
    /// <param name="paths">The texts.</param>
    /// <param name="actor">The reviewer.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    /// <exception cref="ConflictException">Someone saved the entry in the meantime.</exception>
    /// <exception cref="RefusedException">A text is missing, or the reviewer wrote it.</exception>
    public async Task ReviewAsync(
        DbSession session, Guid id, int revision, string language, IReadOnlyCollection<string> paths, Actor actor, CancellationToken cancellation)
    {
        var row = await EntryStore.ReadAsync(session, id, cancellation);
        if (row.LatestRevision != revision)
        {
            throw new ConflictException(await EntryStore.ReadRevisionAsync(session, id, row.LatestRevision, cancellation));
        }

        var history = await TranslationHistory.ReadAsync(session, id, language, cancellation);
        var chosen = history.Where(h => paths.Contains(h.Trail.Path) && h.Trail.Text is not null).ToList();
        if (chosen.Count == 0)
        {
            throw new RefusedException("Select the texts that you have reviewed.");
        }

        if ((await SettingStore.ReadAsync(session, cancellation)).FourEyes && chosen.Any(h => h.Trail.Written?.Author == actor.Code))
        {
            throw new RefusedException("You wrote some of these texts, so someone else must review them.");
        }

        var now = clock.GetUtcNow();
        await TextMarks.SaveAsync(
            session, id, language,
            [.. chosen.Select(h => new TextMark { Path = h.Trail.Path, Pair = TextMark.PairOf(h.Trail.Original, h.Trail.Text!), Provenance = h.Provenance, ReviewedBy = actor.Code, ReviewedAt = now })],
            cancellation);
        await audit.AppendAsync(session, actor, "reviewTranslation", $"entry:{id}", string.Create(CultureInfo.InvariantCulture, $"{language}: {chosen.Count}"), cancellation);
        await EntryTermStore.RenewTranslationsAsync(session, id, cancellation);
        await UpgradeAsync(session, row, language, cancellation);
    }

    /// <summary>How a translation was made as a whole, from its texts.</summary>
    private static string ProvenanceOf(IEnumerable<string> texts)
    {
        var all = texts.Distinct().ToList();
        return all.Contains(Machine) ? Machine : all.Contains(MachineReviewed) ? MachineReviewed : all is [Holder] ? Holder : Human;
    }

    private static void RefuseLanguage(Entry entry, string language)
    {
        if (!LanguageTag.IsValid(language) || language == entry.Language)
        {
            throw new RefusedException(language == entry.Language ? "This is the entry's own language. Edit the entry instead." : $"'{language}' is not a known language.");
        }
    }

    /// <summary>The texts that the author has changed. Texts that others have changed since are a conflict; other changes don't matter.</summary>
    private static Dictionary<string, string?> ChangesOf(TranslationEdit edit, Entry basis, Entry latest)
    {
        var (was, now) = (TranslatableTexts.In(basis, edit.Language), TranslatableTexts.In(latest, edit.Language));
        var changes = edit.Texts.Select(t => KeyValuePair.Create(t.Key, TranslatableTexts.Clean(t.Value)))
            .Where(t => t.Value != TranslatableTexts.Clean(was.GetValueOrDefault(t.Key))).ToDictionary(StringComparer.Ordinal);
        var (wasOwn, own) = (OwnOf(basis), OwnOf(latest));
        var moved = changes
            .Where(c => wasOwn.GetValueOrDefault(c.Key) is not { } original || own.GetValueOrDefault(c.Key) != original
                || (now.GetValueOrDefault(c.Key) is var text && text != was.GetValueOrDefault(c.Key) && text != c.Value))
            .Select(c => c.Key).ToList();
        if (moved.Count > 0)
        {
            throw new TranslationConflictException(moved);
        }

        return changes.Count > 0 ? changes : throw new RefusedException("Nothing was changed, so there is nothing to save.");

        static Dictionary<string, string> OwnOf(Entry entry) => TranslatableTexts.Of(entry).ToDictionary(t => t.Path, t => t.Text, StringComparer.Ordinal);
    }

    private static async Task<Entry> ReadEntryAsync(DbSession session, Guid id, int revision, CancellationToken cancellation) =>
        EntryJson.Read((await EntryStore.ReadRevisionAsync(session, id, revision, cancellation)).Body);

    /// <summary>
    /// Says that a machine translation was reviewed, once all of its texts are. The revision has the system as its author, because it only
    /// repeats what the marks say; so the person who reviewed the texts may also approve it.
    /// </summary>
    private async Task UpgradeAsync(DbSession session, EntryRow row, string language, CancellationToken cancellation)
    {
        var entry = await ReadEntryAsync(session, row.EntryId, row.LatestRevision, cancellation);
        var history = await TranslationHistory.ReadAsync(session, row.EntryId, language, cancellation);
        if (TranslatableTexts.Find(entry, language) is not { Provenance: Machine } translation
            || history.Any(h => h.Provenance == Machine && !h.IsReviewed) || row.Listing == Listing.DoNotList || row.MergedInto is not null)
        {
            return;
        }

        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var upgraded = TranslatableTexts.Apply(entry, language, new Dictionary<string, string?>(), MachineReviewed, today);
        var number = await entries.SaveAsync(session, row.EntryId, row.LatestRevision, upgraded, Reviewed, $"All texts in '{translation.Language}' are reviewed.", cancellation);
        try
        {
            if (row.DraftState != DraftState.Draft)
            {
                await reviews.SubmitAsync(session, row.EntryId, number, Reviewed, null, cancellation);
            }
        }
        catch (InvalidEntryException)
        {
            // An older rule allowed what is wrong now. The draft waits for a curator; the reviews count.
        }
    }
}
