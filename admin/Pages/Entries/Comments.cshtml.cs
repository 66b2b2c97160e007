using HealthEquity.Admin.Access;
using HealthEquity.Admin.Pages.Shared;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Comments;
using HealthEquity.Store.Curators;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Entries;
using Microsoft.AspNetCore.Mvc;

namespace HealthEquity.Admin.Pages.Entries;

/// <summary>All comments on an entry, and what the forms of the comments on its page do.</summary>
public sealed class CommentsModel(CommentStore comments) : ConsolePage
{
    [BindProperty(SupportsGet = true), FromRoute]
    public Guid Id { get; set; }

    public EntryRow Row { get; private set; } = null!;

    /// <summary>The comment whose change was refused; null for none.</summary>
    public Guid? Changed { get; private set; }

    /// <summary>The refused text; null for none.</summary>
    public string? Typed { get; private set; }

    public async Task OnGetAsync() => Row = await ReadAsync(s => EntryStore.ReadAsync(s, Id, Cancellation));

    /// <summary>Adds a comment.</summary>
    /// <param name="text">The text.</param>
    /// <param name="tell">One more curator to mention; null for none.</param>
    public Task<IActionResult> OnPostAddAsync(string? text, Guid? tell)
    {
        Typed = text;
        return SaveAsync(CommentStore.TextField, async s => await comments.AddAsync(s, Id, await WithNameAsync(s, text, tell), Actor, Cancellation), "Comment added.");
    }

    /// <summary>Changes the user's own comment.</summary>
    public Task<IActionResult> OnPostChangeAsync(Guid comment, string? changed)
    {
        (Changed, Typed) = (comment, changed);
        return SaveAsync(CommentsView.FieldOf(comment), s => comments.ChangeAsync(s, comment, changed, Actor, Cancellation), "Comment changed.");
    }

    /// <summary>Deletes a comment.</summary>
    public async Task<IActionResult> OnPostDeleteAsync(Guid comment)
    {
        if (await TryAsync(s => comments.DeleteAsync(s, comment, Actor, User.IsAtLeast(CuratorRole.Administrator), Cancellation)))
        {
            Notice = "Comment deleted.";
            return RedirectToPage("Show", null, new { id = Id }, "comments");
        }

        await OnGetAsync();
        return Page();
    }

    private async Task<IActionResult> SaveAsync(string field, Func<DbSession, Task<SavedComment>> save, string done)
    {
        await OnGetAsync();
        try
        {
            var saved = await Database.TransactAsync(save, Cancellation);
            var names = await ReadAsync(s => CuratorStore.ListAsync(s, Cancellation));
            var told = names.Where(c => saved.Told.Contains(c.CuratorId)).Select(c => c.DisplayName).ToList();
            Notice = done
                + (told.Count == 0 ? "" : $" It shows on Today of: {string.Join(", ", told)}.")
                + (saved.Unknown.Count == 0 ? "" : $" No curator has this name, so no one was told: {string.Join(", ", saved.Unknown)}.");
            return RedirectToPage("Show", null, new { id = Id }, $"comment-{saved.CommentId}");
        }
        catch (RefusedException refused) when (refused is not NotFoundException)
        {
            ModelState.AddModelError(field, refused.Message);
            return Page();
        }
    }

    /// <summary>Puts the name of one more curator in front of the text, unless it is there already.</summary>
    private async Task<string?> WithNameAsync(DbSession session, string? text, Guid? tell)
    {
        var curators = await CuratorStore.ListAsync(session, Cancellation);
        if (string.IsNullOrWhiteSpace(text) || curators.FirstOrDefault(c => c.CuratorId == tell && c.DisabledAt is null) is not { } person
            || Mentions.FindAgain(text, curators).Any(m => m.CuratorId == person.CuratorId))
        {
            return text;
        }

        var isOnly = curators.Count(c => c.DisabledAt is null && string.Equals(c.DisplayName, person.DisplayName, StringComparison.OrdinalIgnoreCase)) == 1;
        return $"@{(isOnly ? person.DisplayName : person.UserName)} {text}";
    }
}
