using System.Data.Common;
using System.Runtime.ExceptionServices;
using System.Security.Claims;
using HealthEquity.Admin.Access;
using HealthEquity.Admin.Branding;
using HealthEquity.Store.Curators;
using HealthEquity.Store.Databases;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Identity;

namespace HealthEquity.Admin.SignIn;

/// <summary>
/// Validates the session cookie at every request. A session is over if it was ended, was idle too long, or is older than the curator's
/// credentials. Role changes take effect immediately.
/// </summary>
internal sealed class SessionCookie(Database database, Department department, UnsentForms unsent, TimeProvider clock, ILogger<SessionCookie> log) : CookieAuthenticationEvents
{
    public static readonly string Scheme = IdentityConstants.ApplicationScheme;

    /// <summary>The maximum session length, regardless of activity.</summary>
    public static readonly TimeSpan MaxSessionLength = TimeSpan.FromHours(12);

    /// <summary>How long the cookie of an expired session still identifies its owner.</summary>
    public static readonly TimeSpan ExpiredCookieLifetime = TimeSpan.FromDays(7);

    private const string Stamp = "stamp";

    private static readonly TimeSpan TouchInterval = TimeSpan.FromMinutes(1);

    public override async Task ValidatePrincipal(CookieValidatePrincipalContext context)
    {
        try
        {
            await ValidateAsync(context);
        }
        catch (DbException fault)
        {
            // Thrown here, it would be thrown again while the page about it is made: the framework keeps the result for the whole request.
            context.RejectPrincipal();
            context.HttpContext.Features.Set(new UncheckedSession(ExceptionDispatchInfo.Capture(fault)));
        }
    }

    /// <summary>Goes on only if the session could be checked. If not, the page that says so keeps the submitted form.</summary>
    public static async Task RequireCheckAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Features.Get<IExceptionHandlerFeature>() is null && context.Features.Get<UncheckedSession>()?.Fault is { } fault)
        {
            if (DatabaseFaults.Of(fault.SourceException) is { } kind && await UnsentForms.ReadAsync(context) is not null)
            {
                context.Items[typeof(UnsavedForm)] = UnsavedForm.OfVisitor(context, kind);
            }

            fault.Throw();
        }

        await next(context);
    }

    private async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var cancellation = context.HttpContext.RequestAborted;
        if (await FindAsync(context.Principal!, cancellation) is not var (started, curator))
        {
            context.RejectPrincipal();
            return;
        }

        var settings = await department.SettingsAsync(cancellation);
        // Either way: a session that was used in the future is from a time when a clock was wrong, and must not last until then.
        var (idle, age) = ((clock.GetUtcNow() - started.LastSeenAt).Duration(), (clock.GetUtcNow() - started.StartedAt).Duration());
        if (idle > TimeSpan.FromMinutes(settings.IdleMinutes) || age > MaxSessionLength)
        {
            context.RejectPrincipal();
            context.HttpContext.Features.Set(new ExpiredSession(Principal(started, curator, mustEnroll: false)));
            return;
        }

        if (idle > TouchInterval && !BackgroundRequestAttribute.IsOn(context.HttpContext))
        {
            await TouchAsync(started, cancellation);
        }

        var needsSecond = curator.Role.NeedsTwoFactor() || settings.TwoFactorForAll;
        context.ReplacePrincipal(Principal(started, curator, needsSecond && !curator.TwoFactorEnabled && started.Method != "external"));
    }

    /// <summary>Records that the session is in use. If the database can't be written to (full or busy), reading must still work.</summary>
    private async Task TouchAsync(CuratorSession started, CancellationToken cancellation)
    {
        try
        {
            await using var session = await database.OpenAsync(cancellation);
            await CuratorSessions.TouchAsync(session, started.SessionId, clock.GetUtcNow(), cancellation);
        }
        catch (DbException fault)
        {
            log.LogWarning(fault, "Could not record that a session is in use.");
        }
    }

    /// <summary>Returns 403 to signed-in users without permission instead of redirecting.</summary>
    public override Task RedirectToAccessDenied(RedirectContext<CookieAuthenticationOptions> context)
    {
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    /// <summary>
    /// Redirects to sign-in. If the session expired, saves the submitted form and offers it again after sign-in. While the database can't take
    /// the form, the response contains it, to be sent again.
    /// </summary>
    public override async Task RedirectToLogin(RedirectContext<CookieAuthenticationOptions> context)
    {
        try
        {
            if (context.HttpContext.Features.Get<ExpiredSession>() is { } expired && await unsent.KeepAsync(context.HttpContext, expired.Person) is { } page)
            {
                context.Response.Redirect(context.Request.PathBase + context.Options.LoginPath + QueryString.Create(context.Options.ReturnUrlParameter, page));
                return;
            }
        }
        catch (DbException fault) when (DatabaseFaults.Of(fault) is { } kind)
        {
            context.HttpContext.Items[typeof(UnsavedForm)] = UnsavedForm.OfVisitor(context.HttpContext, kind);
            context.Response.Headers.RetryAfter = "5";
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        // The framework's address has the host of the request, which a caller can choose where AllowedHosts is not set.
        context.RedirectUri = new Uri(context.RedirectUri).PathAndQuery;
        await base.RedirectToLogin(context);
    }

    /// <summary>Creates the principal for pages and policies.</summary>
    public static ClaimsPrincipal Principal(CuratorSession session, Curator curator, bool mustEnroll)
    {
        var identity = new ClaimsIdentity(Scheme, ClaimTypes.Name, ClaimTypes.Role);
        identity.AddClaim(new Claim(ClaimTypes.NameIdentifier, curator.CuratorId.ToString("D")));
        identity.AddClaim(new Claim(ClaimTypes.Name, curator.DisplayName));
        identity.AddClaim(new Claim(ClaimTypes.Role, curator.Role.Code()));
        identity.AddClaim(new Claim(ConsolePrincipal.Session, session.SessionId.ToString("D")));
        identity.AddClaim(new Claim(Stamp, curator.SecurityStamp));
        identity.AddClaims(curator.Languages.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(l => new Claim(ConsolePrincipal.Language, l)));
        if (mustEnroll)
        {
            identity.AddClaim(new Claim(ConsolePrincipal.MustEnroll, "true"));
        }

        return new ClaimsPrincipal(identity);
    }

    /// <summary>The database could not be asked about a session.</summary>
    private sealed record UncheckedSession(ExceptionDispatchInfo Fault);

    private async Task<(CuratorSession Session, Curator Curator)?> FindAsync(ClaimsPrincipal principal, CancellationToken cancellation)
    {
        if (principal.SessionId() is not { } id)
        {
            return null;
        }

        await using var session = await database.OpenAsync(cancellation);
        var started = await CuratorSessions.FindAsync(session, id, cancellation);
        if (started is not { EndedAt: null })
        {
            return null;
        }

        var curator = await CuratorStore.FindAsync(session, started.CuratorId, cancellation);
        return curator is { DisabledAt: null } && curator.SecurityStamp == principal.FindFirstValue(Stamp) ? (started, curator) : null;
    }
}
