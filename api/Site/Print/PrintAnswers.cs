using System.Globalization;
using FluentValidation.Results;
using HealthEquity.Api.Feed;
using HealthEquity.Api.Json;
using HealthEquity.Api.Languages;
using HealthEquity.Api.Lists;
using HealthEquity.Api.Parameters;
using HealthEquity.Api.Search;
using HealthEquity.Api.Site.EntryPages;
using HealthEquity.Api.Site.FindHelp;
using HealthEquity.Api.Site.Layout;
using HealthEquity.Api.Site.Lists;
using HealthEquity.Api.Site.Needs;
using HealthEquity.Api.Site.Texts;
using HealthEquity.Directory.Entries;
using HealthEquity.Formats.QrCodes;
using HealthEquity.Search.Index;

namespace HealthEquity.Api.Site.Print;

/// <summary>
/// Sheets for paper: a curated list, one entry, or a search. What came by a form stands in no address, not even in the QR code's; what already
/// stood in an address may.
/// </summary>
/// <remarks>
/// The browser makes the PDF. We looked for a library that writes tagged PDF on the server and is maintained and free to use: QuestPDF is
/// free only for small companies, iText is AGPL, and PDFsharp's tags are experimental. Chromium tags what it prints.
/// </remarks>
public sealed class PrintAnswers(
    SiteFrame frame,
    PublishedDirectory directory,
    PublishedLists lists,
    EntryLists searches,
    ParameterValues parameters,
    Hotlines hotlines,
    PrintedPlaces places,
    EntryPageAnswers pages,
    FindHelpAnswers find,
    DirectorySite site,
    TimeProvider clock)
{
    /// <summary>The most places of a search on paper.</summary>
    public const int MostPlaces = 40;

    private const int MostHotlines = 3;

    private static readonly Dictionary<string, string> NoNotes = [];
    private static readonly string[] Rights = ["print.silent", "print.door", "print.enter", "print.lawyer", "print.sign"];

    /// <summary>Shows a sheet.</summary>
    public async Task ShowAsync(HttpContext context, SiteText text)
    {
        if (!directory.IsReady)
        {
            await pages.MissingAsync(context, text, text["site.loading"], text["site.private"], StatusCodes.Status503ServiceUnavailable);
            return;
        }

        var form = await ReadAsync(context.Request, context.RequestAborted);
        var content = form.One("list") is { } list ? OfList(list)
            : form.All("entry") is { Count: > 0 } entries ? OfEntries(entries)
            : null;
        if (content is null && form.One("list") is null && form.All("entry").Count == 0)
        {
            var asked = await FindForm.ReadAsync(context.Request, context.RequestAborted);
            content = OfSearch(asked, text, out var failures);
            if (failures.Count > 0)
            {
                await find.ShowAsync(context, text, FindHelpAnswers.Message(failures, asked, text), asked);
                return;
            }
        }

        if (content is null)
        {
            await pages.MissingAsync(context, text, text["entry.missing"], text["entry.goneText"], StatusCodes.Status404NotFound);
            return;
        }

        var isPrivate = HttpMethods.IsPost(context.Request.Method);
        await context.SendPageAsync(Sheet.Create(PageOf(context.Request, form, content, isPrivate, text)), isPrivate ? SiteAnswers.Private : SiteAnswers.Shared);
    }

    private PrintPage PageOf(HttpRequest request, PrintForm form, Content content, bool isPrivate, SiteText text)
    {
        var second = form.One("with") is { } other && other != text.Language ? frame.Languages.FirstOrDefault(l => l.Language == other) : null;
        var live = $"{request.Scheme}://{request.Host}{frame.Files.Root}{(isPrivate ? "/" : content.Live)}";
        SiteText[] languages = second is null ? [text] : [text, second];
        return new PrintPage(frame, text)
        {
            Title = ColumnOf(content, text).Heading.Text,
            MayBeIndexed = false,
            Embed = Embedding.Of(request),
            Path = isPrivate ? "/print" : $"/print?{FindForm.Pack(form.Values)}",
            Options = new PrintOptions(second?.Language, form.One("large") is not null, form.One("cards") is not null),
            Columns = [.. languages.Select(l => ColumnOf(content, l))],
            IsOne = content.IsOne,
            LiveAddress = live[(live.IndexOf("://", StringComparison.Ordinal) + 3)..],
            Code = QrPicture.Of(live),
            IsPrivate = isPrivate,
            Asked = [.. form.Values.Where(v => v.Key is not ("with" or "large" or "cards"))],
        };
    }

    private PrintColumn ColumnOf(Content content, SiteText text) => new(
        text,
        content.Titles is { } titles ? ForeignText.Of(titles, text)! : content.IsOne ? NameOf(content.Places[0].Entry, text) : new ForeignText(content.Place is { } place ? $"{text["print.title"]} – {text.Fill("results.near", ("place", place))}" : text["print.title"], null),
        text.Fill("print.made", ("date", text.Day(site.DayOf(clock.GetUtcNow())))))
    {
        Note = ForeignText.Of(content.Notes, text),
        Notices = [.. content.Listed is { } listed ? ListAnswers.Notices(listed, text) : [], .. content.IsCut ? [text.Count("print.first", MostPlaces)] : Array.Empty<string>()],
        Hotlines = [.. HotlinesIn(text)],
        Rights = [.. Rights.Select(key => text[key])],
        Places = [.. content.Places.Select(p => places.Of(p.Entry, p.Notes, text, content.IsOne))],
    };

    private IEnumerable<(string Name, string Number)> HotlinesIn(SiteText text) => hotlines
        .For(["domesticViolence", "arrest"], directory.Current, new SearchQuery(), LanguageChoice.OfTag(text.Language))
        .Where(h => h.Number.Length > 0 && h.Number != "988").Take(MostHotlines)
        .Select(h => (h.Name, PrintedPlaces.Number(PhoneText.Written(new Phone { Number = h.Number }))));

    private static ForeignText NameOf(IndexedEntry indexed, SiteText text)
    {
        var entry = EntryPageAnswers.Localized(indexed, text);
        return new ForeignText(entry.Name, entry.Fallbacks?.GetValueOrDefault("name"));
    }

    private Content? OfList(string slug)
    {
        if (lists.Find(slug)?.Content is not { } list)
        {
            return null;
        }

        var listed = ListedEntries.Of(list, directory.Current);
        return new Content([.. listed.Where(e => e.Entry is not null).Select(e => (e.Entry!, e.Notes))], $"/lists/{slug}") { Titles = list.Titles, Notes = list.Notes, Listed = listed };
    }

    /// <summary>Entries by their paths, such as <c>providers/clinica-del-sol</c>. Those that the directory does not have are left out.</summary>
    private Content? OfEntries(IReadOnlyList<string> paths)
    {
        var snapshot = directory.Current;
        var found = paths.Take(MostPlaces).Select(p => p.Split('/') is [var kind, var slug] ? EntryKinds.All.Where(k => k.Path() == kind).Select(k => snapshot.FindBySlug(k, slug)).FirstOrDefault() : null)
            .OfType<IndexedEntry>().DistinctBy(e => e.Id).ToList();
        return found.Count == 0 ? null
            : new Content([.. found.Select(e => (e, (IReadOnlyDictionary<string, string>)NoNotes))], found is [var only] ? $"/{only.Kind.Path()}/{only.Slug}" : "/") { IsOne = found.Count == 1 };
    }

    private Content? OfSearch(List<KeyValuePair<string, string>> asked, SiteText text, out List<ValidationFailure> failures)
    {
        failures = [];
        var need = asked.Find(a => a.Key == "need").Value is { } code ? Need.All.FirstOrDefault(n => n.Code == code) : null;
        var values = asked.Where(a => a.Key is not ("need" or "page")).ToList();
        if (values.TrueForAll(v => v.Key == "near") && need is null)
        {
            return null;
        }

        var address = $"/find?{FindForm.Pack(asked.Where(a => a.Key != "page"))}";
        if (need is { Question.Length: > 0 } && !values.Exists(v => v.Key == "q"))
        {
            values.Add(new("q", need.Question));
        }

        values.Add(new("pageSize", MostPlaces.ToString(CultureInfo.InvariantCulture)));
        var request = ParameterBinder<SearchEntriesRequest>.Read(values, parameters, failures);
        var answer = failures.Count == 0 ? searches.TryBuild(request, LanguageChoice.OfTag(text.Language), link: null, out failures) : null;
        if (answer is null)
        {
            return null;
        }

        var list = ApiJson.Read<EntryList<Entry>>(answer.Body.Span);
        var shown = list.Items.Count > 0 ? list.Items : list.Wider?.Items ?? [];
        var snapshot = directory.Current;
        return new Content(
            [.. shown.Select(e => snapshot.Find(e.Id!.Value)).OfType<IndexedEntry>().Select(e => (e, (IReadOnlyDictionary<string, string>)NoNotes))], address)
        {
            Place = asked.Find(a => a.Key == "near").Value,
            IsCut = list.Page.TotalItems > MostPlaces,
        };
    }

    private static async Task<PrintForm> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        var given = HttpMethods.IsPost(request.Method) && request.HasFormContentType
            ? (IEnumerable<KeyValuePair<string, Microsoft.Extensions.Primitives.StringValues>>)await request.ReadFormAsync(cancellation)
            : request.Query;
        return new PrintForm(
        [
            .. given.Where(g => PrintForm.Own.Contains(g.Key) || FindForm.Parameters.Contains(g.Key))
                .SelectMany(g => g.Value.Select(v => KeyValuePair.Create(g.Key, v ?? ""))).Where(v => v.Value.Length > 0).Take(FindForm.MostValues),
        ]);
    }

    /// <summary>The values of a request.</summary>
    private sealed record PrintForm(IReadOnlyList<KeyValuePair<string, string>> Values)
    {
        public static readonly HashSet<string> Own = ["list", "entry", "with", "large", "cards"];

        public string? One(string name) => Values.FirstOrDefault(v => v.Key == name).Value;

        public IReadOnlyList<string> All(string name) => [.. Values.Where(v => v.Key == name).Select(v => v.Value)];
    }

    /// <summary>What is on a sheet in any language, and the path of the live list.</summary>
    private sealed record Content(IReadOnlyList<(IndexedEntry Entry, IReadOnlyDictionary<string, string> Notes)> Places, string Live)
    {
        public IReadOnlyDictionary<string, string>? Titles { get; init; }

        public IReadOnlyDictionary<string, string> Notes { get; init; } = NoNotes;

        public IReadOnlyList<ListedEntry>? Listed { get; init; }

        public string? Place { get; init; }

        public bool IsCut { get; init; }

        /// <summary>True for the sheet of one entry, which has its name.</summary>
        public bool IsOne { get; init; }
    }
}
