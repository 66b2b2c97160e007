using HealthEquity.Directory.Entries;

namespace HealthEquity.Store.Translations;

/// <summary>New texts of an entry in one language.</summary>
/// <param name="EntryId">The entry.</param>
/// <param name="Language">The language, a BCP-47 tag.</param>
/// <param name="BasedOn">The revision that the texts were written for.</param>
/// <param name="Texts">The texts by path; null or empty removes one. Texts that equal those of the revision are no change.</param>
public sealed record TranslationEdit(Guid EntryId, string Language, int BasedOn, IReadOnlyDictionary<string, string?> Texts)
{
    /// <summary>How the changed texts were made: human, machineReviewed or machine.</summary>
    public required string Provenance { get; init; }

    /// <summary>The author's note; may be null.</summary>
    public string? Note { get; init; }

    /// <summary>Whether to send the draft to review.</summary>
    public bool Submit { get; init; }

    /// <summary>Whether the author may also send changes of others to review that are in the same draft.</summary>
    public bool MaySubmitOthers { get; init; }
}

/// <summary>What became of saved translations.</summary>
/// <param name="Revision">The new revision's number.</param>
/// <param name="IsInReview">Whether the draft is in review.</param>
public sealed record SavedTranslation(int Revision, bool IsInReview);

/// <summary>Somebody has changed texts in the meantime: the originals, or their translations.</summary>
public sealed class TranslationConflictException(IReadOnlyList<string> paths)
    : RefusedException("Someone changed these texts while you worked on them. Your text is still in the form. Compare it with what is there now, and save again.")
{
    /// <summary>The paths of the texts.</summary>
    public IReadOnlyList<string> Paths { get; } = paths;
}
