using System.CommandLine;
using System.Globalization;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.BulkChanges;

namespace HealthEquity.Admin.Commands;

/// <summary><c>bulk</c>: lists changes of many entries at once, and undoes one as a unit.</summary>
internal static class BulkCommand
{
    private const int Listed = 20;

    private static readonly Actor Operator = Actor.System("commandLine");

    public static Command Create() => new("bulk", "List or undo changes of many entries at once, such as an automatic suspension.") { List(), Undo() };

    /// <summary>The option that a large withdrawal needs.</summary>
    public static Option<bool> Yes() =>
        new("--yes") { Description = $"Confirm that this takes more than {BulkChangeStore.MaxWithdrawnAlone} public entries down." };

    /// <summary>Refuses a large withdrawal without <c>--yes</c>.</summary>
    public static void ThrowUnlessConfirmed(int withdrawn, bool yes)
    {
        if (withdrawn > BulkChangeStore.MaxWithdrawnAlone && !yes)
        {
            throw new RefusedException($"This takes {withdrawn:N0} public entries down. If that is right, run the command again with --yes.");
        }
    }

    private static Command List()
    {
        var json = JsonOutput.Option();
        var command = new Command("list", "List the latest bulk changes. Example: bulk list --json") { json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var shell = OperatorShell.Of(parsed);
            var directory = await DirectoryAccess.OpenAsync(shell.Settings, cancellation);
            await using var session = await directory.Database.OpenAsync(cancellation);
            var changes = await BulkChangeStore.ListAsync(session, 0, Listed, cancellation);
            shell.Write(
                parsed.GetValue(json),
                changes.Select(c => new { c.BulkChangeId, c.RequestedAt, State = c.State.ToString(), c.Action, c.Changed, c.Restored, c.Kept, c.Refused, c.Reason }),
                string.Join(Environment.NewLine, changes.Select(c => string.Create(
                    CultureInfo.InvariantCulture, $"{c.BulkChangeId}  {c.RequestedAt:yyyy-MM-dd HH:mm}  {c.State,-12}  {c.Action,-14}  {c.Changed + c.Restored + c.Kept,8:N0} entries  {c.Reason}"))));
            return DirectoryCommands.Success;
        });
        return command;
    }

    private static Command Undo()
    {
        var id = new Argument<Guid>("id") { Description = "The change's id from 'bulk list'." };
        var (yes, json) = (Yes(), JsonOutput.Option());
        var command = new Command("undo", "Undo a bulk change as a unit. Entries that someone has worked on since are kept and listed. Example: bulk undo ID") { id, yes, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var shell = OperatorShell.Of(parsed);
            var directory = await DirectoryAccess.OpenAsync(shell.Settings, cancellation);
            var changes = directory.Get<BulkChangeStore>();
            var begun = await directory.Database.TransactAsync(
                async session =>
                {
                    var change = await BulkChangeStore.ReadAsync(session, parsed.GetValue(id), cancellation);
                    ThrowUnlessConfirmed(await changes.CountTakenDownAsync(session, change, cancellation), parsed.GetValue(yes));
                    return change.State == BulkState.Undoing ? change : await changes.RequestUndoAsync(session, change.BulkChangeId, Operator, typed: null, cancellation);
                },
                cancellation);
            var done = await changes.FinishAsync(directory.Database, begun.BulkChangeId, cancellation);
            await using var reading = await directory.Database.OpenAsync(cancellation);
            var kept = await BulkChangeStore.ListItemsAsync(reading, done.BulkChangeId, BulkItemState.Kept, 0, int.MaxValue, cancellation);
            shell.Write(
                parsed.GetValue(json),
                new { done.BulkChangeId, done.Restored, Kept = kept.Select(k => new { k.EntryId, k.Name, k.Note }) },
                string.Join(Environment.NewLine, kept.Select(k => $"  {k.Name}: {k.Note}").Prepend($"{done.Restored:N0} entries are as they were before. Kept: {kept.Count:N0}")));
            return kept.Count == 0 ? DirectoryCommands.Success : DirectoryCommands.FoundProblems;
        });
        return command;
    }
}
