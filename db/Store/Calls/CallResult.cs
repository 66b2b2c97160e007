using HealthEquity.Directory.Entries;
using HealthEquity.Store.Verification;

namespace HealthEquity.Store.Calls;

/// <summary>The result of a call.</summary>
public sealed record CallResult
{
    /// <summary>The entry.</summary>
    public Guid EntryId { get; init; }

    /// <summary>The revision that the caller saw (<see cref="Entries.EntryRow.CheckedRevision"/>).</summary>
    public int Revision { get; init; }

    /// <summary>A term of the vocabulary verificationOutcome; "changed" if there is a correction.</summary>
    public string Outcome { get; init; } = VerificationRecord.Confirmed;

    /// <summary>A term of the vocabulary verificationMethod.</summary>
    public string Method { get; init; } = "phoneCall";

    /// <summary>The answers by group of <see cref="CallQuestions"/>.</summary>
    public IReadOnlyDictionary<string, string> Answers { get; init; } = new Dictionary<string, string>();

    /// <summary>The latest content with the new values; null if nothing has changed.</summary>
    public Entry? Correction { get; init; }

    /// <summary>The latest revision, on which the correction is based.</summary>
    public int BasedOn { get; init; }

    /// <summary>What the correction is about, for the revision's note.</summary>
    public string? CorrectionNote { get; init; }

    /// <summary>A note.</summary>
    public string? Note { get; init; }

    /// <summary>The evidence: a web address, a person.</summary>
    public string? Evidence { get; init; }

    /// <summary>When to call again, if no one answered.</summary>
    public DateTimeOffset? TryAfter { get; init; }

    /// <summary>Publish a suspended entry again if it is confirmed.</summary>
    public bool Resume { get; init; }

    /// <summary>The date of the check, if it was not today.</summary>
    public DateOnly? CheckedOn { get; init; }
}

/// <summary>What became of a call.</summary>
/// <param name="VerificationId">The verification, to undo it.</param>
/// <param name="InReview">A correction waits for a review.</param>
/// <param name="InDraft">A correction was added to an unfinished draft, which someone must submit.</param>
/// <param name="Suspended">The entry was suspended, because it has closed or does not want to be listed.</param>
public sealed record RecordedCall(Guid VerificationId, bool InReview, bool InDraft, bool Suspended);
