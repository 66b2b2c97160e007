using System.CommandLine;
using HealthEquity.Admin.Hosting;

namespace HealthEquity.Admin.Commands;

/// <summary><c>serve</c>: runs the console. Listed here for the help; Program.cs starts the console before parsing commands.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var command = new Command("serve", "Run the console on http://localhost:5081 or the address in --urls. Pass any other setting as --Name=value. This is the default command. Example: serve --urls=http://localhost:8080")
        {
            TreatUnmatchedTokensAsErrors = false,
        };
        command.SetAction((parsed, _) => ConsoleApp.RunAsync([.. parsed.UnmatchedTokens]));
        return command;
    }
}
