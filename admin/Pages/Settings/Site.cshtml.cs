using HealthEquity.Admin.Access;
using HealthEquity.Admin.Pages.Shared;
using HealthEquity.Search.Text;
using HealthEquity.Store.Curators;
using HealthEquity.Store.Settings;
using Microsoft.AspNetCore.Mvc;

namespace HealthEquity.Admin.Pages.Settings;

/// <summary>Edits the settings of the public pages, and the logo.</summary>
[AtLeast(CuratorRole.Administrator)]
[RequestSizeLimit(LogoStore.MaxSize + (64 * 1024))]
public sealed class SiteModel(SiteSettingStore settings, LogoStore logos) : ConsolePage
{
    [BindProperty]
    public SiteInput Input { get; set; } = new();

    [BindProperty]
    public IFormFile? LogoFile { get; set; }

    public bool HasLogo { get; private set; }

    /// <summary>The English name of a language of the pages.</summary>
    public static string NameOf(string language) => LanguageNames.Of(language)?[0] ?? language;

    public async Task OnGetAsync()
    {
        Input = SiteInput.From(await Department.SiteAsync(Cancellation));
        await LoadAsync();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        foreach (var (field, message) in Input.Problems())
        {
            ModelState.AddModelError($"{nameof(Input)}.{field}", message);
        }

        if (!ModelState.IsValid || !await TryAsync(s => settings.WriteAsync(s, Input.ToSettings(), Actor, Cancellation)))
        {
            await LoadAsync();
            return Page();
        }

        Notice = "Settings saved. The public pages show them within seconds.";
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

    private async Task LoadAsync() => HasLogo = await ReadAsync(s => LogoStore.ExistsAsync(s, Cancellation));
}
