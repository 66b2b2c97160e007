using System.Text.Json.Nodes;
using HealthEquity.Admin.PageTexts;
using HealthEquity.Formats.Xliff;
using HealthEquity.Tests.Admin.Commands;

namespace HealthEquity.Tests.Admin.PageTexts;

/// <summary>The texts of the public pages go to a translator and come back without loss, and what came back wrong is named.</summary>
public sealed class PageTextFilesTests
{
    private const string English =
        """
        { "language": "en", "name": "English", "direction": "ltr", "texts": {
          "find.title": { "context": "Question.", "text": "What do you need?", "max": 20, "reviewed": true },
          "card.call": { "context": "Button. {number} is a phone number.", "text": "Call {number}", "max": 20, "reviewed": true },
          "results.count": { "context": "Heading.", "text": { "one": "{count} place", "other": "{count} places" }, "max": 20, "reviewed": true } } }
        """;

    private const string Russian =
        """
        { "language": "ru", "name": "Русский", "direction": "ltr", "texts": {
          "find.title": { "context": "Question.", "en": "What do you need?", "text": "Что вам нужно?", "max": 20, "reviewed": false },
          "results.count": { "context": "Heading.", "en": { "one": "{count} place", "other": "{count} places" },
            "text": { "one": "{count} место", "few": "{count} места", "many": "{count} мест", "other": "{count} места" }, "max": 20, "reviewed": false } } }
        """;

    public static TheoryData<string> Languages => [.. PageTextFiles.LanguagesIn(ShippedFolder())];

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task Every_shipped_language_comes_back_from_XLIFF_byte_for_byte(string language)
    {
        using var folder = new TextFolder();
        foreach (var name in new[] { "en.json", $"{language}.json" })
        {
            File.Copy(Path.Combine(ShippedFolder(), name), Path.Combine(folder.Path, name));
        }

        var texts = PageTextFiles.Open(folder.Path, language);
        var (changed, problems) = texts.Import(Again(texts.Export()));
        texts.Save();

        Assert.Equal(0, changed);
        Assert.Empty(problems);
        Assert.Equal(
            await File.ReadAllTextAsync(Path.Combine(ShippedFolder(), $"{language}.json"), TestContext.Current.CancellationToken),
            await File.ReadAllTextAsync(Path.Combine(folder.Path, $"{language}.json"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public void The_file_has_every_text_with_its_context_and_its_plural_forms()
    {
        using var folder = Folder();
        var units = Again(PageTextFiles.Open(folder.Path, "ru").Export()).Units;
        Assert.Equal(
            ["find.title", "card.call", "results.count.one", "results.count.few", "results.count.many", "results.count.other"],
            units.Select(u => u.Id));
        Assert.Equal(("Call {number}", null, "Button. {number} is a phone number."), (units[1].Source, units[1].Target, units[1].Context));
        Assert.Equal(("{count} places", "{count} мест"), (units[4].Source, units[4].Target));
    }

    [Fact]
    public void Translations_are_taken_over_and_what_is_wrong_is_named_with_the_remedy_and_stays_as_it_was()
    {
        using var folder = Folder();
        var texts = PageTextFiles.Open(folder.Path, "ru");
        var (changed, problems) = texts.Import(new XliffFile("ru",
        [
            new("find.title", "What do you need?", "Что вам нужно прямо сейчас сегодня?"),
            new("card.call", "Call {number}", "Позвонить {number}") { IsReviewed = true },
            new("results.count.one", "{count} place", "место"),
            new("results.count.few", "{count} places", null),
            new("results.count.many", "{count} sites", "{count} мест"),
            new("results.count.other", "{count} places", "{count} места {где}"),
            new("find.gone", "Gone", "Нет"),
        ]));
        texts.Save();

        Assert.Equal(1, changed);
        Assert.Equal(
            [
                "find.title: the translation has 35 characters; there is room for 20. Shorten it.",
                "results.count.one: the placeholder {count} is missing. Put it where the value belongs.",
                "results.count.few: the translation is missing.",
                "results.count.many: the English text has changed since the file was exported. Export it again.",
                "results.count.other: the placeholder {где} is unknown. Use {count}.",
                "find.gone: the pages have no such text. Export the file again.",
            ],
            problems);
        var saved = JsonNode.Parse(File.ReadAllText(Path.Combine(folder.Path, "ru.json")))!["texts"]!;
        Assert.Equal("Что вам нужно?", (string?)saved["find.title"]!["text"]);
        Assert.Equal(("Позвонить {number}", "Call {number}", true), ((string?)saved["card.call"]!["text"], (string?)saved["card.call"]!["en"], (bool)saved["card.call"]!["reviewed"]!));
        Assert.Equal("{count} мест", (string?)saved["results.count"]!["text"]!["many"]);
    }

    [Fact]
    public async Task The_command_line_exports_and_imports()
    {
        using var folder = Folder();
        var file = Path.Combine(folder.Path, "ru.xlf");
        Assert.Equal(0, await RunAsync(folder, "texts", "export", "ru", file));
        var xml = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        Assert.Contains("""<ph id="1" dataRef="d1" equiv="{number}" />""", xml, StringComparison.Ordinal);
        await File.WriteAllTextAsync(file, xml.Replace("Что вам нужно?", "Что нужно?", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        Assert.Equal(1, await RunAsync(folder, "texts", "import", file));
        Assert.Equal("Что нужно?", PageTextFiles.Open(folder.Path, "ru").Export().Units[0].Target);
        Assert.Equal(3, await RunAsync(folder, "texts", "export", "xx", file));
        await File.WriteAllTextAsync(file, "<xliff version='1.2' xmlns='urn:oasis:names:tc:xliff:document:1.2'/>", TestContext.Current.CancellationToken);
        Assert.Equal(3, await RunAsync(folder, "texts", "import", file));
        await File.WriteAllTextAsync(file, "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><xliff>&a;</xliff>", TestContext.Current.CancellationToken);
        Assert.Equal(3, await RunAsync(folder, "texts", "import", file));
    }

    private static async Task<int> RunAsync(TextFolder folder, params string[] arguments) =>
        (await CommandLineTests.RunAsync("Data Source=unused.db", folder.Path, [.. arguments, "--folder", folder.Path])).Code;

    private sealed class TextFolder : IDisposable
    {
        public string Path { get; } = System.IO.Directory.CreateTempSubdirectory("page-texts-").FullName;

        public void Dispose() => System.IO.Directory.Delete(Path, recursive: true);
    }

    private static TextFolder Folder()
    {
        var folder = new TextFolder();
        File.WriteAllText(Path.Combine(folder.Path, "en.json"), English);
        File.WriteAllText(Path.Combine(folder.Path, "ru.json"), Russian);
        return folder;
    }

    private static XliffFile Again(XliffFile file)
    {
        using var stream = new MemoryStream();
        file.Write(stream);
        stream.Position = 0;
        return XliffFile.Read(stream);
    }

    private static string ShippedFolder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "HealthEquity.sln")))
        {
            folder = folder.Parent!;
        }

        return Path.Combine(folder.FullName, PageTextFiles.DefaultFolder);
    }
}
