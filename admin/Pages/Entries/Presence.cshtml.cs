using HealthEquity.Admin.Access;
using HealthEquity.Admin.Presence;
using HealthEquity.Store.Presence;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HealthEquity.Admin.Pages.Entries;

/// <summary>
/// Answers open windows with the lines about who else has the entry open. Not a <see cref="Shared.ConsolePage"/>, so that it never takes a
/// notice that is meant for the next page.
/// </summary>
[BackgroundRequest]
public sealed class PresenceModel(OpenEntries open) : PageModel
{
    [BindProperty(SupportsGet = true), FromRoute]
    public Guid Id { get; set; }

    /// <summary>Answers a window that only shows the entry.</summary>
    public Task<IActionResult> OnGetAsync() => ShowAsync();

    /// <summary>Records that a window has the entry open, and answers it.</summary>
    /// <param name="activity">What the entry is open for.</param>
    /// <param name="page">The window's number.</param>
    public async Task<IActionResult> OnPostAsync(string? activity, Guid page)
    {
        if (activity is not (PresenceStore.Editing or PresenceStore.Calling))
        {
            return BadRequest();
        }

        await open.ReportAsync(new PresenceView(Id, activity), page, PresenceStore.ReportLifetime, User, HttpContext.RequestAborted);
        return await ShowAsync();
    }

    /// <summary>Records that a window was closed.</summary>
    public async Task<IActionResult> OnPostLeaveAsync(string? activity, Guid page)
    {
        await open.LeaveAsync(new PresenceView(Id, activity), page, User, HttpContext.RequestAborted);
        return new NoContentResult();
    }

    private async Task<IActionResult> ShowAsync() => Partial("_Present", await open.OthersAsync(Id, User, HttpContext.RequestAborted));
}
