using HealthEquity.Admin.Pages.Shared;
using HealthEquity.Store.Curators;

namespace HealthEquity.Admin.Pages.Curators;

/// <summary>Lists all curators.</summary>
public sealed class IndexModel(TimeProvider clock) : ConsolePage
{
    public IReadOnlyList<Curator> Curators { get; private set; } = [];

    public DateTimeOffset Now => clock.GetUtcNow();

    public async Task OnGetAsync() => Curators = await ReadAsync(s => CuratorStore.ListAsync(s, Cancellation));
}

/// <summary>Describes the status of a curator's account.</summary>
public static class CuratorState
{
    public static string Of(Curator curator, DateTimeOffset now) => curator switch
    {
        { DisabledAt: not null } => "Disabled",
        { PasswordHash: null, ExternalSubject: null } => "Setup pending",
        _ when curator.IsLockedOut(now) => "Locked after failed sign-ins",
        _ => "Active",
    };
}
