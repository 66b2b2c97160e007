using System.CommandLine;
using HealthEquity.Db.Entries;

namespace HealthEquity.Admin.Commands;

/// <summary>The operators' command line. Exit codes: 0 done; 1 done, with rows refused; 2 not done (wrong usage, or a fault).</summary>
internal static class DirectoryCommands
{
    public const int Done = 0;
    public const int SomeRefused = 1;
    public const int NotDone = 2;

    public static async Task<int> RunAsync(string[] args)
    {
        var root = new RootCommand("HealthEquity: the console, and commands for operators. Exit codes: 0 done; 1 done, with something refused or found broken; 2 not done.")
        {
            ServeCommand.Create(),
            AuditCommand.Create(),
            BackupCommand.Create(),
            RestoreCommand.Create(),
            ClientCommand.Create(),
            CuratorCommand.Create(),
            ExportCommand.Create(),
            ImportCommand.Create(),
            MigrateCommand.Create(),
            SamplesCommand.Create(),
            SuspendOverdueCommand.Create(),
        };
        var parsed = root.Parse(args);
        try
        {
            var code = await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
            return parsed.Errors.Count > 0 ? NotDone : code;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("Stopped. What was written before is whole; run it again to go on.");
            return NotDone;
        }
        catch (RefusedException fault)
        {
            await Console.Error.WriteLineAsync(fault.Message);
            return NotDone;
        }
        catch (Exception fault) when (DirectoryAccess.Explain(fault) is { } message)
        {
            await Console.Error.WriteLineAsync(message);
            return NotDone;
        }
    }
}
