using HealthEquity.Store.Curators;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;

namespace HealthEquity.Admin.Pages.SignIn;

/// <summary>The second step, when the app is out of reach: one of the codes that were written down.</summary>
public sealed class RecoveryCodeModel(SignInManager<Curator> signIn, UserManager<Curator> users) : SignInPage
{
    [BindProperty]
    public string Code { get; set; } = "";

    public async Task<IActionResult> OnGetAsync() =>
        await signIn.GetTwoFactorAuthenticationUserAsync() is null ? RedirectToPage("/SignIn/Index", new { ReturnUrl }) : Page();

    public async Task<IActionResult> OnPostAsync()
    {
        if (await signIn.GetTwoFactorAuthenticationUserAsync() is not { } curator)
        {
            return RedirectToPage("/SignIn/Index", new { ReturnUrl });
        }

        if (!await users.IsLockedOutAsync(curator))
        {
            var result = await signIn.TwoFactorRecoveryCodeSignInAsync(Code.Trim());
            if (result.Succeeded)
            {
                return LocalRedirect(ReturnUrl);
            }

            await users.AccessFailedAsync(curator);
        }

        ModelState.AddModelError(nameof(Code), "That did not work. Each code works once; after five attempts, wait a quarter of an hour.");
        return Page();
    }
}
