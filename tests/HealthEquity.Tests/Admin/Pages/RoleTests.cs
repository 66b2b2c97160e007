using System.Net;
using System.Text.RegularExpressions;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Curators;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace HealthEquity.Tests.Admin.Pages;

/// <summary>Checks every page handler with every role.</summary>
public sealed partial class RoleTests(SharedConsole console) : IClassFixture<SharedConsole>
{
    /// <summary>
    /// The expected minimum roles for reading each page and submitting its forms, independent of the product's own table. A page that is
    /// missing here fails the test.
    /// </summary>
    private static readonly Dictionary<string, (CuratorRole Read, CuratorRole Send)> Meant = new()
    {
        ["/Index"] = (CuratorRole.Viewer, CuratorRole.Curator),
        ["/Unsent"] = (CuratorRole.Viewer, CuratorRole.Viewer),
        ["/SignOut"] = (CuratorRole.Viewer, CuratorRole.Viewer),
        ["/Account/Index"] = (CuratorRole.Viewer, CuratorRole.Viewer),
        ["/Account/Password"] = (CuratorRole.Viewer, CuratorRole.Viewer),
        ["/Account/TwoFactor"] = (CuratorRole.Viewer, CuratorRole.Viewer),
        ["/Account/Sessions"] = (CuratorRole.Viewer, CuratorRole.Viewer),
        ["/Entries/Index"] = (CuratorRole.Viewer, CuratorRole.Curator),
        ["/Entries/Index?handler=Export"] = (CuratorRole.Viewer, CuratorRole.Viewer),
        ["/Entries/Index?handler=Columns"] = (CuratorRole.Viewer, CuratorRole.Viewer),
        ["/Entries/Index?handler=Publish"] = (CuratorRole.Viewer, CuratorRole.Reviewer),
        ["/BulkChanges/Show?handler=Approve"] = (CuratorRole.Curator, CuratorRole.Reviewer),
        ["/Entries/Index?handler=Density"] = (CuratorRole.Viewer, CuratorRole.Viewer),
        ["/Entries/Index?handler=SaveView"] = (CuratorRole.Viewer, CuratorRole.Viewer),
        ["/Entries/Index?handler=DeleteView"] = (CuratorRole.Viewer, CuratorRole.Viewer),
        ["/Entries/View"] = (CuratorRole.Viewer, CuratorRole.Viewer),
        ["/Entries/Show"] = (CuratorRole.Viewer, CuratorRole.Curator),
        ["/Entries/Preview"] = (CuratorRole.Viewer, CuratorRole.Curator),
        ["/Entries/History"] = (CuratorRole.Viewer, CuratorRole.Curator),
        ["/Entries/New"] = (CuratorRole.Curator, CuratorRole.Curator),
        ["/Entries/Edit"] = (CuratorRole.Curator, CuratorRole.Curator),
        ["/Entries/Cell"] = (CuratorRole.Curator, CuratorRole.Curator),
        ["/Entries/Conflict"] = (CuratorRole.Curator, CuratorRole.Curator),
        ["/Entries/Comments"] = (CuratorRole.Viewer, CuratorRole.Curator),
        ["/Entries/Presence"] = (CuratorRole.Viewer, CuratorRole.Curator),
        ["/Reviews/Index"] = (CuratorRole.Viewer, CuratorRole.Reviewer),
        ["/Reviews/Show"] = (CuratorRole.Viewer, CuratorRole.Reviewer),
        ["/Verify/Index"] = (CuratorRole.Curator, CuratorRole.Curator),
        ["/Verify/Call"] = (CuratorRole.Curator, CuratorRole.Curator),
        ["/BulkChanges/Index"] = (CuratorRole.Curator, CuratorRole.Curator),
        ["/BulkChanges/Show"] = (CuratorRole.Curator, CuratorRole.Curator),
        ["/Suggestions/Index"] = (CuratorRole.Curator, CuratorRole.Curator),
        ["/Suggestions/Show"] = (CuratorRole.Curator, CuratorRole.Curator),
        ["/Duplicates/Index"] = (CuratorRole.Viewer, CuratorRole.Curator),
        ["/Duplicates/Pair"] = (CuratorRole.Viewer, CuratorRole.Curator),
        ["/Duplicates/Pair?handler=Merge"] = (CuratorRole.Viewer, CuratorRole.Reviewer),
        ["/Duplicates/Pair?handler=Decline"] = (CuratorRole.Viewer, CuratorRole.Reviewer),
        ["/Duplicates/Pair?handler=Undo"] = (CuratorRole.Viewer, CuratorRole.Reviewer),
        ["/Imports/Index"] = (CuratorRole.Viewer, CuratorRole.Curator),
        ["/Imports/Show"] = (CuratorRole.Viewer, CuratorRole.Curator),
        ["/Imports/Show?handler=ApplyAndPublish"] = (CuratorRole.Viewer, CuratorRole.Reviewer),
        ["/Imports/Show?handler=Publish"] = (CuratorRole.Viewer, CuratorRole.Reviewer),
        ["/Imports/Show?handler=Undo"] = (CuratorRole.Viewer, CuratorRole.Reviewer),
        ["/Imports/Show?handler=ConfirmUndo"] = (CuratorRole.Viewer, CuratorRole.Reviewer),
        ["/Imports/Show?handler=RejectUndo"] = (CuratorRole.Viewer, CuratorRole.Reviewer),
        ["/Imports/Columns"] = (CuratorRole.Viewer, CuratorRole.Curator),
        ["/Imports/Items"] = (CuratorRole.Viewer, CuratorRole.Curator),
        ["/Imports/Item"] = (CuratorRole.Viewer, CuratorRole.Curator),
        ["/Imports/Refused"] = (CuratorRole.Viewer, CuratorRole.Curator),
        ["/Imports/Refused?handler=File"] = (CuratorRole.Curator, CuratorRole.Curator),
        ["/Imports/Conflicts"] = (CuratorRole.Viewer, CuratorRole.Curator),
        ["/Imports/Mappings"] = (CuratorRole.Viewer, CuratorRole.Curator),
        ["/Lists/Index"] = (CuratorRole.Viewer, CuratorRole.Curator),
        ["/Lists/Edit"] = (CuratorRole.Viewer, CuratorRole.Curator),
        ["/Lists/Edit?handler=Publish"] = (CuratorRole.Viewer, CuratorRole.Reviewer),
        ["/Lists/Edit?handler=Withdraw"] = (CuratorRole.Viewer, CuratorRole.Reviewer),
        ["/PolicyActions/Index"] = (CuratorRole.Viewer, CuratorRole.Curator),
        ["/PolicyActions/Matrix"] = (CuratorRole.Viewer, CuratorRole.Curator),
        ["/PolicyActions/Place"] = (CuratorRole.Viewer, CuratorRole.Curator),
        ["/PolicyActions/Adoption"] = (CuratorRole.Curator, CuratorRole.Curator),
        ["/Translations/Index"] = (CuratorRole.Translator, CuratorRole.Translator),
        ["/Entries/Index?handler=ExportTexts"] = (CuratorRole.Viewer, CuratorRole.Translator),
        ["/Translations/Entry"] = (CuratorRole.Viewer, CuratorRole.Translator),
        ["/Translations/Entry?handler=Review"] = (CuratorRole.Viewer, CuratorRole.Reviewer),
        ["/Curators/Index"] = (CuratorRole.Administrator, CuratorRole.Administrator),
        ["/Curators/Add"] = (CuratorRole.Administrator, CuratorRole.Administrator),
        ["/Curators/Edit"] = (CuratorRole.Administrator, CuratorRole.Administrator),
        ["/Partners/Index"] = (CuratorRole.Administrator, CuratorRole.Administrator),
        ["/Partners/Edit"] = (CuratorRole.Administrator, CuratorRole.Administrator),
        ["/Settings/Index"] = (CuratorRole.Administrator, CuratorRole.Administrator),
        ["/Settings/Site"] = (CuratorRole.Administrator, CuratorRole.Administrator),
        ["/Expressions/Index"] = (CuratorRole.Administrator, CuratorRole.Administrator),
        ["/Vocabularies/Index"] = (CuratorRole.Administrator, CuratorRole.Administrator),
        ["/Vocabularies/Terms"] = (CuratorRole.Administrator, CuratorRole.Administrator),
        ["/Vocabularies/Term"] = (CuratorRole.Administrator, CuratorRole.Administrator),
        ["/Audit/Index"] = (CuratorRole.Administrator, CuratorRole.Administrator),
    };

