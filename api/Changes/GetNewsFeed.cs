using System.Globalization;
using System.Text;
using System.Xml;
using FastEndpoints;
using HealthEquity.Api.Answers;
using HealthEquity.Api.Feed;
using HealthEquity.Api.Languages;
using HealthEquity.Api.Parameters;
using HealthEquity.Api.Site.Texts;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Text;
using HealthEquity.Search.Index;

namespace HealthEquity.Api.Changes;

/// <summary>A request for the news of the directory.</summary>
public sealed record GetNewsFeedRequest
{
    /// <summary>The language of titles and summaries, BCP-47. Defaults to Accept-Language.</summary>
    [Parameter(Codes = CodeSet.Language, Example = "es")]
    public string? Lang { get; init; }
}

/// <summary>Documents <see cref="GetNewsFeed"/>.</summary>
public sealed class GetNewsFeedSummary : Summary<GetNewsFeed>
{
    /// <summary>Sets the texts.</summary>
    public GetNewsFeedSummary()
    {
        Summary = "Read what is new and what was taken down";
        Description =
            "The latest 100 entries that are new, were edited, or were taken down, latest first, as an Atom feed (RFC 4287). A check that changed "
            + "nothing is no news. What was taken down has no name any more. To keep a copy of the directory, use /v1/changes.";
    }
}

/// <summary>GET /v1/feed.atom</summary>
public sealed class GetNewsFeed(PublishedDirectory directory, DirectorySite site, SiteTexts texts) : DirectoryEndpoint<GetNewsFeedRequest, Stream>
{
    private const string MediaType = "application/atom+xml";
    private const string Atom = "http://www.w3.org/2005/Atom";
    private const int Most = 100;

    /// <summary>How many entries are read to find the news among them; the rest were only checked.</summary>
    private const int Candidates = 300;

    /// <inheritdoc/>
    public override void Configure()
    {
        Reads("/v1/feed.atom");
        Description(b => b.ClearDefaultProduces(StatusCodes.Status200OK).Produces<Stream>(StatusCodes.Status200OK, MediaType).Produces(StatusCodes.Status304NotModified));
    }

    /// <inheritdoc/>
    public override Task HandleAsync(GetNewsFeedRequest req, CancellationToken ct)
    {
        if (!directory.IsReady)
        {
            return NotReady.SendAsync(HttpContext);
        }

        var choice = LanguageChoice.Of(req.Lang, HttpContext.Request);
        var snapshot = directory.Current;
        return HttpContext.SendAsync(new Answer(Write(snapshot, choice), snapshot.Mark)
        {
            Generation = snapshot.Generation,
            ContentType = $"{MediaType}; charset=utf-8",
            ContentLanguage = choice.First ?? default,
        });
    }

    private byte[] Write(DirectorySnapshot snapshot, LanguageChoice choice)
    {
        var text = texts.Choose(choice);
        var news = snapshot.All().OrderByDescending(e => e.Sequence).Take(Candidates).Select(e => Read(e, choice))
            .Concat(snapshot.Withdrawn.Select(t => OfTombstone(t, snapshot, text)))
            .OrderByDescending(n => n.Updated).ThenBy(n => n.Id).Take(Most).ToList();
        using var bytes = new MemoryStream();
        using (var xml = XmlWriter.Create(bytes, new XmlWriterSettings { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false) }))
        {
            xml.WriteStartElement("feed", Atom);
            xml.WriteElementString("id", Atom, $"urn:uuid:{snapshot.Mark.Epoch:D}");
            xml.WriteElementString("title", Atom, UnicodeText.ForXml(site.Settings.DepartmentName));
            xml.WriteElementString("updated", Atom, Moment(news.Count > 0 ? news[0].Updated : DateTimeOffset.UnixEpoch));
            WriteLink(xml, "self", "/v1/feed.atom");
            xml.WriteStartElement("author", Atom);
            xml.WriteElementString("name", Atom, UnicodeText.ForXml(site.Settings.DepartmentName));
            xml.WriteEndElement();
            foreach (var item in news)
            {
                WriteItem(xml, item);
            }

            xml.WriteEndElement();
        }

        return bytes.ToArray();
    }

    private void WriteItem(XmlWriter xml, Item item)
    {
        xml.WriteStartElement("entry", Atom);
        xml.WriteElementString("id", Atom, $"urn:uuid:{item.Id:D}");
        xml.WriteElementString("title", Atom, UnicodeText.ForXml(item.Title));
        xml.WriteElementString("updated", Atom, Moment(item.Updated));
        if (item.Path is not null)
        {
            WriteLink(xml, "alternate", item.Path);
        }

        foreach (var category in new[] { item.Kind.Code(), item.State })
        {
            xml.WriteStartElement("category", Atom);
            xml.WriteAttributeString("term", category);
            xml.WriteEndElement();
        }

        xml.WriteElementString("summary", Atom, UnicodeText.ForXml(item.Summary ?? item.Title));
        xml.WriteEndElement();
    }

    private void WriteLink(XmlWriter xml, string relation, string path)
    {
        xml.WriteStartElement("link", Atom);
        xml.WriteAttributeString("rel", relation);
        xml.WriteAttributeString("href", HttpContext.Request.PathBase + path);
        xml.WriteEndElement();
    }

    private static Item Read(IndexedEntry indexed, LanguageChoice choice)
    {
        var entry = new EntryWriter(choice).Read(indexed.Body.Span);
        return new Item(indexed.Id, indexed.Kind, entry.Name, entry.UpdatedAt ?? entry.PublishedAt ?? DateTimeOffset.UnixEpoch, "listed")
        {
            Path = $"/{indexed.Kind.Path()}/{indexed.Slug}",
            Summary = entry.Summary,
        };
    }

    /// <summary>What was taken down is not named: it may have asked not to be.</summary>
    private static Item OfTombstone(Tombstone gone, DirectorySnapshot snapshot, SiteText text) => snapshot.FindSurvivor(gone) is { } survivor
        ? new Item(gone.Id, gone.Kind, text.Fill("feed.merged", ("name", survivor.Name)), gone.WithdrawnAt, "merged") { Path = $"/{survivor.Kind.Path()}/{survivor.Slug}" }
        : new Item(gone.Id, gone.Kind, text.Fill("feed.takenDown", ("kind", text[$"feed.{gone.Kind.Code()}"])), gone.WithdrawnAt, "takenDown");

    private static string Moment(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private sealed record Item(Guid Id, EntryKind Kind, string Title, DateTimeOffset Updated, string State)
    {
        public string? Path { get; init; }

        public string? Summary { get; init; }
    }
}
