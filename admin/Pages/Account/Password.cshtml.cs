using Microsoft.AspNetCore.Mvc;

namespace HealthEquity.Admin.Pages.Account;

/// <summary>Changes the password and ends every other session.</summary>
public sealed class PasswordModel : AccountPage
{
    [BindProperty]
    public string Current { get; set; } = "";

    [BindProperty]
    public string Password { get; set; } = "";

    [BindProperty]
    public string Repeated { get; set; } = "";

    public async Task<IActionResult> OnGetAsync()
    {
        await LoadAsync();
        return IsLocal ? Page() : NotFound();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        if (!IsLocal)
        {
            return NotFound();
        }

        if (Password != Repeated)
        {
            ModelState.AddModelError(nameof(Repeated), "The new passwords do not match.");
            return Page();
        }

        if (await Users.IsLockedOutAsync(Curator) || !await Users.CheckPasswordAsync(Curator, Current))
        {
            // Count the failure as at sign-in, so that no one can guess passwords in an open browser.
            await Users.AccessFailedAsync(Curator);
            ModelState.AddModelError(nameof(Current), "The current password is not correct.");
            return Page();
        }

        var result = await Users.ChangePasswordAsync(Curator, Current, Password);
        if (!result.Succeeded)
        {
            ModelState.AddModelError(nameof(Password), string.Join(" ", result.Errors.Select(e => e.Description)));
            return Page();
        }

        await RenewAsync("changePassword");
        Notice = "Password changed.";
        return RedirectToPage("/Account/Index");
    }
}
