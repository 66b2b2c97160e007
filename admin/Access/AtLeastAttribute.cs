using HealthEquity.Store.Curators;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;

namespace HealthEquity.Admin.Access;

/// <summary>
/// The least role that may use a page's handler, or any handler of a page. Without it, reading is for viewers and every post
/// for curators; the page's folder may ask for more.
/// </summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
public sealed class AtLeastAttribute(CuratorRole role) : Attribute
{
    public CuratorRole Role { get; } = role;

    /// <summary>The least role for a handler.</summary>
    public static CuratorRole Of(HandlerMethodDescriptor handler)
    {
        var method = handler.MethodInfo;
        var said = GetCustomAttribute(method, typeof(AtLeastAttribute)) ?? GetCustomAttribute(method.ReflectedType!, typeof(AtLeastAttribute));
        return said is AtLeastAttribute atLeast
            ? atLeast.Role
            : handler.HttpMethod is "Get" or "GET" ? CuratorRole.Viewer : CuratorRole.Curator;
    }
}

/// <summary>Holds every handler to its role.</summary>
internal sealed class HandlerRoleFilter(IAuthorizationService authorization) : IAsyncPageFilter
{
    public Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context) => Task.CompletedTask;

    public async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (context.HandlerMethod is { } handler
            && context.HttpContext.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is null
            && !(await authorization.AuthorizeAsync(context.HttpContext.User, null, AtLeastAttribute.Of(handler).Code())).Succeeded)
        {
            context.Result = new ForbidResult();
            return;
        }

        await next();
    }
}
