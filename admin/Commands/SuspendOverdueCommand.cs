using System.CommandLine;
using HealthEquity.Store.Verification;

namespace HealthEquity.Admin.Commands;

/// <summary><c>suspend-overdue</c>: suspends entries whose check is overdue beyond the grace period.</summary>
internal static class SuspendOverdueCommand
{
    public static Command Create()
    {
        var json = JsonOutput.Option();
        var command = new Command("suspend-overdue", "Suspend entries whose check is overdue beyond the grace period. Example: suspend-overdue --json") { json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var directory = await DirectoryAccess.OpenAsync(cancellation);
            var suspended = await directory.Get<VerificationStore>().SuspendOverdueAsync(directory.Database, cancellation);
            JsonOutput.Write(parsed.GetValue(json), new { suspended }, $"{suspended} overdue entries suspended.");
            return DirectoryCommands.Success;
        });
        return command;
    }
}
