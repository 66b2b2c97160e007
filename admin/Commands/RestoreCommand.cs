using System.CommandLine;
using System.Globalization;
using HealthEquity.Db.Auditing;
using HealthEquity.Db.Storage;

namespace HealthEquity.Admin.Commands;

/// <summary><c>restore FILE</c>: brings a backup back, after keeping what it replaces; for SQL Server, prints what its DBA runs.</summary>
internal static class RestoreCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("file") { Description = "The backup." };
        var command = new Command("restore", "Replace the database by a backup. What was there is kept beside it. Stop the API and the console first.") { file };
        command.SetAction((parsed, cancellation) => RunAsync(parsed.GetRequiredValue(file), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(string file, CancellationToken cancellation)
    {
        var database = DirectoryAccess.Configured();
        if (database.Dialect == Dialect.SqlServer)
        {
            Console.WriteLine(DatabaseBackup.LoadText(database, file));
            return DirectoryCommands.Done;
        }

        var now = TimeProvider.System.GetUtcNow();
        if (File.Exists(database.FilePath))
        {
            var kept = string.Create(CultureInfo.InvariantCulture, $"{database.FilePath}.before-restore-{now:yyyyMMdd-HHmmss}");
            DatabaseBackup.Save(database, kept);
            Console.WriteLine($"What was there is kept in {kept}.");
        }

        DatabaseBackup.Load(database, Path.GetFullPath(file));
        var directory = await DirectoryAccess.OpenAsync(cancellation);
        await directory.Database.TransactAsync(
            s => directory.Stores.Audit.AppendAsync(s, Actor.System("commandLine"), "restore", "database", Path.GetFileName(file), cancellation),
            cancellation);
        Console.WriteLine($"{database.DisplayName} holds {Path.GetFullPath(file)} now.");
        return DirectoryCommands.Done;
    }
}
