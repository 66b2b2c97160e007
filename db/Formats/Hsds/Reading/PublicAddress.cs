using System.Net;
using System.Net.Sockets;
using HealthEquity.Formats.Sources;

namespace HealthEquity.Formats.Hsds.Reading;

/// <summary>
/// Connects to public Internet addresses only. Checks the address when connecting, so a name that resolves to the department's own network is
/// refused, even if it resolved to another address before.
/// </summary>
public static class PublicAddress
{
    // RFC 6890 and its registry: addresses that are not globally reachable.
    private static readonly IPNetwork[] Reserved =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24",
            "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
        }.Select(IPNetwork.Parse),
    ];

    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");

    /// <summary>True for a globally reachable address.</summary>
    public static bool IsPublic(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return (plain.AddressFamily == AddressFamily.InterNetwork || GlobalUnicast.Contains(plain)) && !Reserved.Any(n => n.Contains(plain));
    }

    /// <summary>The callback for <see cref="SocketsHttpHandler.ConnectCallback"/>.</summary>
    /// <exception cref="ImportFileException">The name does not resolve to a public address.</exception>
    public static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var host = context.DnsEndPoint.Host;
        var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await Dns.GetHostAddressesAsync(host, cancellation);
        var open = addresses.Where(IsPublic).ToArray();
        if (open.Length == 0 && addresses.Length > 0)
        {
            throw new ImportFileException(
                $"The address of '{host}' is in a private network, which is not allowed. If it is your own server, allow it (--allow-private-address on the command line).");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(open, context.DnsEndPoint.Port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
