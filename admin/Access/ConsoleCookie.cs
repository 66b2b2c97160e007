namespace HealthEquity.Admin.Access;

/// <summary>
/// A cookie of the console: out of reach of scripts, never sent along from elsewhere, and only over HTTPS. The exception is
/// plain HTTP on this very machine, where there is no certificate and no network.
/// </summary>
internal sealed class ConsoleCookie : CookieBuilder
{
    public ConsoleCookie(string name)
    {
        Name = name;
        Path = "/";
        HttpOnly = true;
        IsEssential = true;
        SameSite = SameSiteMode.Strict;
        // Decided in Build; "always" would make the form tokens refuse localhost.
        SecurePolicy = CookieSecurePolicy.SameAsRequest;
    }

    public override CookieOptions Build(HttpContext context, DateTimeOffset expiresFrom)
    {
        var options = base.Build(context, expiresFrom);
        options.Secure = context.Request.IsHttps || context.Request.Host.Host is not ("localhost" or "127.0.0.1" or "[::1]");
        return options;
    }
}
