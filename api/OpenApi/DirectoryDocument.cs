using FastEndpoints;
using HealthEquity.Api.Answers;
using HealthEquity.Api.ApiClients;
using HealthEquity.Directory.Entries;
using HealthEquity.Hosting;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace HealthEquity.Api.OpenApi;

/// <summary>
/// The OpenAPI document at <c>/openapi/v1.json</c> and the page at <c>/docs</c> that shows it. We keep our own transformer because
/// NSwag's generator drops path parameters of FastEndpoints and shows the parameters of a GET as a body.
/// </summary>
public static class DirectoryDocument
{
    private const string Name = "v1";

    /// <summary>Marks schemas of the framework's own making, which <see cref="SchemaBook"/> replaces.</summary>
    private const string Replaced = "replaced.";

    private const string PartnerKey = "partnerKey";

    private static readonly (string Name, string Description)[] Sections =
    [
        ("Search", "Everything in one list."),
        ("Suggest", "While somebody is typing."),
        ("Providers", "Mental-health clinicians, clinics and facilities, social workers."),
        ("Attorneys", "Pro bono attorneys, DOJ-accredited representatives, legal-aid programs."),
        ("Organizations", "Immigrant-rights groups, rapid response networks, hotlines, school and health-department contacts."),
        ("PolicyActions", "What a department, a district, a city or a state can do."),
        ("Adoptions", "Who has done it."),
        ("Materials", "Know-your-rights cards, guides, letters, model resolutions."),
        ("Events", "Workshops, trainings, rallies, awareness days."),
        ("Exports", "Files to download."),
        ("Changes", "For those who keep a copy."),
        ("Suggestions", "What readers say is wrong or missing."),
        ("Vocabularies", "What coded values mean."),
        ("Health", "For operators."),
    ];

    private static int Section(IOpenApiPathItem path) =>
        Array.FindIndex(Sections, s => s.Name == path.Operations?.Values.FirstOrDefault()?.Tags?.FirstOrDefault()?.Name);

    /// <summary>Serves the document; it is made when first asked for, and kept.</summary>
    public static void MapDirectoryDocument(this WebApplication app)
    {
        var answer = new Lazy<Task<Answer>>(async () =>
        {
            await using var scope = app.Services.CreateAsyncScope();
            var provider = scope.ServiceProvider.GetRequiredKeyedService<IOpenApiDocumentProvider>(Name);
            var document = await provider.GetOpenApiDocumentAsync();
            return new Answer(await DocumentText.WriteAsync(document), mark: null) { CacheControl = "public, max-age=300", Vary = "Accept-Encoding" };
        });
        app.MapMethods($"/openapi/{Name}.json", [HttpMethods.Get, HttpMethods.Head], async (HttpContext context) => await (await answer.Value).SendAsync(context))
            .ExcludeFromDescription();
    }

    /// <summary>Adds the document.</summary>
    public static void AddDirectoryDocument(this IServiceCollection services)
    {
        services.AddSingleton(new XmlSummaries(typeof(DirectoryDocument).Assembly, typeof(Entry).Assembly));
        services.AddOpenApi(Name, options =>
        {
            // 3.1 has the whole of JSON Schema; the generators of typed clients that the tests run read it.
            options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
            options.ShouldInclude = d => d.HttpMethod != HttpMethods.Head && d.ActionDescriptor.EndpointMetadata.OfType<EndpointDefinition>().Any();
            options.CreateSchemaReferenceId = type => OpenApiOptions.CreateDefaultSchemaReferenceId(type) is { } id ? Replaced + id : null;
            options.AddOperationTransformer<OperationWriter>();
            options.AddDocumentTransformer((document, context, _) =>
            {
                document.Info = new OpenApiInfo
                {
                    Title = "HealthEquity directory",
                    Version = "1",
                    Description =
                        "A public directory of vetted mental-health providers, immigration attorneys, organizations, policy actions, materials and events. "
                        + "It is open to all and needs no key; a partner's key (X-Api-Key) only raises the limit of requests a minute. Nothing that is asked here is logged or stored; every search can also be sent by POST, so that nothing "
                        + "stands in an address. Names and values that are not known, and empty ones, are refused. A parameter repeated means any of its values; different parameters mean all of them. Errors are problem documents (RFC 9457).",
                };
                foreach (var name in document.Components?.Schemas?.Keys.Where(k => k.StartsWith(Replaced, StringComparison.Ordinal)).ToList() ?? [])
                {
                    document.Components!.Schemas!.Remove(name);
                }

                document.Components ??= new OpenApiComponents();
                document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
                {
                    [PartnerKey] = new OpenApiSecurityScheme
                    {
                        Type = SecuritySchemeType.ApiKey,
                        In = ParameterLocation.Header,
                        Name = PartnerKeys.Header,
                        Description = "A partner's key, from the department. It raises the limit of requests a minute; without one, everything answers the same.",
                    },
                };
                // The empty one comes first: no key is needed.
                document.Security = [new OpenApiSecurityRequirement(), new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(PartnerKey, document)] = [] }];
                document.Tags = new HashSet<OpenApiTag>(Sections.Select(s => new OpenApiTag { Name = s.Name, Description = s.Description }));
                var paths = new OpenApiPaths();
                foreach (var (path, item) in document.Paths.OrderBy(p => Section(p.Value)).ThenBy(p => p.Key, StringComparer.Ordinal))
                {
                    paths.Add(path, item);
                }

                document.Paths = paths;
                document.Servers = [new OpenApiServer { Url = context.ApplicationServices.GetRequiredService<PublicPath>().Of("/") }];
                return Task.CompletedTask;
            });
        });
    }
}
