using System.Net.Http.Headers;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Geography;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Curators;
using HealthEquity.Store.Entries;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.DependencyInjection;

namespace HealthEquity.Tests.Admin.Pages;

/// <summary>Every page is at most 60 KB over the wire, even with a lot of content.</summary>
public sealed class PageSizeTests
{
    private const int Most = 60_000;

    /// <summary>A form shows every field of an entry. The languages of a material and the adoptions of an action are closed at first.</summary>
    private const int MostInForm = 100_000;

    /// <summary>Pages that need a special state, such as an import or an expired session.</summary>
    private static readonly string[] Passed =
    [
        "/Problem", "/SetUp", "/SignIn/Index", "/SignIn/Code", "/SignIn/RecoveryCode", "/SignIn/External", "/Unsent", "/Entries/Conflict",
        "/Imports/Show", "/Imports/Columns", "/Imports/Items", "/Imports/Item", "/Imports/Refused",
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_page_stays_small_with_thousands_of_entries()
    {
        await using var host = await ConsoleHost.StartAsync(settings: [("Starter", "samples")]);
        var administrator = await host.AddCuratorAsync(CuratorRole.Administrator);
        var stores = host.Stores;
        var made = await host.Database.TransactAsync(
            s => stores.Entries.CreateAsync(s, [.. Enumerable.Range(0, 3_000).Select(n => new NewEntry(LongNamed(n)))], Actor.System("test"), null, Cancellation), Cancellation);
        foreach (var id in made.Take(60))
        {
            await host.Database.TransactAsync(s => stores.Reviews.SubmitAsync(s, id, 1, Actor.System("test"), null, Cancellation), Cancellation);
        }

        var browser = await host.SignInAsync(administrator);
        var pages = await PagesAsync(host, made[0], administrator.CuratorId);
        var templates = host.Services.GetRequiredService<IActionDescriptorCollectionProvider>().ActionDescriptors.Items.OfType<PageActionDescriptor>().ToList();
        // Make sure that new pages are measured too.
        Assert.Equal([], templates.Select(t => t.ViewEnginePath).Except([.. Passed, .. pages.Keys]));
        var wrong = new List<string>();
        foreach (var path in pages.Values.SelectMany(p => p))
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
            request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("gzip"));
            using var answer = await browser.Client.SendAsync(request, Cancellation);
            var bytes = (await answer.Content.ReadAsByteArrayAsync(Cancellation)).Length;
            var most = path.StartsWith("/entries/edit/", StringComparison.Ordinal) ? MostInForm : Most;
            if (!answer.IsSuccessStatusCode || bytes > most || answer.Content.Headers.ContentEncoding.Count == 0)
            {
                wrong.Add($"{path}: {(int)answer.StatusCode}, {bytes} bytes, {string.Join(' ', answer.Content.Headers.ContentEncoding)}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong));
    }

    /// <summary>Returns URLs by page. Entry pages use one of the largest entries of each kind.</summary>
    private static async Task<Dictionary<string, IReadOnlyList<string>>> PagesAsync(ConsoleHost host, Guid inReview, Guid curator)
    {
        var largest = await host.Database.TransactAsync(
            async s =>
            {
                var ids = new List<Guid>();
                foreach (var kind in EntryKinds.All)
                {
                    var rows = await EntryFinder.FindAsync(s, new EntryFilter { Kind = kind }, EntrySort.Changed, 0, 4_000, Cancellation);
                    var texts = new List<(Guid Id, int Length)>();
                    foreach (var row in rows.Where(r => !r.Name.StartsWith("Coalition", StringComparison.Ordinal)))
                    {
                        texts.Add((row.EntryId, (await EntryStore.ReadRevisionAsync(s, row.EntryId, row.LatestRevision, Cancellation)).Body.Length));
                    }

                    ids.Add(texts.MaxBy(t => t.Length).Id);
                }

                return ids;
            },
            Cancellation);
        IReadOnlyList<string> Each(string path) => [.. largest.Select(id => $"{path}/{id}")];
        return new Dictionary<string, IReadOnlyList<string>>
        {
            ["/Index"] = ["/"],
            ["/Entries/Index"] = ["/entries", "/entries?text=coalition&columns=kind&columns=state&columns=due&columns=assured&columns=capacity&columns=credential&columns=assigned&columns=changed&columns=slug", "/entries?number=60", "/entries?columns=state&columns=city&columns=region&columns=phone&columns=languages&columns=cost&columns=immigration&columns=availability&columns=tags&facet=county"],
            ["/Entries/View"] = [],
            ["/Entries/Cell"] = [.. Each("/entries/cell").Select(path => path + "/tags")],
            ["/BulkChanges/Index"] = ["/bulk-changes"],
            ["/BulkChanges/Show"] = [],
            ["/Entries/New"] = [.. EntryKinds.All.Select(k => $"/entries/new?kind={k.Code()}").Prepend("/entries/new")],
            ["/Entries/Comments"] = Each("/entries/comments"),
            ["/Entries/Presence"] = [],
            ["/Entries/Edit"] = Each("/entries/edit"),
            ["/Entries/Show"] = Each("/entries/show"),
            ["/Entries/Preview"] = Each("/entries/preview"),
            ["/Entries/History"] = Each("/entries/history"),
            ["/Verify/Index"] = ["/verify", "/verify?risk=Never&number=60"],
            ["/Verify/Call"] = Each("/verify"),
            ["/Reviews/Index"] = ["/reviews"],
            ["/Reviews/Show"] = [$"/reviews/{inReview}"],
            ["/Suggestions/Index"] = ["/suggestions"],
            ["/Suggestions/Show"] = [],
            ["/Duplicates/Index"] = ["/duplicates"],
            ["/Duplicates/Pair"] = [],
            ["/PolicyActions/Index"] = ["/policy-actions/matrix", "/policy-actions/matrix?theme=all"],
            ["/PolicyActions/Matrix"] = [.. Each("/policy-actions/matrix").Skip((int)EntryKind.PolicyAction).Take(1)],
            ["/PolicyActions/Place"] = ["/policy-actions/places/california-ca"],
            ["/PolicyActions/Adoption"] = ["/policy-actions/adoption", .. Each("/policy-actions/adoption").Skip((int)EntryKind.PolicyAction).Take(1)],
            ["/Translations/Index"] = ["/translations"],
            ["/Translations/Entry"] = [.. largest.Select(id => $"/entries/{id}/translations/es")],
            ["/Expressions/Index"] = ["/expressions"],
            ["/Vocabularies/Index"] = ["/vocabularies"],
            ["/Vocabularies/Terms"] = ["/vocabularies/tag", "/vocabularies/specialty", "/vocabularies/court"],
            ["/Vocabularies/Term"] = ["/vocabularies/tag/sample"],
            ["/Curators/Index"] = ["/curators"],
            ["/Curators/Add"] = ["/curators/add"],
            ["/Curators/Edit"] = [$"/curators/{curator}"],
            ["/Partners/Index"] = ["/partners"],
            ["/Partners/Edit"] = [],
            ["/Settings/Index"] = ["/settings"],
            ["/Settings/Site"] = ["/settings/site"],
            ["/Lists/Index"] = ["/lists"],
            ["/Lists/Edit"] = [],
            ["/Imports/Index"] = ["/imports"],
            ["/Imports/Mappings"] = ["/imports/mappings"],
            ["/Imports/Conflicts"] = ["/imports/conflicts"],
            ["/Audit/Index"] = ["/audit"],
            ["/Account/Index"] = ["/account"],
            ["/Account/Password"] = ["/account/password"],
            ["/Account/Sessions"] = ["/account/sessions"],
            ["/Account/TwoFactor"] = ["/account/two-factor"],
            ["/SignOut"] = ["/sign-out"],
        };
    }

    private static Organization LongNamed(int n) => new()
    {
        Name = $"Coalition of neighbors, teachers and nurses for the health of newcomer families in the {n:0000}th district",
        Phones = [new Phone { Number = "+13055550141" }],
        ServiceArea = new ServiceArea { Counties = [Counties.All[n % Counties.All.Count].Code] },
    };
}
