using System.CommandLine;
using HealthEquity.Admin.Hosting;

namespace HealthEquity.Admin.Commands;

/// <summary><c>serve</c>: the console itself. It stands here for the help; the program starts it before commands are read.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var command = new Command("serve", "Serve the console on http://localhost:5081, or where --urls says; any other setting may be given as --Name=value too. This is what happens without a command. As in: serve --urls=http://localhost:8080")
        {
            TreatUnmatchedTokensAsErrors = false,
        };
        command.SetAction((parsed, _) => ConsoleApp.RunAsync([.. parsed.UnmatchedTokens]));
        return command;
    }
}
