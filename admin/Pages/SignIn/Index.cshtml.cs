using HealthEquity.Admin.SignIn;
using HealthEquity.Store.Curators;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;

namespace HealthEquity.Admin.Pages.SignIn;

/// <summary>Signs in with name and password. The error message does not reveal which of them was wrong.</summary>
public sealed class IndexModel(SignInManager<Curator> signIn, OpenIdConnectSettings external) : SignInPage
{
    [BindProperty]
    public string UserName { get; set; } = "";

    [BindProperty]
    public string Password { get; set; } = "";

    /// <summary>Whether external sign-in failed.</summary>
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
            ModelState.AddModelError("", "Sign-in with your identity provider was not completed. Try again.");
        }

        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (UserName.Length is 0 or > 256 || Password.Length is 0 or > PasswordRules.MaxLength)
        {
            ModelState.AddModelError("", "Enter your sign-in name and password.");
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

        ModelState.AddModelError("", "The sign-in name or password is not correct. After five failed attempts, wait 15 minutes.");
        return Page();
    }
}
