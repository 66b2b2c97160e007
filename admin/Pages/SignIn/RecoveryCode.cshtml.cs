using HealthEquity.Store.Curators;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;

namespace HealthEquity.Admin.Pages.SignIn;

/// <summary>The second sign-in step without the app: a recovery code.</summary>
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

        ModelState.AddModelError(nameof(Code), "The code is not correct. Each code works once. After five failed attempts, wait 15 minutes.");
        return Page();
    }
}
