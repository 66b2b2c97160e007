using HealthEquity.Api;
using HealthEquity.Api.Answers;
using HealthEquity.Api.ApiClients;
using HealthEquity.Api.Feed;
using HealthEquity.Api.Home;
using HealthEquity.Api.Json;
using HealthEquity.Api.Limits;
using HealthEquity.Api.OpenApi;
using HealthEquity.Api.Privacy;
using HealthEquity.Api.Problems;
using HealthEquity.Api.Site;
using HealthEquity.Hosting;

// Settings are next to the program, because under "dotnet run" the current folder is the caller's.
var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
builder.HostAt("http://localhost:5080", RequestBody.MaxLength);   // ports, IIS, Windows services, systemd
builder.AddTrustedProxies();                                    // whose X-Forwarded-For is believed
builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(server =>
{
    server.AddServerHeader = false;
    server.Limits.MaxRequestBodySize = RequestBody.MaxLength;
});

builder.Services.AddDiscreetLogging();                          // no request in any log, at any level
builder.Services.AddDirectory(builder.Configuration);           // the database, and the directory in memory
builder.Services.AddAnswers(builder.Configuration);             // endpoints, searches, finished answers
builder.Services.AddDirectoryDocument();                        // /openapi/v1.json
builder.Services.AddDirectoryTelemetry(builder.Configuration, "HealthEquity.Api");    // opt-in: routes, statuses, durations, index sizes
builder.Services.AddSite();                                     // the pages that families use

var app = builder.Build();

if (!await app.PrepareDirectoryAsync())                         // embedded: schema and starter content; a server's schema must fit
{
    return 1;
}

app.UseTrustedProxies();                                        // the caller's address, behind proxies
app.UsePublicPath();                                            // /directory, where the department set one
app.UseFaultAnswers();                                          // exceptions become problem documents
app.UseSafeHeaders();                                           // nosniff, no referrer, any site may read
app.Use(app.Services.GetRequiredService<PartnerKeys>().CheckAsync);   // unknown partner keys are refused
var kept = app.Services.GetRequiredService<CachedAnswers>();
app.Use(kept.AnswerReadAsync);                                  // repeated requests are answered from the cache
app.UseRouting();
app.Use(kept.AnswerSearchAsync);                                // the same for searches by POST
app.UseStatusAnswers();                                         // 404, 405, 415 become problem documents
app.Use(app.Services.GetRequiredService<RequestLimits>().InvokeAsync);
app.MapPages();                                                 // /docs, /problems
app.MapSite();                                                  // /, entries, in fifteen languages
app.MapDirectoryDocument();                                     // /openapi/v1.json
app.MapDirectory();                                             // /v1, /health

await app.RunAsync();
return 0;
