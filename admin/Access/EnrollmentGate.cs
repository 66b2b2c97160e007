namespace HealthEquity.Admin.Access;

/// <summary>Redirects users who must set up two-factor authentication to the setup page. Only sign-out stays reachable.</summary>
internal sealed class EnrollmentGate(RequestDelegate next)
{
    public const string Page = "/account/two-factor";

    private static readonly string[] AllowedPaths = [Page, "/sign-out", "/problem"];

    public Task InvokeAsync(HttpContext context)
    {
        if (context.User.HasClaim(ConsolePrincipal.MustEnroll, "true")
            && context.GetEndpoint()?.Metadata.GetMetadata<Microsoft.AspNetCore.Authorization.IAllowAnonymous>() is null
            && !AllowedPaths.Any(path => context.Request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase)))
        {
            context.Response.Redirect(context.Request.PathBase + Page);
            return Task.CompletedTask;
        }

        return next(context);
    }
}
