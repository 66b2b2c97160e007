using System.CommandLine;
using System.Globalization;
using HealthEquity.Directory.Entries;
using HealthEquity.Formats.Sources;
using HealthEquity.Imports.Columns;
using HealthEquity.Imports.Guesses;
using HealthEquity.Imports.Mappings;
using HealthEquity.Imports.Records;
using HealthEquity.Imports.Running;
using HealthEquity.Imports.Sources;

namespace HealthEquity.Admin.Commands;

/// <summary>
/// <c>import FILE --mapping NAME [--publish]</c>: loads a file into the directory. Importing the same file again changes nothing. With
/// <c>--dry-run</c> it only plans. <c>import apply</c>, <c>undo</c>, <c>list</c>, and the <see cref="ImportPlanCommands"/> work on
/// planned and applied imports.
/// </summary>
internal static class ImportCommand
{
    private static readonly string[] ServiceKinds = [EntryKind.Provider.Code(), EntryKind.Attorney.Code(), EntryKind.Organization.Code()];

    public static Command Create()
    {
        var file = new Argument<string>("file") { Description = "A file, a folder with the mapping's files or an HSDS package, or the address of an HSDS API." };
        var mapping = new Option<string?>("--mapping")
        {
            Description = $"The mapping: {string.Join(", ", MappingReader.Shipped)}, the name of a mapping saved in the console, or the path of a mapping file. HSDS data and exports of this directory need none.",
        };
        var source = new Option<string?>("--source") { Description = "HSDS: the source name that later imports use to find the same entries. The default comes from the file name or address." };
        var title = new Option<string?>("--title") { Description = "HSDS: the source title that people see." };
        var kind = new Option<string?>("--kind") { Description = $"HSDS: the kind of entry for each service: {string.Join(", ", ServiceKinds)}. By default, guessed from its taxonomy terms." };
        kind.AcceptOnlyFromAmong(ServiceKinds);
        var inside = new Option<bool>("--allow-private-address") { Description = "Allow an API on a private network or on this machine." };
        var guess = new Option<bool>("--guess") { Description = "Import nothing. Print a mapping file guessed from the columns, for you to correct and name." };
        var megabytes = new Option<int>("--maximum-megabytes") { Description = "The maximum file size.", DefaultValueFactory = _ => 512 };
        var publish = new Option<bool>("--publish") { Description = "Publish new and changed entries." };
        var refused = new Option<string?>("--refused") { Description = "The folder for refused rows. By default, they are written next to the file, as FILE.refused.csv." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Show what would change and save it as a plan. Change no entries." };
        var fewer = AllowFewer();
        var batch = new Option<int>("--batch") { Description = "The number of entries per transaction.", DefaultValueFactory = _ => 500 };
        batch.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 100_000)
            {
                result.AddError("--batch must be between 1 and 100,000.");
            }
        });
        var json = JsonOutput.Option();
        var command = new Command("import", "Load a file into the directory. Exit codes: 0 success; 1 some rows were refused; others not imported. Example: import facilities.csv --mapping samhsa-mental-health --dry-run")
        {
            file, mapping, source, title, kind, inside, guess, publish, dryRun, fewer, refused, batch, megabytes, json,
        };
        command.Subcommands.Add(Apply());
        command.Subcommands.Add(Undo());
        command.Subcommands.Add(List());
        foreach (var subcommand in ImportPlanCommands.Create())
        {
            command.Subcommands.Add(subcommand);
        }

        command.SetAction((parsed, cancellation) =>
        {
            var (shell, limits) = (OperatorShell.Of(parsed), Limits(parsed.GetValue(megabytes)));
            if (parsed.GetValue(guess))
            {
                return GuessAsync(shell, shell.FullPath(parsed.GetRequiredValue(file)), limits);
            }

            var request = new ImportRequest
            {
                Path = parsed.GetRequiredValue(file),
                SourceName = parsed.GetValue(source),
                SourceTitle = parsed.GetValue(title),
                Kind = EntryKinds.TryParse(parsed.GetValue(kind), out var asked) ? asked : null,
                AllowPrivateAddress = parsed.GetValue(inside),
                Limits = limits,
                Publish = parsed.GetValue(publish),
                RefusedFolder = parsed.GetValue(refused) is { } folder ? shell.Resolve(folder) : null,
                BatchSize = parsed.GetValue(batch),
                AllowFewer = parsed.GetValue(fewer),
            };
            request = request.IsAddress ? request : request with { Path = shell.FullPath(request.Path) };
            return RunAsync(shell, request, parsed.GetValue(mapping), parsed.GetValue(dryRun), parsed.GetValue(json), cancellation);
        });
        return command;
    }

    private static SourceLimits Limits(int megabytes) => new() { MaximumBytes = Math.Max(1L, megabytes) * 1024 * 1024 };

    /// <summary>Prints a mapping guessed from a file's columns.</summary>
    private static async Task<int> GuessAsync(OperatorShell shell, string path, SourceLimits limits)
    {
        var title = Path.GetFileNameWithoutExtension(path);
        var guess = MappingGuess.Of(kind: null, SourceRecognition.Recognize(path, limits).Sample);
        var (mapping, left) = guess.ToUsable(Slug.From(title) is { Length: > 0 and <= 60 } name ? name : "source", title);
        await shell.Output.WriteLineAsync(mapping.ToDocument());
        foreach (var column in guess.Columns)
        {
            if (left.FirstOrDefault(l => l.Column == column.Column) is { Reason: { } reason })
            {
                await shell.Error.WriteLineAsync($"{column.Column}: not imported ({column.Target}: {reason})");
                continue;
            }

            await shell.Error.WriteLineAsync($"{column.Column}: {column.Target ?? "not imported"}{(column.Reason == GuessReason.Contents ? " (guessed from its values)" : "")}");
        }

        return DirectoryCommands.Success;
    }

    private static Option<bool> AllowFewer() =>
        new("--allow-fewer") { Description = "Continue even if the source has fewer than 70% of last time's entries. Each missing entry is scheduled for a check." };

    private static Argument<Guid> Id() => new("id") { Description = "The import's id from 'import list'." };

    private static Command Apply()
    {
        var (id, publish, fewer) = (Id(), new Option<bool>("--publish") { Description = "Publish new and changed entries." }, AllowFewer());
        var json = JsonOutput.Option();
        var command = new Command("apply", "Apply a planned import, or continue one that stopped. Example: import apply ID --publish") { id, publish, fewer, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var shell = OperatorShell.Of(parsed);
            var (directory, importer) = await OpenAsync(shell, cancellation);
            var choice = new ImportChoice { Publish = parsed.GetValue(publish), AllowFewer = parsed.GetValue(fewer) };
            var summary = await importer.ApplyAsync(parsed.GetValue(id), choice, actor: null, new ProgressLine(shell), cancellation);
            shell.Write(parsed.GetValue(json), ToJson(summary), Describe(summary, directory.Database.DisplayName));
            return DirectoryCommands.Success;
        });
        return command;
    }

    private static Command Undo()
    {
        var (id, yes, json) = (Id(), BulkCommand.Yes(), JsonOutput.Option());
        var command = new Command("undo", "Undo an entire import. Entries that someone has edited since then are skipped and listed. Example: import undo ID --yes") { id, yes, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var shell = OperatorShell.Of(parsed);
            var (directory, importer) = await OpenAsync(shell, cancellation);
            await using (var counting = await directory.Database.OpenAsync(cancellation))
            {
                BulkCommand.ThrowUnlessConfirmed((await ImportItems.ListWithdrawnAsync(counting, parsed.GetValue(id), cancellation)).Count, parsed.GetValue(yes));
            }

            var summary = await importer.UndoAsync(parsed.GetValue(id), actor: null, new ProgressLine(shell), cancellation);
            await using var session = await directory.Database.OpenAsync(cancellation);
            var left = await ImportItems.ListLeftAsync(session, summary.ImportId, cancellation);
            shell.Write(
                parsed.GetValue(json),
                new { summary.ImportId, Left = left.Select(i => new { i.EntryId, i.Name, Reason = i.Note }) },
                string.Join(Environment.NewLine, left.Select(i => $"  {i.Name}: {i.Note}").Prepend($"Import {summary.ImportId} was undone. Skipped entries: {summary.Left}")));

            return DirectoryCommands.Success;
        });
        return command;
    }

    private static Command List()
    {
        var json = JsonOutput.Option();
        var command = new Command("list", "List the latest imports and their status. Example: import list --json") { json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var shell = OperatorShell.Of(parsed);
            var (directory, _) = await OpenAsync(shell, cancellation);
            await directory.Database.TransactAsync(s => ImportStore.FailAbandonedAsync(s, TimeProvider.System.GetUtcNow(), cancellation), cancellation);
            await using var session = await directory.Database.OpenAsync(cancellation);
            var imports = await ImportStore.ListAsync(session, 0, limit: 20, cancellation);
            shell.Write(
                parsed.GetValue(json),
                imports.Select(i => new { i.ImportId, i.StartedAt, State = i.State.Code(), i.Source, i.FileName, i.Arrived, i.Done, i.Total, i.Fault }),
                string.Join(Environment.NewLine, imports.Select(i => string.Create(
                    CultureInfo.InvariantCulture,
                    $"{i.ImportId}  {i.StartedAt:yyyy-MM-dd HH:mm}  {i.State.Code(),-9}  {i.Arrived,8:N0} entries  {i.Source}  {i.FileName}{(i.Progress is { } progress ? $"  {progress}" : "")}"))));
            return DirectoryCommands.Success;
        });
        return command;
    }

    private static async Task<(DirectoryAccess Directory, Importer Importer)> OpenAsync(OperatorShell shell, CancellationToken cancellation)
    {
        var directory = await DirectoryAccess.OpenAsync(shell.Settings, cancellation);
        return (directory, directory.Get<Importer>());
    }

    private static async Task<int> RunAsync(OperatorShell shell, ImportRequest request, string? mapping, bool dryRun, bool json, CancellationToken cancellation)
    {
        var (directory, importer) = await OpenAsync(shell, cancellation);
        if (mapping is not null)
        {
            await using var session = await directory.Database.OpenAsync(cancellation);
            var path = shell.Resolve(mapping);
            request = request with { Mapping = await SavedMappings.ResolveAsync(session, File.Exists(path) ? path : mapping, cancellation) };
        }
        else if (dryRun && (await SourceRecognition.RecognizeAsync(request, saved: null, TimeProvider.System, cancellation)) is { Hsds: { } hsds } found)
        {
            // With --json, standard output must contain nothing but one JSON document.
            await (json ? shell.Error : shell.Output).WriteLineAsync($"This is {found.Description}. {hsds.Describe()} Source name: '{hsds.SourceName}'.");
        }

        var summary = dryRun
            ? await importer.PlanAsync(request, new ProgressLine(shell), cancellation)
            : await importer.ImportAsync(request, new ProgressLine(shell), cancellation);
        var next = dryRun ? $"{Environment.NewLine}No entries have been changed. To apply the import, run: import apply {summary.ImportId}" : "";
        await using var reading = await directory.Database.OpenAsync(cancellation);
        var losses = await ImportLosses.ListAsync(reading, summary.ImportId, cancellation);
        shell.Write(json, ImportLossText.WithLosses(ToJson(summary), losses), Describe(summary, directory.Database.DisplayName) + ImportLossText.Of(losses) + next);

        return summary.Refused > 0 ? DirectoryCommands.FoundProblems : DirectoryCommands.Success;
    }

    private static object ToJson(ImportSummary summary) => new
    {
        summary.ImportId,
        summary.Rows,
        summary.New,
        summary.Changed,
        summary.Same,
        summary.Published,
        summary.Merged,
        summary.Conflicting,
        summary.NotListed,
        summary.Duplicates,
        summary.Vanished,
        summary.Flawed,
        summary.Refused,
        summary.RefusedFiles,
        Seconds = Math.Round(summary.Elapsed.TotalSeconds, 3),
    };

    private static string Describe(ImportSummary summary, string database)
    {
        var rate = summary.Rows / Math.Max(summary.Elapsed.TotalSeconds, 0.001);
        string[] lines =
        [
            Line(summary.Rows, $"rows in {summary.Elapsed.TotalSeconds:F1} s ({rate:N0} per second) into {database}"),
            Line(summary.New, "new"),
            Line(summary.Changed, "changed"),
            Line(summary.Same, "unchanged"),
            Line(summary.Published, "published"),
            Line(summary.Merged, "rows combined with an earlier row for the same entry"),
            Line(summary.Conflicting, "conflicting: a curator changed the same field, so the conflict must be settled"),
            Line(summary.NotListed, "not changed: marked 'do not list'"),
            Line(summary.Duplicates, "possible duplicates: compare them in the console"),
            Line(summary.Vanished, "missing from the source: each is scheduled for a check"),
            Line(summary.Flawed, "rows loaded without an unreadable value"),
            Line(summary.Refused, "rows refused" + (summary.RefusedFiles.Count > 0 ? $": correct and import {string.Join(", ", summary.RefusedFiles)}" : "")),
        ];
        return string.Join(Environment.NewLine, lines);
    }

    private static string Line(int count, FormattableString text) => Line(count, text.ToString(CultureInfo.InvariantCulture));

    private static string Line(int count, string text) => string.Create(CultureInfo.InvariantCulture, $"{count,9:N0}  {text}");

    /// <summary>Shows progress: overwrites one line on a terminal, writes new lines elsewhere.</summary>
    private sealed class ProgressLine(OperatorShell shell) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value)
        {
            var text = value.ToString();
            if (shell.IsTerminal)
            {
                shell.Error.Write($"\r{text,-60}{(value.Rows == value.TotalRows ? Environment.NewLine : "")}");
            }
            else
            {
                shell.Error.WriteLine(text);
            }
        }
    }
}
