using System.CommandLine;
using HealthEquity.Store.Databases;

namespace HealthEquity.Admin.Commands;

/// <summary><c>backup FILE</c>: copies the embedded database while it is in use; for SQL Server, prints what its DBA runs.</summary>
internal static class BackupCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("file") { Description = "The file to make; on SQL Server, a path that the server can write to." };
        var json = JsonOutput.Option();
        var command = new Command("backup", "Copy the whole database into a file, while others go on working. As in: backup directory-2026-03-01.db") { file, json };
        command.SetAction(parsed =>
        {
            var database = DirectoryAccess.Configured();
            var path = parsed.GetRequiredValue(file);
            if (database.Dialect == Dialect.SqlServer)
            {
                var sql = DatabaseBackup.BackupScript(database, path);
                JsonOutput.Write(parsed.GetValue(json), new { sql }, sql);
                return DirectoryCommands.Done;
            }

            path = Path.GetFullPath(path);
            DatabaseBackup.Save(database, path);
            JsonOutput.Write(parsed.GetValue(json), new { file = path }, $"{database.DisplayName} is copied to {path}.");
            return DirectoryCommands.Done;
        });
        return command;
    }
}
