using System.Net;
using System.Text.RegularExpressions;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Curators;
using HealthEquity.Store.Settings;
using HealthEquity.Store.Suggestions;
using HealthEquity.Store.Verification;
using HealthEquity.Tests.Admin.Pages.Entries;
using Microsoft.Extensions.DependencyInjection;

namespace HealthEquity.Tests.Admin.Pages;

/// <summary>Markup in any field is shown as text on every page.</summary>
public sealed partial class HostileTextTests(SharedConsole console) : IClassFixture<SharedConsole>
{
    private const string Hostile =
        """<script>alert(1)</script><img src=x onerror=alert(2)>"><svg onload=alert(3)>'-alert(4)-' </textarea></title><b id=live>[x](javascript:alert(5)) ![i](https://evil.example/i.png) <https://ok.example> {{7*7}} @(1+1)""";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<EntryKind> Kinds => [.. EntryKinds.All];

    [Theory, MemberData(nameof(Kinds))]
    public async Task Markup_in_every_field_is_shown_as_text_on_every_page(EntryKind kind)
    {
        var host = await console.BeginAsync();
        var stores = host.Stores;
        var curator = await host.AddCuratorAsync(CuratorRole.Administrator, Hostile[..190]);
        var actor = Actor.Curator(curator.CuratorId);
        var browser = await host.SignInAsync(curator);
        // A name holds 200 characters; a longer one is refused before it is shown anywhere.
        var entry = FullEntry.Of(kind, name => $"{name} {Hostile}") with { Name = $"Name {Hostile}"[..200] };
        var (id, suggestion, twin) = await host.Database.TransactAsync(
            async s =>
            {
                var made = await stores.Entries.CreateAsync(s, FullEntry.Of(kind), actor, Hostile, null, Cancellation);
                await stores.Publisher.PublishAsync(s, made, 1, "publish", Actor.System("test"), Hostile, Cancellation);
                await stores.Entries.SaveAsync(s, made, 1, entry, actor, Hostile, Cancellation);
                await stores.Verifications.RecordAsync(
                    s,
                    new VerificationRecord { EntryId = made, Revision = 1, Method = Hostile, Outcome = Hostile, Note = Hostile, Evidence = Hostile, CheckedOn = new DateOnly(2026, 1, 1) },
                    actor,
                    Cancellation);
                await stores.Entries.AssignAsync(s, made, curator.CuratorId, actor, Cancellation);
                var box = host.Services.GetRequiredService<SuggestionStore>();
                var other = await stores.Entries.CreateAsync(s, entry with { Summary = $"Another {Hostile}" }, actor, Hostile, null, Cancellation);
                await stores.Duplicates.DetectAsync(s, [other], Cancellation);
                await stores.Comments.AddAsync(s, made, Hostile, actor, Cancellation);
                return (made, await box.AddAsync(s, made, null, Hostile, Hostile, Cancellation), other);
            },
            Cancellation);

        foreach (var path in new[]
        {
            "/", "/entries", $"/entries?text={Uri.EscapeDataString(Hostile)}&state={Uri.EscapeDataString(Hostile)}", $"/entries/show/{id}", $"/entries/edit/{id}", $"/entries/comments/{id}",
            $"/entries/preview/{id}", $"/entries/preview/{id}?language={Uri.EscapeDataString("LanguageOne " + Hostile)}", $"/entries/history/{id}?from=1&to=2",
            $"/reviews/{id}", "/reviews", $"/verify/{id}", "/verify", "/suggestions", $"/suggestions/{suggestion}",
            $"/suggestions/{suggestion}?field=summary", $"/policy-actions/matrix/{id}", "/policy-actions/matrix?theme=all", "/policy-actions/adoption", $"/entries/{id}/translations/fr",
            "/duplicates", $"/duplicates/{id}/{twin}",
        })
        {
            var answer = await browser.GetAsync(path);
            Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{path}: {(int)answer.StatusCode}");
            AssertHarmless(await answer.Content.ReadAsStringAsync(Cancellation), path);
        }

        // The same text in an edit conflict, a refused form, and an unsaved draft.
        var values = FormOnPage.Read(await browser.ReadAsync($"/entries/edit/{id}"));
        values.Set("name", Hostile + " mine");
        var refused = await browser.SubmitAsync($"/entries/edit/{id}", null, values.Fields(("_intent", "save"), ("_note", Hostile)));
        AssertHarmless(await refused.Content.ReadAsStringAsync(Cancellation), "edit, refused");
        Assert.Equal(Hostile + " mine", FormOnPage.Read(await browser.ReadAsync($"/entries/edit/{id}?unsaved=true")).First("name"));
        AssertHarmless(await (await browser.SubmitAsync($"/entries/edit/{id}", "Preview", values.Fields())).Content.ReadAsStringAsync(Cancellation), "live preview");
        AssertHarmless(await browser.ReadAsync("/"), "today, with unsaved text");
        await host.Database.TransactAsync(s => stores.Entries.SaveAsync(s, id, 2, entry with { Summary = Hostile + "theirs" }, actor, Hostile, Cancellation), Cancellation);
        AssertHarmless(await browser.ReadAsync($"/entries/conflict/{id}"), "conflict");

        // The same text in a merge, its preview, and the history.
        var pair = $"/duplicates/{id}/{twin}";
        var preview = await browser.SubmitAsync(pair, "Preview", ("keep", $"{id}"), ("note", Hostile), ("take:name", "Both"));
        AssertHarmless(await preview.Content.ReadAsStringAsync(Cancellation), "preview of a merge");
        var merged = await browser.SubmitAsync(pair, "Merge", ("keep", $"{id}"), ("survivorRevision", "3"), ("loserRevision", "1"), ("note", Hostile));
        Assert.Equal(HttpStatusCode.Redirect, merged.StatusCode);
        foreach (var path in new[] { pair, $"/entries/show/{twin}", $"/entries/show/{id}", $"/entries/history/{id}" })
        {
            AssertHarmless(await browser.ReadAsync(path), path);
        }
    }

