using HealthEquity.Admin.Access;
using HealthEquity.Admin.Branding;
using HealthEquity.Formats.QrCodes;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;

namespace HealthEquity.Admin.Pages.Account;

/// <summary>Manages the authenticator app and the recovery codes.</summary>
public sealed class TwoFactorModel(Department department) : AccountPage
{
    /// <summary>The id of the page's second code field.</summary>
    public const string ReplaceCode = "ReplaceCode";

    private const int RecoveryCodes = 10;

    [BindProperty]
    public string Code { get; set; } = "";

    public IReadOnlyList<string>? FreshCodes { get; private set; }

    public int CodesLeft { get; private set; }

    public string Secret { get; private set; } = "";

    public QrPicture Picture { get; private set; } = QrPicture.Empty;

    public bool IsRequired => User.HasClaim(ConsolePrincipal.MustEnroll, "true");

    public Task<IActionResult> OnGetAsync() => ShowAsync();

    /// <summary>Turns on two-factor authentication after the first valid code.</summary>
    public async Task<IActionResult> OnPostEnableAsync()
    {
        await LoadAsync();
        if (!IsLocal || Curator.TwoFactorEnabled || !await IsCodeRightAsync(nameof(Code)))
        {
            return await ShowAsync();
        }

        await Users.SetTwoFactorEnabledAsync(Curator, true);
        return await ShowFreshCodesAsync("enableTwoFactor");
    }

    public async Task<IActionResult> OnPostCodesAsync()
    {
        await LoadAsync();
        return Curator.TwoFactorEnabled && await IsCodeRightAsync(nameof(Code)) ? await ShowFreshCodesAsync("renewRecoveryCodes") : await ShowAsync();
    }

    public async Task<IActionResult> OnPostReplaceAsync()
    {
        await LoadAsync();
        if (Curator.TwoFactorEnabled && await IsCodeRightAsync(ReplaceCode))
        {
            await Users.SetTwoFactorEnabledAsync(Curator, false);
            await Users.ResetAuthenticatorKeyAsync(Curator);
            await RenewAsync("removeTwoFactor");
            return RedirectToPage();
        }

        return await ShowAsync();
    }

    /// <param name="field">The id of the code field.</param>
    private async Task<bool> IsCodeRightAsync(string field)
    {
        var digits = string.Concat(Code.Where(char.IsAsciiDigit));
        if (!await Users.IsLockedOutAsync(Curator)
            && await Users.VerifyTwoFactorTokenAsync(Curator, TokenOptions.DefaultAuthenticatorProvider, digits))
        {
            return true;
        }

        await Users.AccessFailedAsync(Curator);
        ModelState.AddModelError(field, "The code is not correct or has already been used. Wait for the next code and try again.");
        return false;
    }

    private async Task<IActionResult> ShowFreshCodesAsync(string activity)
    {
        FreshCodes = [.. await Users.GenerateNewTwoFactorRecoveryCodesAsync(Curator, RecoveryCodes) ?? []];
        await RenewAsync(activity);
        return Page();
    }

    private async Task<IActionResult> ShowAsync()
    {
        await LoadAsync();
        if (!IsLocal)
        {
            return NotFound();
        }

        if (Curator.TwoFactorEnabled)
        {
            CodesLeft = await Users.CountRecoveryCodesAsync(Curator);
            return Page();
        }

        if (await Users.GetAuthenticatorKeyAsync(Curator) is null)
        {
            await Users.ResetAuthenticatorKeyAsync(Curator);
            // A new secret changes the security stamp, which ends all other sessions.
            await RenewAsync("makeTwoFactorSecret");
        }

        var site = await department.SiteAsync(Cancellation);
        var secret = (await Users.GetAuthenticatorKeyAsync(Curator))!;
        Secret = string.Join(' ', secret.Chunk(4).Select(letters => new string(letters)));
        var issuer = Uri.EscapeDataString(site.DepartmentName);
        Picture = QrPicture.Of($"otpauth://totp/{issuer}:{Uri.EscapeDataString(Curator.UserName)}?secret={secret}&issuer={issuer}");
        return Page();
    }
}
