using HealthEquity.Admin.Access;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Identity;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace HealthEquity.Admin.SignIn;

/// <summary>Sign-in with the department's own provider (Entra ID, Okta, any), by configuration under "OpenIdConnect".</summary>
public sealed record OpenIdConnectSettings
{
    /// <summary>The authentication scheme, and the section of the configuration.</summary>
    public const string Scheme = "OpenIdConnect";

    /// <summary>What the button says: "Sign in with …".</summary>
    public string DisplayName { get; init; } = "your department's account";

    /// <summary>The issuer's address; without it there is no such sign-in.</summary>
    public string? Authority { get; init; }

    public string? ClientId { get; init; }

    public string? ClientSecret { get; init; }

    /// <summary>The claim that holds groups or roles.</summary>
    public string RoleClaim { get; init; } = "roles";

    /// <summary>For each role of the console, the values of that claim that give it. Nobody else gets in.</summary>
    public Dictionary<string, string[]> Roles { get; init; } = [];
}

internal static class OpenIdConnectSignIn
{
    public static void AddOpenIdConnect(this IServiceCollection services, IConfiguration configuration)
    {
        var settings = configuration.GetSection(OpenIdConnectSettings.Scheme).Get<OpenIdConnectSettings>() ?? new OpenIdConnectSettings();
        services.AddSingleton(settings);
        services.AddScoped<ExternalCurators>();
        if (string.IsNullOrEmpty(settings.Authority))
        {
            return;
        }

        services.AddAuthentication()
            .AddCookie(IdentityConstants.ExternalScheme, options =>
            {
                // Written in an answer to a page of the provider and read in the next request: "strict" would not come back.
                options.Cookie = new ConsoleCookie("HealthEquity.External") { SameSite = SameSiteMode.Lax };
                options.ExpireTimeSpan = TimeSpan.FromMinutes(5);
            })
            .AddOpenIdConnect(OpenIdConnectSettings.Scheme, options => Configure(options, settings));
    }

    private static void Configure(OpenIdConnectOptions options, OpenIdConnectSettings settings)
    {
        options.SignInScheme = IdentityConstants.ExternalScheme;
        options.Authority = settings.Authority;
        options.ClientId = settings.ClientId;
        options.ClientSecret = settings.ClientSecret;
        options.ResponseType = OpenIdConnectResponseType.Code;
        // A plain redirect back, for which "lax" cookies are enough.
        options.ResponseMode = OpenIdConnectResponseMode.Query;
        options.CorrelationCookie.SameSite = SameSiteMode.Lax;
        options.NonceCookie.SameSite = SameSiteMode.Lax;
        options.UsePkce = true;
        options.MapInboundClaims = false;
        options.SaveTokens = false;
        options.CallbackPath = "/sign-in/callback";
        options.Scope.Clear();
        options.Scope.Add("openid");
        options.Scope.Add("profile");
        options.Scope.Add("email");
        options.ClaimActions.MapUniqueJsonKey(settings.RoleClaim, settings.RoleClaim);
        options.Events.OnRemoteFailure = context =>
        {
            context.Response.Redirect("/sign-in?failed=true");
            context.HandleResponse();
            return Task.CompletedTask;
        };
    }
}
