using System.Security.Cryptography;
using System.Text;
using HealthEquity.Store.Curators;
using HealthEquity.Store.Databases;
using Microsoft.AspNetCore.Identity;

namespace HealthEquity.Admin.SignIn;

/// <summary>
/// Stores ASP.NET Core Identity users in the directory's curator table. Identity's own store needs Entity Framework, which would be a
/// second way to access the same tables.
/// </summary>
internal sealed class CuratorUserStore(Database database, AuthenticatorSecrets secrets) :
    IUserPasswordStore<Curator>,
    IUserSecurityStampStore<Curator>,
    IUserLockoutStore<Curator>,
    IUserTwoFactorStore<Curator>,
    IUserAuthenticatorKeyStore<Curator>,
    IUserTwoFactorRecoveryCodeStore<Curator>
{
    public void Dispose()
    {
    }

    public Task<string> GetUserIdAsync(Curator user, CancellationToken cancellationToken) => Task.FromResult(user.CuratorId.ToString("D"));

    public Task<string?> GetUserNameAsync(Curator user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.UserName);

    public Task<string?> GetNormalizedUserNameAsync(Curator user, CancellationToken cancellationToken) =>
        Task.FromResult<string?>(user.NormalizedUserName);

    public Task SetUserNameAsync(Curator user, string? userName, CancellationToken cancellationToken) => Set(() => user.UserName = userName ?? "");

    public Task SetNormalizedUserNameAsync(Curator user, string? normalizedName, CancellationToken cancellationToken) =>
        Set(() => user.NormalizedUserName = normalizedName ?? "");

    public async Task<Curator?> FindByIdAsync(string userId, CancellationToken cancellationToken)
    {
        await using var session = await database.OpenAsync(cancellationToken);
        return Guid.TryParse(userId, out var id) ? await CuratorStore.FindAsync(session, id, cancellationToken) : null;
    }

    public async Task<Curator?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken)
    {
        await using var session = await database.OpenAsync(cancellationToken);
        return await CuratorStore.FindByNameAsync(session, normalizedUserName, cancellationToken);
    }

    /// <summary>Not supported: administrators add curators through <see cref="CuratorStore"/>, which writes the audit log.</summary>
    public Task<IdentityResult> CreateAsync(Curator user, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <inheritdoc cref="CreateAsync"/>
    public Task<IdentityResult> DeleteAsync(Curator user, CancellationToken cancellationToken) => throw new NotSupportedException();

    public async Task<IdentityResult> UpdateAsync(Curator user, CancellationToken cancellationToken)
    {
        await using var session = await database.OpenAsync(cancellationToken);
        return await CuratorStore.SaveAsync(session, user, cancellationToken)
            ? IdentityResult.Success
            : IdentityResult.Failed(new IdentityErrorDescriber().ConcurrencyFailure());
    }

    public Task<string?> GetPasswordHashAsync(Curator user, CancellationToken cancellationToken) => Task.FromResult(user.PasswordHash);

    public Task<bool> HasPasswordAsync(Curator user, CancellationToken cancellationToken) => Task.FromResult(user.PasswordHash is not null);

    public Task SetPasswordHashAsync(Curator user, string? passwordHash, CancellationToken cancellationToken) =>
        Set(() => user.PasswordHash = passwordHash);

    public Task<string?> GetSecurityStampAsync(Curator user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.SecurityStamp);

    public Task SetSecurityStampAsync(Curator user, string stamp, CancellationToken cancellationToken) => Set(() => user.SecurityStamp = stamp);

    public Task<bool> GetLockoutEnabledAsync(Curator user, CancellationToken cancellationToken) => Task.FromResult(true);

    public Task SetLockoutEnabledAsync(Curator user, bool enabled, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<int> GetAccessFailedCountAsync(Curator user, CancellationToken cancellationToken) => Task.FromResult(user.AccessFailedCount);

    public Task<DateTimeOffset?> GetLockoutEndDateAsync(Curator user, CancellationToken cancellationToken) => Task.FromResult(user.LockoutEnd);

    public async Task<int> IncrementAccessFailedCountAsync(Curator user, CancellationToken cancellationToken)
    {
        await using var session = await database.OpenAsync(cancellationToken);
        return user.AccessFailedCount = await SignInGuard.CountFailureAsync(session, user.CuratorId, cancellationToken);
    }

    public async Task ResetAccessFailedCountAsync(Curator user, CancellationToken cancellationToken)
    {
        await using var session = await database.OpenAsync(cancellationToken);
        await SignInGuard.ClearAsync(session, user.CuratorId, cancellationToken);
        user.AccessFailedCount = 0;
    }

    public async Task SetLockoutEndDateAsync(Curator user, DateTimeOffset? lockoutEnd, CancellationToken cancellationToken)
    {
        await using var session = await database.OpenAsync(cancellationToken);
        await SignInGuard.LockAsync(session, user.CuratorId, lockoutEnd, cancellationToken);
        user.LockoutEnd = lockoutEnd;
    }

    public Task<bool> GetTwoFactorEnabledAsync(Curator user, CancellationToken cancellationToken) => Task.FromResult(user.TwoFactorEnabled);

    public Task SetTwoFactorEnabledAsync(Curator user, bool enabled, CancellationToken cancellationToken) => Set(() => user.TwoFactorEnabled = enabled);

    public Task<string?> GetAuthenticatorKeyAsync(Curator user, CancellationToken cancellationToken) =>
        Task.FromResult(secrets.Reveal(user.AuthenticatorKey));

    public Task SetAuthenticatorKeyAsync(Curator user, string key, CancellationToken cancellationToken) => Set(() => user.AuthenticatorKey = secrets.Protect(key));

    public Task<int> CountCodesAsync(Curator user, CancellationToken cancellationToken) => Task.FromResult(Codes(user).Count);

    public Task ReplaceCodesAsync(Curator user, IEnumerable<string> recoveryCodes, CancellationToken cancellationToken) =>
        Set(() => user.RecoveryCodes = string.Join(' ', recoveryCodes.Select(Hash)));

    /// <summary>Removes the code. The user manager then saves the row, which fails if the same code is used twice at once.</summary>
    public Task<bool> RedeemCodeAsync(Curator user, string code, CancellationToken cancellationToken)
    {
        var codes = Codes(user);
        var known = codes.Remove(Hash(code));
        user.RecoveryCodes = string.Join(' ', codes);
        return Task.FromResult(known);
    }

    private static List<string> Codes(Curator user) => [.. (user.RecoveryCodes ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries)];

    /// <summary>Hashes a code. The codes are random, so a plain hash is enough. Ten hashes of 16 bytes fit the column.</summary>
    private static string Hash(string code) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(code.Trim().ToUpperInvariant())).AsSpan(0, 16));

    private static Task Set(Action set)
    {
        set();
        return Task.CompletedTask;
    }
}
