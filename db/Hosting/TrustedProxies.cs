using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using IPNetwork = System.Net.IPNetwork;

namespace HealthEquity.Hosting;

/// <summary>
/// The proxies in front of a program. ASP.NET Core's middleware trusts only what they add to X-Forwarded-For and X-Forwarded-Proto. It runs
/// once, so what a caller wrote into these headers is ignored.
/// </summary>
/// <remarks>
/// Section <c>ForwardedHeaders</c>: <c>KnownProxies</c> (addresses), <c>KnownNetworks</c> (CIDR) and <c>ForwardLimit</c> (the number of
/// proxies in a row, 1 by default). <c>ASPNETCORE_FORWARDEDHEADERS_ENABLED=true</c> without such a list trusts proxies in private networks
/// only. Ports, which Azure adds to addresses, are ignored.
/// </remarks>
public static class TrustedProxies
{
    private const string Enabled = "ForwardedHeaders_Enabled";

    private static readonly char[] Separators = [',', ';', ' '];

    /// <summary>Networks where a platform's front end can be: loopback, private, shared and link-local addresses.</summary>
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

        // The framework's own setting trusts every proxy and would read the headers twice.
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

    /// <summary>Takes address and scheme from the proxies. Call it before anything that uses them.</summary>
    public static void UseTrustedProxies(this WebApplication app)
    {
        if (app.Services.GetRequiredService<ProxyTrust>().Any)
        {
            app.UseForwardedHeaders();
        }
    }

    /// <summary>The values of a setting: one text with separators, or a list.</summary>
    private static IEnumerable<string> Values(IConfigurationSection section, string name) =>
        section.GetSection(name).GetChildren().Select(c => c.Value ?? "").Prepend(section[name] ?? "")
            .SelectMany(v => v.Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    private sealed record ProxyTrust(bool Any);
}
