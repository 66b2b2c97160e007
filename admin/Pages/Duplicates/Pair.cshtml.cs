using HealthEquity.Admin.Access;
using HealthEquity.Admin.Comparing;
using HealthEquity.Admin.Directory;
using HealthEquity.Admin.Pages.Entries;
using HealthEquity.Admin.Pages.Shared;
using HealthEquity.Admin.Wording;
using HealthEquity.Directory.Duplicates;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Vocabularies;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Curators;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Duplicates;
using HealthEquity.Store.Entries;
using HealthEquity.Store.Publishing;
using Microsoft.AspNetCore.Mvc;

namespace HealthEquity.Admin.Pages.Duplicates;

/// <summary>One entry of a pair.</summary>
public sealed record PairSide(EntryRow Row, Revision Latest, Entry Entry);

/// <summary>The preview of a merge.</summary>
/// <param name="Changes">Changes to the entry that is kept.</param>
/// <param name="Failures">Problems to fix before review.</param>
/// <param name="View">The public view of the merged entry.</param>
public sealed record PairPreview(IReadOnlyList<ChangeView> Changes, IReadOnlyList<string> Failures, PreviewView View);

/// <summary>
/// Compares two entries side by side. A curator proposes a merge field by field or marks them as not duplicates; a reviewer merges. Merged
/// content goes through review. If only one entry is public, it is kept.
/// </summary>
[RequestFormLimits(ValueCountLimit = 20_000)]
public sealed class PairModel(
    Publisher publisher, DuplicateStore duplicates, MergeStore merges, MergeProposals proposals, DirectoryRules rules) : ConsolePage
{
    [BindProperty(SupportsGet = true), FromRoute]
    public Guid One { get; set; }

    [BindProperty(SupportsGet = true), FromRoute]
    public Guid Other { get; set; }

    /// <summary>The entry to keep; by default the public one, then the most recently confirmed one.</summary>
    [BindProperty(SupportsGet = true), FromQuery]
    public Guid? Keep { get; set; }

    /// <summary>The entry that is kept.</summary>
    public PairSide Survivor { get; private set; } = null!;

    /// <summary>The entry that is merged into it.</summary>
    public PairSide Loser { get; private set; } = null!;

    /// <summary>The current duplicate score.</summary>
    public DuplicateScore Score { get; private set; } = null!;

    /// <summary>The recorded pair and its decision; null if they were never found to be similar.</summary>
    public DuplicatePair? Pair { get; private set; }

    /// <summary>The completed merge; null for none.</summary>
    public MergedEntry? Merged { get; private set; }

    /// <summary>The latest proposal to merge them, open or declined; null for none.</summary>
    public MergeProposal? Proposal { get; private set; }

    public ActorNames Names { get; private set; } = null!;

    public VocabularySet Vocabularies { get; private set; } = null!;

    public JoinForm Form { get; private set; } = null!;

    public PairPreview? Preview { get; private set; }

    public string? Note { get; private set; }

    /// <summary>The reason for declining the proposal.</summary>
    public string? Reason { get; private set; }

    /// <summary>Whether the curator can choose which entry to keep: both or neither are public.</summary>
    public bool CanChoose => IsPublic(Survivor) == IsPublic(Loser);

    /// <summary>The listed entry if exactly one of the two is marked "do not list"; otherwise null.</summary>
    public PairSide? StillListed => (Survivor.Row.Listing == Listing.DoNotList, Loser.Row.Listing == Listing.DoNotList) switch
    {
        (true, false) => Loser,
        (false, true) => Survivor,
        _ => null,
    };

    public bool MayMerge => User.IsAtLeast(CuratorRole.Reviewer);

    public Task OnGetAsync() => LoadAsync();

    /// <summary>Previews the merge without saving.</summary>
    public async Task<IActionResult> OnPostPreviewAsync(Guid keep, string? note)
    {
        (Keep, Note) = (keep, note);
        await LoadAsync();
        var joined = EntryJoin.Join(Survivor.Entry, Loser.Entry, Form.Choices());
        Preview = new PairPreview(
            ChangeView.Of(Survivor.Row.Kind, Survivor.Latest.Body, EntryJson.Write(joined), Vocabularies),
            [.. rules.Validate(joined).Errors.Select(e => e.ErrorMessage)],
            PreviewView.Of(joined, Vocabularies, language: null));
        return Page();
    }

    /// <summary>Proposes the merge to a reviewer.</summary>
    /// <param name="keep">The entry to keep.</param>
    /// <param name="note">The curator's note.</param>
    public async Task<IActionResult> OnPostProposeAsync(Guid keep, string? note)
    {
        (Keep, Note) = (keep, note);
        await LoadAsync();
        if (IsKept(keep) && await TryAsync(s => proposals.ProposeAsync(s, keep, Loser.Row.EntryId, JoinForm.Posted(Request.Form), note, Actor, Cancellation)))
        {
            Notice = $"Proposed to merge “{Loser.Row.Name}” into “{Survivor.Row.Name}”. A reviewer will decide.";
            return RedirectToPage("Index");
        }

        return Page();
    }

    /// <summary>Declines the proposed merge.</summary>
    [AtLeast(CuratorRole.Reviewer)]
    public Task<IActionResult> OnPostDeclineAsync(string? reason)
    {
        Reason = reason;
        return ActAsync(s => proposals.DeclineAsync(s, One, Other, reason ?? "", Actor, Cancellation), "The proposal was declined.");
    }

    /// <summary>Merges the two entries.</summary>
    /// <param name="keep">The entry to keep.</param>
    /// <param name="survivorRevision">Its revision that the curator saw.</param>
    /// <param name="loserRevision">The other entry's revision that the curator saw.</param>
    /// <param name="note">The curator's note.</param>
    [AtLeast(CuratorRole.Reviewer)]
    public async Task<IActionResult> OnPostMergeAsync(Guid keep, int survivorRevision, int loserRevision, string? note)
    {
        (Keep, Note) = (keep, note);
        await LoadAsync();
        if (!IsKept(keep))
        {
            return Page();
        }

        MergeResult? result = null;
        var text = EntryJoin.Join(Survivor.Entry, Loser.Entry, Form.Choices());
        var request = new MergeRequest(keep, survivorRevision, Loser.Row.EntryId, loserRevision, text, note, AuthorOf(text));
        if (!await TryAsync(async s => result = await merges.MergeAsync(s, request, Actor, Cancellation)))
        {
            await LoadAsync();
            return Page();
        }

        Notice = $"“{Loser.Row.Name}” was merged into “{Survivor.Row.Name}”." + result switch
        {
            { InReview: true } => " The merged content is waiting for review.",
            { } when result.Revision > Survivor.Row.LatestRevision => " The merged content is a draft. Send it to review when it is ready.",
            _ => "",
        };
        return RedirectToPage("/Entries/Show", new { id = keep });
    }

    /// <summary>Marks the entries as not duplicates.</summary>
    public Task<IActionResult> OnPostNotSameAsync() =>
        ActAsync(s => duplicates.NotSameAsync(s, One, Other, Actor, Cancellation), "Marked as not duplicates. This pair will not be suggested again.");

    /// <summary>Takes back the decision that they are not duplicates.</summary>
    public Task<IActionResult> OnPostReopenAsync() =>
        ActAsync(s => duplicates.ReopenAsync(s, One, Other, Actor, Cancellation), "The pair waits for a decision again.");

    /// <summary>Marks the listed duplicate as "do not list" too.</summary>
    public async Task<IActionResult> OnPostUnlistAsync()
    {
        await LoadAsync();
        if (StillListed is not { } listed)
        {
            ModelState.AddModelError("", "Exactly one of the two entries must be marked “do not list”.");
            return Page();
        }

        var unlisted = listed == Survivor ? Loser : Survivor;
        return await ActAsync(
            s => publisher.WithdrawAsync(s, listed.Row.EntryId, Listing.DoNotList, Actor, $"Duplicate of “{unlisted.Row.Name}”, which is marked “do not list”.", mergedInto: null, Cancellation),
            $"“{listed.Row.Name}” is now marked “do not list” too.");
    }

    /// <summary>Undoes the merge.</summary>
    [AtLeast(CuratorRole.Reviewer)]
    public async Task<IActionResult> OnPostUndoAsync()
    {
        await LoadAsync();
        var id = Merged?.EntryId ?? Loser.Row.EntryId;
        if (await TryAsync(s => merges.UndoAsync(s, id, Actor, Cancellation)))
        {
            Notice = "Merge undone. The restored entry stays unpublished until someone publishes it.";
            return RedirectToPage("/Entries/Show", new { id });
        }

        await LoadAsync();
        return Page();
    }

    /// <summary>Formats one side of a field or a list item for display.</summary>
    public string Shown(JoinField field, System.Text.Json.Nodes.JsonNode? value) => ValueFormat.Of(ChangeView.Describe(Survivor.Row.Kind, field.Path).Field, value, Vocabularies);

    /// <summary>The name of one of two entries, with its web address if both have the same.</summary>
    public static string NameOf(EntryRow row, EntryRow other) => row.Name == other.Name ? $"{row.Name} ({row.Slug})" : row.Name;

    public static bool IsPublic(PairSide side) => side.Row.Listing == Listing.Published;

    private bool IsKept(Guid keep)
    {
        if (keep != Survivor.Row.EntryId)
        {
            ModelState.AddModelError("", $"“{Survivor.Row.Name}” is now public and the other entry is not, so it must be kept. Check your choices again.");
        }

        return keep == Survivor.Row.EntryId;
    }

    /// <summary>Who proposed exactly this text; null if nobody did. That person is its author, so the reviewer who merges may approve it.</summary>
    private Actor? AuthorOf(Entry text) =>
        Proposal is { IsOpen: true } proposal && proposal.SurvivorId == Survivor.Row.EntryId
        && EntryJson.Write(text) == EntryJson.Write(EntryJoin.Join(Survivor.Entry, Loser.Entry, FormOf(JoinForm.Form(proposal.ReadChoices())).Choices()))
            ? new Actor(proposal.ProposedBy)
            : null;

    private JoinForm FormOf(IFormCollection? posted) => new(EntryJoin.Compare(Survivor.Entry, Loser.Entry), posted);

    private async Task<IActionResult> ActAsync(Func<DbSession, Task> act, string done)
    {
        if (await TryAsync(act))
        {
            Notice = done;
            return RedirectToPage("Index");
        }

        await LoadAsync();
        return Page();
    }

    private async Task LoadAsync()
    {
        Vocabularies = await rules.VocabulariesAsync(Cancellation);
        await using var session = await Database.OpenAsync(Cancellation);
        Score = await DuplicateStore.CompareAsync(session, One, Other, Cancellation);
        Pair = await DuplicateStore.FindAsync(session, One, Other, Cancellation);
        Names = await ActorNames.ReadAsync(session, Cancellation);
        var (one, other) = (await ReadAsync(session, One), await ReadAsync(session, Other));
        Proposal = await MergeProposals.FindAsync(session, One, Other, Cancellation);
        var proposed = Proposal is { IsOpen: true } ? Proposal : null;
        (Survivor, Loser) = ChooseSurvivor(one, other, Keep ?? proposed?.SurvivorId) == one ? (one, other) : (other, one);
        Merged = Loser.Row.MergedInto == Survivor.Row.EntryId ? await MergeStore.FindAsync(session, Loser.Row.EntryId, Cancellation) : null;
        Form = FormOf(
            Request.HasFormContentType && Request.Form.ContainsKey("keep") ? Request.Form
            : proposed?.SurvivorId == Survivor.Row.EntryId ? JoinForm.Form(proposed.ReadChoices())
            : null);
        Note ??= proposed?.Note;
    }

    private async Task<PairSide> ReadAsync(DbSession session, Guid id)
    {
        var row = await EntryStore.ReadAsync(session, id, Cancellation);
        var latest = await EntryStore.ReadRevisionAsync(session, id, row.LatestRevision, Cancellation);
        return new PairSide(row, latest, EntryJson.Read(latest.Body));
    }

    /// <summary>Chooses the entry to keep: the survivor of a merge, else the public one, the preferred one, or the most recently confirmed one.</summary>
    private static PairSide ChooseSurvivor(PairSide one, PairSide other, Guid? preferred) =>
        one.Row.MergedInto == other.Row.EntryId ? other
        : other.Row.MergedInto == one.Row.EntryId ? one
        : IsPublic(one) != IsPublic(other) ? IsPublic(one) ? one : other
        : preferred == one.Row.EntryId ? one
        : preferred == other.Row.EntryId ? other
        : (one.Row.AssuredOn ?? default).CompareTo(other.Row.AssuredOn ?? default) switch
        {
            > 0 => one,
            < 0 => other,
            _ => one.Row.CreatedAt <= other.Row.CreatedAt ? one : other,
        };
}
