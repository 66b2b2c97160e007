using System.Data.Common;
using System.Security.Claims;
using HealthEquity.Admin.Access;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Presence;

namespace HealthEquity.Admin.Presence;

/// <summary>A page that shows who else has an entry open.</summary>
/// <param name="EntryId">The entry.</param>
/// <param name="Activity">What this page has it open for: a constant of <see cref="PresenceStore"/>; null if it only shows the entry.</param>
public sealed record PresenceView(Guid EntryId, string? Activity = null);

/// <summary>Tells curators who else has an entry open. Nothing fails or waits because of it.</summary>
public sealed class OpenEntries(Database database, PresenceStore presence, ILogger<OpenEntries> log)
{
    /// <summary>The other curators who have an entry open.</summary>
    public async Task<IReadOnlyList<PresentCurator>> OthersAsync(Guid entry, ClaimsPrincipal user, CancellationToken cancellation)
    {
        await using var session = await database.OpenAsync(cancellation);
        return await presence.OthersAsync(session, entry, user.CuratorId(), cancellation);
    }

    /// <summary>Records that the user opened a page. A page that a script fetched for the open one is not another page.</summary>
    public Task OpenedAsync(PresenceView view, Guid page, HttpContext context) => context.Request.Headers["Sec-Fetch-Mode"] is { Count: > 0 } mode && mode != "navigate"
        ? Task.CompletedTask
        : ReportAsync(view, page, PresenceStore.PageLifetime, context.User, context.RequestAborted);

    /// <summary>Records that the user has an entry open.</summary>
    public Task ReportAsync(PresenceView view, Guid page, TimeSpan lifetime, ClaimsPrincipal user, CancellationToken cancellation) => view.Activity is { } activity
        ? TryAsync(session => presence.ReportAsync(session, view.EntryId, user.CuratorId(), activity, page, lifetime, cancellation), cancellation)
        : Task.CompletedTask;

    /// <summary>Records that the user closed the page.</summary>
    public Task LeaveAsync(PresenceView view, Guid page, ClaimsPrincipal user, CancellationToken cancellation) => view.Activity is { } activity
        ? TryAsync(session => PresenceStore.LeaveAsync(session, view.EntryId, user.CuratorId(), activity, page, cancellation), cancellation)
        : Task.CompletedTask;

    private async Task TryAsync(Func<DbSession, Task> write, CancellationToken cancellation)
    {
        WritePatience.ForPassingNote();
        try
        {
            await database.TransactAsync(write, cancellation);
        }
        catch (DbException fault)
        {
            // The database is busy or full. The next report comes soon.
            log.LogDebug(fault, "Could not record who has an entry open.");
        }
    }
}
