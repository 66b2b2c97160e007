using HealthEquity.Admin.Access;
using HealthEquity.Admin.Branding;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Databases;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HealthEquity.Admin.Pages.Shared;

/// <summary>What the console's pages share: who acts, the database, and one sentence that survives a redirect.</summary>
public abstract class ConsolePage : PageModel
{
    /// <summary>What was done, shown once at the head of the next page.</summary>
    [TempData]
    public string? Notice { get; set; }

    /// <summary>Who is signed in, as the stores call them.</summary>
    protected Actor Actor => Actor.Curator(User.CuratorId());

    protected CancellationToken Cancellation => HttpContext.RequestAborted;

    protected Database Database => HttpContext.RequestServices.GetRequiredService<Database>();

    /// <summary>The department's settings, and the day that it is where the department is.</summary>
    protected Department Department => HttpContext.RequestServices.GetRequiredService<Department>();

    /// <summary>Reads without a transaction.</summary>
    protected async Task<T> ReadAsync<T>(Func<DbSession, Task<T>> read)
    {
        await using var session = await Database.OpenAsync(Cancellation);
        return await read(session);
    }

    /// <summary>Changes something in one transaction. A refusal becomes an error of the form.</summary>
    /// <returns>False when it was refused; the page is to be shown again.</returns>
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
