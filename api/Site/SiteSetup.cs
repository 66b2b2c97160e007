using HealthEquity.Api.Answers;
using HealthEquity.Api.Feed;
using HealthEquity.Api.Json;
using HealthEquity.Api.Limits;
using HealthEquity.Api.Problems;
using HealthEquity.Api.Site.About;
using HealthEquity.Api.Site.Cards;
using HealthEquity.Api.Site.Embed;
using HealthEquity.Api.Site.EntryPages;
using HealthEquity.Api.Site.Errors;
using HealthEquity.Api.Site.Fill;
using HealthEquity.Api.Site.FindHelp;
using HealthEquity.Api.Site.Layout;
using HealthEquity.Api.Site.Lists;
using HealthEquity.Api.Site.Maps;
using HealthEquity.Api.Site.Policy;
using HealthEquity.Api.Site.Print;
using HealthEquity.Api.Site.Reports;
using HealthEquity.Api.Site.Texts;
using HealthEquity.Directory.Entries;

namespace HealthEquity.Api.Site;

/// <summary>
/// The public pages. Razor Slices, not Razor Pages: a slice renders into bytes without MVC's services and filters, so that a page costs
/// little more than its data, and the answer cache keeps it like any other answer.
/// </summary>
public static class SiteSetup
{
    /// <summary>What the pages are made of.</summary>
    public static void AddSite(this IServiceCollection services)
    {
        services.Configure<RouteOptions>(options => options.SetParameterPolicy<PageLanguageConstraint>("pageLanguage"));
        services.AddSingleton<SiteTexts>();
        services.AddSingleton<SiteFiles>();
        services.AddSingleton<SiteFrame>();
        services.AddSingleton<SiteWords>();
        services.AddSingleton<EntryCards>();
        services.AddSingleton<LastingCards>();
        services.AddSingleton<AreaMaps>();
        services.AddSingleton<EntrySections>();
        services.AddEmbed();
        services.AddSingleton<KeptPages>();
        services.AddSingleton<LeftOutWords>();
        services.AddSingleton<ResultsPages>();
        services.AddSingleton<FindHelpAnswers>();
        services.AddSingleton<SuggestAnswers>();
        services.AddSingleton<IProblemPages, ErrorPages>();
        services.AddSingleton<EntryPageAnswers>();
        services.AddSingleton<ReportAnswers>();
        services.AddSingleton<ListAnswers>();
        services.AddSingleton<PolicyTracker>();
        services.AddSingleton<PolicyWords>();
        services.AddSingleton<PolicyAnswers>();
        services.AddSingleton<PrintedPlaces>();
        services.AddSingleton<PrintAnswers>();
        services.AddSingleton<FillAnswers>();
    }

