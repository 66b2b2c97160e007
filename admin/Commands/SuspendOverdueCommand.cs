using System.CommandLine;

namespace HealthEquity.Admin.Commands;

/// <summary><c>suspend-overdue</c>: takes down what has not been checked for longer than the department allows.</summary>
internal static class SuspendOverdueCommand
{
    public static Command Create()
    {
        var command = new Command("suspend-overdue", "Suspend entries that are overdue for a check for longer than the grace period.");
        command.SetAction(async (_, cancellation) =>
        {
            var directory = await DirectoryAccess.OpenAsync(cancellation);
            var suspended = await directory.Stores.Verifications.SuspendOverdueAsync(directory.Database, cancellation);
            Console.WriteLine($"{suspended} overdue entries suspended.");
            return DirectoryCommands.Done;
        });
        return command;
    }
}
