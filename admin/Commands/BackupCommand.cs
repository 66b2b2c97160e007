using System.CommandLine;
using HealthEquity.Store.Databases;

namespace HealthEquity.Admin.Commands;

/// <summary><c>backup FILE</c>: copies the embedded database while it is in use. For SQL Server, prints the SQL for a DBA to run.</summary>
internal static class BackupCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("file") { Description = "The backup file to create. On SQL Server, a path that the server can write to." };
        var json = JsonOutput.Option();
        var command = new Command("backup", "Copy the whole database to a file without interrupting users. Example: backup directory-2026-03-01.db") { file, json };
        command.SetAction(parsed =>
        {
            var shell = OperatorShell.Of(parsed);
            var database = DirectoryAccess.Configured(shell.Settings);
            var path = parsed.GetRequiredValue(file);
            if (database.Dialect == Dialect.SqlServer)
            {
                var sql = DatabaseBackup.BackupScript(database, path);
                shell.Write(parsed.GetValue(json), new { sql }, sql);
                return DirectoryCommands.Success;
            }

            path = shell.FullPath(path);
            DatabaseBackup.Save(database, path);
            shell.Write(parsed.GetValue(json), new { file = path }, $"Backed up {database.DisplayName} to {path}."
                + (database.Keys.File is { } key ? $" The key file {key.FullPath} is not in it. Keep a copy of that file elsewhere." : ""));
            return DirectoryCommands.Success;
        });
        return command;
    }
}
