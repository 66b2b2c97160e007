using HealthEquity.Admin.Access;
using HealthEquity.Admin.EntryForms;
using HealthEquity.Admin.Pages.Shared;
using HealthEquity.Admin.SignIn;
using HealthEquity.Store.Curators;
using HealthEquity.Store.Entries;
using Microsoft.AspNetCore.Mvc;

namespace HealthEquity.Admin.Pages;

/// <summary>A form that was sent when the session had run out: shown to who sent it, and sent again if they say so.</summary>
[AtLeast(CuratorRole.Viewer)]
[RequestFormLimits(ValueCountLimit = 50_000, KeyLengthLimit = 512, ValueLengthLimit = 1 << 20)]
public sealed class UnsentModel : ConsolePage
{
    [BindProperty(SupportsGet = true), FromRoute]
    public string Key { get; set; } = "";

    /// <summary>When it was sent; null when nothing is kept here for who is signed in.</summary>
    public DateTimeOffset? SentAt { get; private set; }

    /// <summary>The address that it was sent to.</summary>
    public string Path { get; private set; } = "/";

    /// <summary>What was typed or chosen.</summary>
    public FormValues Values { get; private set; } = new();

    /// <summary>An entry's form opens again with what was typed, and saves nothing; others are sent as they were.</summary>
    public bool IsEntryForm => Path.StartsWith("/entries/edit/", StringComparison.OrdinalIgnoreCase) || Path.StartsWith("/entries/new", StringComparison.OrdinalIgnoreCase);

    /// <summary>What goes along when it is sent again.</summary>
    public IEnumerable<KeyValuePair<string, string>> Fields => Values.All
        .Where(v => v.Key != UnsentForms.PathName && !(IsEntryForm && v.Key is "_intent" or "_command"))
        .Concat(IsEntryForm ? [KeyValuePair.Create("_command", "show")] : []);

    private string DraftKey => UnsentForms.Prefix + Key;

    public Task OnGetAsync() => LoadAsync();

    /// <summary>Sends it on to where it was meant for: the browser posts the same fields there, with a token of today.</summary>
    public async Task<IActionResult> OnPostSendAsync()
    {
        if (!await LoadAsync() || !Url.IsLocalUrl(Path))
        {
            return Page();
        }

        await DropAsync();
        return LocalRedirectPreserveMethod(Path);
    }

    public async Task<IActionResult> OnPostDiscardAsync()
    {
        await DropAsync();
        Notice = "What you typed before is gone.";
        return Redirect("/");
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
