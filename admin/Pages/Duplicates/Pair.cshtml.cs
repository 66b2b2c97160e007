using HealthEquity.Admin.Access;
using HealthEquity.Admin.Comparing;
using HealthEquity.Admin.Directory;
using HealthEquity.Admin.Pages.Entries;
using HealthEquity.Admin.Pages.Shared;
using HealthEquity.Admin.Wording;
using HealthEquity.Directory.Duplicates;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Vocabularies;
using HealthEquity.Store.Curators;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Duplicates;
using HealthEquity.Store.Entries;
using HealthEquity.Store.Publishing;
using Microsoft.AspNetCore.Mvc;

namespace HealthEquity.Admin.Pages.Duplicates;

/// <summary>An entry of a pair.</summary>
public sealed record PairSide(EntryRow Row, Revision Latest, Entry Entry);

/// <summary>What merging would lead to.</summary>
/// <param name="Changes">What changes in the entry that stays.</param>
/// <param name="Failures">What is to be mended before it can be reviewed.</param>
/// <param name="View">The entry as the public will see it.</param>
public sealed record PairPreview(IReadOnlyList<ChangeView> Changes, IReadOnlyList<string> Failures, PreviewView View);

/// <summary>
/// Two entries side by side: made one field by field, or held apart once and for all. What the entry that stays takes over goes
/// through review like every text. Merging takes a public entry down and sends its readers to another at once, which is a
/// reviewer's to decide, as publishing is; where only one of the two is public, that one stays, and a curator may do it.
/// </summary>
[RequestFormLimits(ValueCountLimit = 20_000)]
public sealed class PairModel(Publisher publisher, DuplicateStore duplicates, MergeStore merges, DirectoryRules rules) : ConsolePage
{
    [BindProperty(SupportsGet = true), FromRoute]
    public Guid One { get; set; }

    [BindProperty(SupportsGet = true), FromRoute]
    public Guid Other { get; set; }

    /// <summary>The entry that is to stay; by default the public one, then the one that was confirmed last.</summary>
    [BindProperty(SupportsGet = true), FromQuery]
    public Guid? Keep { get; set; }

    /// <summary>The entry that stays.</summary>
    public PairSide Survivor { get; private set; } = null!;

    /// <summary>The entry that is merged into it.</summary>
    public PairSide Loser { get; private set; } = null!;

    /// <summary>How likely they are one, as they are now.</summary>
    public DuplicateScore Score { get; private set; } = null!;

    /// <summary>What was decided about them; null where nobody found them alike.</summary>
    public DuplicatePair? Pair { get; private set; }

    /// <summary>The merge of the one into the other.</summary>
    public MergedEntry? Merged { get; private set; }

    public ActorNames Names { get; private set; } = null!;

    public VocabularySet Vocabularies { get; private set; } = null!;

    public JoinForm Form { get; private set; } = null!;

    public PairPreview? Preview { get; private set; }

    public string? Note { get; private set; }

    /// <summary>Either may stay: both are public, or neither is.</summary>
    public bool CanChoose => IsPublic(Survivor) == IsPublic(Loser);

    /// <summary>One of the two asked not to be listed, and the other did not.</summary>
    public PairSide? StillListed => (Survivor.Row.Listing == Listing.DoNotList, Loser.Row.Listing == Listing.DoNotList) switch
    {
        (true, false) => Loser,
        (false, true) => Survivor,
        _ => null,
    };

    public bool MayMerge => User.IsAtLeast(IsPublic(Loser) ? CuratorRole.Reviewer : CuratorRole.Curator);

    public Task OnGetAsync() => LoadAsync();

    /// <summary>Shows what merging would lead to, and writes nothing.</summary>
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

