using HealthEquity.Directory.Entries;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HealthEquity.Admin.Pages;

/// <summary>What went wrong, in words. It answers in place of any page, so it takes any method, and needs no form's token.</summary>
[IgnoreAntiforgeryToken]
public sealed class ProblemModel : PageModel
{
    [FromRoute(Name = "status")]
    public int Status { get; set; }

    public string Heading => Status switch
    {
        400 => "The form is too old",
        403 => "This is not for your role",
        404 => "There is no such page",
        409 => "That can't be done",
        413 => "That is too large",
        _ => "Something went wrong",
    };

    public string Explanation => (HttpContext.Items[typeof(RefusedException)] as string) ?? Status switch
    {
        400 => "It was opened before you signed in, or in another window. Go back, load the page again, and send it once more.",
        403 => "Ask an administrator if you need it.",
        404 => "It may have been moved or merged.",
        413 => "A file or a form is larger than the console takes.",
        _ => "Nothing was changed. Try again; if it happens again, tell whoever runs the console what you did.",
    };
}
