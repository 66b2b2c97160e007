using System.Data.Common;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Starter;

namespace HealthEquity.Api.Feed;

/// <summary>
/// Creates the embedded database on first start, so "dotnet run" is all a newcomer needs. A server's database is
/// prepared by the console's own command: there, this process may only read.
/// </summary>
public static class EmbeddedDirectory
{
    /// <summary>Prepares an embedded database, and prints what was done and the addresses.</summary>
    /// <returns>False if the database can't be used; the reason was printed.</returns>
    public static async Task<bool> PrepareDirectoryAsync(this WebApplication app)
    {
        try
        {
            await PrepareAsync(app);
            return true;
        }
        catch (Exception fault) when (Explain(fault) is { } reason)
        {
            await Console.Error.WriteLineAsync(reason);
            return false;
        }
    }

    private static string? Explain(Exception fault) => fault switch
    {
        DbException database => DatabaseFaults.Explain(database),
        InvalidDataException => fault.Message,
        IOException or UnauthorizedAccessException => $"{fault.Message} Check the permissions on the file or folder of the database, and the free disk space.",
        _ => null,
    };

    private static async Task PrepareAsync(WebApplication app)
    {
        var database = app.Services.GetRequiredService<Database>();
        var said = new List<string> { $"HealthEquity directory, from {database.DisplayName}" };
        if (database.FilePath is not null)
        {
            var starter = StarterSetting.Read(app.Configuration[StarterSetting.Name], database);
            var report = await DirectorySetup.StartAsync(
                database.As(DatabaseAccess.Editorial), TimeProvider.System, starter, app.Lifetime.ApplicationStopping);
            said.AddRange(Done(report));
        }

        else
        {
            RefuseForeignSchema(app, database);
        }

        app.Lifetime.ApplicationStarted.Register(() => Console.WriteLine(string.Join(Environment.NewLine, [.. said, .. Addresses(app)])));
    }

    /// <summary>Ends the program if the schema of the server can't be used. If the server is unavailable, waits for it as usual.</summary>
    private static void RefuseForeignSchema(WebApplication app, Database database)
    {
        try
        {
            DirectorySetup.ThrowUnlessFit(database);
        }
        catch (DbException fault)
        {
            app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(EmbeddedDirectory).FullName!)
                .LogWarning(fault, "The database schema could not be checked; the directory will load when the database responds");
        }
    }

    private static IEnumerable<string> Done(SetupReport report)
    {
        if (report.Migrations.Count > 0)
        {
            yield return $"  created the schema ({string.Join(", ", report.Migrations)})";
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
