using HealthEquity.Admin.Access;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Databases;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HealthEquity.Admin.Pages;

/// <summary>Explains an error. The page can replace any response, so it accepts all methods and requires no antiforgery token.</summary>
[IgnoreAntiforgeryToken]
public sealed class ProblemModel : PageModel
{
    [FromRoute(Name = "status")]
    public int Status { get; set; }

    /// <summary>What was sent, where the database could not take it.</summary>
    internal UnsavedForm? Unsaved => HttpContext.Items[typeof(UnsavedForm)] as UnsavedForm;

    public string Heading => Status switch
    {
        400 => "The form has expired",
        403 => "You don't have permission",
        404 => "Page not found",
        409 => "The action failed",
        413 => "The file is too large",
        503 => WithText(Unsaved?.Fault switch
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
        503 => Unsaved?.Fault switch
        {
            DatabaseFault.Busy => "Another user or a long job is writing to it. Nothing was changed. Try again in a few seconds.",
            DatabaseFault.Full => "Nothing was changed. You can still read everything. Tell your operator that the server's disk has no space left.",
            _ => "Nothing was changed. Try again in a moment. If the problem persists, tell your operator.",
        },
        _ => "Nothing was changed. Try again. If the problem persists, tell your administrator what you did.",
    };

    private string WithText(string what) => Unsaved is { Fields.Count: > 0 } ? $"{what}; your text is kept" : what;
}
