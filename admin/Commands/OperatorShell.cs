using System.CommandLine;
using HealthEquity.Directory.Entries;

namespace HealthEquity.Admin.Commands;

/// <summary>
/// Where a command writes, the folder of its relative paths, and its settings: by default, those of the process. Commands take them only
/// from here, so that tests can run many commands at once.
/// </summary>
internal sealed class OperatorShell : InvocationConfiguration
{
    private IConfiguration? _settings;

    public OperatorShell() => EnableDefaultExceptionHandler = false;

    /// <summary>The folder of relative paths; empty for the current folder of the process.</summary>
    public string Folder { get; init; } = "";

    /// <summary>
    /// The settings; by default those of the console: environment variables and the appsettings.json in the program's folder. They are read
    /// when a command first needs them, so that help and usage errors don't depend on them. Paths in settings start from the current folder
    /// of the process.
    /// </summary>
    public IConfiguration Settings
    {
        get => _settings ??= WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory }).Configuration;
        init => _settings = value;
    }

    /// <summary>Whether errors and progress go to a terminal, where a line can be written over.</summary>
    public bool IsTerminal => ReferenceEquals(Error, Console.Error) && !Console.IsErrorRedirected;

    /// <summary>Returns the shell that the command was started with.</summary>
    public static OperatorShell Of(ParseResult parsed) => (OperatorShell)parsed.InvocationConfiguration;

    /// <summary>Returns the path to open for a path that the operator typed. In the current folder of the process, it stays as typed.</summary>
    /// <exception cref="RefusedException">The path is empty, as from a variable without a value.</exception>
    public string Resolve(string path) =>
        string.IsNullOrWhiteSpace(path) ? throw new RefusedException("The name of the file or folder is empty. Name one.") : Path.Combine(Folder, path);

    /// <summary>Returns the full path for a path that the operator typed.</summary>
    /// <exception cref="RefusedException">The path is empty, as from a variable without a value.</exception>
    public string FullPath(string path) => Path.GetFullPath(Resolve(path));
}
