using System.Buffers;
using System.Text;
using System.Text.Json;
using HealthEquity.Api.Feed;
using HealthEquity.Api.Json;
using HealthEquity.Api.Languages;
using HealthEquity.Api.Site.Cards;
using HealthEquity.Api.Site.Layout;
using HealthEquity.Api.Site.Texts;
using HealthEquity.Directory.Entries;
using HealthEquity.Search.Index;

namespace HealthEquity.Api.Site.EntryPages;

/// <summary>The page of an entry, in the reader's language, and its contact card.</summary>
public sealed class EntryPageAnswers(SiteFrame frame, PublishedDirectory directory, EntryCards cards, EntrySections sections)
{
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
                Title = entry.Name,
                Path = $"/{kind.Path()}/{found.Slug}",
                Entry = entry,
                Card = card,
                Sections = sections.Of(entry, text),
            }),
            SiteAnswers.Shared);
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
    public Task MissingAsync(HttpContext context, SiteText text, string heading, string advice, int status) => context.SendPageAsync(
        Missing.Create(new MissingPage(frame, text)
        {
            Embed = Embedding.Of(context.Request),
            Title = heading,
            MayBeIndexed = false,
            Heading = heading,
            Advice = advice,
        }),
        SiteAnswers.Private,
        status);

    /// <summary>The entry with its texts in the reader's language; what fell back is named in it.</summary>
    public static Entry Localized(IndexedEntry found, SiteText text)
    {
        var body = new ArrayBufferWriter<byte>(found.Body.Length + 256);
        new EntryWriter(LanguageChoice.OfTag(text.Language)).Write(body, found.Body.Span);
        return JsonSerializer.Deserialize<Entry>(body.WrittenSpan, ApiJson.Options)!;
    }

    private static string Address(HttpRequest request, SiteText text, IndexedEntry entry)
    {
        var path = $"/{entry.Kind.Path()}/{entry.Slug}";
        return Embedding.Of(request)?.To(path, text.Language) ?? $"{request.PathBase}/{text.Language}{path}";
    }

    private Task GoneAsync(HttpContext context, SiteText text, DirectorySnapshot snapshot, EntryKind kind, string slug)
    {
        if (snapshot.FindWithdrawn(kind, slug) is not { } gone)
        {
            return MissingAsync(context, text, text["entry.missing"], text["entry.goneText"], StatusCodes.Status404NotFound);
        }

        if (snapshot.FindSurvivor(gone) is { } survivor)
        {
            context.Response.Redirect(Address(context.Request, text, survivor), permanent: true);
            return Task.CompletedTask;
        }

        return MissingAsync(context, text, text["entry.gone"], text["entry.goneText"], StatusCodes.Status410Gone);
    }
}
