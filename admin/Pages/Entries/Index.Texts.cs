using System.Globalization;
using System.IO.Compression;
using HealthEquity.Admin.Access;
using HealthEquity.Admin.Translations;
using HealthEquity.Admin.Wording;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Translations;
using HealthEquity.Formats.Xliff;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Curators;
using HealthEquity.Store.Entries;
using Microsoft.AspNetCore.Mvc;

namespace HealthEquity.Admin.Pages.Entries;

/// <summary>The texts of the selected entries or of all search results, for translators.</summary>
public sealed partial class IndexModel
{
    /// <summary>The language to offer for an export: that of the view, or the translator's.</summary>
    public IEnumerable<string> TextLanguages => User.Languages().Prepend(LackedLanguage).OfType<string>().Take(1);

    /// <summary>The language of the search for unfinished texts; null for any other search.</summary>
    public string? LackedLanguage =>
        Search.Conditions.FirstOrDefault(c => c.Field.Field == TranslationTerms.Complete)?.Value is { } value ? LanguageList.TagOf(value) : null;

    /// <summary>Exports the texts as an XLIFF 2 file, or several in an archive where entries are written in several languages.</summary>
    [AtLeast(CuratorRole.Translator)]
    public async Task<IActionResult> OnPostExportTextsAsync(List<Guid> chosen, string? textLanguage)
    {
        var language = LanguageList.TagOf(textLanguage ?? "");
        IReadOnlyList<Guid> ids = chosen.Count > 0
            ? [.. chosen.Distinct()]
            : await ReadAsync(async session => await EntryFinder.FindIdsAsync(session, await FilterAsync(session), Search.Order, Cancellation));
        if (!LanguageTag.IsValid(language) || ids.Count > EntryTextFiles.MaxEntries)
        {
            ModelState.AddModelError("text-language", LanguageTag.IsValid(language)
                ? $"A file holds at most {EntryTextFiles.MaxEntries:N0} entries. Add a filter, or ask an operator for “texts export”."
                : "Enter a language, such as Spanish.");
            await LoadAsync();
            return Page();
        }

        var audit = HttpContext.RequestServices.GetRequiredService<AuditLog>();
        await Database.TransactAsync(
            s => audit.AppendAsync(s, Actor, "export", "directory", string.Create(CultureInfo.InvariantCulture, $"{ids.Count} xlf {language}"), Cancellation), Cancellation);
        var files = await ReadAsync(s => EntryTextFiles.ExportAsync(s, ids, language, Cancellation));
        return Download(files, language);
    }

    private FileContentResult Download(IReadOnlyList<XliffFile> files, string language)
    {
        using var output = new MemoryStream();
        if (files is [var only])
        {
            only.Write(output);
            return File(output.ToArray(), "application/xliff+xml", NameOf(only));
        }

        // A file has one language of originals.
        using (var archive = new ZipArchive(output, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var file in files)
            {
                using var part = archive.CreateEntry(NameOf(file)).Open();
                file.Write(part);
            }
        }

        return File(output.ToArray(), "application/zip", $"texts-{language}.zip");
    }

    private static string NameOf(XliffFile file) =>
        file.SourceLanguage == XliffFile.English ? $"texts-{file.Language}.xlf" : $"texts-{file.SourceLanguage}-{file.Language}.xlf";
}
