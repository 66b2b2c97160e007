using HealthEquity.Admin.Pages.Shared;
using HealthEquity.Store.Curators;

namespace HealthEquity.Admin.Pages.Curators;

/// <summary>Everybody who works in the console.</summary>
public sealed class IndexModel(TimeProvider clock) : ConsolePage
{
    public IReadOnlyList<Curator> Curators { get; private set; } = [];

    public DateTimeOffset Now => clock.GetUtcNow();

    public async Task OnGetAsync() => Curators = await ReadAsync(s => CuratorStore.ListAsync(s, Cancellation));
}

/// <summary>How it stands with a curator, in a word or two.</summary>
public static class CuratorState
{
    public static string Of(Curator curator, DateTimeOffset now) => curator switch
    {
        { DisabledAt: not null } => "Shut out",
        { PasswordHash: null, ExternalSubject: null } => "Waiting for set-up",
        { LockoutEnd: { } until } when until > now => "Locked after failed sign-ins",
        _ => "Active",
    };
}
