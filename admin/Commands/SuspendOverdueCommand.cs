using System.CommandLine;
using HealthEquity.Store.Verification;

namespace HealthEquity.Admin.Commands;

/// <summary><c>suspend-overdue</c>: takes down what has not been checked for longer than the department allows.</summary>
internal static class SuspendOverdueCommand
{
    public static Command Create()
    {
        var json = JsonOutput.Option();
        var command = new Command("suspend-overdue", "Suspend entries that are overdue for a check for longer than the grace period. As in: suspend-overdue --json") { json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var directory = await DirectoryAccess.OpenAsync(cancellation);
            var suspended = await directory.Get<VerificationStore>().SuspendOverdueAsync(directory.Database, cancellation);
            JsonOutput.Write(parsed.GetValue(json), new { suspended }, $"{suspended} overdue entries suspended.");
            return DirectoryCommands.Done;
        });
        return command;
    }
}
