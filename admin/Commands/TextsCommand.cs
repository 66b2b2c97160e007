using System.CommandLine;
using HealthEquity.Admin.PageTexts;
using HealthEquity.Formats.Xliff;
using HealthEquity.Store.Translations;

namespace HealthEquity.Admin.Commands;

/// <summary><c>texts export LANGUAGE FILE</c> and <c>texts import FILE</c>: the texts of the public pages or of the entries, for translators (XLIFF 2).</summary>
internal static class TextsCommand
{
    public static Command Create() =>
        new("texts", "The texts of the public pages and of the entries, for translators.") { CreateExport(), CreateImport() };

    private static Command CreateExport()
    {
        var language = new Argument<string>("language") { Description = "The language, such as es or zh-Hans." };
        var file = new Argument<string>("file") { Description = "The XLIFF file to write. Entries in another language than English go to a file of their own, such as entries.es.xlf." };
        var entries = new Option<bool>("--entries") { Description = "Write the texts of the public entries in the directory instead of those of the pages." };
        var unfinished = new Option<bool>("--unfinished") { Description = "With --entries: only entries with missing or outdated texts." };
        var (folder, json) = (FolderOption(), JsonOutput.Option());
        var command = new Command("export", "Write all texts in their own language and in one language to an XLIFF 2 file. Example: texts export --entries es entries-es.xlf") { language, file, entries, unfinished, folder, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var shell = OperatorShell.Of(parsed);
            var (place, path, code) = (shell.Resolve(parsed.GetRequiredValue(folder)), shell.Resolve(parsed.GetRequiredValue(file)), parsed.GetRequiredValue(language));
            if (parsed.GetValue(entries))
            {
                return await EntryTextsCommand.ExportAsync(shell, code, path, parsed.GetValue(unfinished), parsed.GetValue(json), cancellation);
            }

            if (!PageTextFiles.LanguagesIn(place).Contains(code))
            {
                await shell.Error.WriteLineAsync(Unknown(place, code));
                return DirectoryCommands.Refused;
            }

            var texts = PageTextFiles.Open(place, code).Export();
            await using (var output = File.Create(path))
            {
                texts.Write(output);
            }

            var missing = texts.Units.Count(u => u.Target is null);
            shell.Write(parsed.GetValue(json), new { texts = texts.Units.Count, missing }, $"{texts.Units.Count} texts written, {missing} of them not translated.");
            return DirectoryCommands.Success;
        });
        return command;
    }

    private static Command CreateImport()
    {
        var file = new Argument<string>("file") { Description = "The XLIFF file that came back from the translator." };
        var provenance = new Option<string>("--provenance")
        {
            Description = "For the texts of entries: how they were made: human, machineReviewed, or machine.",
            DefaultValueFactory = _ => TranslationStore.Machine,
        };
        var (folder, json) = (FolderOption(), JsonOutput.Option());
        var command = new Command("import", "Take translations over from an XLIFF 2 file, of the pages or of entries. What is wrong is named and stays as it was. Example: texts import entries-es.xlf --provenance human") { file, provenance, folder, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var shell = OperatorShell.Of(parsed);
            var place = shell.Resolve(parsed.GetRequiredValue(folder));
            XliffFile given;
            try
            {
                await using var input = File.OpenRead(shell.Resolve(parsed.GetRequiredValue(file)));
                given = XliffFile.Read(input);
            }
            catch (Exception fault) when (fault is FormatException or FileNotFoundException or DirectoryNotFoundException)
            {
                await shell.Error.WriteLineAsync(fault.Message);
                return DirectoryCommands.Refused;
            }

            if (given.Units.Any(u => u.Part != TranslationUnit.Pages))
            {
                return await EntryTextsCommand.ImportAsync(shell, given, parsed.GetRequiredValue(provenance), parsed.GetValue(json), cancellation);
            }

            if (given.SourceLanguage != XliffFile.English || !PageTextFiles.LanguagesIn(place).Contains(given.Language))
            {
                await shell.Error.WriteLineAsync(given.SourceLanguage == XliffFile.English
                    ? Unknown(place, given.Language)
                    : "The texts of the pages are translated from English. Export the file again.");
                return DirectoryCommands.Refused;
            }

            var texts = PageTextFiles.Open(place, given.Language);
            var (changed, problems) = texts.Import(given);
            texts.Save();
            foreach (var problem in problems)
            {
                await shell.Error.WriteLineAsync(problem);
            }

            shell.Write(parsed.GetValue(json), new { changed, problems }, $"{changed} texts changed, {problems.Count} not taken over. Build the program again to show them.");
            return problems.Count == 0 ? DirectoryCommands.Success : DirectoryCommands.FoundProblems;
        });
        return command;
    }

    private static Option<string> FolderOption() => new("--folder")
    {
        Description = "The folder with one file for each language.",
        DefaultValueFactory = _ => PageTextFiles.DefaultFolder,
    };

    private static string Unknown(string folder, string language) => PageTextFiles.LanguagesIn(folder).ToList() is { Count: > 0 } languages
        ? $"The pages have no language '{language}'. Use one of: {string.Join(", ", languages)}."
        : $"There are no texts in '{folder}'. Run this at the root of the repository, or name the folder with --folder.";
}
