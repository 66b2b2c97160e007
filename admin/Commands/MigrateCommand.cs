using System.CommandLine;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Starter;

namespace HealthEquity.Admin.Commands;

/// <summary><c>migrate</c>: prepares the database, so that the services need no permission to change its schema.</summary>
internal static class MigrateCommand
{
    public static Command Create()
    {
        var dryRun = new Option<bool>("--dry-run") { Description = "Show the pending migrations without running them." };
        var json = JsonOutput.Option();
        var command = new Command("migrate", "Update the schema, add the vocabularies, and add the starter entries to an empty directory. Example: migrate --dry-run")
        {
            dryRun, json,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var shell = OperatorShell.Of(parsed);
            var database = DirectoryAccess.Configured(shell.Settings);
            var pending = parsed.GetValue(dryRun);
            var report = pending
                ? new SetupReport(new Migrator(database).Pending(), Terms: 0, Entries: 0)
                : await DirectoryAccess.PrepareAsync(database, shell.Settings, cancellation);
            if (parsed.GetValue(json))
            {
                shell.WriteJson(new { dryRun = pending, report.Migrations, report.Terms, report.Entries });
                return DirectoryCommands.Success;
            }

            await shell.Output.WriteLineAsync(report.Migrations.Count == 0
                ? $"{database.DisplayName} is up to date."
                : $"{(pending ? "Pending migrations" : "Migrations run")} on {database.DisplayName}: {string.Join(", ", report.Migrations)}");
            if (report.Terms + report.Entries > 0)
            {
                await shell.Output.WriteLineAsync($"Added: {report.Terms} vocabulary terms, {report.Entries} starter entries");
            }

            return DirectoryCommands.Success;
        });
        return command;
    }
}
