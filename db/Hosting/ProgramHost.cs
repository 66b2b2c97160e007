using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace HealthEquity.Hosting;

/// <summary>How a program listens and lives: IIS, a Windows service, systemd, a container, or a terminal.</summary>
public static class ProgramHost
{
    private static readonly string[] AddressSettings = ["urls", "http_ports", "https_ports"];

    /// <summary>
    /// Lets the program run inside IIS, as a Windows service and under systemd, and listens at the address unless the settings name
    /// another (<c>--urls</c>, <c>ASPNETCORE_URLS</c>, <c>ASPNETCORE_HTTP_PORTS</c>, <c>ASPNETCORE_HTTPS_PORTS</c>, <c>Kestrel:Endpoints</c>).
    /// </summary>
    /// <param name="builder">The program.</param>
    /// <param name="address">Where it listens when nobody says where.</param>
    /// <param name="largestRequest">The largest body that it takes, bytes; IIS has a bound of its own.</param>
    public static void HostAt(this WebApplicationBuilder builder, string address, long largestRequest)
    {
        builder.WebHost.UseIIS();
        builder.WebHost.UseIISIntegration();
        builder.Services.Configure<IISServerOptions>(options => options.MaxRequestBodySize = largestRequest);
        builder.Services.AddWindowsService();
        builder.Services.AddSystemd();
        var configuration = builder.Configuration;
        if (Array.TrueForAll(AddressSettings, s => string.IsNullOrEmpty(configuration[s])) && !configuration.GetSection("Kestrel:Endpoints").Exists())
        {
            builder.WebHost.UseUrls(address);
        }
    }
}
