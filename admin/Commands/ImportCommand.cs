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
/// <c>import FILE --mapping NAME [--publish]</c>: loads a file into the directory; again, it changes nothing. With <c>--dry-run</c> it
/// only says what would happen; <c>import apply</c>, <c>undo</c> and <c>list</c> work on what was planned and done, as do those of
/// <see cref="ImportPlanCommands"/>.
/// </summary>
internal static class ImportCommand
{
    private static readonly string[] ServiceKinds = [EntryKind.Provider.Code(), EntryKind.Attorney.Code(), EntryKind.Organization.Code()];

    public static Command Create()
    {
        var file = new Argument<string>("file") { Description = "The file; the folder that holds the mapping's files or an HSDS package; or the address of a live HSDS API." };
        var mapping = new Option<string?>("--mapping")
        {
            Description = $"How its columns become entries: {string.Join(", ", MappingReader.Shipped)}, one that was saved in the console, or the path of a mapping file. An export of this directory and HSDS need none.",
        };
        var source = new Option<string?>("--source") { Description = "HSDS: the name under which entries are found again when the source comes again; by default made from the file's name or the address." };
        var title = new Option<string?>("--title") { Description = "HSDS: what the source is called in front of people." };
        var kind = new Option<string?>("--kind") { Description = $"HSDS: what each service becomes, {string.Join(", ", ServiceKinds)}; by default guessed from its taxonomy terms." };
        kind.AcceptOnlyFromAmong(ServiceKinds);
        var inside = new Option<bool>("--allow-private-address") { Description = "A live API may lie in a private network or on this machine." };
        var guess = new Option<bool>("--guess") { Description = "Guess a mapping from the file's columns and print it as a mapping file, to be corrected and named; import nothing." };
        var megabytes = new Option<int>("--maximum-megabytes") { Description = "The largest file that is read.", DefaultValueFactory = _ => 512 };
        var publish = new Option<bool>("--publish") { Description = "Publish what is new or changed." };
        var refused = new Option<string?>("--refused") { Description = "The folder for refused rows; by default they lie beside the file, as FILE.refused.csv." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Say what would happen, and keep it as a plan; write nothing to entries." };
        var fewer = EvenIfFewer();
        var batch = new Option<int>("--batch") { Description = "Entries written in one transaction.", DefaultValueFactory = _ => 500 };
        batch.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 100_000)
            {
                result.AddError("--batch is a number from 1 to 100,000.");
            }
        });
        var json = JsonOutput.Option();
        var command = new Command("import", "Load a file into the directory. Exit codes: 0 done; 1 done, with rows refused; others not done. As in: import facilities.csv --mapping samhsa-mental-health --dry-run")
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

        command.SetAction((parsed, cancellation) => parsed.GetValue(guess) ? Task.FromResult(Guess(Path.GetFullPath(parsed.GetRequiredValue(file)), Limits(parsed.GetValue(megabytes)))) : RunAsync(
            InFullPath(new ImportRequest
            {
                Path = parsed.GetRequiredValue(file),
                SourceName = parsed.GetValue(source),
                SourceTitle = parsed.GetValue(title),
                Kind = EntryKinds.TryParse(parsed.GetValue(kind), out var asked) ? asked : null,
                AllowPrivateAddress = parsed.GetValue(inside),
                Limits = Limits(parsed.GetValue(megabytes)),
                Publish = parsed.GetValue(publish),
                RefusedFolder = parsed.GetValue(refused),
                BatchSize = parsed.GetValue(batch),
                EvenIfFewer = parsed.GetValue(fewer),
            }),
            parsed.GetValue(mapping),
            parsed.GetValue(dryRun),
            parsed.GetValue(json),
            cancellation));
        return command;
    }

    private static ImportRequest InFullPath(ImportRequest request) => request.IsAddress ? request : request with { Path = Path.GetFullPath(request.Path) };

    private static SourceLimits Limits(int megabytes) => new() { MaximumBytes = Math.Max(1L, megabytes) * 1024 * 1024 };

    /// <summary>Prints the mapping that a file's columns suggest.</summary>
    private static int Guess(string path, SourceLimits limits)
    {
        var title = Path.GetFileNameWithoutExtension(path);
        var guess = MappingGuess.Of(kind: null, SourceRecognition.Recognize(path, limits).Sample);
        Console.WriteLine(guess.ToMapping(Slug.From(title) is { Length: > 0 and <= 60 } name ? name : "source", title).ToDocument());
        foreach (var column in guess.Columns)
        {
            Console.Error.WriteLine($"{column.Column}: {column.Target ?? "left out"}{(column.Reason == GuessReason.Contents ? " (by what stands in it)" : "")}");
        }

        return DirectoryCommands.Done;
    }

    private static Option<bool> EvenIfFewer() =>
        new("--even-if-fewer") { Description = "Go on even if fewer than 70 % of last time's entries came; each missing one becomes a check." };

    private static Argument<Guid> Id() => new("id") { Description = "The import, as 'import list' shows it." };

    private static Command Apply()
    {
        var (id, publish, fewer) = (Id(), new Option<bool>("--publish") { Description = "Publish what is new or changed." }, EvenIfFewer());
        var json = JsonOutput.Option();
        var command = new Command("apply", "Apply an import that was planned, or go on with one that stopped half-way. As in: import apply ID --publish") { id, publish, fewer, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var (directory, importer) = await OpenAsync(cancellation);
            var choice = new ImportChoice { Publish = parsed.GetValue(publish), EvenIfFewer = parsed.GetValue(fewer) };
            var summary = await importer.ApplyAsync(parsed.GetValue(id), choice, actor: null, new ProgressLine(), cancellation);
            JsonOutput.Write(parsed.GetValue(json), ForScript(summary), Describe(summary, directory.Database.DisplayName));
            return DirectoryCommands.Done;
        });
        return command;
    }

    private static Command Undo()
    {
        var (id, json) = (Id(), JsonOutput.Option());
        var command = new Command("undo", "Undo an import as one. What somebody has worked on since is left, and listed. As in: import undo ID") { id, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var (directory, importer) = await OpenAsync(cancellation);
            var summary = await importer.UndoAsync(parsed.GetValue(id), actor: null, new ProgressLine(), cancellation);
            await using var session = await directory.Database.OpenAsync(cancellation);
            var left = await ImportItems.ListLeftAsync(session, summary.ImportId, cancellation);
            JsonOutput.Write(
                parsed.GetValue(json),
                new { summary.ImportId, Left = left.Select(i => new { i.EntryId, i.Name, Reason = i.Note }) },
                string.Join(Environment.NewLine, left.Select(i => $"  {i.Name}: {i.Note}").Prepend($"The import {summary.ImportId} is undone; {summary.Left} entries were left:")));

            return DirectoryCommands.Done;
        });
        return command;
    }

    private static Command List()
    {
        var json = JsonOutput.Option();
        var command = new Command("list", "The latest imports, and where each stands. As in: import list --json") { json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var (directory, _) = await OpenAsync(cancellation);
            await directory.Database.TransactAsync(s => ImportStore.FailAbandonedAsync(s, TimeProvider.System.GetUtcNow(), cancellation), cancellation);
            await using var session = await directory.Database.OpenAsync(cancellation);
            var imports = await ImportStore.ListAsync(session, 0, limit: 20, cancellation);
            JsonOutput.Write(
                parsed.GetValue(json),
                imports.Select(i => new { i.ImportId, i.StartedAt, State = i.State.Code(), i.Source, i.FileName, i.Arrived, i.Done, i.Total, i.Fault }),
                string.Join(Environment.NewLine, imports.Select(i => string.Create(
                    CultureInfo.InvariantCulture,
                    $"{i.ImportId}  {i.StartedAt:yyyy-MM-dd HH:mm}  {i.State.Code(),-9}  {i.Arrived,8:N0} entries  {i.Source}  {i.FileName}{(i.Progress is { } progress ? $"  {progress}" : "")}"))));
            return DirectoryCommands.Done;
        });
        return command;
    }

    private static async Task<(DirectoryAccess Directory, Importer Importer)> OpenAsync(CancellationToken cancellation)
    {
        var directory = await DirectoryAccess.OpenAsync(cancellation);
        return (directory, directory.Get<Importer>());
    }

    private static async Task<int> RunAsync(ImportRequest request, string? mapping, bool dryRun, bool json, CancellationToken cancellation)
    {
        var (directory, importer) = await OpenAsync(cancellation);
        if (mapping is not null)
        {
            await using var session = await directory.Database.OpenAsync(cancellation);
            request = request with { Mapping = await SavedMappings.ResolveAsync(session, mapping, cancellation) };
        }
        else if (dryRun && (await SourceRecognition.RecognizeAsync(request, saved: null, TimeProvider.System, cancellation)) is { Hsds: { } hsds } found)
        {
            // A script gets one JSON document and nothing else.
            await (json ? Console.Error : Console.Out).WriteLineAsync($"This is {found.Description}. {hsds.Describe()} Found again as '{hsds.SourceName}'.");
        }

        var summary = dryRun
            ? await importer.PlanAsync(request, new ProgressLine(), cancellation)
            : await importer.ImportAsync(request, new ProgressLine(), cancellation);
        var next = dryRun ? $"{Environment.NewLine}Nothing is written to entries so far. To do it: import apply {summary.ImportId}" : "";
        JsonOutput.Write(json, ForScript(summary), Describe(summary, directory.Database.DisplayName) + next);

        return summary.Refused > 0 ? DirectoryCommands.SomeRefused : DirectoryCommands.Done;
    }

    private static object ForScript(ImportSummary summary) => new
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
            Line(summary.Rows, $"rows in {summary.Elapsed.TotalSeconds:F1} s ({rate:N0} a second) into {database}"),
            Line(summary.New, "new"),
            Line(summary.Changed, "changed"),
            Line(summary.Same, "same as last time"),
            Line(summary.Published, "published"),
            Line(summary.Merged, "rows told of an entry that an earlier row had told of"),
            Line(summary.Conflicting, "conflicting: a curator changed the same field, which waits to be settled"),
            Line(summary.NotListed, "left alone: asked not to be listed"),
            Line(summary.Duplicates, "possible duplicates: the console shows them side by side"),
            Line(summary.Vanished, "gone from the source: each is to be checked"),
            Line(summary.Flawed, "rows loaded without a value that can't be read"),
            Line(summary.Refused, "rows refused" + (summary.RefusedFiles.Count > 0 ? $": correct and import {string.Join(", ", summary.RefusedFiles)}" : "")),
        ];
        return string.Join(Environment.NewLine, lines);
    }

    private static string Line(int count, FormattableString text) => Line(count, text.ToString(CultureInfo.InvariantCulture));

    private static string Line(int count, string text) => string.Create(CultureInfo.InvariantCulture, $"{count,9:N0}  {text}");

    /// <summary>One line that is written over on a terminal, and a line each time elsewhere.</summary>
    private sealed class ProgressLine : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value)
        {
            var text = value.ToString();
            if (Console.IsErrorRedirected)
            {
                Console.Error.WriteLine(text);
            }
            else
            {
                Console.Error.Write($"\r{text,-60}{(value.Rows == value.TotalRows ? Environment.NewLine : "")}");
            }
        }
    }
}
