using HealthEquity.Admin.Access;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Identity;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace HealthEquity.Admin.SignIn;

/// <summary>Settings for sign-in with an identity provider, such as Entra ID or Okta. Configuration section: "OpenIdConnect".</summary>
public sealed record OpenIdConnectSettings
{
    /// <summary>The authentication scheme and configuration section.</summary>
    public const string Scheme = "OpenIdConnect";

    /// <summary>The name on the button "Sign in with …".</summary>
    public string DisplayName { get; init; } = "your department's account";

    /// <summary>The issuer's address. Without it, external sign-in is off.</summary>
    public string? Authority { get; init; }

    public string? ClientId { get; init; }

    public string? ClientSecret { get; init; }

    /// <summary>The claim that holds groups or roles.</summary>
    public string RoleClaim { get; init; } = "roles";

    /// <summary>The claim values that grant each console role. Users without any of them can't sign in.</summary>
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
                // Set while returning from the provider and read in the next request; a strict cookie would not be sent.
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
        // The provider returns with a plain redirect, so lax cookies are enough.
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
            context.Response.Redirect($"{context.Request.PathBase}/sign-in?failed=true");
            context.HandleResponse();
            return Task.CompletedTask;
        };
    }
}
