using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;

namespace HealthEquity.Benchmarks.Relevance;

/// <summary>A running API and its published entries.</summary>
internal sealed class JudgedDirectory : IDisposable
{
    /// <summary>The exit code of an import that refused some rows and loaded the rest.</summary>
    private const int RowsRefused = 1;

    private readonly HttpClient _client;
    private readonly ServerProcess? _server;
    private readonly DirectoryInfo? _temporary;

    private JudgedDirectory(Uri api, ServerProcess? server, DirectoryInfo? temporary)
    {
        _client = new HttpClient { BaseAddress = api, Timeout = TimeSpan.FromMinutes(2) };
        (_server, _temporary) = (server, temporary);
    }

    /// <summary>Every published entry by its slug.</summary>
    public IReadOnlyDictionary<string, JudgedEntry> Entries { get; private set; } = new Dictionary<string, JudgedEntry>();

    /// <summary>Connects to the API, or starts one on a database, which is created if necessary.</summary>
    public static async Task<JudgedDirectory> OpenAsync(RelevanceOptions options)
    {
        JudgedDirectory directory;
        if (options.Api is { } api)
        {
            directory = new JudgedDirectory(api, server: null, temporary: null);
        }
        else
        {
            var temporary = options.Database is null ? System.IO.Directory.CreateTempSubdirectory("healthequity-relevance-") : null;
            var database = Path.GetFullPath(options.Database ?? Path.Combine(temporary!.FullName, "directory.db"));
            if (!File.Exists(database))
            {
                await MakeAsync(database, options.WithoutSamples);
            }

            var server = await ServerProcess.StartApiAsync(database, "/v1/search?q=988");
            directory = new JudgedDirectory(new Uri($"http://127.0.0.1:{server.Port}"), server, temporary);
        }

        var lines = await directory._client.GetStringAsync(new Uri("/v1/exports/directory.ndjson", UriKind.Relative));
        directory.Entries = lines.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(l => new JudgedEntry(l)).ToDictionary(e => e.Slug);
        return directory;
    }

    /// <summary>Sends a search.</summary>
    public async Task<Answer> AskAsync(string text, IReadOnlyDictionary<string, JsonElement> parameters)
    {
        var url = new StringBuilder("/v1/search?pageSize=10&q=").Append(Uri.EscapeDataString(text));
        foreach (var (name, value) in parameters)
        {
            foreach (var one in value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().ToList() : [value])
            {
                url.Append('&').Append(name).Append('=').Append(Uri.EscapeDataString(one.ToString()));
            }
        }

        using var response = await _client.GetAsync(new Uri(url.ToString(), UriKind.Relative));
        var body = await response.Content.ReadFromJsonAsync<JsonObject>() ?? [];
        return new Answer(
            [.. Slugs(body, "items").Select(s => Entries.GetValueOrDefault(s)).OfType<JudgedEntry>()],
            [.. Slugs(body, "hotlines")],
            response.IsSuccessStatusCode ? null : (string?)(body["detail"] ?? body["title"]) ?? "refused");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _client.Dispose();
        _server?.Dispose();
        SqliteConnection.ClearAllPools();
        _temporary?.Delete(recursive: true);
    }

    private static IEnumerable<string> Slugs(JsonObject body, string member) =>
        (body[member] as JsonArray ?? []).OfType<JsonObject>().Select(o => (string?)o["slug"]).OfType<string>();

    private static async Task MakeAsync(string database, bool withoutSamples)
    {
        // An import writes the rows it refuses beside its source, so it gets a copy.
        var copies = System.IO.Directory.CreateTempSubdirectory("healthequity-relevance-");
        var made = Path.Combine(copies.FullName, "directory.db");
        var starter = withoutSamples ? "true" : "samples";
        try
        {
            await AdminAsync(made, starter, 0, "migrate");
            if (SharedData() is { } data)
            {
                var facilities = Path.Combine(copies.FullName, "facilities.csv");
                File.Copy(Path.Combine(data, "samhsa-mental-health-facilities.csv"), facilities);
                await AdminAsync(made, starter, RowsRefused, "import", facilities, "--mapping", "samhsa-mental-health", "--publish");
                var legalAid = copies.CreateSubdirectory("legal-aid").FullName;
                foreach (var file in System.IO.Directory.GetFiles(Path.Combine(data, "florida-legal-aid")))
                {
                    File.Copy(file, Path.Combine(legalAid, Path.GetFileName(file)));
                }

                await AdminAsync(made, starter, RowsRefused, "import", legalAid, "--mapping", "florida-legal-aid", "--publish");
            }
            else
            {
                Console.WriteLine("No ../shared/data: the starter directory only.");
            }

            File.Copy(made, database);
        }
        finally
        {
            copies.Delete(recursive: true);
        }
    }

    /// <summary>The folder with the files of SAMHSA and Florida, next to the repository or above it.</summary>
    private static string? SharedData()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var data = Path.Combine(folder.FullName, "shared", "data");
            if (File.Exists(Path.Combine(data, "samhsa-mental-health-facilities.csv")))
            {
                return data;
            }
        }

        return null;
    }

    private static async Task AdminAsync(string database, string starter, int highestExitCode, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "HealthEquity.Admin.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ConnectionStrings__Directory"] = $"Data Source={database}";
        start.Environment["Starter"] = starter;
        using var process = Process.Start(start)!;
        // Progress goes to the error stream. Both are read at once, so that neither fills up.
        var progress = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync() + await progress;
        await process.WaitForExitAsync();
        if (process.ExitCode > highestExitCode)
        {
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"{string.Join(' ', arguments)} failed:\n{output}"));
        }
    }
}

/// <summary>The answer of a search.</summary>
/// <param name="Entries">The first ten results.</param>
/// <param name="Hotlines">The hotlines above them.</param>
/// <param name="Refused">Why the question was refused; null if it was not.</param>
internal sealed record Answer(IReadOnlyList<JudgedEntry> Entries, IReadOnlyList<string> Hotlines, string? Refused);
