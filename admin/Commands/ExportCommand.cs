using System.CommandLine;
using System.Globalization;
using HealthEquity.Directory.Entries;
using HealthEquity.Formats.Exports;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Exports;
using HealthEquity.Store.Publishing;

namespace HealthEquity.Admin.Commands;

/// <summary><c>export FILE [--format csv] [--kind provider] [--public]</c>: writes the directory to a file that can be imported again.</summary>
internal static class ExportCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("file") { Description = "The file to write. Its extension sets the format." };
        var format = new Option<string?>("--format") { Description = $"The format, if the file extension does not set it: {Formats}." };
        format.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } code && !ExportFormats.TryParse(code, out _))
            {
                result.AddError($"Unknown format '{code}'. Use one of: {Formats}.");
            }
        });
        var kind = new Option<string?>("--kind") { Description = $"Only entries of this kind: {string.Join(", ", EntryKinds.All.Select(k => k.Code()))}." };
        kind.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } code && !EntryKinds.TryParse(code, out _))
            {
                result.AddError($"Unknown kind of entry '{code}'. Use one of: {string.Join(", ", EntryKinds.All.Select(k => k.Code()))}.");
            }
        });
        var onlyPublic = new Option<bool>("--public") { Description = "Export only public content. Without it, export the latest revision of every entry, including private fields." };
        var json = JsonOutput.Option();
        var command = new Command("export", "Write the directory to a file. Example: export directory.xlsx --public")
        {
            file, format, kind, onlyPublic, json,
        };
        command.SetAction((parsed, cancellation) => RunAsync(
            OperatorShell.Of(parsed),
            parsed.GetRequiredValue(file),
            parsed.GetValue(format),
            parsed.GetValue(kind) is { } code ? EntryKinds.Parse(code) : null,
            parsed.GetValue(onlyPublic) ? ExportView.Public : ExportView.Editorial,
            parsed.GetValue(json),
            cancellation));
        return command;
    }

    private static string Formats => string.Join(", ", ExportFormats.All.Select(f => f.Extension()));

    private static async Task<int> RunAsync(OperatorShell shell, string file, string? code, EntryKind? kind, ExportView view, bool json, CancellationToken cancellation)
    {
        var path = shell.FullPath(file);
        if (!ExportFormats.TryParse(code ?? Path.GetExtension(path).TrimStart('.'), out var format))
        {
            await shell.Error.WriteLineAsync($"The extension of '{path}' is not a known format. Choose one with --format ({Formats}).");
            return DirectoryCommands.InvalidUsage;
        }

        var directory = await DirectoryAccess.OpenAsync(shell.Settings, cancellation);
        // Write to a temporary name first, so that the file is either complete or absent.
        var unfinished = $"{path}.unfinished";
        int count;
        try
        {
            await using var to = new FileStream(unfinished, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 64 * 1024, useAsync: true);
            var entries = view == ExportView.Public
                ? EditorialEntries.PublicAsync(directory.Database, kind, cancellation)
                : EditorialEntries.AllAsync(directory.Database, kind, cancellation);
            count = await ExportFile.WriteAsync(to, format, view, kind is { } one ? [one] : EntryKinds.All, entries, cancellation);
        }
        catch
        {
            File.Delete(unfinished);
            throw;
        }

        File.Move(unfinished, path, overwrite: true);
        await directory.Database.TransactAsync(
            session => directory.Get<AuditLog>().AppendAsync(
                session, Actor.System("export"), "export", "directory", $"{count} {format.Extension()} {view}", cancellation),
            cancellation);
        var state = await new PublishedReader(directory.Database).LatestAsync(cancellation);
        shell.Write(
            json,
            new { file = path, entries = count, state.Sequence, state.Epoch },
            string.Create(CultureInfo.InvariantCulture, $"Exported {count:N0} entries from {directory.Database.DisplayName} to {path}."));
        return DirectoryCommands.Success;
    }
}
