using HealthEquity.Directory.Entries;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HealthEquity.Admin.Pages;

/// <summary>Explains an error. The page can replace any response, so it accepts all methods and requires no antiforgery token.</summary>
[IgnoreAntiforgeryToken]
public sealed class ProblemModel : PageModel
{
    [FromRoute(Name = "status")]
    public int Status { get; set; }

    public string Heading => Status switch
    {
        400 => "The form has expired",
        403 => "You don't have permission",
        404 => "Page not found",
        409 => "The action failed",
        413 => "The file is too large",
        _ => "Something went wrong",
    };

    public string Explanation => (HttpContext.Items[typeof(RefusedException)] as string) ?? Status switch
    {
        400 => "You opened it before you signed in, or in another window. Go back, reload the page, and submit it again.",
        403 => "Ask an administrator if you need access.",
        404 => "It may have been moved or merged.",
        413 => "The file or form exceeds the size limit.",
        _ => "Nothing was changed. Try again. If the problem persists, tell your administrator what you did.",
    };
}