    /// <summary>What language reviewers may do, too. The handler then checks the languages.</summary>
    private static readonly string[] ForLanguageReviewers =
    [
        "POST /Reviews/Show?handler=Approve", "POST /Reviews/Show?handler=Return", "POST /Reviews/Show?handler=UndoReturn", "POST /Reviews/Show?handler=UndoApproval", "POST /Translations/Entry?handler=Review",
        "GET /BulkChanges/Show?handler=", "POST /BulkChanges/Show?handler=Approve",
    ];

    /// <summary>Pages that don't require sign-in.</summary>
    private static readonly string[] Open = ["/SignIn/Index", "/SignIn/Code", "/SignIn/RecoveryCode", "/SignIn/External", "/SetUp", "/Problem"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(CuratorRole.Viewer)]
    [InlineData(CuratorRole.Translator)]
    [InlineData(CuratorRole.LanguageReviewer)]
    [InlineData(CuratorRole.Curator)]
    [InlineData(CuratorRole.Reviewer)]
    [InlineData(CuratorRole.Administrator)]
    public async Task Every_handler_allows_exactly_the_expected_roles(CuratorRole role)
    {
        var host = await console.BeginAsync();
        var curator = await host.AddCuratorAsync(role);
        var browser = await host.SignInAsync(curator);
        var wrong = new List<string>();
        foreach (var handler in await HandlersAsync(host))
        {
            if (!await browser.IsSignedInAsync())
            {
                browser = await host.SignInAsync(curator);
            }

            var answer = await SendAsync(browser, handler, await browser.TokenAsync("/sign-out"));
            var allowed = handler.IsOpen || role >= handler.Least || (handler.OrLanguageReviewer && role == CuratorRole.LanguageReviewer);
            var refused = answer.StatusCode == HttpStatusCode.Forbidden;
            if (refused == allowed || (int)answer.StatusCode >= 500 || ToSignIn(answer, handler))
            {
                wrong.Add($"{handler.Method} {handler.Path} by a {role.Code()}: {(int)answer.StatusCode}");
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public async Task Anonymous_users_are_redirected_to_sign_in()
    {
        var host = await console.BeginAsync();
        var browser = host.Browse();
        var token = await browser.TokenAsync("/sign-in");
        foreach (var handler in (await HandlersAsync(host)).Where(h => !h.IsOpen))
        {
            var answer = await SendAsync(browser, handler, token);
            Assert.True(ToSignIn(answer, handler), $"{handler.Method} {handler.Path}: {(int)answer.StatusCode}");
        }
    }

    [Fact]
    public async Task Posts_without_an_antiforgery_token_are_rejected()
    {
        var host = await console.BeginAsync();
        var browser = await host.SignInAsync(await host.AddCuratorAsync(CuratorRole.Administrator));
        var posts = (await HandlersAsync(host)).Where(h => h.Method == "POST").ToList();
        Assert.True(posts.Count > 15, "the handlers were not found");
        foreach (var handler in posts)
        {
            Assert.Equal(HttpStatusCode.BadRequest, (await SendAsync(browser, handler, token: null)).StatusCode);
        }
    }

    [Fact]
    public async Task A_role_change_takes_effect_immediately()
    {
        var host = await console.BeginAsync();
        await host.AddCuratorAsync(CuratorRole.Administrator, "another");
        var curator = await host.AddCuratorAsync(CuratorRole.Administrator);
        var browser = await host.SignInAsync(curator);
        Assert.Equal(HttpStatusCode.OK, await browser.StatusAsync("/curators"));
        await host.Database.TransactAsync(
            s => host.Curators.ChangeRoleAsync(s, curator.CuratorId, CuratorRole.Viewer, Actor.System("test"), Cancellation),
            Cancellation);
        Assert.Equal(HttpStatusCode.Forbidden, await browser.StatusAsync("/curators"));
    }

    [Fact]
    public async Task The_last_administrator_cannot_be_removed()
    {
        var host = await console.BeginAsync();
        var (one, two) = (await host.AddCuratorAsync(CuratorRole.Administrator, "one"), await host.AddCuratorAsync(CuratorRole.Administrator, "two"));
        var browser = await host.SignInAsync(one);
        var shut = await browser.SubmitAsync($"/curators/{two.CuratorId}", "Disable");
        Assert.Equal(HttpStatusCode.Redirect, shut.StatusCode);

        foreach (var (handler, fields) in new[] { ("Disable", Array.Empty<(string, string)>()), ("Role", [("Role", "viewer")]) })
        {
            var answer = await browser.SubmitAsync($"/curators/{one.CuratorId}", handler, fields);
            Assert.Contains("needs at least one administrator", await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Two_concurrent_removals_leave_one_administrator()
    {
        var host = await console.BeginAsync();
        var (one, two) = (await host.AddCuratorAsync(CuratorRole.Administrator, "one"), await host.AddCuratorAsync(CuratorRole.Administrator, "two"));
        var outcomes = await Task.WhenAll(new[] { one, two }.Select(async leaving =>
        {
            try
            {
                await host.Database.TransactAsync(s => host.Curators.DisableAsync(s, leaving.CuratorId, Actor.System("test"), Cancellation), Cancellation);
                return true;
            }
            catch (RefusedException)
            {
                return false;
            }
        }));
        Assert.Single(outcomes, left => left);
    }

    private static async Task<HttpResponseMessage> SendAsync(ConsoleBrowser browser, Handler handler, string? token) =>
        handler.Method == "POST" ? await browser.PostAsync(handler.Path, token) : await browser.GetAsync(handler.Path);

    private static bool ToSignIn(HttpResponseMessage answer, Handler handler) =>
        !handler.IsOpen && handler.Page != "/SignOut" && !handler.Path.Contains("handler=Everywhere", StringComparison.Ordinal)
            ? IsDoor(answer)
            : answer.StatusCode == HttpStatusCode.Redirect && IsDoor(answer) && answer.Headers.Location!.ToString().Contains("returnUrl=", StringComparison.Ordinal) && !handler.IsOpen;

    private static bool IsDoor(HttpResponseMessage answer) =>
        answer.Headers.Location?.ToString().Contains("/sign-in", StringComparison.Ordinal) == true;

    private static async Task<List<Handler>> HandlersAsync(ConsoleHost host)
    {
        var loader = host.Services.GetRequiredService<PageLoader>();
        var handlers = new List<Handler>();
        foreach (var page in host.Services.GetRequiredService<IActionDescriptorCollectionProvider>().ActionDescriptors.Items.OfType<PageActionDescriptor>())
        {
            var compiled = await loader.LoadAsync(page, new Microsoft.AspNetCore.Http.EndpointMetadataCollection(page.EndpointMetadata));
            var path = "/" + Parameter().Replace(page.AttributeRouteInfo!.Template!, p => Sample(p.Value));
            foreach (var method in compiled.HandlerMethods)
            {
                var full = method.Name is null ? path : $"{path}?handler={method.Name}";
                handlers.Add(new Handler(page.ViewEnginePath, method.HttpMethod.ToUpperInvariant(), full, Least(page.ViewEnginePath, method), ForLanguageReviewers.Contains($"{method.HttpMethod.ToUpperInvariant()} {page.ViewEnginePath}?handler={method.Name}"), Open.Contains(page.ViewEnginePath)));
            }
        }

        return handlers;
    }

    private static CuratorRole Least(string page, HandlerMethodDescriptor method)
    {
        if (Open.Contains(page))
        {
            return CuratorRole.Viewer;
        }

        var found = Meant.TryGetValue($"{page}?handler={method.Name}", out var meant) || Meant.TryGetValue(page, out meant);
        Assert.True(found, $"The expected roles for {page} are missing.");
        return method.HttpMethod is "Get" or "GET" ? meant.Read : meant.Send;
    }

    private static string Sample(string parameter) => parameter switch
    {
        _ when parameter.Contains(":guid", StringComparison.Ordinal) => Guid.Empty.ToString(),
        _ when parameter.Contains(":int", StringComparison.Ordinal) => "404",
        _ when parameter.Contains("language", StringComparison.Ordinal) => "es",
        _ => "tag",
    };

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Parameter();

    private sealed record Handler(string Page, string Method, string Path, CuratorRole Least, bool OrLanguageReviewer, bool IsOpen);
}
