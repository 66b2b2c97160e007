using System.Globalization;
using HealthEquity.Directory.Glossary;
using Microsoft.AspNetCore.Html;

namespace HealthEquity.Admin.Translations;

/// <summary>A text in English with the terms of a glossary.</summary>
/// <param name="Text">The text.</param>
/// <param name="Uses">Where it uses terms.</param>
public sealed record MarkedText(string Text, IReadOnlyList<GlossaryUse> Uses)
{
    /// <summary>The terms that the text uses, each once, in reading order.</summary>
    public IReadOnlyList<GlossaryTerm> Terms { get; } = [.. Uses.Select(u => u.Term).DistinctBy(t => t.Term)];

    /// <summary>Marks the terms of a text. Only English texts have terms.</summary>
    public static MarkedText Of(string text, string language, TranslationGlossary? glossary) =>
        new(text, glossary is null || language != "en" ? [] : glossary.UsesIn(text));

    /// <summary>Returns the terms that a translation says in none of the accepted ways.</summary>
    public IReadOnlyList<GlossaryTerm> MissingIn(string translation) => [.. Terms.Where(t => !TranslationGlossary.Says(translation, t))];

    /// <summary>Renders the text as encoded text. The first use of each term tells screen readers how to say it.</summary>
    /// <param name="language">The language of the translation, for the attribute lang.</param>
    public IHtmlContent Html(string language)
    {
        var html = new HtmlContentBuilder();
        var (from, told) = (0, new HashSet<string>());
        foreach (var use in Uses)
        {
            html.Append(Text[from..use.Start]).AppendHtml("<mark>").Append(Text.Substring(use.Start, use.Length));
            if (told.Add(use.Term.Term))
            {
                html.AppendHtml(string.Create(CultureInfo.InvariantCulture, $"<span class=\"visually-hidden\"> (glossary: <span lang=\"{language}\">"))
                    .Append(use.Term.Translation).AppendHtml("</span>)</span>");
            }

            html.AppendHtml("</mark>");
            from = use.Start + use.Length;
        }

        return html.Append(Text[from..]);
    }
}
