using HealthEquity.Store.Databases;

namespace HealthEquity.Store.Curators;

/// <summary>Counts failed sign-ins and used codes, each in one statement, so that parallel attempts gain nothing.</summary>
public static class SignInGuard
{
    private static readonly Sql CountFailure = new(
        "SignInGuard.CountFailure",
        "UPDATE Curator SET AccessFailedCount = AccessFailedCount + 1 WHERE CuratorId = @id");

    private static readonly Sql SelectFailures = new("SignInGuard.CountFailure", "SELECT AccessFailedCount FROM Curator WHERE CuratorId = @id");

    private static readonly Sql ClearFailures = new("SignInGuard.Clear", "UPDATE Curator SET AccessFailedCount = 0 WHERE CuratorId = @id");

    private static readonly Sql Lock = new("SignInGuard.Lock", "UPDATE Curator SET LockoutEnd = @until WHERE CuratorId = @id");

    private static readonly Sql UseStep = new(
        "SignInGuard.UseStep",
        "UPDATE Curator SET AuthenticatorStep = @step WHERE CuratorId = @id AND (AuthenticatorStep IS NULL OR AuthenticatorStep < @step)");

    /// <summary>Counts a failed sign-in. Does the same work for an unknown id, so that timing reveals nothing.</summary>
    /// <returns>The number of failures so far.</returns>
    public static async Task<int> CountFailureAsync(DbSession session, Guid id, CancellationToken cancellation)
    {
        await session.ExecuteAsync(CountFailure, new { id }, cancellation);
        return await session.ScalarAsync<int>(SelectFailures, new { id }, cancellation);
    }

    /// <summary>Resets the failure count.</summary>
    public static Task ClearAsync(DbSession session, Guid id, CancellationToken cancellation) =>
        session.ExecuteAsync(ClearFailures, new { id }, cancellation);

    /// <summary>Locks sign-in until a time; null unlocks it.</summary>
    public static Task LockAsync(DbSession session, Guid id, DateTimeOffset? until, CancellationToken cancellation) =>
        session.ExecuteAsync(Lock, new { id, until }, cancellation);

    /// <summary>Marks the code of a time step as used.</summary>
    /// <returns>False if it or a later code was already used.</returns>
    public static async Task<bool> UseStepAsync(DbSession session, Guid id, long step, CancellationToken cancellation) =>
        await session.ExecuteAsync(UseStep, new { id, step }, cancellation) == 1;
}
