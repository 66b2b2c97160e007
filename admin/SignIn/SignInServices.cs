using System.Security.Cryptography.X509Certificates;
using HealthEquity.Admin.Access;
using HealthEquity.Store.Curators;
using HealthEquity.Store.Databases;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace HealthEquity.Admin.SignIn;

/// <summary>Registers sign-in: ASP.NET Core Identity on the directory's own tables.</summary>
internal static class SignInServices
{
    /// <summary>The PBKDF2-HMAC-SHA-512 iterations that OWASP's Password Storage Cheat Sheet recommends.</summary>
    public const int HashIterations = 210_000;

    private const int AttemptsBeforeLockout = 5;

    private static readonly TimeSpan Lockout = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan CodeTimeout = TimeSpan.FromMinutes(10);

    public static void AddConsoleSignIn(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddHttpContextAccessor();
        services.AddSingleton(new OperatorOutput(Console.Out));
        services.AddSingleton<ConsoleAddress>();
        services.AddSingleton<FirstAdministrator>();
        services.AddSingleton<AuthenticatorCodes>();
        services.AddScoped<SessionCookie>();
        services.AddSingleton<UnsentForms>();
        services.AddSingleton<SignInAttempts>();
        services.AddSingleton<KnownDevice>();
        services.Configure<PasswordHasherOptions>(options => options.IterationCount = HashIterations);
        services.AddIdentityCore<Curator>(Configure)
            .AddUserStore<CuratorUserStore>()
            .AddPasswordValidator<PasswordRules>()
            .AddTokenProvider<AuthenticatorCodes>(TokenOptions.DefaultAuthenticatorProvider)
            .AddSignInManager<CuratorSignIn>();
        AddCookies(services);
        services.AddOpenIdConnect(configuration);

        AddKeys(services, configuration);
    }

    /// <summary>
    /// Keeps the Data Protection keys in the database, encrypted with the directory's certificate or key file (<see cref="DirectoryKeys"/>).
    /// </summary>
    private static void AddKeys(IServiceCollection services, IConfiguration configuration)
    {
        var protection = services.AddDataProtection().SetApplicationName("HealthEquity.Admin");
        var keys = KeySettings.Read(name => configuration[name]);
        // The certificate of today, and those that it replaced.
        if (keys.LoadFormerCertificates().Prepend(keys.LoadCertificate()).OfType<X509Certificate2>().ToArray() is [_, ..] decrypting)
        {
            protection.UnprotectKeysWithAnyCertificate(decrypting);
        }

        services.AddSingleton<AuthenticatorSecrets>();
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider => new ConfigureOptions<KeyManagementOptions>(options =>
        {
            var database = provider.GetRequiredService<Database>();
            options.XmlRepository = new KeyRepository(database, provider.GetRequiredService<TimeProvider>());
            options.XmlEncryptor = database.Keys switch
            {
                { Certificate: { } certificate } => new CertificateXmlEncryptor(certificate, provider.GetRequiredService<ILoggerFactory>()),
                { File: { } file } => new KeyFileEncryptor(file),
                _ => null,
            };
        }));
    }

    private static void Configure(IdentityOptions options)
    {
        options.Lockout.MaxFailedAccessAttempts = AttemptsBeforeLockout;
        options.Lockout.DefaultLockoutTimeSpan = Lockout;
        // PasswordRules replaces the built-in rules.
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
            // The database decides whether the session is valid. The cookie only has to outlast it.
            options.ExpireTimeSpan = SessionCookie.MaxSessionLength + SessionCookie.ExpiredCookieLifetime;
            options.EventsType = typeof(SessionCookie);
        })
        .AddCookie(IdentityConstants.TwoFactorUserIdScheme, options =>
        {
            options.Cookie = new ConsoleCookie("HealthEquity.SecondStep");
            options.SlidingExpiration = false;
            options.ExpireTimeSpan = CodeTimeout;
        });
}