    /// <summary>Makes one entry of the two.</summary>
    /// <param name="keep">The entry that stays.</param>
    /// <param name="survivorRevision">Its revision that the curator saw.</param>
    /// <param name="loserRevision">The other's revision that the curator saw.</param>
    /// <param name="note">What the curator says of it.</param>
    public async Task<IActionResult> OnPostMergeAsync(Guid keep, int survivorRevision, int loserRevision, string? note)
    {
        (Keep, Note) = (keep, note);
        await LoadAsync();
        if (keep != Survivor.Row.EntryId)
        {
            ModelState.AddModelError("", $"“{Survivor.Row.Name}” is public now and the other is not, so that one stays. Look at the choices again.");
            return Page();
        }

        if (!MayMerge)
        {
            ModelState.AddModelError("", "Both are public: a reviewer merges them. Nothing is changed.");
            return Page();
        }

        MergeResult? result = null;
        var text = EntryJoin.Join(Survivor.Entry, Loser.Entry, Form.Choices());
        var request = new MergeRequest(keep, survivorRevision, Loser.Row.EntryId, loserRevision, text, note);
        if (!await TryAsync(async s => result = await merges.MergeAsync(s, request, Actor, Cancellation)))
        {
            await LoadAsync();
            return Page();
        }

        Notice = $"“{Loser.Row.Name}” leads to “{Survivor.Row.Name}” from now on." + result switch
        {
            { InReview: true } => " What was taken over waits for a reviewer.",
            { } when result.Revision > Survivor.Row.LatestRevision => " What was taken over is a draft: send it to review when it is ready.",
            _ => "",
        };
        return RedirectToPage("/Entries/Show", new { id = keep });
    }

    /// <summary>Notes once and for all that they are two.</summary>
    public Task<IActionResult> OnPostNotSameAsync() =>
        ActAsync(s => duplicates.NotSameAsync(s, One, Other, Actor, Cancellation), "They are not the same. You will not be asked again.");

    /// <summary>They are one, and it asked not to be listed: neither is.</summary>
    public async Task<IActionResult> OnPostUnlistAsync()
    {
        await LoadAsync();
        if (StillListed is not { } listed)
        {
            ModelState.AddModelError("", "Neither of the two asked not to be listed, or both did.");
            return Page();
        }

        var unlisted = listed == Survivor ? Loser : Survivor;
        return await ActAsync(
            s => publisher.WithdrawAsync(s, listed.Row.EntryId, Listing.DoNotList, Actor, $"The same as “{unlisted.Row.Name}”, who asked not to be listed.", mergedInto: null, Cancellation),
            $"“{listed.Row.Name}” is not listed any more either.");
    }

    /// <summary>Makes two of them again.</summary>
    public async Task<IActionResult> OnPostUndoAsync()
    {
        await LoadAsync();
        var id = Merged?.EntryId ?? Loser.Row.EntryId;
        if (await TryAsync(s => merges.UndoAsync(s, id, Actor, Cancellation)))
        {
            Notice = "They are two again. The one that was taken down stays so until somebody makes it public.";
            return RedirectToPage("/Entries/Show", new { id });
        }

        await LoadAsync();
        return Page();
    }

    /// <summary>A side of a field, or an item of a list, as people read it.</summary>
    public string Shown(JoinField field, System.Text.Json.Nodes.JsonNode? value) => ValueWords.Of(ChangeView.Called(Survivor.Row.Kind, field.Path).Field, value, Vocabularies);

    public static bool IsPublic(PairSide side) => side.Row.Listing == Listing.Published;

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
        (Survivor, Loser) = Stays(one, other, Keep) == one ? (one, other) : (other, one);
        Merged = Loser.Row.MergedInto == Survivor.Row.EntryId ? await MergeStore.FindAsync(session, Loser.Row.EntryId, Cancellation) : null;
        Form = new JoinForm(EntryJoin.Compare(Survivor.Entry, Loser.Entry), Request.HasFormContentType ? Request.Form : null);
    }

    private async Task<PairSide> ReadAsync(DbSession session, Guid id)
    {
        var row = await EntryStore.ReadAsync(session, id, Cancellation);
        var latest = await EntryStore.ReadRevisionAsync(session, id, row.LatestRevision, Cancellation);
        return new PairSide(row, latest, EntryJson.Read(latest.Body));
    }

    /// <summary>Of two, the one that lives on already, then the public one, then the one that is wished for, then the one that was confirmed last.</summary>
    private static PairSide Stays(PairSide one, PairSide other, Guid? wish) =>
        one.Row.MergedInto == other.Row.EntryId ? other
        : other.Row.MergedInto == one.Row.EntryId ? one
        : IsPublic(one) != IsPublic(other) ? IsPublic(one) ? one : other
        : wish == one.Row.EntryId ? one
        : wish == other.Row.EntryId ? other
        : (one.Row.AssuredOn ?? default).CompareTo(other.Row.AssuredOn ?? default) switch
        {
            > 0 => one,
            < 0 => other,
            _ => one.Row.CreatedAt <= other.Row.CreatedAt ? one : other,
        };
}
