using HealthEquity.Admin.Access;
using HealthEquity.Admin.Pages.Shared;
using HealthEquity.Admin.SignIn;
using HealthEquity.Store.Curators;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace HealthEquity.Admin.Pages.Curators;

/// <summary>Adds a curator, who then chooses a password.</summary>
[AtLeast(CuratorRole.Administrator)]
public sealed class AddModel(CuratorStore curators) : ConsolePage
{
    [BindProperty]
    public string DisplayName { get; set; } = "";

    [BindProperty]
    public string UserName { get; set; } = "";

    [BindProperty]
    public string Role { get; set; } = CuratorRole.Curator.Code();

    public string? Link { get; private set; }

    public void OnGet()
    {
    }

    public async Task OnPostAsync()
    {
        if (DisplayName.Trim().Length is 0 or > 200)
        {
            ModelState.AddModelError(nameof(DisplayName), "Enter the curator's name.");
        }

        if (!CuratorStore.IsUserName(UserName.Trim()))
        {
            ModelState.AddModelError(nameof(UserName), "Enter a sign-in name with only letters, digits, and - . _ @ +");
        }

        if (!CuratorRoles.TryParse(Role, out var role))
        {
            ModelState.AddModelError(nameof(Role), "Choose a role.");
        }

        if (ModelState.IsValid)
        {
            await TryAsync(async s =>
            {
                var token = await curators.InviteAsync(s, UserName.Trim(), DisplayName.Trim(), role, Actor, Cancellation);
                Link = HttpContext.RequestServices.GetRequiredService<ConsoleAddress>().Of(Request, FirstAdministrator.SetUpPath(token));
            });
        }
    }
}

/// <summary>The options for a role.</summary>
public static class RoleChoices
{
    public static IEnumerable<SelectListItem> All => CuratorRoles.All.Select(role => new SelectListItem(role.ToString(), role.Code()));
}
