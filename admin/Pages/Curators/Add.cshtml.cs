using HealthEquity.Admin.Access;
using HealthEquity.Admin.Pages.Shared;
using HealthEquity.Admin.SignIn;
using HealthEquity.Admin.Wording;
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

    /// <summary>The languages of a translator or language reviewer, as typed.</summary>
    [BindProperty]
    public string? Languages { get; set; }

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
                var token = await curators.InviteAsync(s, UserName.Trim(), DisplayName.Trim(), role, Actor, Cancellation, LanguageList.Read(Languages));
                Link = HttpContext.RequestServices.GetRequiredService<ConsoleAddress>().Of(Request, FirstAdministrator.SetUpPath(token));
            });
        }
    }
}

/// <summary>The options for a role.</summary>
public static class RoleChoices
{
    public static IEnumerable<SelectListItem> All => CuratorRoles.All.Select(role => new SelectListItem(EntryLabels.Role(role), role.Code()));

    /// <summary>What each role may do.</summary>
    public const string Help =
        "Viewers can read. Translators can also write translations. Language reviewers can also approve translations and mark them as reviewed. "
        + "Curators can also edit and verify everything. Reviewers can also approve and publish everything. Administrators can also manage the console.";

    /// <summary>Who needs languages, and how to write them.</summary>
    public const string LanguagesHelp = "Only for translators and language reviewers. Separate them with commas, such as: Spanish, Haitian Creole.";
}
