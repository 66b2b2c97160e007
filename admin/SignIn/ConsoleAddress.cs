using HealthEquity.Hosting;

namespace HealthEquity.Admin.SignIn;

/// <summary>
/// The address of the console. A setup link is as powerful as a password, so its host comes from <c>AllowedHosts</c> and never from a request,
/// except on this machine.
/// </summary>
internal sealed class ConsoleAddress(IConfiguration configuration, PublicPath path)
{
    private static readonly string[] OwnMachine = ["localhost", "127.0.0.1", "[::1]"];

    private readonly string[] _hosts = (configuration["AllowedHosts"] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>The public path of a page of the console.</summary>
    public string PathOf(string place) => path.Of(place);

    /// <summary>The full address, if the settings name exactly one host; otherwise null.</summary>
    public string? Configured(string place) => Array.FindAll(_hosts, h => !h.Contains('*', StringComparison.Ordinal)) is [var host]
        ? $"https://{host}{PathOf(place)}"
        : null;

    /// <summary>The full address, if the request used a host that the settings name; otherwise the path.</summary>
    public string Of(HttpRequest request, string place) => IsAllowed(request.Host.Host)
        ? $"{request.Scheme}://{request.Host}{PathOf(place)}"
        : Configured(place) ?? PathOf(place);

    private bool IsAllowed(string host) => OwnMachine.Contains(host, StringComparer.OrdinalIgnoreCase)
        || Array.Exists(_hosts, allowed => allowed.StartsWith("*.", StringComparison.Ordinal)
            ? host.EndsWith(allowed[1..], StringComparison.OrdinalIgnoreCase)
            : host.Equals(allowed, StringComparison.OrdinalIgnoreCase));
}
