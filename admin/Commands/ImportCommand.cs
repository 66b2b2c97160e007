using System.CommandLine;
using System.Globalization;
using HealthEquity.Db.Imports;

namespace HealthEquity.Admin.Commands;

/// <summary><c>import FILE --mapping NAME [--publish]</c>: loads a file into the directory; again, it changes nothing.</summary>
internal static class ImportCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("file") { Description = "The file, or the folder that holds the mapping's files." };
        var mapping = new Option<string>("--mapping")
        {
            Description = $"How its columns become entries: {string.Join(", ", MappingReader.Shipped)}, or the path of a mapping file.",
            Required = true,
        };
        var publish = new Option<bool>("--publish") { Description = "Publish what is new or changed." };
        var refused = new Option<string?>("--refused") { Description = "The folder for refused rows; by default they lie beside the file, as FILE.refused.csv." };
        var batch = new Option<int>("--batch") { Description = "Entries written in one transaction.", DefaultValueFactory = _ => 500 };
        batch.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 100_000)
            {
                result.AddError("--batch is a number from 1 to 100,000.");
            }
        });
        var command = new Command("import", "Load a file into the directory. Exit codes: 0 done; 1 done, with rows refused; 2 not done.")
        {
            file, mapping, publish, refused, batch,
        };
        command.SetAction((parsed, cancellation) => RunAsync(
            new ImportRequest
            {
                Path = Path.GetFullPath(parsed.GetRequiredValue(file)),
                Mapping = MappingReader.Find(parsed.GetRequiredValue(mapping)),
                Publish = parsed.GetValue(publish),
                RefusedFolder = parsed.GetValue(refused),
                BatchSize = parsed.GetValue(batch),
            },
            cancellation));
        return command;
    }

    private static async Task<int> RunAsync(ImportRequest request, CancellationToken cancellation)
    {
        var directory = await DirectoryAccess.OpenAsync(cancellation);
        var summary = await new Importer(directory.Database, directory.Stores, directory.Validation.Validate)
            .ImportAsync(request, new ProgressLine(), cancellation);
        Console.WriteLine(Describe(summary, directory.Database.DisplayName));
        return summary.Refused > 0 ? DirectoryCommands.SomeRefused : DirectoryCommands.Done;
    }

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
            Line(summary.Conflicting, "left alone: a curator has edited them since"),
            Line(summary.NotListed, "left alone: asked not to be listed"),
            Line(summary.Flawed, "rows loaded without a value that can't be read"),
            Line(summary.Refused, "rows refused" + (summary.Refused > 0 ? $": correct and import {string.Join(", ", summary.RefusedFiles)}" : "")),
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
            var text = string.Create(CultureInfo.InvariantCulture, $"{value.Rows:N0} of {value.TotalRows:N0} rows, {value.Rate:N0} a second");
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
