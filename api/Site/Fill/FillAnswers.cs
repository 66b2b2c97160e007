using System.Net;
using System.Text.RegularExpressions;
using HealthEquity.Api.Feed;
using HealthEquity.Api.Site.EntryPages;
using HealthEquity.Api.Site.Layout;
using HealthEquity.Api.Site.Texts;
using HealthEquity.Directory.Entries;
using Markdig;

namespace HealthEquity.Api.Site.Fill;

/// <summary>
/// Templates that people fill in in their browser. The page sends nothing and keeps nothing: it has no form, and its script makes no request.
/// </summary>
public sealed partial class FillAnswers(SiteFrame frame, PublishedDirectory directory, EntryPageAnswers pages)
{
    // Characters of the private use area: Markdown leaves them alone, and no text has them.
    private const char Place = '\uE000';
    private const char Opens = '\uE001';
    private const char Closes = '\uE002';
    private const char End = '\uE003';

    private static readonly MarkdownPipeline Markdown = new MarkdownPipelineBuilder().DisableHtml().UsePipeTables().UseAutoLinks().UseSoftlineBreakAsHardlineBreak().Build();

    /// <summary>Shows the template.</summary>
    public Task ShowAsync(HttpContext context, SiteText text, string slug)
    {
        if (!directory.IsReady)
        {
            return pages.MissingAsync(context, text, text["site.loading"], text["site.private"], StatusCodes.Status503ServiceUnavailable);
        }

        if (directory.Current.FindBySlug(EntryKind.Material, slug) is not { } found || EntryPageAnswers.Localized(found, text) is not Material material
            || material.Editions.Where(e => e is { Text: not null, Fields.Count: > 0 }).ToList() is not { Count: > 0 } editions)
        {
            return pages.MissingAsync(context, text, text["entry.missing"], text["entry.goneText"], StatusCodes.Status404NotFound);
        }

        var first = editions.MinBy(e => e.Language == text.Language ? 0 : Base(e.Language) == Base(text.Language) ? 1 : e.Language == "en" ? 2 : 3)!;
        var wanted = context.Request.Query["with"].ToString();
        var second = editions.Find(e => e.Language == wanted && e != first);
        Edition[] chosen = second is null ? [first] : [first, second];
        var page = new FillPage(frame, text)
        {
            Embed = Embedding.Of(context.Request),
            Title = first.Title,
            Path = $"/materials/{found.Slug}/fill",
            MaterialPath = $"/materials/{found.Slug}",
            Slug = found.Slug,
            Fields = [.. chosen.SelectMany(e => e.Fields).DistinctBy(f => f.Code)],
            IsLarge = context.Request.Query["large"] == "1",
            FieldsLanguage = first.Language == text.Language ? null : first.Language,
            Papers = [.. chosen.Select(e => new FillPaper(e.Language, e.Title, Render(e)))],
            Offered = [.. frame.Languages.Where(l => editions.Exists(e => e.Language == l.Language && e != first))],
        };
        // Not stored anywhere, so that "back" does not bring back what was typed.
        return context.SendPageAsync(FillTemplate.Create(page), SiteAnswers.Private);
    }

    private static string Base(string language) => language.Split('-')[0];

    /// <summary>The text as HTML. Where nothing is filled in, a place is a line with its label, and a part has a box to tick.</summary>
    private static string Render(Edition edition)
    {
        var fields = edition.Fields.GroupBy(f => f.Code).ToDictionary(f => f.Key, f => f.First());
        var marked = TemplateText.Replace(edition.Text!, c => $"{Place}{c}{End}", c => $"\n\n{Opens}{c}{End}\n\n", c => $"\n\n{Closes}{c}{End}\n\n");
        var html = UnbrokenText.Of(Markdig.Markdown.ToHtml(marked, Markdown));
        html = html.Replace("<th></th>", "<td></td>", StringComparison.Ordinal);
        html = PartOpens().Replace(html, m => $"<div data-part=\"{m.Groups[1].Value}\"><p class=\"pick\">☐ {Label(m.Groups[1].Value)}</p>");
        html = PartCloses().Replace(html, "</div>");
        return PlaceMark().Replace(html, m => fields.GetValueOrDefault(m.Groups[1].Value) is { Type: TemplateFieldType.Check } box
            ? $"<span class=\"blank\" data-field=\"{m.Groups[1].Value}\" data-check>☐</span>\u00A0{WebUtility.HtmlEncode(box.Label)}"
            : $"<span class=\"blank{(fields.GetValueOrDefault(m.Groups[1].Value)?.Type == TemplateFieldType.Text ? " long" : "")}{(m.Groups["rest"].Success ? " rest" : "")}\" data-field=\"{m.Groups[1].Value}\"><i>{Label(m.Groups[1].Value)}</i></span>");

        string Label(string code) => WebUtility.HtmlEncode(fields.TryGetValue(code, out var field) ? field.Label : code);
    }

    [GeneratedRegex("<p>\uE001([a-zA-Z0-9-]+)\uE003</p>")]
    private static partial Regex PartOpens();

    [GeneratedRegex("<p>\uE002[a-zA-Z0-9-]+\uE003</p>")]
    private static partial Regex PartCloses();

    /// <summary>A place; the group "rest" is there where it ends a line.</summary>
    [GeneratedRegex("\uE000([a-zA-Z0-9-]+)\uE003(?<rest>(?=\\.?\\s*(?:<br|</p>|</li>)))?")]
    private static partial Regex PlaceMark();
}
