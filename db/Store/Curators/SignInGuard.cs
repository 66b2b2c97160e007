using HealthEquity.Store.Databases;

namespace HealthEquity.Store.Curators;

/// <summary>Counts failed sign-ins and spent codes, each in one statement, so that many attempts at once gain nothing.</summary>
public static class SignInGuard
{
    private static readonly Sql CountFailure = new(
        "SignInGuard.CountFailure",
        "UPDATE Curator SET AccessFailedCount = AccessFailedCount + 1 WHERE CuratorId = @id");

    private static readonly Sql SelectFailures = new("SignInGuard.CountFailure", "SELECT AccessFailedCount FROM Curator WHERE CuratorId = @id");

    private static readonly Sql ClearFailures = new("SignInGuard.Clear", "UPDATE Curator SET AccessFailedCount = 0 WHERE CuratorId = @id");

    private static readonly Sql Lock = new("SignInGuard.Lock", "UPDATE Curator SET LockoutEnd = @until WHERE CuratorId = @id");

    private static readonly Sql SpendStep = new(
        "SignInGuard.SpendStep",
        "UPDATE Curator SET AuthenticatorStep = @step WHERE CuratorId = @id AND (AuthenticatorStep IS NULL OR AuthenticatorStep < @step)");

    /// <summary>Counts a failed sign-in; the same work is done for an id that nobody has.</summary>
    /// <returns>How many there are now.</returns>
    public static async Task<int> CountFailureAsync(DbSession session, Guid id, CancellationToken cancellation)
    {
        await session.ExecuteAsync(CountFailure, new { id }, cancellation);
        return await session.ScalarAsync<int>(SelectFailures, new { id }, cancellation);
    }

    /// <summary>Forgets the failures.</summary>
    public static Task ClearAsync(DbSession session, Guid id, CancellationToken cancellation) =>
        session.ExecuteAsync(ClearFailures, new { id }, cancellation);

    /// <summary>Refuses sign-in until then; null lifts it.</summary>
    public static Task LockAsync(DbSession session, Guid id, DateTimeOffset? until, CancellationToken cancellation) =>
        session.ExecuteAsync(Lock, new { id, until }, cancellation);

    /// <summary>Marks a time step's code as used.</summary>
    /// <returns>False when it, or a later one, was used already.</returns>
    public static async Task<bool> SpendStepAsync(DbSession session, Guid id, long step, CancellationToken cancellation) =>
        await session.ExecuteAsync(SpendStep, new { id, step }, cancellation) == 1;
}
