using System.CommandLine;
using System.Globalization;
using HealthEquity.Directory.Entries;
using HealthEquity.Imports.Applying;
using HealthEquity.Imports.Records;
using HealthEquity.Store.Auditing;

namespace HealthEquity.Admin.Commands;

/// <summary>
/// <c>import show</c>, <c>conflicts</c>, <c>settle</c> and <c>discard</c>: what an import means entry by entry, before it is applied and
/// afterwards, and what it left for a person to decide.
/// </summary>
internal static class ImportPlanCommands
{
    private static readonly Actor Operator = Actor.System("commandLine");

    public static IEnumerable<Command> Create() => [Show(), Conflicts(), Settle(), Discard()];

    private static Command Show()
    {
        var id = new Argument<Guid>("id") { Description = "The import, as 'import list' shows it." };
        var outcome = new Option<string?>("--outcome") { Description = $"Only these entries: {string.Join(", ", Enum.GetValues<ImportOutcome>().Select(o => o.Code()))}. Of 'refused', the rows of the file too." };
        outcome.AcceptOnlyFromAmong([.. Enum.GetValues<ImportOutcome>().Select(o => o.Code())]);
        var (offset, limit, json) = (Offset(), Limit(), JsonOutput.Option());
        var command = new Command("show", "What an import means, entry by entry. As in: import show ID --outcome conflicting") { id, outcome, offset, limit, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var directory = await DirectoryAccess.OpenAsync(cancellation);
            await using var session = await directory.Database.OpenAsync(cancellation);
            var import = await ImportStore.ReadAsync(session, parsed.GetValue(id), cancellation);
            var (from, most) = (parsed.GetValue(offset), parsed.GetValue(limit));
            ImportOutcome? asked = parsed.GetValue(outcome) is { } code ? Enum.GetValues<ImportOutcome>().Single(o => o.Code() == code) : null;
            var items = asked is { } one ? await ImportItems.ListAsync(session, import.ImportId, one, state: null, from, most, cancellation) : [];
            var rows = asked == ImportOutcome.Refused ? await ImportRefusals.ListAsync(session, import.ImportId, from, most, cancellation) : [];
            JsonOutput.Write(parsed.GetValue(json), ForScript(import, items, rows), Describe(import, asked, items, rows));
            return DirectoryCommands.Done;
        });
        return command;
    }

    private static Command Conflicts()
    {
        var import = new Option<Guid?>("--import") { Description = "Only those of one import." };
        var (offset, limit, json) = (Offset(), Limit(), JsonOutput.Option());
        var command = new Command("conflicts", "Fields that a source and a curator have both changed, the oldest first. As in: import conflicts --import ID") { import, offset, limit, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var directory = await DirectoryAccess.OpenAsync(cancellation);
            await using var session = await directory.Database.OpenAsync(cancellation);
            var conflicts = await ImportConflicts.ListAsync(session, parsed.GetValue(import), parsed.GetValue(offset), parsed.GetValue(limit), cancellation);
            var lines = conflicts.SelectMany(c => new[] { $"{c.ConflictId}  {c.Name}  {c.Path}", $"    ours:    {c.Ours ?? "nothing"}", $"    theirs:  {c.Theirs ?? "nothing"} ({c.Source})" });
            JsonOutput.Write(
                parsed.GetValue(json),
                conflicts.Select(c => new { c.ConflictId, c.ImportId, c.EntryId, c.Name, Kind = c.Kind.Code(), c.Source, c.Path, c.Base, c.Ours, c.Theirs, c.RaisedAt }),
                conflicts.Count == 0 ? "Nothing waits to be settled." : string.Join(Environment.NewLine, lines.Append("Settle each with: import settle ID --ours, or --theirs")));
            return DirectoryCommands.Done;
        });
        return command;
    }

    private static Command Settle()
    {
        var id = new Argument<Guid>("id") { Description = "The conflict, as 'import conflicts' shows it." };
        var ours = new Option<bool>("--ours") { Description = "What stands here stays." };
        var theirs = new Option<bool>("--theirs") { Description = "What the source says becomes a draft, for review." };
        var json = JsonOutput.Option();
        var command = new Command("settle", "Decide a field that a source and a curator have both changed. As in: import settle ID --theirs") { id, ours, theirs, json };
        command.Validators.Add(result =>
        {
            if (result.GetValue(ours) == result.GetValue(theirs))
            {
                result.AddError("Say --ours or --theirs.");
            }
        });
        command.SetAction(async (parsed, cancellation) =>
        {
            var directory = await DirectoryAccess.OpenAsync(cancellation);
            var (conflict, take) = (parsed.GetValue(id), parsed.GetValue(theirs));
            var conflicts = directory.Get<ImportConflicts>();
            await directory.Database.TransactAsync(s => conflicts.SettleAsync(s, conflict, take, Operator, cancellation), cancellation);
            var state = take ? "theirs" : "ours";
            JsonOutput.Write(
                parsed.GetValue(json), new { ConflictId = conflict, State = state }, take ? "Settled: what the source says is a draft now, for review." : "Settled: what stands here stays.");
            return DirectoryCommands.Done;
        });
        return command;
    }

    private static Command Discard()
    {
        var id = new Argument<Guid>("id") { Description = "The import, as 'import list' shows it." };
        var json = JsonOutput.Option();
        var command = new Command("discard", "Give up a plan of which nothing is written. As in: import discard ID") { id, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var directory = await DirectoryAccess.OpenAsync(cancellation);
            await directory.Database.TransactAsync(
                async session =>
                {
                    var import = await ImportStore.ReadAsync(session, parsed.GetValue(id), cancellation);
                    await ImportStore.DiscardAsync(session, import.ImportId, cancellation);
                    await directory.Get<AuditLog>().AppendAsync(session, Operator, "discardImport", $"import:{import.ImportId}", null, cancellation);
                },
                cancellation);
            JsonOutput.Write(parsed.GetValue(json), new { ImportId = parsed.GetValue(id), State = ImportState.Discarded.Code() }, "The import is discarded. Nothing of it was written.");
            return DirectoryCommands.Done;
        });
        return command;
    }

    private static Option<int> Offset() => AtLeast(new Option<int>("--offset") { Description = "How many to leave out at the beginning." }, 0);

    private static Option<int> Limit() => AtLeast(new Option<int>("--limit") { Description = "How many at most.", DefaultValueFactory = _ => 50 }, 1);

    private static Option<int> AtLeast(Option<int> option, int least)
    {
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < least)
            {
                result.AddError($"{option.Name} is a number from {least}.");
            }
        });
        return option;
    }

    private static object ForScript(Import import, IReadOnlyList<ImportItem> items, IReadOnlyList<ImportRefusal> rows) => new
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
            ? Counts(import).Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.Count,9:N0}  {c.Outcome.Code()}")).Append($"To read them: import show {import.ImportId} --outcome {ImportOutcome.Changed.Code()}")
            : items.SelectMany(Lines).Concat(rows.Select(r => $"  {r.FileName} {r.Place}  {r.Field}: {r.Value}{Environment.NewLine}    {r.Reason} {r.Remedy}")).DefaultIfEmpty("None.");
        return string.Join(Environment.NewLine, lines.Prepend(import.Fault is null ? head : $"{head}{Environment.NewLine}{import.Fault}"));
    }

    private static IEnumerable<string> Lines(ImportItem item) =>
    [
        $"  {item.Name}{(item.EntryId is { } entry ? $"  {entry}" : "")}",
        .. item.ChangeList().Select(c => $"    {c.Path}: {c.Before ?? "nothing"} -> {c.After ?? "nothing"}{(c.Contested ? "  (waits to be settled)" : "")}"),
        .. item.Note is { } note ? [$"    {note}"] : Array.Empty<string>(),
    ];

    private static IEnumerable<(ImportOutcome Outcome, int Count)> Counts(Import import) =>
    [
        (ImportOutcome.New, import.RowsNew), (ImportOutcome.Changed, import.RowsChanged), (ImportOutcome.Same, import.RowsSame),
        (ImportOutcome.Conflicting, import.RowsConflicting), (ImportOutcome.Refused, import.RowsRefused),
        (ImportOutcome.NotListed, import.RowsNotListed), (ImportOutcome.Vanished, import.RowsVanished),
    ];
}
