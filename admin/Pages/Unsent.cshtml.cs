using HealthEquity.Admin.Access;
using HealthEquity.Admin.EntryForms;
using HealthEquity.Admin.Pages.Shared;
using HealthEquity.Admin.SignIn;
using HealthEquity.Store.Curators;
using HealthEquity.Store.Entries;
using Microsoft.AspNetCore.Mvc;

namespace HealthEquity.Admin.Pages;

/// <summary>Shows a form that was submitted after the session expired, and submits it again.</summary>
[AtLeast(CuratorRole.Viewer)]
[RequestFormLimits(ValueCountLimit = 50_000, KeyLengthLimit = 512, ValueLengthLimit = 1 << 20)]
public sealed class UnsentModel : ConsolePage
{
    [BindProperty(SupportsGet = true), FromRoute]
    public string Key { get; set; } = "";

    /// <summary>The time of the first submission; null if nothing is stored for the signed-in user.</summary>
    public DateTimeOffset? SentAt { get; private set; }

    /// <summary>The form's address.</summary>
    public string Path { get; private set; } = "/";

    /// <summary>The posted values.</summary>
    public FormValues Values { get; private set; } = new();

    /// <summary>Whether this is an entry form. It is opened again with its input; all other forms are submitted again.</summary>
    public bool IsEntryForm => Path.StartsWith("/entries/edit/", StringComparison.OrdinalIgnoreCase) || Path.StartsWith("/entries/new", StringComparison.OrdinalIgnoreCase);

    /// <summary>The values to submit again.</summary>
    public IEnumerable<KeyValuePair<string, string>> Fields => Values.All
        .Where(v => v.Key != UnsentForms.PathName && !(IsEntryForm && v.Key is "_intent" or "_command"))
        .Concat(IsEntryForm ? [KeyValuePair.Create("_command", "show")] : []);

    private string DraftKey => UnsentForms.Prefix + Key;

    public Task OnGetAsync() => LoadAsync();

    /// <summary>Redirects the post to the form's address. The browser posts the same fields with a new token.</summary>
    public async Task<IActionResult> OnPostSendAsync()
    {
        if (!await LoadAsync() || !Url.IsLocalUrl(Path))
        {
            return Page();
        }

        await DropAsync();
        return LocalRedirectPreserveMethod("~" + Path);
    }

    public async Task<IActionResult> OnPostDiscardAsync()
    {
        await DropAsync();
        Notice = "Your input was discarded.";
        return Redirect("~/");
    }

    private async Task<bool> LoadAsync()
    {
        var kept = await ReadAsync(s => AutosavedDrafts.FindAsync(s, User.CuratorId(), DraftKey, Cancellation));
        if (kept is null)
        {
            return false;
        }

        SentAt = kept.SavedAt;
        Values = FormValues.FromJson(kept.Body);
        Path = Values.First(UnsentForms.PathName);
        return true;
    }

    private Task DropAsync() => Database.TransactAsync(s => AutosavedDrafts.DeleteAsync(s, User.CuratorId(), DraftKey, Cancellation), Cancellation);
}
