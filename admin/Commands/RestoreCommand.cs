using System.CommandLine;
using System.Globalization;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Databases;

namespace HealthEquity.Admin.Commands;

/// <summary><c>restore FILE</c>: brings a backup back, after keeping what it replaces; for SQL Server, prints what its DBA runs.</summary>
internal static class RestoreCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("file") { Description = "The backup." };
        var json = JsonOutput.Option();
        var command = new Command("restore", "Replace the database by a backup. What was there is kept beside it. Stop the API and the console first. As in: restore directory-2026-03-01.db")
        {
            file, json,
        };
        command.SetAction((parsed, cancellation) => RunAsync(parsed.GetRequiredValue(file), parsed.GetValue(json), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(string file, bool json, CancellationToken cancellation)
    {
        var database = DirectoryAccess.Configured();
        if (database.Dialect == Dialect.SqlServer)
        {
            var sql = DatabaseBackup.RestoreScript(database, file);
            JsonOutput.Write(json, new { sql }, sql);
            return DirectoryCommands.Done;
        }

        file = Path.GetFullPath(file);
        var now = TimeProvider.System.GetUtcNow();
        string? kept = null;
        if (File.Exists(database.FilePath))
        {
            kept = string.Create(CultureInfo.InvariantCulture, $"{database.FilePath}.before-restore-{now:yyyyMMdd-HHmmss}");
            DatabaseBackup.Save(database, kept);
        }

        DatabaseBackup.Load(database, file);
        var directory = await DirectoryAccess.OpenAsync(cancellation);
        await directory.Database.TransactAsync(
            s => directory.Get<AuditLog>().AppendAsync(s, Actor.System("commandLine"), "restore", "database", Path.GetFileName(file), cancellation),
            cancellation);
        var before = kept is null ? "" : $" What was there is kept in {kept}.";
        JsonOutput.Write(json, new { file, kept }, $"{database.DisplayName} holds {file} now.{before}");
        return DirectoryCommands.Done;
    }
}
