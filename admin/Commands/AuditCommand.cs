using System.CommandLine;
using HealthEquity.Store.Auditing;

namespace HealthEquity.Admin.Commands;

/// <summary><c>audit verify</c>: walks the audit log and says where a row is missing or was altered.</summary>
internal static class AuditCommand
{
    public static Command Create()
    {
        var json = JsonOutput.Option();
        var verify = new Command("verify", "Check every row against the hash of the one before. Exit codes: 0 whole; 1 broken; others not checked. As in: audit verify --json") { json };
        verify.SetAction((parsed, cancellation) => VerifyAsync(parsed.GetValue(json), cancellation));
        return new Command("audit", "The log of who did what.") { verify };
    }

    private static async Task<int> VerifyAsync(bool json, CancellationToken cancellation)
    {
        var database = DirectoryAccess.Configured();
        await using var session = await database.OpenAsync(cancellation);
        var broken = await AuditLog.FindBreakAsync(session, cancellation);
        if (json)
        {
            JsonOutput.Write(new { whole = broken is null, brokenAt = broken });
        }
        else
        {
            Console.WriteLine(broken is null
                ? $"The audit log of {database.DisplayName} is whole."
                : $"The audit log of {database.DisplayName} is broken: row {broken} is missing or was altered.");
        }

        return broken is null ? DirectoryCommands.Done : DirectoryCommands.SomeRefused;
    }
}
