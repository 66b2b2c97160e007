using System.Xml.Linq;
using HealthEquity.Api.Site.Texts;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Verification;

namespace HealthEquity.Tests.Api.Changes;

public sealed class NewsFeedTests(DirectoryApi api)
{
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";

    [Fact]
    public async Task The_feed_has_what_is_new_and_what_was_taken_down_latest_first_without_its_name()
    {
        var node = await api.OpenAsync();
        var ids = new List<Guid>();
        foreach (var name in new[] { "One", "Two", "Three" })
        {
            node.Clock.Now = node.Clock.Now.AddHours(1);
            ids.Add(await node.PublishAsync(new Provider { Name = name, Summary = $"{name} & more" }, name.ToLowerInvariant()));
        }

        node.Clock.Now = node.Clock.Now.AddHours(1);
        await node.WithdrawAsync(ids[1]);
        node.Clock.Now = node.Clock.Now.AddHours(1);
        // A check that changes nothing is no news.
        var check = new VerificationRecord { EntryId = ids[0], Revision = 1, Method = "phoneCall", Outcome = VerificationRecord.Confirmed, CheckedOn = new(2026, 3, 2) };
        await node.Database.TransactAsync(s => node.Stores.Verifications.RecordAsync(s, check, Actor.System("test"), default), default);
        await Node.UntilAsync(async () => (await (await node.Client.GetAsync("/v1/providers/one")).Content.ReadAsStringAsync()).Contains("\"assuredOn\"", StringComparison.Ordinal));

        var feed = XDocument.Parse(await node.Client.GetStringAsync("/v1/feed.atom")).Root!;
        Assert.Equal(Atom + "feed", feed.Name);
        var entries = feed.Elements(Atom + "entry").ToList();
        Assert.Equal(["Taken down: provider", "Three", "One"], entries.Select(e => e.Element(Atom + "title")!.Value));
        Assert.Equal([$"urn:uuid:{ids[1]}", $"urn:uuid:{ids[2]}", $"urn:uuid:{ids[0]}"], entries.Select(e => e.Element(Atom + "id")!.Value));
        Assert.Equal(["2026-03-02T19:00:00Z", "2026-03-02T18:00:00Z", "2026-03-02T16:00:00Z"], entries.Select(e => e.Element(Atom + "updated")!.Value));
        Assert.Equal([null, "/providers/three", "/providers/one"], entries.Select(e => e.Element(Atom + "link")?.Attribute("href")?.Value));
        Assert.Equal(["takenDown", "listed", "listed"], entries.Select(e => e.Elements(Atom + "category").Last().Attribute("term")!.Value));
        Assert.Equal("Three & more", entries[1].Element(Atom + "summary")!.Value);
        Assert.DoesNotContain("Two", feed.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_feed_is_in_the_readers_language_and_leads_on_to_what_was_merged()
    {
        var node = await api.SharedAsync();
        var response = await node.Client.GetAsync("/v1/feed.atom?lang=es");
        Assert.Equal("application/atom+xml", response.Content.Headers.ContentType!.MediaType);
        var entries = XDocument.Parse(await response.Content.ReadAsStringAsync()).Root!.Elements(Atom + "entry").ToList();
        Assert.Contains(entries, e => e.Element(Atom + "title")!.Value == "Clínica El Sol");
        var merged = entries.Single(e => e.Element(Atom + "title")!.Value == "Ahora es parte de Clínica del Sol");
        Assert.Equal("/providers/clinica-del-sol", merged.Element(Atom + "link")!.Attribute("href")!.Value);
    }

    [Fact]
    public async Task What_was_taken_down_is_told_in_every_language_by_parameter_and_by_header()
    {
        var node = await api.SharedAsync();
        foreach (var language in SiteTexts.Languages)
        {
            var byParameter = await node.Client.GetStringAsync($"/v1/feed.atom?lang={language}");
            using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/feed.atom");
            request.Headers.AcceptLanguage.ParseAdd(language);
            var byHeader = await (await node.Client.SendAsync(request)).Content.ReadAsStringAsync();
            Assert.Equal(byParameter, byHeader);
            Assert.Equal(language == "en", byParameter.Contains("Taken down: provider", StringComparison.Ordinal));
            Assert.Equal(language == "en", byParameter.Contains("Merged into", StringComparison.Ordinal));
        }
    }
}
