using System.CommandLine;
using HealthEquity.Store.Auditing;

namespace HealthEquity.Admin.Commands;

/// <summary><c>audit verify</c>: checks the audit log for missing or altered rows.</summary>
internal static class AuditCommand
{
    public static Command Create()
    {
        var json = JsonOutput.Option();
        var verify = new Command("verify", "Check every row against the hash of the previous row. Exit codes: 0 intact; 1 broken; others not checked. Example: audit verify --json") { json };
        verify.SetAction((parsed, cancellation) => VerifyAsync(parsed.GetValue(json), cancellation));
        return new Command("audit", "The log of all changes.") { verify };
    }

    private static async Task<int> VerifyAsync(bool json, CancellationToken cancellation)
    {
        var database = DirectoryAccess.Configured();
        await using var session = await database.OpenAsync(cancellation);
        var brokenAt = await AuditLog.FindBreakAsync(session, cancellation);
        if (json)
        {
            JsonOutput.Write(new { intact = brokenAt is null, brokenAt });
        }
        else
        {
            Console.WriteLine(brokenAt is null
                ? $"The audit log of {database.DisplayName} is intact."
                : $"The audit log of {database.DisplayName} is broken: row {brokenAt} is missing or was altered.");
        }

        return brokenAt is null ? DirectoryCommands.Success : DirectoryCommands.FoundProblems;
    }
}
