using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace HealthEquity.Benchmarks;

/// <summary>A program under measurement, in its own process on its own local port.</summary>
internal sealed class ServerProcess : IDisposable
{
    private readonly Process _process;
    private readonly Stopwatch _watch = Stopwatch.StartNew();

    private ServerProcess(Process process, int port)
    {
        _process = process;
        Port = port;
    }

    public int Port { get; }

    /// <summary>The folder of the published API to measure; by default, the one that was built with this program.</summary>
    public static string ApiFolder { get; set; } = AppContext.BaseDirectory;

    /// <summary>The time from the start of the process to its first successful response.</summary>
    public TimeSpan FirstAnswer { get; private set; }

    /// <summary>The time since its start.</summary>
    public TimeSpan SinceStart => _watch.Elapsed;

    /// <summary>The resident memory of the process in bytes.</summary>
    public long Memory
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>Starts the API on a database and waits for its first response.</summary>
    public static Task<ServerProcess> StartApiAsync(string database, string firstPath) => StartAsync(
        Path.Combine(ApiFolder, "HealthEquity.Api.dll"),
        [],
        new Dictionary<string, string> { ["ConnectionStrings__Directory"] = $"Data Source={database}", ["RequestLimits__PerMinute"] = "0", ["Feed__SavedFrom"] = "1" },
        firstPath);

    /// <summary>Starts the console on a database and waits for its first response.</summary>
    public static Task<ServerProcess> StartConsoleAsync(string database, string firstPath) => StartAsync(
        Path.Combine(AppContext.BaseDirectory, "HealthEquity.Admin.dll"),
        ["serve"],
        new Dictionary<string, string> { ["ConnectionStrings__Directory"] = $"Data Source={database}" },
        firstPath);

    /// <summary>Starts the bare server, which answers every path with the bytes of a file.</summary>
    public static Task<ServerProcess> StartBareAsync(string file) => StartAsync(
        Path.Combine(AppContext.BaseDirectory, "HealthEquity.Benchmarks.dll"), ["bare", file], [], "/");

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }

    private static async Task<ServerProcess> StartAsync(string dll, string[] arguments, Dictionary<string, string> environment, string firstPath)
    {
        var port = FreePort();
        var start = new ProcessStartInfo("dotnet", [dll, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["ASPNETCORE_URLS"] = $"http://127.0.0.1:{port}";
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var watch = Stopwatch.StartNew();
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, line) => Console.Error.WriteLine(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var server = new ServerProcess(process, port);
        while (!await AnswersAsync(port, firstPath))
        {
            if (process.HasExited || watch.Elapsed > TimeSpan.FromMinutes(15))
            {
                throw new InvalidOperationException($"{Path.GetFileName(dll)} did not come up.");
            }

            await Task.Delay(5);
        }

        server.FirstAnswer = watch.Elapsed;
        return server;
    }

    private static async Task<bool> AnswersAsync(int port, string path)
    {
        try
        {
            using var connection = await HttpConnection.OpenAsync(port);
            return await connection.AskAsync(HttpLoad.Get(path)) == 200;
        }
        catch (Exception fault) when (fault is SocketException or IOException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
