using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using IPNetwork = System.Net.IPNetwork;

namespace HealthEquity.Hosting;

/// <summary>
/// The proxies in front of a program. Only what they add to X-Forwarded-For and X-Forwarded-Proto is believed, by ASP.NET Core's
/// own middleware, which runs once: what a caller wrote into these headers stays unread.
/// </summary>
/// <remarks>
/// Section <c>ForwardedHeaders</c>: <c>KnownProxies</c> (addresses), <c>KnownNetworks</c> (CIDR) and <c>ForwardLimit</c> (how many proxies
/// follow one another, 1 unless set). <c>ASPNETCORE_FORWARDEDHEADERS_ENABLED=true</c> without such a list trusts proxies in private networks
/// only. Ports, which Azure adds to addresses, are left out.
/// </remarks>
public static class TrustedProxies
{
    private const string Enabled = "ForwardedHeaders_Enabled";

    private static readonly char[] Separators = [',', ';', ' '];

    /// <summary>Where a platform's own front end may stand: loopback, private, shared and link-local addresses.</summary>
    private static readonly string[] PrivateNetworks =
        ["127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "169.254.0.0/16", "::1/128", "fc00::/7", "fe80::/10"];

    /// <summary>Reads the settings. Call it before the application is built.</summary>
    /// <exception cref="FormatException">An address or network can't be read.</exception>
    public static void AddTrustedProxies(this WebApplicationBuilder builder)
    {
        var section = builder.Configuration.GetSection("ForwardedHeaders");
        var proxies = Values(section, "KnownProxies").Select(IPAddress.Parse).ToList();
        var networks = Values(section, "KnownNetworks").Select(n => IPNetwork.Parse(n)).ToList();
        if (proxies.Count + networks.Count == 0 && builder.Configuration.GetValue(Enabled, false))
        {
            networks.AddRange(PrivateNetworks.Select(n => IPNetwork.Parse(n)));
        }

        // The framework's own switch trusts everybody, and would read the headers a second time.
        builder.Configuration[Enabled] = "false";
        var trusts = proxies.Count + networks.Count > 0;
        builder.Services.AddSingleton(new ProxyTrust(trusts));
        builder.Services.Configure<ForwardedHeadersOptions>(options =>
        {
            options.ForwardedHeaders = trusts ? ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto : ForwardedHeaders.None;
            options.ForwardLimit = Math.Max(1, section.GetValue("ForwardLimit", 1));
            options.KnownProxies.Clear();
            options.KnownIPNetworks.Clear();
            proxies.ForEach(options.KnownProxies.Add);
            networks.ForEach(options.KnownIPNetworks.Add);
        });
    }

    /// <summary>Takes address and scheme from the proxies. It belongs ahead of everything that asks for either.</summary>
    public static void UseTrustedProxies(this WebApplication app)
    {
        if (app.Services.GetRequiredService<ProxyTrust>().Any)
        {
            app.UseForwardedHeaders();
        }
    }

    /// <summary>One text with separators, or a list.</summary>
    private static IEnumerable<string> Values(IConfigurationSection section, string name) =>
        section.GetSection(name).GetChildren().Select(c => c.Value ?? "").Prepend(section[name] ?? "")
            .SelectMany(v => v.Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    private sealed record ProxyTrust(bool Any);
}
