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

    /// <summary>Returns the minimum role for a handler.</summary>
    public static CuratorRole Of(HandlerMethodDescriptor handler)
    {
        var method = handler.MethodInfo;
        var attribute = GetCustomAttribute(method, typeof(AtLeastAttribute)) ?? GetCustomAttribute(method.ReflectedType!, typeof(AtLeastAttribute));
        return attribute is AtLeastAttribute atLeast
            ? atLeast.Role
            : handler.HttpMethod is "Get" or "GET" ? CuratorRole.Viewer : CuratorRole.Curator;
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
            && !(await authorization.AuthorizeAsync(context.HttpContext.User, null, AtLeastAttribute.Of(handler).Code())).Succeeded)
        {
            context.Result = new ForbidResult();
            return;
        }

        await next();
    }
}
