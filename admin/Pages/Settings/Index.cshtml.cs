using HealthEquity.Admin.Access;
using HealthEquity.Admin.Pages.Shared;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Curators;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Settings;
using HealthEquity.Store.Verification;
using Microsoft.AspNetCore.Mvc;

namespace HealthEquity.Admin.Pages.Settings;

/// <summary>Edits the department's settings and logo.</summary>
[AtLeast(CuratorRole.Administrator)]
[RequestSizeLimit(LogoStore.MaxSize + (64 * 1024))]
public sealed class IndexModel(SettingStore settings, LogoStore logos) : ConsolePage
{
    public static IReadOnlyList<string> CommonZones { get; } =
    [
        "America/New_York", "America/Chicago", "America/Denver", "America/Phoenix", "America/Los_Angeles", "America/Anchorage",
        "Pacific/Honolulu", "America/Puerto_Rico", "Pacific/Guam", "UTC",
    ];

    [BindProperty]
    public SettingsInput Input { get; set; } = new();

    [BindProperty]
    public IFormFile? LogoFile { get; set; }

    public bool HasLogo { get; private set; }

    public async Task OnGetAsync()
    {
        Input = SettingsInput.From(await ReadAsync(s => SettingStore.ReadAsync(s, Cancellation)));
        await LoadAsync();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        foreach (var (field, message) in Input.Problems())
        {
            ModelState.AddModelError($"{nameof(Input)}.{field}", message);
        }

        var keep = 0;
        if (!ModelState.IsValid || !await TryAsync(async session =>
            {
                var before = await SettingStore.ReadAsync(session, Cancellation);
                var after = Input.ApplyTo(before);
                await settings.WriteAsync(session, after, Actor, Cancellation);
                keep = await CountKeptAsync(session, before, after);
            }))
        {
            await LoadAsync();
            return Page();
        }

        Notice = "Settings saved." + keep switch
        {
            0 => "",
            1 => " 1 public entry keeps its current due date until its next check.",
            _ => $" {keep:N0} public entries keep their current due date until their next check.",
        };
        return RedirectToPage();
    }

    public async Task<IActionResult> OnPostLogoAsync()
    {
        ModelState.Clear();
        if (LogoFile is not { Length: > 0 and <= LogoStore.MaxSize } file)
        {
            ModelState.AddModelError(nameof(LogoFile), "Choose an image of at most 200 KB.");
            await OnGetAsync();
            return Page();
        }

        using var content = new MemoryStream();
        await file.CopyToAsync(content, Cancellation);
        if (!await TryAsync(s => logos.WriteAsync(s, content.ToArray(), Actor, Cancellation)))
        {
            await OnGetAsync();
            return Page();
        }

        Notice = "Logo changed.";
        return RedirectToPage();
    }

    public async Task<IActionResult> OnPostRemoveLogoAsync()
    {
        await TryAsync(s => logos.RemoveAsync(s, Actor, Cancellation));
        Notice = "Logo removed.";
        return RedirectToPage();
    }

    /// <summary>Counts the public entries of the kinds whose interval has changed.</summary>
    private async Task<int> CountKeptAsync(DbSession session, DirectorySettings before, DirectorySettings after)
    {
        var changed = EntryKinds.All.Where(k => before.DueOn(k, default) != after.DueOn(k, default)).Select(k => k.Code()).ToList();
        return changed.Count == 0 ? 0 : (await WorkQueue.FreshnessAsync(session, default, Cancellation)).Where(c => changed.Contains(c.Kind)).Sum(c => c.Number);
    }

    private async Task LoadAsync() => HasLogo = await ReadAsync(s => LogoStore.ExistsAsync(s, Cancellation));
}
