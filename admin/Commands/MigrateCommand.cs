using System.CommandLine;
using HealthEquity.Db.Storage;

namespace HealthEquity.Admin.Commands;

/// <summary><c>migrate</c>: brings the schema up to date, so that the services need no right to change it.</summary>
internal static class MigrateCommand
{
    public static Command Create()
    {
        var dryRun = new Option<bool>("--dry-run") { Description = "Say what would be run, and run nothing." };
        var command = new Command("migrate", "Bring the database's schema up to date.") { dryRun };
        command.SetAction(parsed =>
        {
            var database = DirectoryAccess.Configured();
            var migrator = new Migrator(database);
            var pending = parsed.GetValue(dryRun);
            var scripts = pending ? migrator.Pending() : migrator.Migrate();
            Console.WriteLine(scripts.Count == 0
                ? $"{database.DisplayName} is up to date."
                : $"{(pending ? "To be run" : "Run")} on {database.DisplayName}: {string.Join(", ", scripts)}");
            return DirectoryCommands.Done;
        });
        return command;
    }
}
