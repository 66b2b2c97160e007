using HealthEquity.Admin.Access;
using HealthEquity.Admin.Pages.Shared;
using HealthEquity.Admin.SignIn;
using HealthEquity.Admin.Wording;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Curators;
using HealthEquity.Store.Databases;
using Microsoft.AspNetCore.Mvc;

namespace HealthEquity.Admin.Pages.Curators;

/// <summary>Changes a curator's role, and resets, disables, or enables the account. The store protects the last administrator.</summary>
[AtLeast(CuratorRole.Administrator)]
public sealed class EditModel(CuratorStore curators, TimeProvider clock) : ConsolePage
{
    [FromRoute]
    public Guid Id { get; set; }

    [BindProperty]
    public string Role { get; set; } = "";

    /// <summary>The languages of a translator or language reviewer, as typed.</summary>
    [BindProperty]
    public string? Languages { get; set; }

    public Curator Curator { get; private set; } = new();

    public string? Link { get; private set; }

    public DateTimeOffset Now => clock.GetUtcNow();

    public string ActorCode => Actor.Curator(Id).Code;

    public Task OnGetAsync() => LoadAsync();

    public Task<IActionResult> OnPostRoleAsync() => CuratorRoles.TryParse(Role, out var role)
        ? ChangeAsync(s => curators.ChangeRoleAsync(s, Id, role, Actor, Cancellation, LanguageList.Read(Languages)), "Role changed.")
        : Task.FromResult<IActionResult>(BadRequest());

    public Task<IActionResult> OnPostDisableAsync() =>
        ChangeAsync(s => curators.DisableAsync(s, Id, Actor, Cancellation), "Account disabled.");

    public Task<IActionResult> OnPostEnableAsync() =>
        ChangeAsync(s => curators.EnableAsync(s, Id, Actor, Cancellation), "Account enabled.");

    public async Task OnPostResetAsync()
    {
        await TryAsync(async s =>
        {
            var token = await curators.ResetAsync(s, Id, Actor, Cancellation);
            Link = HttpContext.RequestServices.GetRequiredService<ConsoleAddress>().Of(Request, FirstAdministrator.SetUpPath(token));
        });
        await LoadAsync();
    }

    private async Task<IActionResult> ChangeAsync(Func<DbSession, Task> change, string notice)
    {
        if (await TryAsync(change))
        {
            Notice = notice;
            return RedirectToPage(new { Id });
        }

        await LoadAsync();
        return Page();
    }

    private async Task LoadAsync()
    {
        Curator = await ReadAsync(s => CuratorStore.FindAsync(s, Id, Cancellation)) ?? throw new NotFoundException("such curator");
        if (!ModelState.IsValid)
        {
            return;
        }

        Role = Curator.Role.Code();
        Languages = LanguageList.Write(Curator.Languages.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        ModelState.Remove(nameof(Role));
        ModelState.Remove(nameof(Languages));
    }
}
