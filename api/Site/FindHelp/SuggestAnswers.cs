using HealthEquity.Api.Feed;
using HealthEquity.Api.Languages;
using HealthEquity.Api.Search;
using HealthEquity.Api.Site.Cards;
using HealthEquity.Api.Site.Layout;
using HealthEquity.Api.Site.Texts;
using HealthEquity.Directory.Entries;
using HealthEquity.Search.Index;
using HealthEquity.Search.Questions;

namespace HealthEquity.Api.Site.FindHelp;

/// <summary>How a search may go on, while somebody types. What was typed comes by POST, and is kept nowhere.</summary>
public sealed class SuggestAnswers(SiteFrame frame, PublishedDirectory directory, Hotlines hotlines)
{
    private const int Most = 6;
    private const int ShortestWords = 2;

    /// <summary>Sends the list that the search box shows.</summary>
    public async Task SendAsync(HttpContext context, SiteText text)
    {
        var words = (await FindForm.ReadAsync(context.Request, context.RequestAborted)).ValueOf("q")?.Trim() ?? "";
        var items = directory.IsReady && words.Length >= ShortestWords && QuestionText.Fault(words) is null ? Of(words, Embedding.Of(context.Request), text) : [];
        var page = await SiteAnswers.RenderAsync(
            Suggestions.Create(new SuggestionsModel(items, text.Count("find.suggestions", items.Count), text["find.ask"])), SiteAnswers.Private, -1, context.FramingPolicy(), cancellation: context.RequestAborted);
        await page.SendAsync(context);
    }

    private List<SuggestionItem> Of(string words, Embedding? embed, SiteText text)
    {
        var snapshot = directory.Current;
        var choice = LanguageChoice.OfTag(text.Language);
        var crisis = QuestionReader.Shipped.Read(words, choice.First, []).Crisis;
        var urgent = crisis.Count == 0 ? [] : hotlines.For(crisis, snapshot, new SearchQuery(), choice)
            .Where(h => h.Number.Length > 0)
            .Select(h => (h.Name, Action: EntryCards.ActionOf(new Phone { Number = h.Number }, text)))
            .Select(h => new SuggestionItem(h.Action.Text, h.Action.Link, h.Name))
            .Take(2);
        var found = snapshot.Suggest(words, choice.First, [], Most);
        var writer = new EntryWriter(choice);
        var entries = found.Where(s => s.Entry is not null)
            .Select(s => (s.Entry!.Kind, Item: new SuggestionItem(writer.NameOf(s.Entry.Body.Span), Address(s.Entry, embed, text), null))).ToList();
        return
        [
            .. urgent,
            .. entries.Where(e => e.Kind != EntryKind.PolicyAction).Select(e => e.Item),
            .. found.Where(s => s.Entry is null && !entries.Exists(e => e.Item.Text.Equals(s.Text, StringComparison.OrdinalIgnoreCase)))
                .DistinctBy(s => s.Text, StringComparer.OrdinalIgnoreCase)
                .Select(s => new SuggestionItem(s.Text, null, PluralRules.Write(text.Language, s.Count))),
            // Families come first: what departments can do stands last.
            .. entries.Where(e => e.Kind == EntryKind.PolicyAction).Select(e => e.Item),
        ];
    }

    private string Address(IndexedEntry entry, Embedding? embed, SiteText text)
    {
        var path = $"/{entry.Kind.Path()}/{entry.Slug}";
        return embed?.To(path, text.Language) ?? $"{frame.Files.Root}/{text.Language}{path}";
    }
}

/// <summary>The suggestions for a search box.</summary>
/// <param name="Items">The suggestions, best first.</param>
/// <param name="Said">How many there are, for screen readers.</param>
/// <param name="Label">The name of the list.</param>
public sealed record SuggestionsModel(IReadOnlyList<SuggestionItem> Items, string Said, string Label);

/// <summary>A suggestion.</summary>
/// <param name="Text">The words: they are searched for when there is no link.</param>
/// <param name="Link">A page or a number to call.</param>
/// <param name="Note">How many entries there are, or whom the number is of.</param>
public sealed record SuggestionItem(string Text, string? Link, string? Note);
