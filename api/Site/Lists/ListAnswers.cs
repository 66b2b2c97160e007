using HealthEquity.Api.Feed;
using HealthEquity.Api.Lists;
using HealthEquity.Api.Site.Cards;
using HealthEquity.Api.Site.EntryPages;
using HealthEquity.Api.Site.Layout;
using HealthEquity.Api.Site.Texts;
using HealthEquity.Store.Lists;

namespace HealthEquity.Api.Site.Lists;

/// <summary>The page of a curated list.</summary>
public sealed class ListAnswers(SiteFrame frame, PublishedDirectory directory, PublishedLists lists, EntryCards cards, LastingCards lasting, EntryPageAnswers entries, DirectorySite site)
{
    /// <summary>Shows a list; one that was taken down says so.</summary>
    public Task ShowAsync(HttpContext context, SiteText text, string slug)
    {
        if (!directory.IsReady)
        {
            return entries.MissingAsync(context, text, text["site.loading"], text["site.private"], StatusCodes.Status503ServiceUnavailable);
        }

        if (lists.Find(slug) is not { } list)
        {
            return entries.MissingAsync(context, text, text["entry.missing"], text["entry.goneText"], StatusCodes.Status404NotFound);
        }

        return list.Content is { } content
            ? context.SendPageAsync(ShowList.Create(PageOf(context, list, content, text)), SiteAnswers.Shared)
            : entries.MissingAsync(context, text, text["entry.gone"], text["entry.goneText"], StatusCodes.Status410Gone);
    }

    /// <summary>What a reader should know about the entries of a list: how many were taken down, merged, or not checked for too long.</summary>
    public static IEnumerable<string> Notices(IReadOnlyList<ListedEntry> listed, SiteText text)
    {
        (string Key, int Count)[] notices =
        [
            ("list.takenDown", listed.Count(e => e.Status == ListedStatus.TakenDown)),
            ("list.merged", listed.Count(e => e.Status == ListedStatus.Merged)),
            ("list.overdue", listed.Count(e => e.Entry is { Overdue: true })),
        ];
        return notices.Where(n => n.Count > 0).Select(n => text.Count(n.Key, n.Count));
    }

    private ListPage PageOf(HttpContext context, PublishedList list, ListContent content, SiteText text)
    {
        var listed = ListedEntries.Of(content, directory.Current);
        var shown = listed.Where(i => i.Entry is not null);
        var embed = Embedding.Of(context.Request);
        var heading = ForeignText.Of(content.Titles, text) ?? new ForeignText(list.Slug, null);
        return new ListPage(frame, text)
        {
            Title = heading.Text,
            Path = $"/lists/{list.Slug}",
            Embed = embed,
            Heading = heading,
            Note = ForeignText.Of(content.Notes, text),
            Notices = [.. Notices(listed, text)],
            Cards =
            [
                .. (embed?.PartOf(shown) ?? shown)
                    .Select(i => new ListedCard(cards.Of(lasting.Of(i.Entry!, text), null, text), ForeignText.Of(i.Notes, text))),
            ],
            ChangedOn = site.DayOf(list.ChangedAt),
            PrintLink = $"{frame.Files.Root}/{text.Language}/print?list={list.Slug}",
        };
    }
}
