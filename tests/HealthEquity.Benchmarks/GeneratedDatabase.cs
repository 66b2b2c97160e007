using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Publication;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Starter;
using Microsoft.Data.Sqlite;

namespace HealthEquity.Benchmarks;

/// <summary>An embedded database with generated public entries. The editorial side stays empty, because the API does not read it.</summary>
internal sealed class GeneratedDatabase : IDisposable
{
    private readonly DirectoryInfo _folder = System.IO.Directory.CreateTempSubdirectory("healthequity-bench-");

    public GeneratedDatabase(GeneratedDirectory generated, int entries)
    {
        File = Path.Combine(_folder.FullName, "directory.db");
        DirectorySetup.PrepareAsync(Database.Create($"Data Source={File}"), TimeProvider.System, StarterContent.Samples, CancellationToken.None).GetAwaiter().GetResult();
        using var connection = Open();
        foreach (var batch in generated.Rows(entries).Chunk(5_000))
        {
            Write(connection, batch);
        }
    }

    public string File { get; }

    /// <summary>Waits until a node has saved its index beside the database.</summary>
    /// <exception cref="OperationCanceledException">It has not after a minute.</exception>
    public async Task IndexSavedAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!System.IO.File.Exists(File + ".index"))
        {
            await Task.Delay(50, limit.Token);
        }
    }

    /// <summary>Publishes one more change, as another process would.</summary>
    public void Publish(PublishedEntry row)
    {
        using var connection = Open();
        Write(connection, [row]);
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection($"Data Source={File}");
        connection.Open();
        return connection;
    }

    private static void Write(SqliteConnection connection, IEnumerable<PublishedEntry> rows)
    {
        using var transaction = connection.BeginTransaction();
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        // The starter directory has the first numbers; the generated entries come after them. Without the counter, every poll would load
        // the whole directory again, as after a restore.
        command.CommandText =
            """
            UPDATE ChangeCounter SET Value = Value + 1 WHERE Id = 1;
            INSERT INTO Published (EntryId, Kind, Slug, Body, Sequence, ChangedAt)
            VALUES ($id, $kind, $slug, $body, (SELECT Value FROM ChangeCounter WHERE Id = 1), '2026-06-15T12:00:00.000Z')
            """;
        foreach (var name in new[] { "$id", "$kind", "$slug", "$body" })
        {
            command.Parameters.AddWithValue(name, "");
        }

        foreach (var row in rows)
        {
            command.Parameters["$id"].Value = row.EntryId.ToString();
            command.Parameters["$kind"].Value = row.Kind.Code();
            command.Parameters["$slug"].Value = row.Slug;
            command.Parameters["$body"].Value = row.Body;
            command.ExecuteNonQuery();
        }

        transaction.Commit();
    }
}
