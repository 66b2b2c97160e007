using Microsoft.AspNetCore.Mvc;

namespace HealthEquity.Admin.Pages.Account;

/// <summary>Changes the password, and ends every other session.</summary>
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
            ModelState.AddModelError(nameof(Repeated), "The two new passwords are not the same.");
            return Page();
        }

        if (await Users.IsLockedOutAsync(Curator) || !await Users.CheckPasswordAsync(Curator, Current))
        {
            // Counted as at the door: a browser left open is no place to guess in.
            await Users.AccessFailedAsync(Curator);
            ModelState.AddModelError(nameof(Current), "That is not your password now.");
            return Page();
        }

        var result = await Users.ChangePasswordAsync(Curator, Current, Password);
        if (!result.Succeeded)
        {
            ModelState.AddModelError(nameof(Password), string.Join(" ", result.Errors.Select(e => e.Description)));
            return Page();
        }

        await RenewAsync("changePassword");
        Notice = "Your password is changed.";
        return RedirectToPage("/Account/Index");
    }
}
