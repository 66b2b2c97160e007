using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using HealthEquity.Api.Feed;
using HealthEquity.Api.Json;
using HealthEquity.Api.Languages;
using HealthEquity.Api.Search;
using HealthEquity.Api.Vocabularies;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Vocabularies;
using HealthEquity.Search.Index;

namespace HealthEquity.Api.Home;

/// <summary>The front page's search without JavaScript: the same form, answered by the server. It comes by POST and stands in no address.</summary>
public sealed class SearchPage(PublishedDirectory directory, SearchQueries queries, DirectoryVocabularies vocabularies, Messages messages, Hotlines hotlines)
{
    private const int LongestWords = 200;

    private static readonly HtmlEncoder Html = HtmlEncoder.Default;

    /// <summary>Answers the form with the front page and what was found.</summary>
    /// <param name="context">The request.</param>
    /// <param name="page">The front page, with marks where count and results go.</param>
    public async Task AnswerAsync(HttpContext context, string page)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var choice = LanguageChoice.Of(null, context.Request);
        var request = Read(form);
        var query = queries.Of(request, choice, out var failure);
        var results = new StringBuilder();
        string count;
        if (failure is not null || query is null || !directory.IsReady)
        {
            count = failure?.ErrorMessage ?? "The directory is being loaded. Try again in a few seconds.";
        }
        else
        {
            var snapshot = directory.Current;
            var found = snapshot.Search(query);
            count = found.Total == 0 ? messages.Of("nothingFound", choice).Text : $"{found.Total.ToString("N0", CultureInfo.InvariantCulture)} found";
            var crises = query.Question?.Crisis ?? [];
            if (crises.Count > 0)
            {
                results.Append("<p class=\"crisis\" role=\"alert\" dir=\"auto\">").Append(Html.Encode(messages.Of("crisis." + crises[0], choice).Text)).Append("</p>");
                WriteHotlines(results, hotlines.For(crises, snapshot, query, choice));
            }

            foreach (var hit in found.Hits)
            {
                WriteCard(results, (Entry)JsonSerializer.Deserialize<Entry>(hit.Entry.Body.Span, ApiJson.Options)!, hit.DistanceMiles, choice);
            }

            if (found.Total == 0 && crises.Count == 0)
            {
                WriteHotlines(results, hotlines.For(snapshot, query, choice));
            }
        }

        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.WriteAsync(
            Filled(page, form).Replace("<!--count-->", Html.Encode(count), StringComparison.Ordinal)
                .Replace("<!--results-->", results.ToString(), StringComparison.Ordinal),
            context.RequestAborted);
    }

    /// <summary>The form as it was sent, so that nobody types a search twice.</summary>
    private static string Filled(string page, IFormCollection form)
    {
        foreach (var name in new[] { "q", "near" })
        {
            page = page.Replace($" name=\"{name}\"", $" name=\"{name}\" value=\"{Html.Encode(form[name].ToString())}\"", StringComparison.Ordinal);
        }

        foreach (var chosen in new[] { form["kind"].ToString(), form["language"].ToString() }.Where(c => c.Length > 0))
        {
            page = page.Replace($"<option value=\"{Html.Encode(chosen)}\"", $"<option selected value=\"{Html.Encode(chosen)}\"", StringComparison.Ordinal);
        }

        return page;
    }

    /// <summary>What the form can hold; anything else is left aside.</summary>
    private static SearchEntriesRequest Read(IFormCollection form)
    {
        var words = form["q"].ToString().Trim();
        var near = form["near"].ToString().Trim();
        var request = new SearchEntriesRequest
        {
            Q = words.Length is 0 or > LongestWords ? null : words,
            Near = near.Length == 0 ? null : near,
            Sort = near.Length == 0 ? SearchSort.Relevance : SearchSort.Distance,
        };
        if (EntryKinds.TryParse(form["kind"], out var kind))
        {
            request.Filters[SearchFields.Kind] = [kind.Code()];
        }

        if (LanguageTag.Canonical(form["language"].ToString()) is { } language)
        {
            request.Filters[SearchFields.Language] = [language];
        }

        return request;
    }

    private void WriteCard(StringBuilder page, Entry entry, double? miles, LanguageChoice choice)
    {
        page.Append(CultureInfo.InvariantCulture, $"<article class=\"card\" dir=\"auto\"><h2 dir=\"auto\">{Html.Encode(entry.Name)}</h2><p class=\"kind\">{KindName(entry.Kind)}");
        if (miles is { } distance)
        {
            page.Append(CultureInfo.InvariantCulture, $" · {distance:0.0} mi");
        }

        page.Append("</p>");
        if (entry.Summary is { } summary)
        {
            page.Append(CultureInfo.InvariantCulture, $"<p dir=\"auto\">{Html.Encode(summary)}</p>");
        }

        if (entry is ServiceEntry service)
        {
            WritePhones(page, service.Phones.Select(p => (p.Number, p.Label)));
            var cost = service.Cost?.Options.Select(code =>
                vocabularies.Current.Find(VocabularyNames.Cost, code) is { } term ? TermLabels.Of(term, choice).Label : code);
            page.Append("<dl>");
            WriteFact(page, "Languages", service.Languages.Select(l => FacetLabels.LanguageName(l.Language)));
            WriteFact(page, "Cost", cost ?? []);
            page.Append("</dl>");
        }

        var checkedOn = entry.AssuredOn?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        page.Append(CultureInfo.InvariantCulture, $"<p class=\"checked\">{(checkedOn is null ? "Not checked by us yet" : $"Checked {checkedOn}")}</p></article>");
    }

    private static void WriteFact(StringBuilder page, string name, IEnumerable<string> values)
    {
        var text = string.Join(", ", values);
        if (text.Length > 0)
        {
            page.Append(CultureInfo.InvariantCulture, $"<dt>{name}</dt><dd>{Html.Encode(text)}</dd>");
        }
    }

    private static void WriteHotlines(StringBuilder page, IReadOnlyList<Hotline> lines)
    {
        foreach (var line in lines)
        {
            page.Append(CultureInfo.InvariantCulture, $"<article class=\"card\" dir=\"auto\"><h2>{Html.Encode(line.Name)}</h2><p>{Html.Encode(line.Text ?? "")}</p>");
            if (line.Numbers.Count > 0)
            {
                WritePhones(page, line.Numbers.Select(n => (n.Number, n.Type is "call" ? null : n.Type)));
            }
            else if (line.Link is { } link)
            {
                page.Append(CultureInfo.InvariantCulture, $"<p><a href=\"{Html.Encode(link)}\">{Html.Encode(line.Name)}</a></p>");
            }

            page.Append("</article>");
        }
    }

    private static string KindName(EntryKind kind) => kind switch
    {
        EntryKind.Provider => "Mental-health care",
        EntryKind.PolicyAction => "Policy action",
        _ => kind.ToString(),
    };

    /// <summary>A number of the North American plan as it is written there; others as they are.</summary>
    private static string Shown(string number) =>
        number.Length == 12 && number.StartsWith("+1", StringComparison.Ordinal) ? $"({number[2..5]}) {number[5..8]}-{number[8..]}" : number;

    private static void WritePhones(StringBuilder page, IEnumerable<(string Number, string? Label)> phones)
    {
        page.Append("<ul class=\"phones\">");
        foreach (var (number, label) in phones)
        {
            var text = label is null ? Shown(number) : $"{Shown(number)} · {label}";
            page.Append(CultureInfo.InvariantCulture, $"<li><a href=\"tel:{Html.Encode(number)}\">{Html.Encode(text)}</a></li>");
        }

        page.Append("</ul>");
    }
}
