using System.CommandLine;
using System.Globalization;
using HealthEquity.Directory.Entries;
using HealthEquity.Imports.Applying;
using HealthEquity.Imports.Records;
using HealthEquity.Store.Auditing;

namespace HealthEquity.Admin.Commands;

/// <summary>
/// <c>import show</c>, <c>conflicts</c>, <c>settle</c>, and <c>discard</c>: shows the changes of an import entry by entry, and settles
/// its conflicts.
/// </summary>
internal static class ImportPlanCommands
{
    private static readonly Actor Operator = Actor.System("commandLine");

    public static IEnumerable<Command> Create() => [Show(), Conflicts(), Settle(), Discard()];

    private static Command Show()
    {
        var id = new Argument<Guid>("id") { Description = "The import's id from 'import list'." };
        var outcome = new Option<string?>("--outcome") { Description = $"Only these entries: {string.Join(", ", Enum.GetValues<ImportOutcome>().Select(o => o.Code()))}. For 'refused', also the refused rows of the file." };
        outcome.AcceptOnlyFromAmong([.. Enum.GetValues<ImportOutcome>().Select(o => o.Code())]);
        var (offset, limit, json) = (Offset(), Limit(), JsonOutput.Option());
        var command = new Command("show", "Show the changes of an import, entry by entry. Example: import show ID --outcome conflicting") { id, outcome, offset, limit, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var shell = OperatorShell.Of(parsed);
            var directory = await DirectoryAccess.OpenAsync(shell.Settings, cancellation);
            await using var session = await directory.Database.OpenAsync(cancellation);
            var import = await ImportStore.ReadAsync(session, parsed.GetValue(id), cancellation);
            var (from, count) = (parsed.GetValue(offset), parsed.GetValue(limit));
            ImportOutcome? asked = parsed.GetValue(outcome) is { } code ? Enum.GetValues<ImportOutcome>().Single(o => o.Code() == code) : null;
            var items = asked is { } one ? await ImportItems.ListAsync(session, import.ImportId, one, state: null, from, count, cancellation) : [];
            var rows = asked == ImportOutcome.Refused ? await ImportRefusals.ListAsync(session, import.ImportId, from, count, cancellation) : [];
            var losses = await ImportLosses.ListAsync(session, import.ImportId, cancellation);
            shell.Write(
                parsed.GetValue(json), ImportLossText.WithLosses(ToJson(import, items, rows), losses), Describe(import, asked, items, rows) + (asked is null or ImportOutcome.Refused ? ImportLossText.Of(losses) : ""));
            return DirectoryCommands.Success;
        });
        return command;
    }

    private static Command Conflicts()
    {
        var import = new Option<Guid?>("--import") { Description = "Only conflicts of this import." };
        var (offset, limit, json) = (Offset(), Limit(), JsonOutput.Option());
        var command = new Command("conflicts", "List the fields that a source and a curator both changed, oldest first. Example: import conflicts --import ID") { import, offset, limit, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var shell = OperatorShell.Of(parsed);
            var directory = await DirectoryAccess.OpenAsync(shell.Settings, cancellation);
            await using var session = await directory.Database.OpenAsync(cancellation);
            var conflicts = await ImportConflicts.ListAsync(session, parsed.GetValue(import), parsed.GetValue(offset), parsed.GetValue(limit), cancellation);
            var lines = conflicts.SelectMany(c => new[] { $"{c.ConflictId}  {c.Name}  {c.Path}", $"    ours:    {c.Ours ?? "(empty)"}", $"    theirs:  {c.Theirs ?? "(empty)"} ({c.Source})" });
            shell.Write(
                parsed.GetValue(json),
                conflicts.Select(c => new { c.ConflictId, c.ImportId, c.EntryId, c.Name, Kind = c.Kind.Code(), c.Source, c.Path, c.Base, c.Ours, c.Theirs, c.RaisedAt }),
                conflicts.Count == 0 ? "No conflicts to settle." : string.Join(Environment.NewLine, lines.Append("To settle a conflict, run: import settle ID --ours (or --theirs)")));
            return DirectoryCommands.Success;
        });
        return command;
    }

    private static Command Settle()
    {
        var id = new Argument<Guid>("id") { Description = "The conflict's id from 'import conflicts'." };
        var ours = new Option<bool>("--ours") { Description = "Keep the current value." };
        var theirs = new Option<bool>("--theirs") { Description = "Save the source's value as a draft for review." };
        var json = JsonOutput.Option();
        var command = new Command("settle", "Settle a conflict between a source and a curator. Example: import settle ID --theirs") { id, ours, theirs, json };
        command.Validators.Add(result =>
        {
            if (result.GetValue(ours) == result.GetValue(theirs))
            {
                result.AddError("Choose either --ours or --theirs.");
            }
        });
        command.SetAction(async (parsed, cancellation) =>
        {
            var shell = OperatorShell.Of(parsed);
            var directory = await DirectoryAccess.OpenAsync(shell.Settings, cancellation);
            var (conflict, take) = (parsed.GetValue(id), parsed.GetValue(theirs));
            var conflicts = directory.Get<ImportConflicts>();
            await directory.Database.TransactAsync(s => conflicts.SettleAsync(s, conflict, take, Operator, cancellation), cancellation);
            var state = take ? "theirs" : "ours";
            shell.Write(
                parsed.GetValue(json), new { ConflictId = conflict, State = state }, take ? "Settled. The source's value is now a draft for review." : "Settled. The current value stays.");
            return DirectoryCommands.Success;
        });
        return command;
    }

    private static Command Discard()
    {
        var id = new Argument<Guid>("id") { Description = "The import's id from 'import list'." };
        var json = JsonOutput.Option();
        var command = new Command("discard", "Discard a plan that has not been applied. Example: import discard ID") { id, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var shell = OperatorShell.Of(parsed);
            var directory = await DirectoryAccess.OpenAsync(shell.Settings, cancellation);
            await directory.Database.TransactAsync(
                async session =>
                {
                    var import = await ImportStore.ReadAsync(session, parsed.GetValue(id), cancellation);
                    await ImportStore.DiscardAsync(session, import.ImportId, cancellation);
                    await directory.Get<AuditLog>().AppendAsync(session, Operator, "discardImport", $"import:{import.ImportId}", null, cancellation);
                },
                cancellation);
            shell.Write(parsed.GetValue(json), new { ImportId = parsed.GetValue(id), State = ImportState.Discarded.Code() }, "The import was discarded. No entries were changed.");
            return DirectoryCommands.Success;
        });
        return command;
    }

    private static Option<int> Offset() => WithMinimum(new Option<int>("--offset") { Description = "The number of items to skip." }, 0);

    private static Option<int> Limit() => WithMinimum(new Option<int>("--limit") { Description = "The maximum number of items.", DefaultValueFactory = _ => 50 }, 1);

    private static Option<int> WithMinimum(Option<int> option, int minimum)
    {
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < minimum)
            {
                result.AddError($"{option.Name} must be at least {minimum}.");
            }
        });
        return option;
    }

    private static object ToJson(Import import, IReadOnlyList<ImportItem> items, IReadOnlyList<ImportRefusal> rows) => new
    {
        import.ImportId,
        State = import.State.Code(),
        import.Source,
        import.FileName,
        import.StartedAt,
        import.Fault,
        Counts = Counts(import).ToDictionary(c => c.Outcome.Code(), c => c.Count),
        Items = items.Select(i => new { i.Number, Outcome = i.Outcome.Code(), State = i.State.Code(), i.EntryId, i.Name, Changes = i.ChangeList(), i.Note }),
        Rows = rows.Select(r => new { File = r.FileName, r.Place, r.Field, r.Value, r.Reason, r.Remedy, r.Loaded }),
    };

    private static string Describe(Import import, ImportOutcome? asked, IReadOnlyList<ImportItem> items, IReadOnlyList<ImportRefusal> rows)
    {
        var head = string.Create(CultureInfo.InvariantCulture, $"{import.ImportId}  {import.StartedAt:yyyy-MM-dd HH:mm}  {import.State.Code()}  {import.Source}  {import.FileName}");
        IEnumerable<string> lines = asked is null
            ? Counts(import).Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.Count,9:N0}  {c.Outcome.Code()}")).Append($"To list the entries, run: import show {import.ImportId} --outcome {ImportOutcome.Changed.Code()}")
            : items.SelectMany(Lines).Concat(rows.Select(r => $"  {r.FileName} {r.Place}  {r.Field}: {r.Value}{Environment.NewLine}    {r.Reason} {r.Remedy}")).DefaultIfEmpty("None.");
        return string.Join(Environment.NewLine, lines.Prepend(import.Fault is null ? head : $"{head}{Environment.NewLine}{import.Fault}"));
    }

    private static IEnumerable<string> Lines(ImportItem item) =>
    [
        $"  {item.Name}{(item.EntryId is { } entry ? $"  {entry}" : "")}",
        .. item.ChangeList().Select(c => $"    {c.Path}: {c.Before ?? "(empty)"} -> {c.After ?? "(empty)"}{(c.Contested ? "  (conflict)" : "")}"),
        .. item.Note is { } note ? [$"    {note}"] : Array.Empty<string>(),
    ];

    private static IEnumerable<(ImportOutcome Outcome, int Count)> Counts(Import import) =>
    [
        (ImportOutcome.New, import.RowsNew), (ImportOutcome.Changed, import.RowsChanged), (ImportOutcome.Same, import.RowsSame),
        (ImportOutcome.Conflicting, import.RowsConflicting), (ImportOutcome.Refused, import.RowsRefused),
        (ImportOutcome.NotListed, import.RowsNotListed), (ImportOutcome.Vanished, import.RowsVanished),
    ];
}
