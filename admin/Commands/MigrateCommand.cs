using System.CommandLine;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Starter;

namespace HealthEquity.Admin.Commands;

/// <summary><c>migrate</c>: makes the database ready, so that the services need no right to change its schema.</summary>
internal static class MigrateCommand
{
    public static Command Create()
    {
        var dryRun = new Option<bool>("--dry-run") { Description = "Say what would be run, and run nothing." };
        var json = JsonOutput.Option();
        var command = new Command("migrate", "Bring the schema up to date; add the vocabularies and, to an empty directory, the starter entries. As in: migrate --dry-run")
        {
            dryRun, json,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var database = DirectoryAccess.Configured();
            var pending = parsed.GetValue(dryRun);
            var report = pending
                ? new SetupReport(new Migrator(database).Pending(), Terms: 0, Entries: 0)
                : await DirectoryAccess.PrepareAsync(database, cancellation);
            if (parsed.GetValue(json))
            {
                JsonOutput.Write(new { dryRun = pending, report.Migrations, report.Terms, report.Entries });
                return DirectoryCommands.Done;
            }

            Console.WriteLine(report.Migrations.Count == 0
                ? $"{database.DisplayName} is up to date."
                : $"{(pending ? "To be run" : "Run")} on {database.DisplayName}: {string.Join(", ", report.Migrations)}");
            if (report.Terms + report.Entries > 0)
            {
                Console.WriteLine($"Added: {report.Terms} vocabulary terms, {report.Entries} starter entries");
            }

            return DirectoryCommands.Done;
        });
        return command;
    }
}
