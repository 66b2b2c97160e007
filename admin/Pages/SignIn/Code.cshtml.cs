using HealthEquity.Store.Curators;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;

namespace HealthEquity.Admin.Pages.SignIn;

/// <summary>The second sign-in step: an authenticator app code.</summary>
public sealed class CodeModel(SignInManager<Curator> signIn) : SignInPage
{
    [BindProperty]
    public string Code { get; set; } = "";

    public async Task<IActionResult> OnGetAsync() =>
        await signIn.GetTwoFactorAuthenticationUserAsync() is null ? RedirectToPage("/SignIn/Index", new { ReturnUrl }) : Page();

    public async Task<IActionResult> OnPostAsync()
    {
        if (await signIn.GetTwoFactorAuthenticationUserAsync() is null)
        {
            return RedirectToPage("/SignIn/Index", new { ReturnUrl });
        }

        var digits = string.Concat(Code.Where(char.IsAsciiDigit));
        var result = await signIn.TwoFactorAuthenticatorSignInAsync(digits, isPersistent: false, rememberClient: false);
        if (result.Succeeded)
        {
            return LocalRedirect(ReturnUrl);
        }

        ModelState.AddModelError(nameof(Code), "The code is not correct. Wait for the next code and try again. After five failed attempts, wait 15 minutes.");
        return Page();
    }
}
