using System.Security.Claims;
using HealthEquity.Admin.SignIn;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Curators;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;

namespace HealthEquity.Admin.Pages.SignIn;

/// <summary>Signs in with the department's identity provider.</summary>
public sealed class ExternalModel(IServiceProvider services, OpenIdConnectSettings settings, SignInManager<Curator> signIn) : SignInPage
{
    public string? Refusal { get; private set; }

    public IActionResult OnGet() => settings.Authority is null
        ? NotFound()
        : Challenge(
            new AuthenticationProperties { RedirectUri = Url.Page("/SignIn/External", "Back", new { ReturnUrl }) },
            OpenIdConnectSettings.Scheme);

    public async Task<IActionResult> OnGetBackAsync()
    {
        if (settings.Authority is null)
        {
            return NotFound();
        }

        var person = await HttpContext.AuthenticateAsync(IdentityConstants.ExternalScheme);
        if (!person.Succeeded)
        {
            return RedirectToPage("/SignIn/Index", new { Failed = true });
        }

        await HttpContext.SignOutAsync(IdentityConstants.ExternalScheme);
        try
        {
            var curators = services.GetRequiredService<ExternalCurators>();
            var curator = await curators.FindOrAddAsync(person.Principal, HttpContext.RequestAborted);
            await signIn.SignInWithClaimsAsync(curator, isPersistent: false, [new Claim("amr", CuratorSignIn.External)]);
        }
        catch (RefusedException refused)
        {
            Refusal = refused.Message;
        }

        return Page();
    }
}
