using HealthEquity.Api.Feed;
using HealthEquity.Api.Languages;
using HealthEquity.Api.Site.Layout;
using HealthEquity.Api.Site.Lists;
using HealthEquity.Api.Site.Texts;
using HealthEquity.Directory.Entries;

namespace HealthEquity.Api.Site.Embed;

/// <summary>Builds the code of an embed.</summary>
public sealed class BuilderAnswers(SiteFrame frame, PublishedLists lists, Messages messages)
{
    /// <summary>Shows the choices and the code for what the address has.</summary>
    public Task ShowAsync(HttpContext context, SiteText text)
    {
        var request = context.Request;
        var chosen = Embedding.Read(request);
        var choice = LanguageChoice.OfTag(text.Language);
        var title = $"{text["site.findHelp"]} – {frame.Settings.DepartmentName}";
        return context.SendPageAsync(
            ShowBuilder.Create(new BuilderPage(frame, text)
            {
                Title = text["embed.title"],
                Path = "/embed",
                Chosen = chosen,
                Code = new Snippets(chosen, $"{request.Scheme}://{request.Host}", request.PathBase, title),
                Kinds = [.. EntryKinds.All.Select(k => (k.Code(), messages.Of($"kind.{k.Code()}", choice).Text))],
                Lists = [.. lists.All.Select(l => (l.Slug, ForeignText.Of(l.Content!.Titles, text) ?? new ForeignText(l.Slug, null)))],
                TellsHeight = frame.Settings.HeightOrigins.Count > 0,
            }),
            SiteAnswers.Private);
    }
}