    [Fact]
    public async Task Markup_from_administrators_is_shown_as_text_on_every_page()
    {
        var host = await console.BeginAsync();
        var curator = await host.AddCuratorAsync(CuratorRole.Administrator, Hostile[..190]);
        var browser = await host.SignInAsync(curator);
        const string Department = "Dept <b id=live> </title><script>alert(1)</script>";
        var (settings, site) = (host.Services.GetRequiredService<SettingStore>(), host.Services.GetRequiredService<SiteSettingStore>());
        await host.Database.TransactAsync(
            async s =>
            {
                var actor = Actor.Curator(curator.CuratorId);
                await settings.WriteAsync(s, new DirectorySettings { DefaultState = Hostile, DefaultCounty = Hostile }, actor, Cancellation);
                await site.WriteAsync(
                    s,
                    new SiteSettings
                    {
                        DepartmentName = Department,
                        DefaultNear = Hostile,
                        ExitAddress = Hostile,
                        FrameHosts = [Hostile],
                        HeightOrigins = [Hostile],
                        Notices = new Dictionary<string, string> { ["en"] = Hostile },
                        AssistanceNotices = new Dictionary<string, string> { ["es"] = Hostile },
                    },
                    actor,
                    Cancellation);
            },
            Cancellation);
        Assert.Equal(
            HttpStatusCode.Redirect,
            (await browser.SubmitAsync("/vocabularies/tag", null, ("Code", "hostile"), ("Label", Department), ("Definition", Hostile))).StatusCode);
        await browser.SubmitAsync("/expressions", null, ("Text", Hostile[..Math.Min(Hostile.Length, 200)]), ("Language", "en"), ("Meaning", "kind:attorney"));
        await browser.SubmitAsync("/vocabularies/tag/hostile", null, ("Label", Department), ("Definition", Hostile), ("Labels[es]", Department));

        foreach (var path in new[]
        {
            "/", "/settings", "/settings/site", "/vocabularies", "/vocabularies/tag", "/vocabularies/tag/hostile", "/expressions", "/audit", $"/audit?subject={Uri.EscapeDataString(Hostile)}", "/curators",
            $"/curators/{curator.CuratorId}", "/account", "/account/sessions", "/entries?tag=hostile", "/entries/new?kind=provider", "/sign-out", "/no-such-page",
        })
        {
            AssertHarmless(await browser.ReadAsync(path), path);
        }

        var refused = await browser.SubmitAsync("/settings", null, ("Input.TimeZone", Hostile), ("Input.Languages", Hostile));
        AssertHarmless(await refused.Content.ReadAsStringAsync(Cancellation), "settings, refused");
        var refusedSite = await browser.SubmitAsync("/settings/site", null, ("Input.DepartmentName", Hostile), ("Input.BrandColor", Hostile), ("Input.ExitAddress", Hostile), ("Input.DefaultNear", Hostile), ("Input.FrameHosts", Hostile));
        AssertHarmless(await refusedSite.Content.ReadAsStringAsync(Cancellation), "settings of the public pages, refused");
        var added = await browser.SubmitAsync("/curators/add", null, ("DisplayName", Hostile), ("UserName", Hostile), ("Role", Hostile));
        AssertHarmless(await added.Content.ReadAsStringAsync(Cancellation), "a curator, refused");
        AssertHarmless(await host.Browse().ReadAsync("/sign-in"), "sign-in");
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("<img src=x onerror=alert(2)>")]
    [InlineData("<input value=\"\"><svg onload=alert(3)>")]
    [InlineData("<a href=\"javascript:alert(5)\">x</a>")]
    [InlineData("<p><b id=live>")]
    public void The_check_can_fail(string html) => Assert.ThrowsAny<Exception>(() => AssertHarmless(html, "here"));

