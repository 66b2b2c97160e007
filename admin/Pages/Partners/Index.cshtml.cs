using HealthEquity.Admin.Access;
using HealthEquity.Admin.Pages.Shared;
using HealthEquity.Store.Curators;
using HealthEquity.Store.Partners;
using Microsoft.AspNetCore.Mvc;

namespace HealthEquity.Admin.Pages.Partners;

/// <summary>Lists the partners that use the API with a key, and adds one.</summary>
[AtLeast(CuratorRole.Administrator)]
public sealed class IndexModel(ApiClientStore partners) : ConsolePage
{
    [BindProperty]
    public string Name { get; set; } = "";

    [BindProperty]
    public string? RequestsPerMinute { get; set; }

    public IReadOnlyList<ApiClient> Partners { get; private set; } = [];

    /// <summary>The key of the partner that was just added. It is shown once and stored nowhere.</summary>
    public string? Key { get; private set; }

    public async Task OnGetAsync() => Partners = await ReadAsync(s => ApiClientStore.ListAsync(s, Cancellation));

    public async Task OnPostAsync()
    {
        if (PartnerLimit.TryRead(RequestsPerMinute, out var limit))
        {
            await TryAsync(async s => (_, Key) = await partners.AddAsync(s, Name, limit, Actor, Cancellation));
        }
        else
        {
            ModelState.AddModelError(nameof(RequestsPerMinute), PartnerLimit.Problem);
        }

        await OnGetAsync();
    }
}

/// <summary>Reads the limit in a form.</summary>
public static class PartnerLimit
{
    public static string Problem { get; } = $"Enter a whole number from 1 to {ApiClientStore.MaxRequestsPerMinute}, or leave this empty for the default.";

    /// <summary>Reads a limit. An empty text is none, and the partners' default applies.</summary>
    public static bool TryRead(string? text, out int? limit)
    {
        limit = int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : null;
        return limit is not null || string.IsNullOrWhiteSpace(text);
    }
}
