using HealthEquity.Admin.Access;
using HealthEquity.Admin.Comparing;
using HealthEquity.Admin.Directory;
using HealthEquity.Admin.Forms;
using HealthEquity.Admin.Pages.Shared;
using HealthEquity.Admin.Verification;
using HealthEquity.Admin.Wording;
using HealthEquity.Directory.Vocabularies;
using HealthEquity.Store.Curators;
using HealthEquity.Store.Duplicates;
using HealthEquity.Store.Entries;
using HealthEquity.Store.Reviews;
using HealthEquity.Store.Verification;
using Microsoft.AspNetCore.Mvc;

namespace HealthEquity.Admin.Pages.Entries;

/// <summary>An event in an entry's history.</summary>
/// <param name="At">The time.</param>
/// <param name="Who">The user.</param>
/// <param name="What">The action.</param>
/// <param name="Detail">The note or reason.</param>
/// <param name="Revision">The new revision; null if the event created none.</param>
public sealed record TimelineItem(DateTimeOffset At, string Who, string What, string? Detail, int? Revision)
{
    /// <summary>The decision; null for other events.</summary>
    public Guid? Decision { get; init; }
}

/// <summary>Shows an entry's timeline and compares two of its revisions.</summary>
public sealed class HistoryModel(EntryStore entries, DuplicateStore duplicates, DirectoryRules rules) : ConsolePage
{
    [BindProperty(SupportsGet = true), FromRoute]
    public Guid Id { get; set; }

    /// <summary>The older revision to compare.</summary>
    [BindProperty(SupportsGet = true), FromQuery]
    public int? From { get; set; }

    /// <summary>The newer revision to compare.</summary>
    [BindProperty(SupportsGet = true), FromQuery]
    public int? To { get; set; }

    public EntryRow Row { get; private set; } = null!;

    public IReadOnlyList<TimelineItem> Items { get; private set; } = [];

    /// <summary>The entries that were merged into this one.</summary>
    public IReadOnlyList<MergedEntry> Merged { get; private set; } = [];

    public ActorNames Names { get; private set; } = null!;

    /// <summary>The approval that the user can undo, with its revision; null for none.</summary>
    public (Guid Decision, int Revision)? Undoable { get; private set; }

    public IReadOnlyList<ChangeView>? Changes { get; private set; }

    public async Task OnGetAsync()
    {
        var vocabularies = await rules.VocabulariesAsync(Cancellation);
        await using var session = await Database.OpenAsync(Cancellation);
        Row = await EntryStore.ReadAsync(session, Id, Cancellation);
        Names = await ActorNames.ReadAsync(session, Cancellation);
        Merged = await MergeStore.ListAsync(session, Id, Cancellation);
        var revisions = await EntryStore.ListRevisionsAsync(session, Id, Cancellation);
        var reviews = await ReviewStore.ListAsync(session, Id, Cancellation);
        var checks = await VerificationStore.ListAsync(session, Id, Cancellation);
        Undoable = User.IsAtLeast(CuratorRole.Reviewer) && await ApprovalUndo.FindAsync(session, Id, Cancellation) is { } approval
            ? (reviews.First(r => r.Decision == "approve").ReviewId, approval.Revision)
            : null;
        Items =
        [
            .. revisions.Select(r => new TimelineItem(r.CreatedAt, Names.Of(r.Author), $"Revision {r.Number}", r.Note, r.Number))
                .Concat(reviews.Select(r => new TimelineItem(r.DecidedAt, Names.Of(r.DecidedBy), Decided(r), r.Reason, null) { Decision = r.ReviewId }))
                .Concat(checks.Select(c => new TimelineItem(c.RecordedAt, Names.Of(c.CheckedBy), Checked(c, vocabularies), DetailOf(c), null)))
                .OrderByDescending(i => i.At).ThenByDescending(i => i.Revision is null),
        ];
        if (From is { } from && To is { } to)
        {
            var before = await EntryStore.ReadRevisionAsync(session, Id, from, Cancellation);
            var after = await EntryStore.ReadRevisionAsync(session, Id, to, Cancellation);
            Changes = ChangeView.Of(Row.Kind, before.Body, after.Body, vocabularies);
        }
    }

    [AtLeast(CuratorRole.Curator)]
    public async Task<IActionResult> OnPostRestoreAsync(int number, int basedOn)
    {
        var restored = await TryAsync(async s =>
        {
            await entries.RestoreAsync(s, Id, basedOn, number, Actor, Cancellation);
            await duplicates.DetectAsync(s, [Id], Cancellation);
        });
        if (restored)
        {
            Notice = $"Revision {number} was restored as a new draft.";
            return RedirectToPage("Show", new { id = Id });
        }

        await OnGetAsync();
        return Page();
    }

    private static string Decided(Review review) =>
        $"{EntryLabels.Decision(review.Decision)} (revision {review.Revision})" + (review.Sequence is { } number ? $", change {number}" : "");

    private static string Checked(VerificationRecord check, VocabularySet vocabularies) =>
        $"Checked on {DisplayFormat.Date(check.CheckedOn)}: {vocabularies.Find(VocabularyNames.VerificationOutcome, check.Outcome)?.Label ?? check.Outcome}"
        + $" ({vocabularies.Find(VocabularyNames.VerificationMethod, check.Method)?.Label ?? check.Method})";

    private string? DetailOf(VerificationRecord check) =>
        string.Join(" – ", new[] { check.Note, check.Evidence, Differing(check) }.Where(t => !string.IsNullOrWhiteSpace(t))) is { Length: > 0 } detail ? detail : null;

    /// <summary>Lists the fields that are wrong or have changed: "Wrong: Phone number 1: Number".</summary>
    private string Differing(VerificationRecord check)
    {
        var found = check.ByField();
        return string.Join("; ", check.FieldsNotConfirmed().GroupBy(path => found[path], path => ChangeView.Describe(Row.Kind, path).Label)
            .Select(g => $"{Question.Answers.GetValueOrDefault(g.Key, g.Key)}: {string.Join(", ", g)}"));
    }
}
