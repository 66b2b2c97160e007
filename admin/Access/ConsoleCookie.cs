namespace HealthEquity.Admin.Access;

/// <summary>
/// A console cookie: HTTP-only, same-site, and secure. The exception is plain HTTP on localhost, where there is no certificate and no
/// network.
/// </summary>
internal sealed class ConsoleCookie : CookieBuilder
{
    public ConsoleCookie(string name)
    {
        Name = name;
        HttpOnly = true;
        IsEssential = true;
        SameSite = SameSiteMode.Strict;
        // Build sets the flag. "Always" would break antiforgery on localhost.
        SecurePolicy = CookieSecurePolicy.SameAsRequest;
    }

    public override CookieOptions Build(HttpContext context, DateTimeOffset expiresFrom)
    {
        var options = base.Build(context, expiresFrom);
        // Under a path base the host belongs to other programs too.
        options.Path = context.Request.PathBase.HasValue ? context.Request.PathBase.Value : "/";
        options.Secure = context.Request.IsHttps || context.Request.Host.Host is not ("localhost" or "127.0.0.1" or "[::1]");
        return options;
    }
}
