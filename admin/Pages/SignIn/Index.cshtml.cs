using HealthEquity.Admin.SignIn;
using HealthEquity.Store.Curators;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;

namespace HealthEquity.Admin.Pages.SignIn;

/// <summary>Name and password. Why a sign-in failed is not said: not to whom it may not concern.</summary>
public sealed class IndexModel(SignInManager<Curator> signIn, OpenIdConnectSettings external) : SignInPage
{
    [BindProperty]
    public string UserName { get; set; } = "";

    [BindProperty]
    public string Password { get; set; } = "";

    /// <summary>True when the department's provider sent somebody back without a sign-in.</summary>
    [BindProperty(SupportsGet = true)]
    public bool Failed { get; set; }

    public string? ExternalName => external.Authority is null ? null : external.DisplayName;

    public IActionResult OnGet()
    {
        if (User.Identity?.IsAuthenticated == true)
        {
            return LocalRedirect(ReturnUrl);
        }

        if (Failed)
        {
            ModelState.AddModelError("", "The sign-in elsewhere was not completed. Try again.");
        }

        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (UserName.Length is 0 or > 256 || Password.Length is 0 or > PasswordRules.Longest)
        {
            ModelState.AddModelError("", "Enter your name and your password.");
            return Page();
        }

        var result = await signIn.PasswordSignInAsync(UserName.Trim(), Password, isPersistent: false, lockoutOnFailure: true);
        if (result.RequiresTwoFactor)
        {
            return RedirectToPage("/SignIn/Code", new { ReturnUrl });
        }

        if (result.Succeeded)
        {
            return LocalRedirect(ReturnUrl);
        }

        ModelState.AddModelError("", "That did not work. The name or the password is not right, or there were too many attempts: after five, wait a quarter of an hour.");
        return Page();
    }
}