    [Fact]
    public async Task CSV_exports_contain_no_formulas()
    {
        var host = await console.BeginAsync();
        var stores = host.Stores;
        var browser = await host.SignInAsync(await host.AddCuratorAsync(CuratorRole.Curator));
        await host.Database.TransactAsync(
            s => stores.Entries.CreateAsync(s, FullEntry.Of(EntryKind.Material) with { Name = "=HYPERLINK(\"https://evil.example\")" }, Actor.System("test"), null, null, Cancellation),
            Cancellation);
        var csv = await (await browser.SubmitAsync("/entries", "Export", ("format", "csv"), ("view", "editorial"))).Content.ReadAsStringAsync(Cancellation);
        Assert.Contains("\"'=HYPERLINK(\"\"https://evil.example\"\")\"", csv, StringComparison.Ordinal);
    }

    internal static void AssertHarmless(string html, string where)
    {
        foreach (Match tag in Tag().Matches(html))
        {
            var text = tag.Value;
            Assert.False(text.StartsWith("<svg onload", StringComparison.OrdinalIgnoreCase), $"{where}: {text}");
            Assert.False(Handler().IsMatch(text), $"{where}: {text}");
            Assert.False(Live().IsMatch(text), $"{where}: {text}");
        }
    }

    // Matches a tag as a browser parses it. Quoted values can contain anything.
    [GeneratedRegex("""<[a-zA-Z/](?:"[^"]*"|'[^']*'|[^'">])*>""")]
    private static partial Regex Tag();

    [GeneratedRegex("""^<[^\s>]+(?:\s+[^\s=>]+(?:="[^"]*")?)*\s+on[a-z]+\s*=""", RegexOptions.IgnoreCase)]
    private static partial Regex Handler();

    [GeneratedRegex("""^<script(?![^>]*\ssrc="/)|^<script>|^<b id=live|(?:href|src|action|formaction)="\s*(?:javascript|data):|<img[^>]*(?:evil|src=x)""", RegexOptions.IgnoreCase)]
    private static partial Regex Live();
}
