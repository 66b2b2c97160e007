using System.CommandLine;
using HealthEquity.Db.Storage;

namespace HealthEquity.Admin.Commands;

/// <summary><c>backup FILE</c>: copies the embedded database while it is in use; for SQL Server, prints what its DBA runs.</summary>
internal static class BackupCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("file") { Description = "The file to make; on SQL Server, a path that the server can write to." };
        var command = new Command("backup", "Copy the whole database into a file, while others go on working. As in: backup directory-2026-03-01.db") { file };
        command.SetAction(parsed =>
        {
            var database = DirectoryAccess.Configured();
            var path = parsed.GetRequiredValue(file);
            if (database.Dialect == Dialect.SqlServer)
            {
                Console.WriteLine(DatabaseBackup.SaveText(database, path));
                return DirectoryCommands.Done;
            }

            DatabaseBackup.Save(database, Path.GetFullPath(path));
            Console.WriteLine($"{database.DisplayName} is copied to {Path.GetFullPath(path)}.");
            return DirectoryCommands.Done;
        });
        return command;
    }
}
