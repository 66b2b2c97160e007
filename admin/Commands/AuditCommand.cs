using System.CommandLine;
using HealthEquity.Store.Auditing;

namespace HealthEquity.Admin.Commands;

/// <summary><c>audit verify</c>: checks the audit log for missing, altered or forged rows.</summary>
internal static class AuditCommand
{
    public static Command Create()
    {
        var json = JsonOutput.Option();
        var anchor = new Option<string?>("--anchor")
        {
            Description = "Alone: also print the end of the log as one word. File or mail it every day, outside the database. With such a word: also check that the log has not been rewritten up to there.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        anchor.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !AuditAnchor.TryParse(token.Value, out _))
            {
                result.AddError("An anchor has the form NUMBER:HASH, as 'audit verify --anchor' prints it.");
            }
        });
        var verify = new Command("verify", "Check the seal of every row, and its place in the chain. Exit codes: 0 intact; 1 broken; others not checked. Example: audit verify --anchor") { anchor, json };
        verify.SetAction((parsed, cancellation) => VerifyAsync(
            OperatorShell.Of(parsed),
            parsed.GetResult(anchor) is not null,
            parsed.GetValue(anchor) is { } text && AuditAnchor.TryParse(text, out var filed) ? filed : null,
            parsed.GetValue(json),
            cancellation));
        return new Command("audit", "The log of all changes.") { verify };
    }

    private static async Task<int> VerifyAsync(OperatorShell shell, bool withAnchor, AuditAnchor? filed, bool json, CancellationToken cancellation)
    {
        var database = DirectoryAccess.Configured(shell.Settings);
        await using var session = await database.OpenAsync(cancellation);
        var check = await AuditLog.CheckAsync(session, cancellation);
        var end = await AuditLog.AnchorAsync(session, cancellation);
        var rewritten = filed is not null && !await AuditLog.HasAsync(session, filed, cancellation);
        var unsealedUntil = filed?.Number >= check.UnsealedUntil && !rewritten ? 0 : check.UnsealedUntil;
        var intact = check.BrokenAt is null && !rewritten && unsealedUntil == 0;
        if (json)
        {
            shell.WriteJson(new { intact, check.BrokenAt, rewritten, unsealedUntil, hasKey = database.Keys.Warning is null, anchor = end.ToString() });
        }
        else
        {
            await shell.Output.WriteLineAsync(
                check.BrokenAt is not null ? $"The audit log of {database.DisplayName} is broken: row {check.BrokenAt} is missing, was altered, or was not sealed with the key that is set here."
                : rewritten ? $"The audit log of {database.DisplayName} was rewritten: row {filed!.Number} is not the one that the anchor names."
                : unsealedUntil > 0 ? $"The audit log of {database.DisplayName} has no seal up to row {unsealedUntil}. These rows are older than the key, or the log was rewritten. Verify with an anchor that was filed at row {unsealedUntil} or later."
                : $"The audit log of {database.DisplayName} is intact.");
            if (database.Keys.Warning is { } warning)
            {
                await shell.Output.WriteLineAsync(warning);
            }

            if (withAnchor)
            {
                await shell.Output.WriteLineAsync($"Anchor: {end}");
            }
        }

        return intact ? DirectoryCommands.Success : DirectoryCommands.FoundProblems;
    }
}
