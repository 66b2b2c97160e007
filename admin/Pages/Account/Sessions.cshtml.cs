using HealthEquity.Admin.Access;
using HealthEquity.Admin.Branding;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Curators;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;

namespace HealthEquity.Admin.Pages.Account;

/// <summary>Lists the user's sessions and ends one or all of them.</summary>
public sealed class SessionsModel(Department department, TimeProvider clock, AuditLog audit, SignInManager<Curator> signIn) : AccountPage
{
    public IReadOnlyList<CuratorSession> Sessions { get; private set; } = [];

    public async Task OnGetAsync()
    {
        var settings = await department.SettingsAsync(Cancellation);
        var since = clock.GetUtcNow() - TimeSpan.FromMinutes(settings.IdleMinutes);
        Sessions = await ReadAsync(s => CuratorSessions.ListAsync(s, User.CuratorId(), since, Cancellation));
    }

    public async Task<IActionResult> OnPostEndAsync(Guid id)
    {
        await TryAsync(s => CuratorSessions.EndAsync(s, id, User.CuratorId(), clock.GetUtcNow(), Cancellation));
        Notice = "Session ended.";
        return RedirectToPage();
    }

    public async Task<IActionResult> OnPostEverywhereAsync()
    {
        await TryAsync(async session =>
        {
            await CuratorSessions.EndAllAsync(session, User.CuratorId(), except: null, clock.GetUtcNow(), Cancellation);
            await audit.AppendAsync(session, Actor, "signOutEverywhere", CuratorStore.Subject(User.CuratorId()), null, Cancellation);
        });
        await signIn.SignOutAsync();
        return Redirect("~/sign-in");
    }
}
