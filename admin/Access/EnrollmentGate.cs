namespace HealthEquity.Admin.Access;

/// <summary>Who needs a second factor and has none yet reaches nothing but the page that sets it up, and the way out.</summary>
internal sealed class EnrollmentGate(RequestDelegate next)
{
    public const string Page = "/account/two-factor";

    private static readonly string[] Reachable = [Page, "/sign-out", "/problem"];

    public Task InvokeAsync(HttpContext context)
    {
        if (context.User.HasClaim(ConsolePrincipal.MustEnroll, "true")
            && context.GetEndpoint()?.Metadata.GetMetadata<Microsoft.AspNetCore.Authorization.IAllowAnonymous>() is null
            && !Reachable.Any(path => context.Request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase)))
        {
            context.Response.Redirect(Page);
            return Task.CompletedTask;
        }

        return next(context);
    }
}
