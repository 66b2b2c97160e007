using HealthEquity.Admin.Access;
using HealthEquity.Admin.Pages.Shared;
using HealthEquity.Store.Curators;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;

namespace HealthEquity.Admin.Pages;

/// <summary>Ends this browser's session.</summary>
[AtLeast(CuratorRole.Viewer)]
public sealed class SignOutModel(SignInManager<Curator> signIn) : ConsolePage
{
    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await signIn.SignOutAsync();
        return Redirect("~/sign-in");
    }
}
