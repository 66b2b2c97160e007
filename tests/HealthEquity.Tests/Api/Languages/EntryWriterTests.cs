using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using HealthEquity.Api.Languages;
using HealthEquity.Directory.Entries;

namespace HealthEquity.Tests.Api.Languages;

public class EntryWriterTests
{
    private static readonly PolicyAction Action = new()
    {
        Name = "Ask for a warrant",
        Summary = "Ask first.",
        Theme = "sanctuary",
        Steps = ["Ask.", "Call counsel."],
        Provisions = [new() { Code = "no-status", Text = "Do not ask." }, new() { Code = "judge-warrant", Text = "A \"judge\" signs." }],
        ModelText = new() { Version = "1", Text = "Staff ask." },
        Translations =
        [
            new()
            {
                Language = "es",
                Name = "Pida una orden",
                Texts =
                [
                    new() { Path = "provisions[judge-warrant].text", Text = "Firma un \"juez\"." },
                    new() { Path = "steps[0]", Text = "Pregunte." },
                    new() { Path = "steps[1]", Text = "Llame a un abogado." },
                ],
                Provenance = "machine",
            },
        ],
    };

    [Fact]
    public void Every_translated_text_is_given_and_what_is_not_translated_is_named()
    {
        var answer = Write(Action, "es");
        Assert.Equal("Pida una orden", (string)answer["name"]!);
        Assert.Equal(["Pregunte.", "Llame a un abogado."], answer["steps"]!.AsArray().Select(s => (string)s!));
        Assert.Equal(["Do not ask.", "Firma un \"juez\"."], answer["provisions"]!.AsArray().Select(p => (string)p!["text"]!));
        Assert.Equal("Staff ask.", (string)answer["modelText"]!["text"]!);
        Assert.Equal("""{"summary":"en","provisions.text":"en","modelText.text":"en"}""", answer["fallbacks"]!.ToJsonString());
    }

    [Fact]
    public void A_provision_keeps_its_translation_in_another_order()
    {
        var answer = Write(Action with { Provisions = [.. Action.Provisions.Reverse()] }, "es");
        Assert.Equal(["Firma un \"juez\".", "Do not ask."], answer["provisions"]!.AsArray().Select(p => (string)p!["text"]!));
    }

    [Fact]
    public void In_its_own_language_an_entry_is_as_it_is_stored() =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Public(Action)), Write(Action, "en")));

    [Fact]
    public void Texts_are_found_under_the_paths_that_translations_use()
    {
        var located = EntryTextPaths(Public(Action));
        Assert.Equal(EntryTexts.Of(Action).Select(t => t.Path).Order(StringComparer.Ordinal), located.Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> EntryTextPaths(byte[] stored)
    {
        var everything = EntryTexts.Of(Action).Select(t => new TranslatedText { Path = t.Path, Text = "*" });
        var answer = Write(JsonSerializer.Deserialize<Entry>(stored, EntryJson.Public)! with { Translations = [Action.Translations[0] with { Texts = [.. everything] }] }, "es");
        return EntryTexts.Of(JsonSerializer.Deserialize<Entry>(Without(answer), EntryJson.Public)!).Where(t => t.Text == "*").Select(t => t.Path);
    }

    private static JsonObject Without(JsonObject answer)
    {
        answer.Remove("fallbacks");
        return answer;
    }

    private static byte[] Public(Entry entry) => JsonSerializer.SerializeToUtf8Bytes(entry, EntryJson.Public);

    private static JsonObject Write(Entry entry, string language)
    {
        var output = new ArrayBufferWriter<byte>();
        new EntryWriter(LanguageChoice.Of(language, new Microsoft.AspNetCore.Http.DefaultHttpContext().Request)).Write(output, Public(entry));
        return JsonNode.Parse(output.WrittenSpan)!.AsObject();
    }
}
