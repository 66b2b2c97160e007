using HealthEquity.Admin.Access;
using HealthEquity.Admin.Comparing;
using HealthEquity.Admin.Directory;
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

/// <summary>Something that happened to an entry.</summary>
/// <param name="At">When.</param>
/// <param name="Who">Who did it.</param>
/// <param name="What">What was done.</param>
/// <param name="Detail">What was said of it.</param>
/// <param name="Revision">The revision that was made; null for what made none.</param>
public sealed record TimeLineItem(DateTimeOffset At, string Who, string What, string? Detail, int? Revision);

/// <summary>Everything that happened to an entry, on one line; two of its revisions side by side.</summary>
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

    public IReadOnlyList<TimeLineItem> Items { get; private set; } = [];

    /// <summary>The entries that were merged into this one.</summary>
    public IReadOnlyList<MergedEntry> Merged { get; private set; } = [];

    public ActorNames Names { get; private set; } = null!;

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
        Items =
        [
            .. revisions.Select(r => new TimeLineItem(r.CreatedAt, Names.Of(r.Author), $"Revision {r.Number}", r.Note, r.Number))
                .Concat(reviews.Select(r => new TimeLineItem(r.DecidedAt, Names.Of(r.DecidedBy), Decided(r), r.Reason, null)))
                .Concat(checks.Select(c => new TimeLineItem(c.RecordedAt, Names.Of(c.CheckedBy), Checked(c, vocabularies), Said(c), null)))
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
            Notice = $"Revision {number} is back, as a new draft.";
            return RedirectToPage("Show", new { id = Id });
        }

        await OnGetAsync();
        return Page();
    }

    private static string Decided(Review review) =>
        $"{EntryWords.Decision(review.Decision)} (revision {review.Revision})" + (review.Sequence is { } number ? $", change {number}" : "");

    private static string Checked(VerificationRecord check, VocabularySet vocabularies) =>
        $"Checked on {check.CheckedOn:yyyy-MM-dd}: {vocabularies.Find(VocabularyNames.VerificationOutcome, check.Outcome)?.Label ?? check.Outcome}"
        + $" ({vocabularies.Find(VocabularyNames.VerificationMethod, check.Method)?.Label ?? check.Method})";

    private string? Said(VerificationRecord check) =>
        string.Join(" – ", new[] { check.Note, check.Evidence, Differing(check) }.Where(t => !string.IsNullOrWhiteSpace(t))) is { Length: > 0 } said ? said : null;

    /// <summary>The fields that were found wrong or changed: "Wrong: Telephone number 1: Number".</summary>
    private string Differing(VerificationRecord check)
    {
        var found = check.ByField();
        return string.Join("; ", check.FieldsNotConfirmed().GroupBy(path => found[path], path => ChangeView.Called(Row.Kind, path).Label)
            .Select(g => $"{Question.Answers.GetValueOrDefault(g.Key, g.Key)}: {string.Join(", ", g)}"));
    }
}
