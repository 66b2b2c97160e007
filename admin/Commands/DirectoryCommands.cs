using System.CommandLine;
using HealthEquity.Directory.Entries;

namespace HealthEquity.Admin.Commands;

/// <summary>The operators' command line and its exit codes.</summary>
internal static class DirectoryCommands
{
    /// <summary>The command succeeded.</summary>
    public const int Success = 0;

    /// <summary>The command finished, but some rows were refused or a check found a problem.</summary>
    public const int FoundProblems = 1;

    /// <summary>Invalid usage. Retrying the same command does not help.</summary>
    public const int InvalidUsage = 2;

    /// <summary>Refused: a rule forbids it, a file or address is not usable, or an item does not exist. The message says how to fix it.</summary>
    public const int Refused = 3;

    /// <summary>Failed: a database or disk error, or the user stopped the command. Retrying may help.</summary>
    public const int Failed = 4;

    private const string ExitCodes =
        """
        Exit codes: 0 success; 1 finished, but some rows were refused or a problem was found; 2 invalid usage;
        3 refused (by a rule, an unusable file or address, or a missing item); 4 failed (database or disk error) or stopped.
        """;

    /// <summary>Creates the root command with all subcommands.</summary>
    public static RootCommand All() => new($"HealthEquity: the console and commands for operators.{Environment.NewLine}{ExitCodes}")
    {
        ServeCommand.Create(),
        AuditCommand.Create(),
        BackupCommand.Create(),
        BulkCommand.Create(),
        RestoreCommand.Create(),
        ClientCommand.Create(),
        CuratorCommand.Create(),
        ExportCommand.Create(),
        ImportCommand.Create(),
        MigrateCommand.Create(),
        SamplesCommand.Create(),
        StarterCommand.Create(),
        SuspendOverdueCommand.Create(),
        TextsCommand.Create(),
    };

    /// <summary>Runs the command that the arguments name.</summary>
    public static Task<int> RunAsync(string[] args, OperatorShell shell, CancellationToken cancellation = default)
    {
        var parsed = All().Parse(args);
        return RunAsync(
            async () =>
            {
                var code = await parsed.InvokeAsync(shell, cancellation);
                return parsed.Errors.Count > 0 ? InvalidUsage : code;
            },
            shell);
    }

    /// <summary>Runs the work. A problem of the environment becomes one line and an exit code.</summary>
    public static async Task<int> RunAsync(Func<Task<int>> work, OperatorShell shell)
    {
        try
        {
            return await work();
        }
        catch (OperationCanceledException)
        {
            await shell.Error.WriteLineAsync("Stopped. Everything written so far is complete. Run the command again to continue.");
            return Failed;
        }
        catch (RefusedException fault)
        {
            await shell.Error.WriteLineAsync(fault.Message);
            return Refused;
        }
        catch (Exception fault) when (DirectoryAccess.Explain(fault) is { } message)
        {
            await shell.Error.WriteLineAsync(message);
            return Failed;
        }
    }
}
