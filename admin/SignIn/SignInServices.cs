using HealthEquity.Admin.Access;
using HealthEquity.Store.Curators;
using HealthEquity.Store.Databases;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace HealthEquity.Admin.SignIn;

/// <summary>Signing in: ASP.NET Core Identity over the directory's own tables.</summary>
internal static class SignInServices
{
    /// <summary>PBKDF2 with HMAC-SHA-512: what OWASP's Password Storage Cheat Sheet asks for.</summary>
    public const int HashIterations = 210_000;

    private const int AttemptsBeforeLockout = 5;

    private static readonly TimeSpan Lockout = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan TimeForCode = TimeSpan.FromMinutes(10);

    public static void AddConsoleSignIn(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddHttpContextAccessor();
        services.AddSingleton(new Announcer(Console.Out));
        services.AddSingleton<FirstAdministrator>();
        services.AddSingleton<AuthenticatorCodes>();
        services.AddScoped<SessionCookie>();
        services.AddSingleton<UnsentForms>();
        services.Configure<PasswordHasherOptions>(options => options.IterationCount = HashIterations);
        services.AddIdentityCore<Curator>(Configure)
            .AddUserStore<CuratorUserStore>()
            .AddPasswordValidator<PasswordRules>()
            .AddTokenProvider<AuthenticatorCodes>(TokenOptions.DefaultAuthenticatorProvider)
            .AddSignInManager<CuratorSignIn>();
        AddCookies(services);
        services.AddOpenIdConnect(configuration);

        services.AddDataProtection().SetApplicationName("HealthEquity.Admin");
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider => new ConfigureOptions<KeyManagementOptions>(
            options => options.XmlRepository = new KeyRepository(
                provider.GetRequiredService<Database>(), provider.GetRequiredService<TimeProvider>())));
    }

    private static void Configure(IdentityOptions options)
    {
        options.Lockout.MaxFailedAccessAttempts = AttemptsBeforeLockout;
        options.Lockout.DefaultLockoutTimeSpan = Lockout;
        // PasswordRules says all there is to say: length counts, and a capital letter or a digit does not.
        options.Password.RequiredLength = 1;
        options.Password.RequireDigit = false;
        options.Password.RequireLowercase = false;
        options.Password.RequireUppercase = false;
        options.Password.RequireNonAlphanumeric = false;
    }

    private static void AddCookies(IServiceCollection services) => services
        .AddAuthentication(SessionCookie.Scheme)
        .AddCookie(SessionCookie.Scheme, options =>
        {
            options.Cookie = new ConsoleCookie("HealthEquity.Session");
            options.LoginPath = "/sign-in";
            options.ReturnUrlParameter = "returnUrl";
            options.SlidingExpiration = false;
            // Whether the session is over is looked up; the seal only has to outlast it.
            options.ExpireTimeSpan = SessionCookie.LongestSession + SessionCookie.KnownFor;
            options.EventsType = typeof(SessionCookie);
        })
        .AddCookie(IdentityConstants.TwoFactorUserIdScheme, options =>
        {
            options.Cookie = new ConsoleCookie("HealthEquity.SecondStep");
            options.SlidingExpiration = false;
            options.ExpireTimeSpan = TimeForCode;
        });
}
