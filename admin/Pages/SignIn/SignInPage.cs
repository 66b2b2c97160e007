using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HealthEquity.Admin.Pages.SignIn;

/// <summary>Base class for the sign-in steps. Allows only local return URLs.</summary>
public abstract class SignInPage : PageModel
{
    private string _returnUrl = "~/";

    [BindProperty(SupportsGet = true)]
    public string ReturnUrl
    {
        get => Url.Content(Url.IsLocalUrl(_returnUrl) ? _returnUrl : "~/");
        set => _returnUrl = value;
    }
}
