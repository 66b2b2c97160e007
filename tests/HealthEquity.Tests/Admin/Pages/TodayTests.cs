using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using HealthEquity.Admin.Pages.Shared;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Calls;
using HealthEquity.Store.Curators;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Suggestions;
using HealthEquity.Store.Verification;
using HealthEquity.Tests.Store;
using HealthEquity.Tests.Store.Databases;
using Microsoft.Extensions.DependencyInjection;

namespace HealthEquity.Tests.Admin.Pages;

/// <summary>The home page: every count matches the list that it links to.</summary>
public sealed partial class TodayTests(SharedConsole console) : IClassFixture<SharedConsole>, IAsyncLifetime
{
    private ConsoleHost _host = null!;
    private Curator _reviewer = null!;
    private ConsoleBrowser _browser = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private TestStores Stores => _host.Stores;

    private DateOnly Today => DateOnly.FromDateTime(_host.Clock.GetUtcNow().UtcDateTime);

    public async ValueTask InitializeAsync()
    {
        _host = await console.BeginAsync();
        _reviewer = await _host.AddCuratorAsync(CuratorRole.Reviewer);
        _browser = await _host.SignInAsync(_reviewer);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Every_count_matches_its_linked_list()
    {
        await FillAsync();

        var counts = Count().Matches(await _browser.ReadAsync("/"))
            .Select(m => (Number: int.Parse(m.Groups[2].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture), What: m.Groups[3].Value.Trim(), Path: WebUtility.HtmlDecode(m.Groups[1].Value)))
            .ToList();

        Assert.True(counts.Count >= 13, string.Join(", ", counts.Select(c => c.What)));
        Assert.DoesNotContain(counts, c => c.Number == 0);
        foreach (var (number, what, path) in counts)
        {
            var page = await _browser.ReadAsync(await ListOfAsync(_browser, path));
            var first = page.IndexOf("<table", StringComparison.Ordinal) is var table and >= 0 ? page[table..] : page;
            first = first.IndexOf("</table>", StringComparison.Ordinal) is var end and >= 0 ? first[..end] : first;
            var rows = path.StartsWith("/suggestions", StringComparison.Ordinal) ? Suggestion().Matches(page).Select(m => m.Value).Distinct().Count()
                : path.StartsWith("/duplicates", StringComparison.Ordinal) ? Pair().Matches(page).Select(m => m.Value).Distinct().Count()
                : Row().Count(first);
            Assert.True(number == rows, $"{what}: {number} counted, {rows} at {path}");
        }
    }

    [Fact]
    public async Task A_finished_day_has_no_tasks_and_says_so()
    {
        var html = await _browser.ReadAsync("/");
        Assert.Contains("Nothing is waiting.", html, StringComparison.Ordinal);
        Assert.Equal(0, Count().Count(html));

        await PublishAsync(Provider("Never checked"));
        html = await _browser.ReadAsync("/");
        Assert.DoesNotContain("Nothing is waiting.", html, StringComparison.Ordinal);
        Assert.Contains("<strong>1</strong> <bdi>call to make</bdi></a>", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_next_checks_are_calls_that_can_be_made_now_and_ones_own_by_urgency()
    {
        var answers = System.Text.Json.JsonSerializer.Deserialize<Dictionary<string, string>>(EditorialOffice.AllAnswers)!;
        var (called, planned, waiting) = (await PublishAsync(Provider("Called"), 91), await PublishAsync(Provider("Planned"), 91), await PublishAsync(Provider("Waiting"), 90));
        await DoAsync(s => Stores.Calls.RecordAsync(
            s, new CallResult { EntryId = called, Revision = 1, BasedOn = 1, Answers = answers, Correction = Provider("Called") with { Website = "https://new.example" }, CorrectionNote = "Website" }, Actor.System("test"), Cancellation));
        await DoAsync(s => Stores.Calls.RecordAsync(
            s, new CallResult { EntryId = planned, Revision = 1, BasedOn = 1, Outcome = "unreachable", TryAfter = _host.Clock.GetUtcNow().AddDays(1) }, Actor.System("test"), Cancellation));
        Assert.Equal(["Waiting"], Next().Matches(await _browser.ReadAsync("/")).Select(m => m.Groups[1].Value));

        var hotline = await PublishAsync(new Organization { Name = "Hotline", Phones = [new Phone { Number = "+13055550100", Type = "hotline" }], Functions = ["crisisLine"] });
        foreach (var id in new[] { waiting, hotline })
        {
            await DoAsync(s => Stores.Entries.AssignAsync(s, id, _reviewer.CuratorId, Actor.System("test"), Cancellation));
        }

        Assert.Equal(["Hotline", "Waiting"], Next().Matches(await _browser.ReadAsync("/")).Select(m => m.Groups[1].Value));
    }

    [Fact]
    public async Task Viewers_see_no_tasks_that_they_may_not_do()
    {
        await FillAsync();
        var viewer = await _host.SignInAsync(await _host.AddCuratorAsync(CuratorRole.Viewer));
        var paths = Count().Matches(await viewer.ReadAsync("/")).Select(m => WebUtility.HtmlDecode(m.Groups[1].Value)).ToList();
        Assert.True(paths.Count >= 8, string.Join(", ", paths));
        foreach (var path in paths)
        {
            Assert.Equal(HttpStatusCode.OK, await viewer.StatusAsync(await ListOfAsync(viewer, path)));
        }
    }

    [Fact]
    public void Bars_far_longer_than_all_others_are_cut_off()
    {
        Chart Of(params int[] totals) => Chart.Of("", "", [""], totals.Select(t => ("", new[] { t })));
        Assert.Equal(50, Of(11_147, 0, 50, 40, 30, 3, 0).Largest);
        Assert.Equal(50, Of(11_000, 4_100, 50, 40, 30, 20).Largest);
        Assert.Equal(900, Of(900, 700, 500, 100, 60, 50, 3).Largest);
        Assert.Equal(1, Of(0, 0).Largest);
        Assert.Equal(7, Of(7).Largest);
        Assert.Equal(100, (Of(33) with { Maximum = 100 }).Largest);
    }

    [Fact]
    public async Task The_chart_tables_show_every_number()
    {
        var counties = new[] { "Alachua", "Baker", "Bay", "Bradford", "Brevard", "Broward", "Calhoun", "Charlotte", "Citrus", "Clay", "Collier", "Columbia", "DeSoto", "Dixie", "Duval", "Escambia" };
        await PublishAsync(Provider("wide") with { ServiceArea = new ServiceArea { Counties = [.. counties.Select(c => $"FL:{c} County")] }, Languages = [Speaks("ht"), Speaks("es")] }, checkedDaysAgo: 10);
        await PublishAsync(Provider("late") with { Languages = [Speaks("es")] }, checkedDaysAgo: 200);
        await PublishAsync(Provider("never"));

        var html = await _browser.ReadAsync("/");

        Assert.All(counties, c => Assert.Contains($"<bdi>{c} County, FL</bdi></th><td class=\"number\">1</td>", html, StringComparison.Ordinal));
        Assert.Contains("Show all 16 rows", html, StringComparison.Ordinal);
        Assert.Contains("<bdi>Spanish</bdi></th><td class=\"number\">2</td>", html, StringComparison.Ordinal);
        Assert.Contains("<bdi>Haitian Creole</bdi></th><td class=\"number\">1</td>", html, StringComparison.Ordinal);
        Assert.Contains("<bdi>Provider</bdi></th><td class=\"number\">33</td>", html, StringComparison.Ordinal);
        Assert.Contains($"<bdi>{Today.AddDays(-10).ToString("MMM yyyy", CultureInfo.GetCultureInfo("en-US"))}</bdi></th><td class=\"number\">1</td>", html, StringComparison.Ordinal);
        Assert.Contains($"<bdi>{Today.AddDays(-200).ToString("MMM yyyy", CultureInfo.GetCultureInfo("en-US"))}</bdi></th><td class=\"number\">1</td>", html, StringComparison.Ordinal);
        Assert.Contains("<bdi>Never</bdi></th><td class=\"number\">1</td>", html, StringComparison.Ordinal);
    }

    /// <summary>Creates entries for every count. Providers are due after 90 days.</summary>
    private async Task FillAsync()
    {
        var numbers = 100;
        Provider Next(string name) => Provider(name) with { Phones = [new Phone { Number = $"+1305555{numbers++:0000}" }] };
        foreach (var days in new[] { 95, 91, 90, 85, 80, 70, 62, 10 })
        {
            await PublishAsync(Next($"Checked {days} days ago"), days);
        }

        var mine = await PublishAsync(Next("Mine"), 92);
        await DoAsync(s => Stores.Entries.AssignAsync(s, mine, _reviewer.CuratorId, Actor.System("test"), Cancellation));
        await PublishAsync(Next("Full") with { Capacity = new Capacity { Status = "full", AsOf = Today.AddDays(-40) } }, 1);
        await PublishAsync(Next("Licensed") with { Licenses = [new License { Type = "lcsw", Number = "77", State = "FL", ExpiresOn = Today.AddDays(5) }] }, 1);
        var gone = await PublishAsync(Next("Gone"), 100);
        await DoAsync(s => Stores.Publisher.WithdrawAsync(s, gone, Listing.Suspended, Actor.System("test"), "Closed.", mergedInto: null, Cancellation));
        var card = new Material { Name = "Card", MaterialType = "card", Summary = "Rights.", Translations = [new Translation { Language = "es", Summary = "Derechos.", Provenance = "human" }] };
        var stale = await PublishAsync(card);
        await DoAsync(s => Stores.Entries.SaveAsync(s, stale, 1, card with { Summary = "All rights." }, Actor.System("test"), null, Cancellation));
        await CreateAsync(Next("Draft"));
        var waiting = await CreateAsync(Next("Waiting"));
        await DoAsync(s => Stores.Reviews.SubmitAsync(s, waiting, 1, Actor.System("test"), null, Cancellation));
        var own = await DoAsync(s => Stores.Entries.CreateAsync(s, Next("Own"), Actor.Curator(_reviewer.CuratorId), null, null, Cancellation));
        await DoAsync(s => Stores.Reviews.SubmitAsync(s, own, 1, Actor.Curator(_reviewer.CuratorId), null, Cancellation));
        var back = await DoAsync(s => Stores.Entries.CreateAsync(s, Next("Back"), Actor.Curator(_reviewer.CuratorId), null, null, Cancellation));
        await DoAsync(s => Stores.Reviews.SubmitAsync(s, back, 1, Actor.Curator(_reviewer.CuratorId), null, Cancellation));
        await DoAsync(s => Stores.Reviews.ReturnAsync(s, back, 1, Actor.System("test"), "Say which days.", Cancellation));
        await DoAsync(s => _host.Services.GetRequiredService<SuggestionStore>().AddAsync(s, mine, null, null, "The number changed.", Cancellation));
        var twin = Next("Sun Counseling Center") with { Emails = [new Email { Address = "desk@sun.example" }] };
        await CreateAsync(twin);
        var second = await CreateAsync(twin with { Name = "Sun Counselling Center" });
        await Stores.Duplicates.CatchUpAsync(_host.Database, Cancellation);
        Assert.NotEqual(Guid.Empty, second);
    }

    /// <summary>The list that a link leads to: a view redirects to it.</summary>
    private static async Task<string> ListOfAsync(ConsoleBrowser browser, string path) =>
        path.StartsWith("/entries/views/", StringComparison.Ordinal) ? (await browser.GetAsync(path)).Headers.Location!.ToString() : path;

    private static Provider Provider(string name) => new() { Name = name };

    private static LanguageOffered Speaks(string language) => new() { Language = language };

    private Task<T> DoAsync<T>(Func<DbSession, Task<T>> work) => _host.Database.TransactAsync(work, Cancellation);

    private Task DoAsync(Func<DbSession, Task> work) => _host.Database.TransactAsync(work, Cancellation);

    private Task<Guid> CreateAsync(Entry entry) => DoAsync(s => Stores.Entries.CreateAsync(s, entry, Actor.System("test"), null, null, Cancellation));

    private async Task<Guid> PublishAsync(Entry entry, int? checkedDaysAgo = null)
    {
        var id = await CreateAsync(entry);
        await DoAsync(s => Stores.Publisher.PublishAsync(s, id, 1, "publish", Actor.System("test"), null, Cancellation));
        if (checkedDaysAgo is { } days)
        {
            await DoAsync(s => Stores.Verifications.RecordAsync(
                s, new VerificationRecord { EntryId = id, Revision = 1, Method = "phoneCall", Outcome = VerificationRecord.Confirmed, FieldOutcomes = EditorialOffice.AllAnswers, CheckedOn = Today.AddDays(-days) }, Actor.System("test"), Cancellation));
        }

        return id;
    }

    [GeneratedRegex("<li class=\"[a-z]*\"><a href=\"([^\"]+)\"><strong>([0-9,]+)</strong> <bdi>([^<]*)</bdi></a>")]
    private static partial Regex Count();

    [GeneratedRegex("<th scope=\"row\"><a href=\"/entries/show/[0-9a-f-]{36}\"><bdi>([^<]*)</bdi>")]
    private static partial Regex Next();

    [GeneratedRegex("<th scope=\"row\">")]
    private static partial Regex Row();

    [GeneratedRegex("href=\"/suggestions/[0-9a-f-]{36}")]
    private static partial Regex Suggestion();

    [GeneratedRegex("href=\"/duplicates/[0-9a-f-]{36}/[0-9a-f-]{36}")]
    private static partial Regex Pair();
}
