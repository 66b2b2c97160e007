using System.Reflection;
using HealthEquity.Admin.Commands;
using HealthEquity.Admin.Hosting;
using HealthEquity.Hosting;

// A program that hosts this one keeps its own temporary files.
using var work = Assembly.GetEntryAssembly() == typeof(ConsoleApp).Assembly ? WorkFolder.Open(Path.GetTempPath()).UseForProcess() : null;

var shell = new OperatorShell();

// Without a command, run the console. Host options have the form --name=value, such as --urls=http://localhost:5081.
return args is [] || args is ["serve", ..] and not ["serve", "--help" or "-h" or "-?", ..] || args[0].StartsWith("--", StringComparison.Ordinal) && args[0].Contains('=', StringComparison.Ordinal)
    ? await DirectoryCommands.RunAsync(() => ConsoleApp.RunAsync(args is ["serve", .. var options] ? options : args), shell)
    : await DirectoryCommands.RunAsync(args, shell);
