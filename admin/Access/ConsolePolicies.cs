using System.Security.Claims;
using HealthEquity.Store.Curators;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HealthEquity.Admin.Access;

/// <summary>Maps page folders to minimum roles. Pages in other folders are open to all signed-in users.</summary>
public static class ConsolePolicies
{
    /// <summary>The minimum role for each folder.</summary>
    public static IReadOnlyDictionary<string, CuratorRole> Folders { get; } = new Dictionary<string, CuratorRole>
    {
        ["/"] = CuratorRole.Viewer,
        ["/Curators"] = CuratorRole.Administrator,
        ["/Settings"] = CuratorRole.Administrator,
        ["/Vocabularies"] = CuratorRole.Administrator,
        ["/Expressions"] = CuratorRole.Administrator,
        ["/Audit"] = CuratorRole.Administrator,
    };

    /// <summary>Pages that don't require sign-in.</summary>
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

/// <summary>Requires a minimum role.</summary>
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

/// <summary>Reads the signed-in user's claims.</summary>
public static class ConsolePrincipal
{
    /// <summary>The claim that holds the session id.</summary>
    public const string Session = "session";

    /// <summary>The claims that hold the languages of a translator or language reviewer.</summary>
    public const string Language = "language";

    /// <summary>The claim that marks a user who must set up two-factor authentication.</summary>
    public const string MustEnroll = "mustEnroll";

    /// <summary>Returns whether the user has the role or a higher one.</summary>
    public static bool IsAtLeast(this ClaimsPrincipal user, CuratorRole role) => user.Role() >= role;

    /// <summary>Returns the user's role; null if no one is signed in.</summary>
    public static CuratorRole? Role(this ClaimsPrincipal user) =>
        CuratorRoles.TryParse(user.FindFirstValue(ClaimTypes.Role), out var role) ? role : null;

    /// <summary>Returns the languages of a translator or language reviewer; empty for other roles.</summary>
    public static IReadOnlyList<string> Languages(this ClaimsPrincipal user) => [.. user.FindAll(Language).Select(c => c.Value)];

    /// <summary>Returns whether the user may write translations in a language.</summary>
    public static bool MayTranslate(this ClaimsPrincipal user, string language) =>
        user.IsAtLeast(CuratorRole.Curator) || (user.IsAtLeast(CuratorRole.Translator) && user.HasClaim(Language, language));

    /// <summary>Returns whether the user may approve a change and mark its texts as reviewed.</summary>
    /// <param name="user">The user.</param>
    /// <param name="languages">The languages of a change of nothing but translations; null for any other change.</param>
    public static bool MayReview(this ClaimsPrincipal user, IReadOnlyCollection<string>? languages) =>
        user.IsAtLeast(CuratorRole.Reviewer)
        || (user.Role() == CuratorRole.LanguageReviewer && languages is { Count: > 0 } && languages.All(l => user.HasClaim(Language, l)));

    /// <summary>Returns whether the user reviews anything.</summary>
    public static bool IsReviewer(this ClaimsPrincipal user) => user.IsAtLeast(CuratorRole.Reviewer) || user.Role() == CuratorRole.LanguageReviewer;

    /// <summary>Returns the user's id.</summary>
    /// <exception cref="InvalidOperationException">No one is signed in.</exception>
    public static Guid CuratorId(this ClaimsPrincipal user) => Guid.TryParse(user.FindFirstValue(ClaimTypes.NameIdentifier), out var id)
        ? id
        : throw new InvalidOperationException("No one is signed in.");

    /// <summary>Returns the session's id.</summary>
    public static Guid? SessionId(this ClaimsPrincipal user) => Guid.TryParse(user.FindFirstValue(Session), out var id) ? id : null;
}
