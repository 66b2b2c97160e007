using System.Security.Claims;
using HealthEquity.Store.Curators;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HealthEquity.Admin.Access;

/// <summary>Which role may open which pages. A page in no folder named here is for everybody who is signed in.</summary>
public static class ConsolePolicies
{
    /// <summary>Folders and pages, and the least role that may open them.</summary>
    public static IReadOnlyDictionary<string, CuratorRole> Folders { get; } = new Dictionary<string, CuratorRole>
    {
        ["/"] = CuratorRole.Viewer,
        ["/Curators"] = CuratorRole.Administrator,
        ["/Settings"] = CuratorRole.Administrator,
        ["/Vocabularies"] = CuratorRole.Administrator,
        ["/Audit"] = CuratorRole.Administrator,
    };

    /// <summary>Pages that open without signing in.</summary>
    public static IReadOnlyList<string> Open { get; } =
        ["/SignIn/Index", "/SignIn/Code", "/SignIn/RecoveryCode", "/SignIn/External", "/SetUp", "/Problem"];

    internal static void AddConsoleAccess(this IServiceCollection services)
    {
        services.AddSingleton<IAuthorizationHandler, AtLeastHandler>();
        var authorization = services.AddAuthorizationBuilder();
        foreach (var role in CuratorRoles.All)
        {
            authorization.AddPolicy(role.Code(), policy => policy.RequireAuthenticatedUser().AddRequirements(new AtLeastRequirement(role)));
        }

        authorization.SetFallbackPolicy(new AuthorizationPolicyBuilder()
            .RequireAuthenticatedUser()
            .AddRequirements(new AtLeastRequirement(CuratorRole.Viewer))
            .Build());
    }

    internal static void ProtectPages(RazorPagesOptions options)
    {
        foreach (var (folder, role) in Folders)
        {
            options.Conventions.AuthorizeFolder(folder, role.Code());
        }

        foreach (var page in Open)
        {
            options.Conventions.AllowAnonymousToPage(page);
        }
    }
}

/// <summary>The least role that may do something.</summary>
internal sealed record AtLeastRequirement(CuratorRole Role) : IAuthorizationRequirement;

internal sealed class AtLeastHandler : AuthorizationHandler<AtLeastRequirement>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, AtLeastRequirement requirement)
    {
        if (context.User.IsAtLeast(requirement.Role))
        {
            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }
}

/// <summary>What the console knows of who is signed in.</summary>
public static class ConsolePrincipal
{
    /// <summary>The claim that names the session.</summary>
    public const string Session = "session";

    /// <summary>The claim that says that a second factor is still to be set up.</summary>
    public const string MustEnroll = "mustEnroll";

    /// <summary>Whether the person has that role or one that may do more.</summary>
    public static bool IsAtLeast(this ClaimsPrincipal user, CuratorRole role) => user.Role() >= role;

    /// <summary>The person's role, or null for nobody.</summary>
    public static CuratorRole? Role(this ClaimsPrincipal user) =>
        CuratorRoles.TryParse(user.FindFirstValue(ClaimTypes.Role), out var role) ? role : null;

    /// <summary>The person's id.</summary>
    /// <exception cref="InvalidOperationException">Nobody is signed in.</exception>
    public static Guid CuratorId(this ClaimsPrincipal user) => Guid.TryParse(user.FindFirstValue(ClaimTypes.NameIdentifier), out var id)
        ? id
        : throw new InvalidOperationException("Nobody is signed in.");

    /// <summary>The session's id.</summary>
    public static Guid? SessionId(this ClaimsPrincipal user) => Guid.TryParse(user.FindFirstValue(Session), out var id) ? id : null;
}