    /// <summary>Serves the pages: without a language in the reader's, with one in that.</summary>
    public static void MapSite(this WebApplication app)
    {
        string[] read = [HttpMethods.Get, HttpMethods.Head];
        app.Services.GetRequiredService<DirectorySite>().Changed += app.Services.GetRequiredService<AnswerCache>().Clear;
        app.MapMethods("/site/{file}", read, (HttpContext context, SiteFiles files) => context.SendFileAsync(files.Find(context.Request.Path.Value!))).ExcludeFromDescription();
        app.MapEmbed();
        foreach (var prefix in new[] { "", "/{language:pageLanguage}", Embedding.Path })
        {
            Map(prefix.Length == 0 ? "/" : prefix, read, (c, text, s) => Embedding.Of(c.Request)?.List is { } list
                ? s.GetRequiredService<ListAnswers>().ShowAsync(c.Unkept(), text, list)
                : s.GetRequiredService<FindHelpAnswers>().ShowFirstAsync(c, text)).WithMetadata(Kept);
            Map($"{prefix}/find", [HttpMethods.Get, HttpMethods.Head, HttpMethods.Post], (c, text, s) => s.GetRequiredService<FindHelpAnswers>().SearchAsync(c, text));
            if (prefix != Embedding.Path)
            {
                Map($"{prefix}/embed", read, (c, text, s) => s.GetRequiredService<BuilderAnswers>().ShowAsync(c, text));
                MapPolicy(prefix);
            }

            Map($"{prefix}/suggest", [HttpMethods.Post], (c, text, s) => s.GetRequiredService<SuggestAnswers>().SendAsync(c, text));
            Map($"{prefix}/about", read, (c, text, s) => c.SendPageAsync(ShowAbout.Create(new AboutPage(s.GetRequiredService<SiteFrame>(), text) { Title = text["about.title"], Path = "/about", Embed = Embedding.Of(c.Request) }), SiteAnswers.Shared)).WithMetadata(Kept);
            Map($"{prefix}/materials/{{slug}}/fill", read, (c, text, s) => s.GetRequiredService<FillAnswers>().ShowAsync(c, text, Slug(c)!));
            Map($"{prefix}/print", [HttpMethods.Get, HttpMethods.Head, HttpMethods.Post], (c, text, s) => s.GetRequiredService<PrintAnswers>().ShowAsync(c, text));
            Map($"{prefix}/lists/{{slug}}", read, (c, text, s) => s.GetRequiredService<ListAnswers>().ShowAsync(c, text, Slug(c)!));
            foreach (var kind in EntryKinds.All)
            {
                var entry = $"{prefix}/{kind.Path()}/{{slug}}";
                Map(entry, read, (c, text, s) => kind == EntryKind.PolicyAction && prefix != Embedding.Path && !Slug(c)!.EndsWith(".svg", StringComparison.Ordinal)
                    ? s.GetRequiredService<PolicyAnswers>().ShowActionAsync(c, text, Slug(c)!)
                    : ShowAsync(s.GetRequiredService<EntryPageAnswers>(), c, text, kind)).WithMetadata(Kept);
                Map($"{entry}/report", read, (c, text, s) => s.GetRequiredService<ReportAnswers>().ShowAsync(c, text, kind, Slug(c)!));
                Map($"{entry}/report", [HttpMethods.Post], (c, text, s) => s.GetRequiredService<ReportAnswers>().TakeAsync(c, text, kind, Slug(c)!)).WithMetadata(new HourlyLimitAttribute());
            }
        }

        void MapPolicy(string prefix)
        {
            MapView("", (answers, c, text, csv) => answers.ShowIndexAsync(c, text, csv));
            MapView("/places", (answers, c, text, csv) => answers.ShowPlacesAsync(c, text, csv));
            MapView("/matrix", (answers, c, text, csv) => answers.ShowMatrixAsync(c, text, csv));
            MapView("/compare", (answers, c, text, csv) => answers.ShowComparisonAsync(c, text, csv));
            MapView("/next", (answers, c, text, csv) => answers.ShowNextAsync(c, text, csv));
            MapView("/codebook", (answers, c, text, csv) => answers.ShowCodebookAsync(c, text, csv));
            Map($"{prefix}/policy/places/{{slug}}", read, (c, text, s) => s.GetRequiredService<PolicyAnswers>().ShowPlaceAsync(c, text, Slug(c)!));

            void MapView(string view, Func<PolicyAnswers, HttpContext, SiteText, bool, Task> answer)
            {
                Map($"{prefix}/policy{view}", read, (c, text, s) => answer(s.GetRequiredService<PolicyAnswers>(), c, text, false));
                Map($"{prefix}/policy{view}.csv", read, (c, text, s) => answer(s.GetRequiredService<PolicyAnswers>(), c, text, true));
            }
        }

        IEndpointConventionBuilder Map(string route, string[] methods, Func<HttpContext, SiteText, IServiceProvider, Task> answer) =>
            app.MapMethods(route, methods, context =>
            {
                if (HttpMethods.IsPost(context.Request.Method))
                {
                    RequestBody.CheckPageForm(context.Request);
                }

                // Taken before the page is made: a page of an older directory is then not kept for a newer one.
                context.Features.Set(new PageGeneration(app.Services.GetRequiredService<PublishedDirectory>().Generation));
                var frame = app.Services.GetRequiredService<SiteFrame>();
                var embed = Embedding.Of(context.Request);
                if (embed is not null)
                {
                    context.AllowFraming(EmbedSetup.FrameAncestors(frame.Settings));
                }

                return answer(context, frame.TextFor(context.Request, embed?.Language ?? context.Request.RouteValues["language"] as string), app.Services);
            }).ExcludeFromDescription();
    }

    private static readonly KeptAnswerAttribute Kept = new();

    /// <summary>The page, the contact card or the QR code of an entry.</summary>
    private static Task ShowAsync(EntryPageAnswers pages, HttpContext context, SiteText text, EntryKind kind) => Slug(context)! switch
    {
        [.. var slug, '.', 'v', 'c', 'f'] => pages.SendContactCardAsync(context, text, kind, slug),
        [.. var slug, '.', 's', 'v', 'g'] => pages.SendQrCodeAsync(context, text, kind, slug),
        var slug => pages.ShowAsync(context, text, kind, slug),
    };

    private static string? Slug(HttpContext context) => context.Request.RouteValues["slug"] as string;
}
