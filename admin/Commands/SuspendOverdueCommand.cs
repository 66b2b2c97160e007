using System.CommandLine;
using HealthEquity.Store.Verification;

namespace HealthEquity.Admin.Commands;

/// <summary><c>suspend-overdue</c>: suspends entries whose check is overdue beyond the grace period, a few a day.</summary>
internal static class SuspendOverdueCommand
{
    public static Command Create()
    {
        var json = JsonOutput.Option();
        var command = new Command("suspend-overdue", "Suspend entries whose check is overdue beyond the grace period: a few a day, each announced for a week. Example: suspend-overdue --json") { json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var shell = OperatorShell.Of(parsed);
            var directory = await DirectoryAccess.OpenAsync(shell.Settings, cancellation);
            var report = await directory.Get<OverdueSuspension>().RunAsync(directory.Database, cancellation);
            var undo = report.ChangeId is { } id ? $" To undo it, run: bulk undo {id}" : "";
            shell.Write(parsed.GetValue(json), report, report.Refusal ?? $"{report.Suspended} overdue entries suspended.{undo}");
            return report.Refusal is null ? DirectoryCommands.Success : DirectoryCommands.FoundProblems;
        });
        return command;
    }
}
