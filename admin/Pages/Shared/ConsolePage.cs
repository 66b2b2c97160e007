using HealthEquity.Admin.Access;
using HealthEquity.Admin.Branding;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Databases;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HealthEquity.Admin.Pages.Shared;

/// <summary>Base class for console pages: the current user, the database, and a notice that survives a redirect.</summary>
public abstract class ConsolePage : PageModel
{
    /// <summary>A message shown once at the top of the next page.</summary>
    [TempData]
    public string? Notice { get; set; }

    /// <summary>The address of the change that the notice is about, where it can be undone; null for none.</summary>
    [TempData]
    public string? NoticeChange { get; set; }

    /// <summary>The signed-in user as an audit log actor.</summary>
    protected Actor Actor => Actor.Curator(User.CuratorId());

    protected CancellationToken Cancellation => HttpContext.RequestAborted;

    protected Database Database => HttpContext.RequestServices.GetRequiredService<Database>();

    /// <summary>The department's settings and current date.</summary>
    protected Department Department => HttpContext.RequestServices.GetRequiredService<Department>();

    /// <summary>Reads without a transaction.</summary>
    protected async Task<T> ReadAsync<T>(Func<DbSession, Task<T>> read)
    {
        await using var session = await Database.OpenAsync(Cancellation);
        return await read(session);
    }

    /// <summary>Makes a change in one transaction. A refusal becomes a form error.</summary>
    /// <returns>False if the change was refused and the page must be shown again.</returns>
    protected async Task<bool> TryAsync(Func<DbSession, Task> change)
    {
        try
        {
            await Database.TransactAsync(change, Cancellation);
            return true;
        }
        catch (RefusedException refused) when (refused is not NotFoundException)
        {
            ModelState.AddModelError(refused.Field ?? "", refused.Message);
            return false;
        }
    }
}
