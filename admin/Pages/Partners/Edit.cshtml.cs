using System.Globalization;
using HealthEquity.Admin.Access;
using HealthEquity.Admin.Pages.Shared;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Curators;
using HealthEquity.Store.Partners;
using Microsoft.AspNetCore.Mvc;

namespace HealthEquity.Admin.Pages.Partners;

/// <summary>Changes a partner's limit, and revokes its key.</summary>
[AtLeast(CuratorRole.Administrator)]
public sealed class EditModel(ApiClientStore partners) : ConsolePage
{
    [FromRoute]
    public Guid Id { get; set; }

    [BindProperty]
    public string? RequestsPerMinute { get; set; }

    public ApiClient Partner { get; private set; } = new();

    public async Task OnGetAsync()
    {
        await LoadAsync();
        RequestsPerMinute = Partner.RequestsPerMinute?.ToString(CultureInfo.InvariantCulture);
    }

    public async Task<IActionResult> OnPostLimitAsync()
    {
        await LoadAsync();
        if (!PartnerLimit.TryRead(RequestsPerMinute, out var limit))
        {
            ModelState.AddModelError(nameof(RequestsPerMinute), PartnerLimit.Problem);
            return Page();
        }

        if (!await TryAsync(s => partners.ChangeLimitAsync(s, Id, limit, Actor, Cancellation)))
        {
            return Page();
        }

        Notice = "Limit changed. It applies within a minute.";
        return RedirectToPage(new { Id });
    }

    public async Task<IActionResult> OnPostRevokeAsync()
    {
        await LoadAsync();
        await TryAsync(s => partners.RevokeAsync(s, Id, Actor, Cancellation));
        Notice = "Key revoked. It stops working within a minute.";
        return RedirectToPage(new { Id });
    }

    private async Task LoadAsync() =>
        Partner = await ReadAsync(s => ApiClientStore.FindAsync(s, Id, Cancellation)) ?? throw new NotFoundException("such partner");
}
