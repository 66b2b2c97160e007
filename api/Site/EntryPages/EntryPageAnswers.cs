using System.Text;
using HealthEquity.Api.Feed;
using HealthEquity.Api.Json;
using HealthEquity.Api.Site.Cards;
using HealthEquity.Api.Site.Layout;
using HealthEquity.Api.Site.Texts;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Geography;
using HealthEquity.Formats.QrCodes;
using HealthEquity.Search.Index;

namespace HealthEquity.Api.Site.EntryPages;

/// <summary>The page of an entry, in the reader's language, and its contact card.</summary>
public sealed class EntryPageAnswers(
    SiteFrame frame, PublishedDirectory directory, EntryCards cards, LastingCards lasting, EntrySections sections, DirectorySite site, TimeProvider clock)
{
    private const int MostOthers = 3;

    private static readonly HashSet<string> Urgent = new(StringComparer.Ordinal) { "crisis", "hotline", "knowYourRights", "rapidResponse" };

    /// <summary>Shows an entry. A former slug redirects; an entry that was taken down says so.</summary>
    public Task ShowAsync(HttpContext context, SiteText text, EntryKind kind, string slug)
    {
        if (!directory.IsReady)
        {
            return MissingAsync(context, text, text["site.loading"], text["site.private"], StatusCodes.Status503ServiceUnavailable);
        }

        var snapshot = directory.Current;
        if (snapshot.FindBySlug(kind, slug) is not { } found)
        {
            return GoneAsync(context, text, snapshot, kind, slug);
        }

        if (found.Slug != slug)
        {
            context.Response.Redirect(Address(context.Request, text, found), permanent: true);
            return Task.CompletedTask;
        }

        var entry = Localized(found, text);
        var card = cards.Of(entry, text);
        return context.SendPageAsync(
            ShowEntry.Create(new EntryDetailsPage(frame, text)
            {
                Embed = Embedding.Of(context.Request),
                Title = HeadingOf(entry, text) ?? entry.Name,
                Path = $"/{kind.Path()}/{found.Slug}",
                Entry = entry,
                Card = card,
                Sections = sections.Of(entry, HostOf(entry, snapshot), text),
                Heading = HeadingOf(entry, text),
                IsLegal = entry is Material or PolicyAction,
                English = entry is Material || entry.Tags.Any(Urgent.Contains) ? ReviewedTexts.Of(Stored(found), text.Language).English : null,
                When = entry is Event { Recurrence: null } once && cards.NextDay(once) < site.DayOf(clock.GetUtcNow()) ? text["entry.over"] : null,
            }),
            SiteAnswers.Shared);
    }

    /// <summary>The QR code of an entry's page, for paper and for the next person's phone. It names the host that was asked, so it is not kept here.</summary>
    public Task SendQrCodeAsync(HttpContext context, SiteText text, EntryKind kind, string slug)
    {
        if (!directory.IsReady || directory.Current.FindBySlug(kind, slug) is not { } found)
        {
            return MissingAsync(context, text, text["entry.missing"], text["entry.goneText"], StatusCodes.Status404NotFound);
        }

        var request = context.Request;
        var address = $"{request.Scheme}://{request.Host}{request.PathBase}/{text.Language}/{kind.Path()}/{found.Slug}";
        context.Response.ContentType = "image/svg+xml";
        context.Response.Headers.CacheControl = SiteAnswers.Shared;
        return context.Response.WriteAsync(QrPicture.Of(address).Svg(), Encoding.UTF8, context.RequestAborted);
    }

    /// <summary>The entry as a contact card (vCard 4.0, RFC 6350).</summary>
    public Task SendContactCardAsync(HttpContext context, SiteText text, EntryKind kind, string slug)
    {
        if (!directory.IsReady || directory.Current.FindBySlug(kind, slug) is not { } found || Localized(found, text) is not ServiceEntry entry)
        {
            return MissingAsync(context, text, text["entry.missing"], text["entry.goneText"], StatusCodes.Status404NotFound);
        }

        context.Response.ContentType = "text/vcard; charset=utf-8";
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"{found.Slug}.vcf\"";
        context.Response.Headers.CacheControl = SiteAnswers.Shared;
        return context.Response.WriteAsync(ContactCard.Write(entry), Encoding.UTF8, context.RequestAborted);
    }

    /// <summary>A page that says that something is not there.</summary>
    public Task MissingAsync(HttpContext context, SiteText text, string heading, string advice, int status, IReadOnlyList<EntryCard>? others = null) => context.SendPageAsync(
        Missing.Create(new MissingPage(frame, text)
        {
            Embed = Embedding.Of(context.Request),
            Title = heading,
            MayBeIndexed = false,
            Heading = heading,
            Advice = advice,
            Others = others ?? [],
        }),
        SiteAnswers.Private,
        status);

    /// <summary>The entry with its texts in the reader's language; what fell back is named in it.</summary>
    public static Entry Localized(IndexedEntry found, SiteText text) => LastingCards.Read(found, text);

    private static IndexedEntry? HostOf(Entry entry, DirectorySnapshot snapshot) => entry is Event { HostEntryId: { } id }
        ? snapshot.Find(id) ?? (snapshot.FindWithdrawn(id) is { } gone ? snapshot.FindSurvivor(gone) : null)
        : null;

    private static string Address(HttpRequest request, SiteText text, IndexedEntry entry)
    {
        var path = $"/{entry.Kind.Path()}/{entry.Slug}";
        return Embedding.Of(request)?.To(path, text.Language) ?? $"{request.PathBase}/{text.Language}{path}";
    }

    private Task GoneAsync(HttpContext context, SiteText text, DirectorySnapshot snapshot, EntryKind kind, string slug)
    {
        if (snapshot.FindWithdrawn(kind, slug) is not { } gone)
        {
            return MissingAsync(context, text, text["entry.missing"], text["entry.goneText"], StatusCodes.Status404NotFound, OthersLike(snapshot, kind, slug, text));
        }

        if (snapshot.FindSurvivor(gone) is { } survivor)
        {
            context.Response.Redirect(Address(context.Request, text, survivor), permanent: true);
            return Task.CompletedTask;
        }

        return MissingAsync(context, text, text["entry.gone"], text["entry.goneText"], StatusCodes.Status410Gone, OthersLike(snapshot, kind, slug, text));
    }

    /// <summary>
    /// What may help instead. Of an entry that was taken down only its address is left, which mostly has the town in it; failing that,
    /// entries of its kind near the department.
    /// </summary>
    private List<EntryCard> OthersLike(DirectorySnapshot snapshot, EntryKind kind, string slug, SiteText text)
    {
        var words = slug.Replace('-', ' ');
        var town = Gazetteer.Shipped.Find(words).Select(p => p.Place.Label).FirstOrDefault() ?? frame.Settings.DefaultNear;
        var place = Gazetteer.Shipped.Parse(town).Place;
        var query = new SearchQuery { Kinds = [kind], Take = MostOthers };
        var hits = place is null ? [] : snapshot.Search(query with { Places = [SearchPlace.Of(place)] }).Hits;
        if (hits.Count == 0)
        {
            hits = snapshot.Search(query).Hits;
        }

        return [.. hits.Select(h => cards.Of(lasting.Of(h.Entry, text), h.DistanceMiles, text))];
    }

    /// <summary>A material is known by the title of its edition in the reader's language.</summary>
    private static string? HeadingOf(Entry entry, SiteText text) =>
        entry is Material material && material.Editions.FirstOrDefault(e => e.Language == text.Language) is { } own && own.Title != entry.Name ? own.Title : null;

    private static Entry Stored(IndexedEntry found) => ApiJson.Read<Entry>(found.Body.Span);
}
