using System.CommandLine;
using HealthEquity.Directory.Entries;

namespace HealthEquity.Admin.Commands;

/// <summary>The operators' command line, and what a script reads of its exit code.</summary>
internal static class DirectoryCommands
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>Done, with rows refused; or looked, and found something broken.</summary>
    public const int SomeRefused = 1;

    /// <summary>Not done: the command can't be read as it is typed. To try again is of no use.</summary>
    public const int WrongUsage = 2;

    /// <summary>Not done: a rule refuses it, a file or an address can't be used as it is, or there is no such thing. The message says what to mend.</summary>
    public const int Refused = 3;

    /// <summary>Not done, or not to the end: the database or the disk failed, or somebody stopped it. It may go well the next time.</summary>
    public const int Failed = 4;

    private const string ExitCodes =
        """
        Exit codes: 0 done; 1 done, with something refused or found broken; 2 not done, because the command is not typed right;
        3 refused, by a rule, for what a file or an address holds, or because there is no such thing; 4 failed (the database, the disk), or stopped.
        """;

    /// <summary>Every command, each with what it does and how it is typed.</summary>
    public static RootCommand All() => new($"HealthEquity: the console, and commands for operators.{Environment.NewLine}{ExitCodes}")
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

    public static async Task<int> RunAsync(string[] args)
    {
        var parsed = All().Parse(args);
        try
        {
            var code = await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
            return parsed.Errors.Count > 0 ? WrongUsage : code;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("Stopped. What was written before is whole; run it again to go on.");
            return Failed;
        }
        catch (RefusedException fault)
        {
            await Console.Error.WriteLineAsync(fault.Message);
            return Refused;
        }
        catch (Exception fault) when (DirectoryAccess.Explain(fault) is { } message)
        {
            await Console.Error.WriteLineAsync(message);
            return Failed;
        }
    }
}
