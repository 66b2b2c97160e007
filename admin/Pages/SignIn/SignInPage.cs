using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HealthEquity.Admin.Pages.SignIn;

/// <summary>A step of signing in, on the way to a page of the console and nowhere else.</summary>
public abstract class SignInPage : PageModel
{
    private string _returnUrl = "/";

    [BindProperty(SupportsGet = true)]
    public string ReturnUrl
    {
        get => Url.IsLocalUrl(_returnUrl) ? _returnUrl : "/";
        set => _returnUrl = value;
    }
}
