using HealthEquity.Db.Storage;

namespace HealthEquity.Api.Feed;

/// <summary>
/// Makes the embedded database on first start, so that a newcomer needs nothing but "dotnet run". A server's database is
/// prepared by the console's own command: there, this process may only read.
/// </summary>
public static class EmbeddedDirectory
{
    /// <summary>Migrates, loads the starter directory into an empty database, and says what was done.</summary>
    public static async Task PrepareDirectoryAsync(this WebApplication app)
    {
        var database = app.Services.GetRequiredService<Database>();
        var said = new List<string> { $"HealthEquity directory, from {database.DisplayName}" };
        if (database.FilePath is not null)
        {
            var editorial = database.As(DatabaseAccess.Editorial);
            var scripts = new Migrator(editorial).Migrate();
            if (scripts.Count > 0)
            {
                said.Add($"Schema: ran {string.Join(", ", scripts)}");
            }

            await Task.CompletedTask;
        }

        app.Lifetime.ApplicationStarted.Register(() =>
        {
            var address = app.Urls.FirstOrDefault()?.Replace("[::]", "localhost", StringComparison.Ordinal).Replace("0.0.0.0", "localhost", StringComparison.Ordinal).TrimEnd('/');
            Console.WriteLine(string.Join(Environment.NewLine, said));
            Console.WriteLine(
                $"""
                Try:
                  {address}/
                  {address}/docs
                  {address}/v1/search?q=terapeuta&lang=es
                """);
        });
    }
}
