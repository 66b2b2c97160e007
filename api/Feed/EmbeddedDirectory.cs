using HealthEquity.Store.Databases;
using HealthEquity.Store.Starter;

namespace HealthEquity.Api.Feed;

/// <summary>
/// Makes the embedded database on first start, so that a newcomer needs nothing but "dotnet run". A server's database is
/// prepared by the console's own command: there, this process may only read.
/// </summary>
public static class EmbeddedDirectory
{
    /// <summary>Prepares an embedded database, and says on the console what was done and where to look.</summary>
    public static async Task PrepareDirectoryAsync(this WebApplication app)
    {
        var database = app.Services.GetRequiredService<Database>();
        var said = new List<string> { $"HealthEquity directory, from {database.DisplayName}" };
        if (database.FilePath is not null)
        {
            var withStarter = app.Configuration.GetValue("Starter", true);
            var report = await DirectorySetup.PrepareAsync(
                database.As(DatabaseAccess.Editorial), TimeProvider.System, withStarter, app.Lifetime.ApplicationStopping);
            said.AddRange(Done(report));
        }

        app.Lifetime.ApplicationStarted.Register(() => Console.WriteLine(string.Join(Environment.NewLine, [.. said, .. Addresses(app)])));
    }

    private static IEnumerable<string> Done(SetupReport report)
    {
        if (report.Migrations.Count > 0)
        {
            yield return $"  made the schema ({string.Join(", ", report.Migrations)})";
        }

        if (report.Terms > 0)
        {
            yield return $"  added {report.Terms} vocabulary terms";
        }

        if (report.Entries > 0)
        {
            yield return $"  loaded the starter directory: {report.Entries} entries";
        }
    }

    private static IEnumerable<string> Addresses(WebApplication app)
    {
        var address = (app.Urls.FirstOrDefault() ?? "").TrimEnd('/')
            .Replace("[::]", "localhost", StringComparison.Ordinal)
            .Replace("0.0.0.0", "localhost", StringComparison.Ordinal);
        return
        [
            "Try",
            $"  {address}/",
            $"  {address}/docs",
            $"  {address}/v1/search?q=terapeuta&lang=es",
        ];
    }
}
