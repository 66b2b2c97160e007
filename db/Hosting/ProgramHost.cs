using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace HealthEquity.Hosting;

/// <summary>Hosts a program in IIS, as a Windows service, under systemd, in a container, or in a terminal.</summary>
public static class ProgramHost
{
    private static readonly string[] AddressSettings = ["urls", "http_ports", "https_ports"];

    /// <summary>
    /// Lets the program run inside IIS, as a Windows service and under systemd, and listens on the address unless the settings name
    /// another (<c>--urls</c>, <c>ASPNETCORE_URLS</c>, <c>ASPNETCORE_HTTP_PORTS</c>, <c>ASPNETCORE_HTTPS_PORTS</c>, <c>Kestrel:Endpoints</c>).
    /// </summary>
    /// <param name="builder">The program.</param>
    /// <param name="address">The default address.</param>
    /// <param name="largestRequest">The maximum size of a request body, in bytes. IIS has its own limit.</param>
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
