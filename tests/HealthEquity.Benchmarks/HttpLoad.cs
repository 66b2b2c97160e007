using System.Buffers.Text;
using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace HealthEquity.Benchmarks;

/// <summary>
/// Asks a server on this machine for pages over a few kept-alive connections, one request at a time on each, for a set time.
/// It only writes and reads bytes, so the server is what is measured.
/// </summary>
internal sealed class HttpLoad(int port, IReadOnlyList<byte[]> requests, int connections)
{
    private int _next = -1;

    /// <summary>Requests that were sent, in all runs. A run goes on where the one before it stopped, and after the last request comes the first.</summary>
    public int Sent => _next + 1;

    /// <summary>Finished requests per second.</summary>
    public async Task<double> RunAsync(TimeSpan duration)
    {
        var finished = 0L;
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(async () =>
        {
            using var connection = await HttpConnection.OpenAsync(port);
            while (watch.Elapsed < duration)
            {
                var request = requests[(int)((uint)Interlocked.Increment(ref _next) % (uint)requests.Count)];
                var status = await connection.AskAsync(request);
                if (status != 200)
                {
                    throw new InvalidOperationException($"The server answered {status} to {Encoding.ASCII.GetString(request).Split("\r\n")[0]}");
                }

                Interlocked.Increment(ref finished);
            }
        })));
        return finished / watch.Elapsed.TotalSeconds;
    }

    /// <summary>The bytes of a GET request.</summary>
    /// <param name="pathAndQuery">The path and the query.</param>
    /// <param name="coding">The content coding that is accepted; null for none.</param>
    public static byte[] Get(string pathAndQuery, string? coding = null) =>
        Encoding.ASCII.GetBytes($"GET {pathAndQuery} HTTP/1.1\r\nHost: localhost\r\nAccept: application/json\r\n{Accepting(coding)}\r\n");

    /// <summary>The bytes of a form that is sent.</summary>
    /// <param name="path">The path.</param>
    /// <param name="form">Names and values, encoded.</param>
    /// <param name="coding">The content coding that is accepted; null for none.</param>
    public static byte[] Post(string path, string form, string? coding = null) => Encoding.ASCII.GetBytes(
        $"POST {path} HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\n{Accepting(coding)}Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {form.Length}\r\n\r\n{form}");

    private static string Accepting(string? coding) => coding is null ? "" : $"Accept-Encoding: {coding}\r\n";
}

/// <summary>One kept-alive connection.</summary>
internal sealed class HttpConnection : IDisposable
{
    private static readonly byte[] EndOfHead = "\r\n\r\n"u8.ToArray();
    private static readonly byte[] ContentLength = "content-length: "u8.ToArray();

    private readonly Socket _socket;
    private byte[] _buffer = new byte[256 * 1024];

    private HttpConnection(Socket socket) => _socket = socket;

    /// <summary>The body of the last response, as it was sent.</summary>
    public ReadOnlyMemory<byte> Body { get; private set; }

    public static async Task<HttpConnection> OpenAsync(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync("127.0.0.1", port);
        return new HttpConnection(socket);
    }

    /// <summary>Sends a request and reads the whole response.</summary>
    /// <returns>The status of the response.</returns>
    public async ValueTask<int> AskAsync(byte[] request)
    {
        await _socket.SendAsync(request);
        var (have, headEnd) = (0, -1);
        while (headEnd < 0)
        {
            have += await ReceiveAsync(have);
            headEnd = _buffer.AsSpan(0, have).IndexOf(EndOfHead);
        }

        var status = Number(_buffer.AsSpan(9, 3));
        var whole = headEnd + EndOfHead.Length + Length(_buffer.AsSpan(0, headEnd));
        if (whole > _buffer.Length)
        {
            Array.Resize(ref _buffer, whole);
        }

        while (have < whole)
        {
            have += await ReceiveAsync(have);
        }

        Body = _buffer.AsMemory(headEnd + EndOfHead.Length, whole - headEnd - EndOfHead.Length);
        return status;
    }

    public void Dispose() => _socket.Dispose();

    private async ValueTask<int> ReceiveAsync(int offset)
    {
        var read = await _socket.ReceiveAsync(_buffer.AsMemory(offset));
        return read > 0 ? read : throw new IOException("The server closed the connection.");
    }

    private static int Length(Span<byte> head)
    {
        for (var rest = head; rest.Length > ContentLength.Length; rest = rest[1..])
        {
            if (Ascii.EqualsIgnoreCase(rest[..ContentLength.Length], ContentLength))
            {
                return Number(rest[ContentLength.Length..]);
            }
        }

        throw new InvalidOperationException("The answer has no Content-Length.");
    }

    private static int Number(ReadOnlySpan<byte> digits) =>
        Utf8Parser.TryParse(digits, out int value, out _) ? value : throw new InvalidOperationException("A number was expected.");
}
