using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Content;

namespace HealthEquity.Tests.Api.Site.Print;

/// <summary>Prints a page as the browser does, and reads the PDF: nothing is cut off, no page has only one line, and no heading ends a page.</summary>
internal static partial class PaperCheck
{
    /// <summary>What is wider than a box that clips it or than the paper, or higher than its card, and a place to write on two lines, with the styles for paper.</summary>
    private const string CutOff =
        """
        () => [...document.querySelectorAll('main *:not(.hidden)')].filter(e => e.checkVisibility() && e.getClientRects().length > 0 && !e.closest('svg')
          && (e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).overflowX !== 'visible' || e.getBoundingClientRect().right > innerWidth + 1 || e.getBoundingClientRect().left < -1
          || e.matches('.pocket article') && e.scrollHeight > e.clientHeight + 1
          || e.matches('.blank:not(.filled,.long)') && e.getClientRects().length > 1)).map(e => e.outerHTML.slice(0, 80))
        """;

    /// <summary>Paper and its width in millimeters.</summary>
    private static readonly (string Format, double Width)[] Papers = [("A4", 210), ("Letter", 215.9)];

    private const double DotsPerMillimeter = 96 / 25.4;

    /// <summary>Adds what is wrong with the page on A4 and Letter to the problems.</summary>
    /// <param name="page">The page, as it was opened.</param>
    /// <param name="name">What to call it.</param>
    /// <param name="problems">Where problems go.</param>
    public static async Task CheckAsync(IPage page, string name, List<string> problems)
    {
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        var headings = (await page.Locator("main :is(h1,h2,h3,h4)").AllInnerTextsAsync()).Select(Squeezed).Where(h => h.Length > 0).ToHashSet();
        // The margins in paper.css and site.css, in millimeters.
        var margins = await page.Locator("link[href*='/paper.']").CountAsync() > 0 ? 24 : 30;
        foreach (var (format, width) in Papers)
        {
            await page.SetViewportSizeAsync((int)((width - margins) * DotsPerMillimeter), 1000);
            problems.AddRange((await page.EvaluateAsync<string[]>(CutOff)).Select(e => $"{name} {format}: cut off: {e}"));
            using var document = PdfDocument.Open(await page.PdfAsync(new() { Format = format }));
            foreach (var sheet in document.GetPages())
            {
                problems.AddRange(ProblemsOf(sheet, headings, sheet.Number == document.NumberOfPages).Select(p => $"{name} {format}, page {sheet.Number} of {document.NumberOfPages}: {p}"));
            }
        }

        await page.EmulateMediaAsync(new() { Media = Media.Screen });
    }

    private static IEnumerable<string> ProblemsOf(Page sheet, HashSet<string> headings, bool isLast)
    {
        var letters = sheet.Letters.Where(l => !string.IsNullOrWhiteSpace(l.Value)).ToList();
        var lines = letters.GroupBy(l => (int)Math.Round(l.StartBaseLine.Y / 3)).OrderByDescending(line => line.Key).ToList();
        if (lines.Count < 2)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{lines.Count} line(s)");
        }

        if (lines.Select(l => TextOf(l)).FirstOrDefault(l => BrokenNumber().IsMatch(l)) is { } broken)
        {
            yield return $"a number or a time is broken: '{broken}'";
        }

        if (letters.Find(l => l.StartBaseLine.X < 1 || l.EndBaseLine.X > sheet.Width - 1 || l.StartBaseLine.Y < 1 || l.StartBaseLine.Y > sheet.Height - 1) is { } outside)
        {
            yield return $"'{outside.Value}' lies outside";
        }

        if (!isLast && lines.Count > 0 && TextOf(lines[^1]) is var last && headings.Contains(last))
        {
            yield return $"ends with the heading '{last}'";
        }
    }

    private static string TextOf(IEnumerable<Letter> line) =>
        Squeezed(string.Concat(line.OrderBy(l => l.StartBaseLine.X).Select(l => l.Value))).Replace("\u2060", "", StringComparison.Ordinal);

    /// <summary>The beginning of the number of a telephone, of a form or of a ZIP code whose end is on another line, or the end of a time or of "Call 988". (988) and (911) are whole.</summary>
    [GeneratedRegex(@"\([0-9]{3}\)[0-9]{3}-(?![0-9]{4})|\([2-9](?!11|88)[0-9]{2}\)(?![0-9]{3})|(?<![0-9-])1-[0-9]{3}-(?![0-9]{3}-[0-9]{4})|^[AP]M(?![A-Za-z])|^午[0-9]|[0-9]{5}-(?![0-9]{4})|^988$|I-$")]
    private static partial Regex BrokenNumber();

    private static string Squeezed(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));
}
