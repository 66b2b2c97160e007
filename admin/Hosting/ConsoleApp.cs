using HealthEquity.Admin.Access;
using HealthEquity.Admin.Branding;
using HealthEquity.Admin.Comments;
using HealthEquity.Admin.Directory;
using HealthEquity.Admin.Forms;
using HealthEquity.Admin.Imports;
using HealthEquity.Admin.Pages.Entries;
using HealthEquity.Admin.Presence;
using HealthEquity.Admin.SignIn;
using HealthEquity.Hosting;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Entries;
using HealthEquity.Store.Starter;
using Microsoft.AspNetCore.Mvc;

namespace HealthEquity.Admin.Hosting;

/// <summary>The curators' console, a web application.</summary>
public sealed class ConsoleApp
{
    /// <summary>The console's address, unless the settings name another.</summary>
    internal const string DefaultUrl = "http://localhost:5081";

    /// <summary>The address of the public pages, where both programs run with their defaults on one machine.</summary>
    internal const string DefaultPublicUrl = "http://localhost:5080";

    private ConsoleApp()
    {
    }

    /// <summary>Runs the console until it is stopped.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        await using var app = Build(args);
        await PrepareDatabaseAsync(app.Services, CancellationToken.None);
        app.Lifetime.ApplicationStarted.Register(() => _ = app.Services.GetRequiredService<FirstAdministrator>().AnnounceAsync(app.Urls));
        await app.RunAsync();
        return 0;
    }

    private static WebApplication Build(string[] args)
    {
        // Pages and styles are in the program's folder, not the working directory.
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseStaticWebAssets();
        builder.WebHost.ConfigureKestrel(ConsoleHeaders.ConfigureServer);
        builder.HostAt(DefaultUrl, ConsoleHeaders.MaxRequestBytes);
        builder.AddTrustedProxies();

        // Don't log request lines: they contain setup links and search terms.
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        // We say ourselves at start when no key encrypts the Data Protection keys.
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);

        builder.Services.AddDirectory();
        builder.Services.AddConsoleSignIn(builder.Configuration);
        builder.Services.AddConsoleAccess();
        builder.Services.AddConsolePages();
        builder.Services.AddConsoleEntries();
        builder.Services.AddConsoleImports();
        builder.Services.AddPublicPath();
        builder.Services.AddDirectoryTelemetry(builder.Configuration, "HealthEquity.Admin");
        // Compression over HTTPS is safe: form tokens are masked in every response, and pages contain no other secrets from their user.
        builder.Services.AddResponseCompression(options => options.EnableForHttps = true);

        var app = builder.Build();
        app.UseTrustedProxies();
        app.UsePublicPath();
        app.UseConsoleHeaders();
        app.Use((context, next) =>
        {
            WritePatience.ForRequest();
            return next(context);
        });
        app.UseResponseCompression();
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandlingPath = "/problem/500",
            StatusCodeSelector = fault => DatabaseFaults.Of(fault) is null ? StatusCodes.Status500InternalServerError : StatusCodes.Status503ServiceUnavailable,
        });
        app.UseStatusCodePagesWithReExecute("/problem/{0}");
        app.UseRequestLocalization("en-US");
        app.UseRouting();
        app.UseAuthentication();
        app.Use(SessionCookie.RequireCheckAsync);
        app.UseMiddleware<EnrollmentGate>();
        app.UseAuthorization();
        app.MapStaticAssets().AllowAnonymous();
        app.MapBrand();
        app.MapConsoleHealth();
        app.MapGet("/account/keep", () => Results.NoContent());
        // The call sheet's address before the workbench.
        app.MapGet("/verification/{id:guid}", (HttpContext context, Guid id) => Results.Redirect($"{context.Request.PathBase}/verify/{id}"));
        app.MapRazorPages();
        return app;
    }

    private static async Task PrepareDatabaseAsync(IServiceProvider services, CancellationToken cancellation)
    {
        var database = services.GetRequiredService<Database>();
        var starter = StarterSetting.Read(services.GetRequiredService<IConfiguration>()[StarterSetting.Name], database);
        await DirectorySetup.StartAsync(database, services.GetRequiredService<TimeProvider>(), starter, cancellation);
        await EntryTermStore.CompleteAsync(database, cancellation);
        await services.GetRequiredService<AuthenticatorSecrets>().ProtectAllAsync(database, cancellation);
        if (database.Keys.Warning is { } warning)
        {
            services.GetRequiredService<ILogger<ConsoleApp>>().LogWarning("{Warning}", warning);
        }
    }
}

/// <summary>Registers the console's services.</summary>
internal static class ConsoleServices
{
    /// <summary>Adds the directory's database and stores.</summary>
    public static void AddDirectory(this IServiceCollection services)
    {
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(provider =>
        {
            var configuration = provider.GetRequiredService<IConfiguration>();
            return Database.Create(configuration.GetConnectionString("Directory"), keys: KeySettings.Read(name => configuration[name]));
        });
        services.AddStores();
        services.AddScoped<Department>();
        services.AddSingleton<TemporaryDisk>();
        services.AddScoped<SearchFilters>();
        services.AddScoped<EntryViews>();
        services.AddSingleton<ViewCounts>();
        services.AddSingleton<OpenEntries>();
        services.AddSingleton<CommentReader>();
    }

    /// <summary>Adds Razor Pages with antiforgery on every form and filters for roles and refusals.</summary>
    public static void AddConsolePages(this IServiceCollection services)
    {
        services.AddAntiforgery(options =>
        {
            options.Cookie = new ConsoleCookie("HealthEquity.Form");
            options.FormFieldName = UnsavedForm.TokenName;
        });
        services.Configure<CookieTempDataProviderOptions>(options => options.Cookie = new ConsoleCookie("HealthEquity.Notice"));
        services.AddRazorPages(ConsolePolicies.ProtectPages)
            .AddMvcOptions(options =>
            {
                options.Filters.Add(new AutoValidateAntiforgeryTokenAttribute());
                options.Filters.Add<HandlerRoleFilter>();
                options.Filters.Add<RefusalFilter>();
                options.SuppressImplicitRequiredAttributeForNonNullableReferenceTypes = true;
                options.MaxModelBindingCollectionSize = 2000;
                options.ModelMetadataDetailsProviders.Add(new OptionalTextMetadata());
            });
    }
}
