using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Rules;
using HealthEquity.Directory.Vocabularies;

namespace HealthEquity.Tests.Directory.Entries;

public sealed class TemplateTextTests
{
    private static readonly EntryValidation Validation = new(VocabularySet.Shipped);

    [Fact]
    public void A_template_without_answers_is_read_with_its_labels()
    {
        var edition = new Edition
        {
            Language = "en",
            Title = "Letter",
            Text = "Dear {{name}},\n\n{{#ask}}\n\nPlease answer {{name}}.\n\n{{/ask}}",
            Fields = [new() { Code = "name", Label = "Name" }, new() { Code = "ask", Label = "Ask", Type = TemplateFieldType.Check }],
        };
        Assert.Equal("Dear [Name],\n\n\n\nPlease answer [Name].\n\n", TemplateText.Readable(edition));
    }

    [Theory]
    [InlineData("Dear {{name}}", "name", null)]
    [InlineData("Dear {{name}} {{nam}}", "name", "has {{nam}}, but no field with that code. Add the field, or correct the code.")]
    [InlineData("Dear friend", "name", "has no {{name}}. Put it into the text, or remove the field.")]
    [InlineData("{{#part}} x", "part", "has a part that is not closed, or closed before it is opened. Write {{#code}}, the part, then {{/code}}.")]
    [InlineData("{{#part}} x {{/part}}", "part", "has the part {{#part}}, but the field 'part' is not of the type 'check'. Change its type.")]
    public void Fields_and_text_of_an_edition_must_agree(string text, string code, string? problem)
    {
        var material = new Material
        {
            Name = "Letter",
            MaterialType = "templateLetter",
            Sources = [new() { Name = "Test" }],
            Editions = [new() { Language = "en", Title = "Letter", Text = text, Fields = [new() { Code = code, Label = "Label" }] }],
        };
        var failures = Validation.Validate(material).Errors.Select(e => e.ErrorMessage).ToList();
        Assert.Equal(problem is null ? [] : [$"'editions[0].text' {problem}"], failures);
    }
}
