using System.Globalization;
using HealthEquity.Admin.Access;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Databases;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HealthEquity.Admin.Pages;

/// <summary>Explains an error. The page can replace any response, so it accepts all methods and requires no antiforgery token.</summary>
[IgnoreAntiforgeryToken]
public sealed class ProblemModel : PageModel
{
    /// <summary>The status of the response.</summary>
    public int Status { get; private set; }

    /// <summary>What was sent, where the database could not take it.</summary>
    internal UnsavedForm? Unsaved => HttpContext.Items[typeof(UnsavedForm)] as UnsavedForm;

    /// <summary>Whether the database can be read for the frame of the page: it can while it only is busy or full.</summary>
    public bool CanRead => Error is null && Unsaved?.Fault is not DatabaseFault.Unavailable;

    /// <summary>The exception that nothing else handled.</summary>
    private Exception? Error => HttpContext.Features.Get<IExceptionHandlerFeature>()?.Error;

    private DatabaseFault? Fault => Unsaved?.Fault ?? DatabaseFaults.Of(Error);

    // Not bound: where the form could not be read, nothing is.
    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        Status = int.Parse((string)RouteData.Values["status"]!, CultureInfo.InvariantCulture);
        if (Status == StatusCodes.Status500InternalServerError && Fault is not null)
        {
            // Exceptions all come here as 500, also those of the database.
            Status = StatusCodes.Status503ServiceUnavailable;
            Response.Headers.RetryAfter = "5";
        }
        else if (Status == StatusCodes.Status400BadRequest && HttpContext.RequestServices.GetRequiredService<TemporaryDisk>().HasNoRoomFor(Request))
        {
            // An upload that can't be kept looks like a form without its token.
            Status = Response.StatusCode = StatusCodes.Status507InsufficientStorage;
        }
    }

    public string Heading => Status switch
    {
        400 => "The form has expired",
        403 => "You don't have permission",
        404 => "Page not found",
        409 => "The action failed",
        413 => "The file is too large",
        507 => "The server has no room for the file",
        503 => WithText(Fault switch
        {
            DatabaseFault.Busy => "The database is busy",
            DatabaseFault.Full => "The database's disk is full",
            _ => "The database does not answer",
        }),
        _ => "Something went wrong",
    };

    public string Explanation => (HttpContext.Items[typeof(RefusedException)] as string) ?? Status switch
    {
        400 => "You opened it before you signed in, or in another window. Go back, reload the page, and submit it again.",
        403 => "Ask an administrator if you need access.",
        404 => "It may have been moved or merged.",
        413 => "The file or form exceeds the size limit.",
        507 => "Nothing was changed. Tell your operator that the disk for temporary files has too little space left. Everything else still works.",
        503 => Fault switch
        {
            DatabaseFault.Busy => "Another user or a long job is writing to it. Nothing was changed. Try again in a few seconds.",
            DatabaseFault.Full => "Nothing was changed. You can still read everything. Tell your operator that the server's disk has no space left.",
            _ => "Nothing was changed. Try again in a moment. If the problem persists, tell your operator.",
        },
        _ => "Nothing was changed. Try again. If the problem persists, tell your administrator what you did.",
    };

    private string WithText(string what) => Unsaved is { Fields.Count: > 0 } ? $"{what}; your text is kept" : what;
}
