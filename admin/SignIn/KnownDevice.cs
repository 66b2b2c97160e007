using HealthEquity.Admin.Access;
using Microsoft.AspNetCore.DataProtection;

namespace HealthEquity.Admin.SignIn;

/// <summary>
/// Remembers in an encrypted cookie that a curator has signed in with this browser. It grants no access: it only prevents wrong passwords
/// from other browsers from locking this one out.
/// </summary>
internal sealed class KnownDevice(IDataProtectionProvider protection)
{
    private static readonly TimeSpan KnownFor = TimeSpan.FromDays(180);

    private static readonly ConsoleCookie Cookie = new("HealthEquity.Device");

    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("HealthEquity.Admin.KnownDevice").ToTimeLimitedDataProtector();

    /// <summary>The device, if the curator has signed in with it; otherwise null.</summary>
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

    /// <summary>Remembers the browser.</summary>
    public void Remember(HttpContext context, Guid curatorId)
    {
        var text = _protector.Protect($"{curatorId:D}/{Of(context, curatorId) ?? Guid.NewGuid():D}", KnownFor);
        var options = Cookie.Build(context);
        options.MaxAge = KnownFor;
        context.Response.Cookies.Append(Cookie.Name!, text, options);
    }
}
