using System.Security.Claims;
using HealthEquity.Admin.Access;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Curators;
using HealthEquity.Store.Databases;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace HealthEquity.Admin.SignIn;

/// <summary>Signs curators in. Takes the same time for known and unknown names, and starts a new session each time.</summary>
internal sealed class CuratorSignIn(
    UserManager<Curator> users,
    IHttpContextAccessor contexts,
    IUserClaimsPrincipalFactory<Curator> principals,
    IOptions<IdentityOptions> options,
    ILogger<SignInManager<Curator>> logger,
    IAuthenticationSchemeProvider schemes,
    IUserConfirmation<Curator> confirmation,
    Database database,
    AuditLog audit,
    SignInAttempts attempts,
    KnownDevice devices,
    TimeProvider clock) : SignInManager<Curator>(users, contexts, principals, options, logger, schemes, confirmation)
{
    /// <summary>The sign-in method for curators from an external identity provider.</summary>
    public const string External = "external";

    /// <summary>Verified for unknown names, so that they take the same time.</summary>
    private static readonly string DummyHash =
        new PasswordHasher<Curator>(Microsoft.Extensions.Options.Options.Create(new PasswordHasherOptions { IterationCount = SignInServices.HashIterations })).HashPassword(new Curator(), Guid.NewGuid().ToString());

    public override async Task<SignInResult> PasswordSignInAsync(string userName, string password, bool isPersistent, bool lockoutOnFailure)
    {
        var curator = await UserManager.FindByNameAsync(userName);
        var matches = UserManager.PasswordHasher.VerifyHashedPassword(curator ?? new Curator(), curator?.PasswordHash ?? DummyHash, password)
            != PasswordVerificationResult.Failed;
        // Counted whether or not there is such a name, and before it is known whether the password is right.
        var device = curator is null ? null : devices.Of(Context, curator.CuratorId);
        var attempt = attempts.Begin(userName, Context.Connection.RemoteIpAddress?.ToString(), device);
        if (matches && attempt is not null && curator is { DisabledAt: null, PasswordHash: not null } && !await IsLockedOut(curator))
        {
            attempts.Forget(attempt);
            return await SignInOrTwoFactorAsync(curator, isPersistent: false);
        }

        return SignInResult.Failed;
    }

    /// <summary>Ends the browser's previous session, starts a new one, and sets its cookie.</summary>
    public override async Task SignInWithClaimsAsync(Curator user, AuthenticationProperties? authenticationProperties, IEnumerable<Claim> additionalClaims)
    {
        var claims = additionalClaims.ToList();
        var started = new CuratorSession
        {
            SessionId = Guid.NewGuid(),
            CuratorId = user.CuratorId,
            Method = Method(claims),
            Device = Device.Describe(Context.Request.Headers.UserAgent),
            StartedAt = clock.GetUtcNow(),
            LastSeenAt = clock.GetUtcNow(),
        };
        await database.TransactAsync(
            async session =>
            {
                if (Context.User.SessionId() is { } earlier)
                {
                    await CuratorSessions.EndAsync(session, earlier, Context.User.CuratorId(), clock.GetUtcNow(), Context.RequestAborted);
                }

                await SignInGuard.ClearAsync(session, user.CuratorId, Context.RequestAborted);
                await CuratorSessions.StartAsync(session, started, Context.RequestAborted);
                await audit.AppendAsync(session, Actor.Curator(user.CuratorId), "signIn", CuratorStore.Subject(user.CuratorId), started.Method, Context.RequestAborted);
            },
            Context.RequestAborted);
        var mustEnroll = !user.TwoFactorEnabled && Context.User.HasClaim(ConsolePrincipal.MustEnroll, "true");
        Context.User = SessionCookie.Principal(started, user, mustEnroll);
        await Context.SignInAsync(SessionCookie.Scheme, Context.User, new AuthenticationProperties());
        devices.Remember(Context, user.CuratorId);
    }

    /// <summary>Ends the session and deletes its cookie.</summary>
    public override async Task SignOutAsync()
    {
        if (Context.User.SessionId() is { } id)
        {
            await using var session = await database.OpenAsync(Context.RequestAborted);
            await CuratorSessions.EndAsync(session, id, Context.User.CuratorId(), clock.GetUtcNow(), Context.RequestAborted);
        }

        await Context.SignOutAsync(SessionCookie.Scheme);
    }

    /// <summary>Uses the injected clock instead of the system clock.</summary>
    protected override Task<bool> IsLockedOut(Curator user) => Task.FromResult(user.IsLockedOut(clock.GetUtcNow()));

    private static string Method(List<Claim> claims) => claims.Find(c => c.Type == "amr")?.Value switch
    {
        "mfa" => "code",
        External => External,
        _ => "password",
    };
}
