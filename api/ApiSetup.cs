using FastEndpoints;
using HealthEquity.Api.Adoptions;
using HealthEquity.Api.Answers;
using HealthEquity.Api.ApiClients;
using HealthEquity.Api.Entries;
using HealthEquity.Api.Exports;
using HealthEquity.Api.Feed;
using HealthEquity.Api.Hsds;
using HealthEquity.Api.Json;
using HealthEquity.Api.Languages;
using HealthEquity.Api.Limits;
using HealthEquity.Api.Parameters;
using HealthEquity.Api.Problems;
using HealthEquity.Api.Search;
using HealthEquity.Directory.Vocabularies;
using HealthEquity.Hosting;
using HealthEquity.Search.Index;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Publishing;
using HealthEquity.Store.Settings;
using HealthEquity.Store.Suggestions;

namespace HealthEquity.Api;

/// <summary>Registers the services and endpoints of the API.</summary>
public static class ApiSetup
{
    /// <summary>The published directory in memory and its updates. <c>ConnectionStrings:Directory</c> sets the database.</summary>
    public static void AddDirectory(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(TimeProvider.System);
        services.AddPublicPath();
        services.AddSingleton(_ => Database.Create(
            configuration.GetConnectionString("Directory"), DatabaseAccess.Public, KeySettings.Read(name => configuration[name])));
        services.AddSingleton<PublishedReader>();
        services.AddSingleton(provider => new DirectoryIndex(
            VocabularySet.Shipped, DateOnly.FromDateTime(provider.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime)));
        services.AddSingleton<PublishedDirectory>();
        services.AddSingleton<DirectoryVocabularies>();
        services.AddSingleton(new DirectorySite(configuration.GetSection("Site").Get<SiteSettings>() ?? new SiteSettings()));
        services.AddSingleton<PublishedLists>();
        services.AddSingleton<DirectoryQuestions>();
        services.AddSingleton(configuration.GetSection("Feed").Get<DirectoryFeedOptions>() ?? new DirectoryFeedOptions());
        services.AddSingleton<SavedIndex>();
        services.AddHostedService<DirectoryFeed>();
        services.AddHostedService<IndexMetrics>();
    }

    /// <summary>The services that answer requests.</summary>
    public static void AddAnswers(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(configuration.GetSection("AnswerCache").Get<AnswerCacheOptions>() ?? new AnswerCacheOptions());
        services.AddSingleton<AnswerCache>();
        services.AddSingleton<CachedAnswers>();
        services.AddSingleton(configuration.GetSection("RequestLimits").Get<RequestLimitOptions>() ?? new RequestLimitOptions());
        services.AddSingleton<RequestLimits>();
        services.AddSingleton<PartnerKeys>();
        services.AddSingleton<AuditLog>();
        services.AddSingleton<SuggestionStore>();
        services.AddSingleton<ParameterValues>();
        services.AddSingleton<SearchQueries>();
        services.AddSingleton<FacetLabels>();
        services.AddSingleton<Messages>();
        services.AddSingleton<Hotlines>();
        services.AddSingleton<UnderstoodQuestions>();
        services.AddSingleton<EntrySearches>();
        services.AddSingleton<EntryLists>();
        services.AddSingleton<SingleEntries>();
        services.AddSingleton<DirectoryExports>();
        services.AddSingleton<AdoptionTracker>();
        services.AddSingleton(configuration.GetSection("Hsds").Get<HsdsOptions>() ?? new HsdsOptions());
        services.AddSingleton<HsdsDirectory>();
        services.AddSingleton<HsdsLists>();
        services.ConfigureHttpJsonOptions(options => ApiJson.Apply(options.SerializerOptions));
        services.AddFastEndpoints(discovery =>
        {
            discovery.DisableAutoDiscovery = true;
            discovery.Assemblies = [typeof(ApiSetup).Assembly];
        });
    }

    /// <summary>The endpoints. All errors are problem documents.</summary>
    public static void MapDirectory(this WebApplication app)
    {
        app.MapFastEndpoints(config =>
        {
            config.Errors.ResponseBuilder = static (failures, context, _) =>
            {
                context.Response.Headers.CacheControl = "no-store";
                return Problem.Of(failures).Under(context.Request.PathBase);
            };
            config.Errors.ProducesMetadataType = null;
            config.Endpoints.NameGenerator = static name => $"{name.EndpointType.Name}{(name.HttpVerb is null or "GET" ? "" : name.HttpVerb)}";
        });
        // Remove the route list that the framework maps for its own tests.
        app.MapMethods("/_test_url_cache_", [HttpMethods.Get], static context => Problem.Of(StatusCodes.Status404NotFound).SendAsync(context))
            .WithOrder(-1).ExcludeFromDescription();
    }
}
