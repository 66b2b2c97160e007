using System.Security.Claims;
using HealthEquity.Store.Curators;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;

namespace HealthEquity.Admin.Access;

/// <summary>
/// Sets the minimum role for a page or a handler. The default is viewer for GET and curator for POST. The page's folder can require
/// a higher role.
/// </summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
public sealed class AtLeastAttribute(CuratorRole role) : Attribute
{
    public CuratorRole Role { get; } = role;

    /// <summary>Whether language reviewers may do this, too. The handler then checks the languages.</summary>
    public bool OrLanguageReviewer { get; init; }

    /// <summary>Returns who may use a handler.</summary>
    public static AtLeastAttribute Of(HandlerMethodDescriptor handler)
    {
        var method = handler.MethodInfo;
        var attribute = GetCustomAttribute(method, typeof(AtLeastAttribute)) ?? GetCustomAttribute(method.ReflectedType!, typeof(AtLeastAttribute));
        return attribute as AtLeastAttribute ?? new AtLeastAttribute(handler.HttpMethod is "Get" or "GET" ? CuratorRole.Viewer : CuratorRole.Curator);
    }
}

/// <summary>Enforces the minimum role of every page handler.</summary>
internal sealed class HandlerRoleFilter(IAuthorizationService authorization) : IAsyncPageFilter
{
    public Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context) => Task.CompletedTask;

    public async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (context.HandlerMethod is { } handler
            && context.HttpContext.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is null
            && !await IsAllowedAsync(context.HttpContext.User, AtLeastAttribute.Of(handler)))
        {
            context.Result = new ForbidResult();
            return;
        }

        await next();
    }

    private async Task<bool> IsAllowedAsync(ClaimsPrincipal user, AtLeastAttribute least) =>
        (least.OrLanguageReviewer && user.Role() == CuratorRole.LanguageReviewer)
        || (await authorization.AuthorizeAsync(user, null, least.Role.Code())).Succeeded;
}
