using HealthEquity.Admin.Access;
using Microsoft.AspNetCore.DataProtection;

namespace HealthEquity.Admin.SignIn;

/// <summary>
/// Remembers, in a sealed cookie of the console, that a curator has signed in with this browser. It opens nothing: it only keeps wrong
/// passwords from elsewhere from locking this browser out.
/// </summary>
internal sealed class KnownDevice(IDataProtectionProvider protection)
{
    private static readonly TimeSpan KnownFor = TimeSpan.FromDays(180);

    private static readonly ConsoleCookie Cookie = new("HealthEquity.Device");

    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("HealthEquity.Admin.KnownDevice").ToTimeLimitedDataProtector();

    /// <summary>The device, if that curator has signed in with it; null for any other.</summary>
    public Guid? Of(HttpContext context, Guid curatorId)
    {
        if (context.Request.Cookies[Cookie.Name!] is not { Length: > 0 } sealedText)
        {
            return null;
        }

        try
        {
            var parts = _protector.Unprotect(sealedText).Split('/');
            return parts.Length == 2 && Guid.Parse(parts[0]) == curatorId ? Guid.Parse(parts[1]) : null;
        }
        catch (Exception fault) when (fault is System.Security.Cryptography.CryptographicException or FormatException)
        {
            return null;
        }
    }

    /// <summary>Makes the browser known.</summary>
    public void Remember(HttpContext context, Guid curatorId)
    {
        var text = _protector.Protect($"{curatorId:D}/{Of(context, curatorId) ?? Guid.NewGuid():D}", KnownFor);
        var options = Cookie.Build(context);
        options.MaxAge = KnownFor;
        context.Response.Cookies.Append(Cookie.Name!, text, options);
    }
}
