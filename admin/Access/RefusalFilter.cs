using System.Data.Common;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Databases;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace HealthEquity.Admin.Access;

/// <summary>
/// Turns an unhandled refusal into a 404 or 409 response with the reason. If the database could not save a form, the response contains the form
/// again, with everything that was typed.
/// </summary>
internal sealed class RefusalFilter : IExceptionFilter
{
    public void OnException(ExceptionContext context)
    {
        if (context.Exception is RefusedException refused)
        {
            context.HttpContext.Items[typeof(RefusedException)] = refused.Message;
            context.Result = new StatusCodeResult(refused is NotFoundException ? StatusCodes.Status404NotFound : StatusCodes.Status409Conflict);
        }
        else if (context.Exception is DbException fault && DatabaseFaults.Of(fault) is { } kind)
        {
            context.HttpContext.Items[typeof(UnsavedForm)] = UnsavedForm.Of(context.HttpContext, kind);
            context.HttpContext.Response.Headers.RetryAfter = "5";
            context.Result = new StatusCodeResult(StatusCodes.Status503ServiceUnavailable);
        }
    }
}

/// <summary>What somebody sent while the database could not take it.</summary>
/// <param name="Fault">Why it could not.</param>
/// <param name="Address">Where to send it again.</param>
/// <param name="Fields">What was typed and chosen; empty where nothing may be kept.</param>
/// <param name="HadFiles">Whether files were with it, which have to be chosen again.</param>
internal sealed record UnsavedForm(DatabaseFault Fault, string Address, IReadOnlyList<KeyValuePair<string, string>> Fields, bool HadFiles)
{
    /// <summary>The form's antiforgery field.</summary>
    public const string TokenName = "formToken";

    // Passwords and codes go into no page.
    private static readonly string[] NeverKept = ["/account", "/sign-in", "/sign-out", "/set-up"];

    /// <summary>
    /// Whether the fields have the token with which they were sent. A new one would be for nobody: the session has expired, or could not be
    /// checked.
    /// </summary>
    public bool HasToken { get; private init; }

    /// <summary>Keeps a form that a signed-in curator sent.</summary>
    public static UnsavedForm Of(HttpContext context, DatabaseFault fault) => Of(context, fault, withToken: false);

    /// <summary>Keeps a form whose sender is not signed in, or not known: with its own token, so that it is no more trusted than before.</summary>
    public static UnsavedForm OfVisitor(HttpContext context, DatabaseFault fault) => Of(context, fault, withToken: true);

    private static UnsavedForm Of(HttpContext context, DatabaseFault fault, bool withToken)
    {
        var request = context.Request;
        var keeps = HttpMethods.IsPost(request.Method) && request.HasFormContentType
            && !NeverKept.Any(path => request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase));
        var fields = keeps
            ? request.Form.Where(f => withToken || f.Key != TokenName).SelectMany(f => f.Value.Select(v => KeyValuePair.Create(f.Key, v ?? ""))).ToList()
            : [];
        return new UnsavedForm(fault, request.PathBase + request.Path + request.QueryString, fields, keeps && request.Form.Files.Count > 0) { HasToken = withToken };
    }
}
