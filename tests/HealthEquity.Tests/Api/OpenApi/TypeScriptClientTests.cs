using System.Diagnostics;

namespace HealthEquity.Tests.Api.OpenApi;

/// <summary>The same first hour in TypeScript: types generated, a small program compiled against them and run against a live node.</summary>
public sealed class TypeScriptClientTests(DirectoryApi api)
{
    private static readonly string Folder = Path.Combine(Path.GetDirectoryName(DocumentTests.SnapshotPath())!, "Api", "OpenApi", "TypeScript");

    [Fact]
    public async Task A_program_against_the_generated_types_compiles_and_works()
    {
        Assert.SkipUnless(System.IO.Directory.Exists(Path.Combine(Folder, "node_modules")), $"Run 'npm ci' in {Path.GetFileName(Folder)} beside this test to have it run; it needs Node 20 or later.");
        var node = await api.SharedAsync();
        await File.WriteAllTextAsync(Path.Combine(Folder, "openapi.json"), await node.Client.GetStringAsync("/openapi/v1.json"), TestContext.Current.CancellationToken);
        await RunAsync("openapi-typescript", "openapi.json", "-o", "directory.ts");
        await RunAsync("tsc", "-p", ".");

        await using var server = new LiveServer(await api.SharedAsync());
        Assert.Contains("ok", await RunAsync(null, Path.Combine("out", "use.js"), await server.StartAsync()), StringComparison.Ordinal);
    }

    private static async Task<string> RunAsync(string? tool, params string[] arguments)
    {
        var start = new ProcessStartInfo("node") { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true };
        if (tool is not null)
        {
            start.ArgumentList.Add(Path.Combine("node_modules", tool == "tsc" ? "typescript" : tool, "bin", tool == "tsc" ? "tsc" : "cli.js"));
        }

        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, $"{tool ?? "node"}: {await output}{await errors}");
        return await output;
    }
}
