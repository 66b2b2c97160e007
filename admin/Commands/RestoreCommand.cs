using System.CommandLine;
using System.Globalization;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Publishing;
using HealthEquity.Store.Starter;

namespace HealthEquity.Admin.Commands;

/// <summary><c>restore FILE</c>: restores a backup and keeps a copy of the current database. For SQL Server, prints the SQL for a DBA to run.</summary>
internal static class RestoreCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("file") { Description = "The backup file." };
        var json = JsonOutput.Option();
        var command = new Command("restore", "Replace the database with a backup. A copy of the current database is kept next to it. Stop the API and the console first. Example: restore directory-2026-03-01.db")
        {
            file, json,
        };
        command.SetAction((parsed, cancellation) => RunAsync(OperatorShell.Of(parsed), parsed.GetRequiredValue(file), parsed.GetValue(json), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(OperatorShell shell, string file, bool json, CancellationToken cancellation)
    {
        var database = DirectoryAccess.Configured(shell.Settings);
        if (database.Dialect == Dialect.SqlServer)
        {
            var sql = DatabaseBackup.RestoreScript(database, file);
            shell.Write(json, new { sql }, sql);
            return DirectoryCommands.Success;
        }

        file = shell.FullPath(file);
        var now = TimeProvider.System.GetUtcNow();
        string? kept = null;
        if (File.Exists(database.FilePath))
        {
            kept = string.Create(CultureInfo.InvariantCulture, $"{database.FilePath}.before-restore-{now:yyyyMMdd-HHmmss}");
        }

        await DatabaseBackup.RestoreAsync(database, file, kept, async copy =>
        {
            await DirectorySetup.StartAsync(copy, TimeProvider.System, StarterContent.None, cancellation);
            await copy.TransactAsync(
                async session =>
                {
                    await ChangeCounter.BeginEpochAsync(session, cancellation);
                    await new AuditLog(TimeProvider.System).AppendAsync(
                        session, Actor.System("commandLine"), "restore", "database", Path.GetFileName(file), cancellation);
                },
                cancellation);
        });
        var before = kept is null ? "" : $" The previous database was saved as {kept}.";
        shell.Write(json, new { file, kept }, $"Restored {file} to {database.DisplayName}.{before}");
        return DirectoryCommands.Success;
    }
}
