using HealthEquity.Admin.Access;
using HealthEquity.Admin.Pages.Shared;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Curators;
using Microsoft.AspNetCore.Identity;

namespace HealthEquity.Admin.Pages.Account;

/// <summary>Base class for pages where users manage their own account. Open to all roles.</summary>
[AtLeast(CuratorRole.Viewer)]
public abstract class AccountPage : ConsolePage
{
    public Curator Curator { get; private set; } = new();

    protected UserManager<Curator> Users => HttpContext.RequestServices.GetRequiredService<UserManager<Curator>>();

    protected async Task LoadAsync() =>
        Curator = await Users.FindByIdAsync(User.CuratorId().ToString()) ?? throw new NotFoundException("such curator");

    /// <summary>Whether the account uses a password rather than an external identity provider.</summary>
    protected bool IsLocal => Curator.ExternalSubject is null;

    /// <summary>Ends every other session, renews this one with the new security stamp, and writes the audit log.</summary>
    protected async Task RenewAsync(string activity)
    {
        await Database.TransactAsync(
            async session =>
            {
                var clock = HttpContext.RequestServices.GetRequiredService<TimeProvider>();
                await CuratorSessions.EndAllAsync(session, Curator.CuratorId, except: null, clock.GetUtcNow(), Cancellation);
                var audit = HttpContext.RequestServices.GetRequiredService<AuditLog>();
                await audit.AppendAsync(session, Actor, activity, CuratorStore.Subject(Curator.CuratorId), null, Cancellation);
            },
            Cancellation);
        await HttpContext.RequestServices.GetRequiredService<SignInManager<Curator>>().SignInAsync(Curator, isPersistent: false);
    }
}
