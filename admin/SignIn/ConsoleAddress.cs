using HealthEquity.Hosting;

namespace HealthEquity.Admin.SignIn;

/// <summary>
/// Where the console is reached. A set-up link is as good as a password, so its host comes from <c>AllowedHosts</c> and never from what a request
/// says, except on this very machine.
/// </summary>
internal sealed class ConsoleAddress(IConfiguration configuration, PublicPath path)
{
    private static readonly string[] OwnMachine = ["localhost", "127.0.0.1", "[::1]"];

    private readonly string[] _hosts = (configuration["AllowedHosts"] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>A path of the console as browsers reach it.</summary>
    public string PathOf(string place) => path.Of(place);

    /// <summary>The whole address, where the settings name one host; null otherwise.</summary>
    public string? Configured(string place) => Array.FindAll(_hosts, h => !h.Contains('*', StringComparison.Ordinal)) is [var host]
        ? $"https://{host}{PathOf(place)}"
        : null;

    /// <summary>The whole address for somebody who reaches the console by a host that the settings name; otherwise the path alone.</summary>
    public string Of(HttpRequest request, string place) => IsAllowed(request.Host.Host)
        ? $"{request.Scheme}://{request.Host}{PathOf(place)}"
        : Configured(place) ?? PathOf(place);

    private bool IsAllowed(string host) => OwnMachine.Contains(host, StringComparer.OrdinalIgnoreCase)
        || Array.Exists(_hosts, allowed => allowed.StartsWith("*.", StringComparison.Ordinal)
            ? host.EndsWith(allowed[1..], StringComparison.OrdinalIgnoreCase)
            : host.Equals(allowed, StringComparison.OrdinalIgnoreCase));
}
