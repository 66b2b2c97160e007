using System.Text.RegularExpressions;
using HealthEquity.Api.Site.Layout;
using Microsoft.AspNetCore.Html;

namespace HealthEquity.Api.Site.EntryPages;

/// <summary>Keeps together in HTML what must not be read from two lines: numbers of telephones and of forms, and a box to tick with its words.</summary>
public static partial class UnbrokenText
{
    private const string NoBreakSpace = "\u00A0";

    /// <summary>The HTML, in which no line ends within such a number or between a box and its words.</summary>
    /// <param name="html">HTML of a text, with a line break after each <c>br</c>.</param>
    public static string Of(string html)
    {
        var boxes = BoxesFirst().Replace(html, m => m.Value.Replace("☐ ", $"☐{NoBreakSpace}", StringComparison.Ordinal));
        boxes = BoxesLast().Replace(boxes, m => m.Value.Replace(" ☐", $"{NoBreakSpace}☐", StringComparison.Ordinal));
        return Number().Replace(boxes, Mark);
    }

    /// <summary>Words without markup, in which no line ends within such a number.</summary>
    /// <param name="words">The words, as they are stored.</param>
    public static HtmlString OfWords(string words) =>
        new(words.AsSpan().ContainsAnyInRange('0', '9') ? Number().Replace(SiteAnswers.Html.Encode(words), Mark) : SiteAnswers.Html.Encode(words));

    private static string Mark(Match found) => found.Groups["number"].Success ? $"<span class=\"num\">{found.Value}</span>" : found.Value;

    /// <summary>A line that begins with a box: each box stands before its words.</summary>
    [GeneratedRegex("(?m)(?<=^|<p>|<li>)☐ .*$")]
    private static partial Regex BoxesFirst();

    /// <summary>A line that ends with a box: each box stands after its words.</summary>
    [GeneratedRegex("(?m)^(?!(?:<p>|<li>)?☐).* ☐(?=(?:<br />|</p>|</li>)*\\r?$)")]
    private static partial Regex BoxesLast();

    /// <summary>A tag, whose attributes stay as they are, or the number of a telephone, as people write it in the United States, or of a form, such as I-200.</summary>
    [GeneratedRegex(@"<[^>]*>|(?<![\w/.-])(?<number>(?:1-)?(?:\([0-9]{3}\) ?|[0-9]{3}-)[0-9]{3}-[0-9]{4}|[A-Z]-[0-9]{2,4}[A-Z]?)(?![\w/-])")]
    private static partial Regex Number();
}
