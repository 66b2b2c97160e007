using HealthEquity.Admin.Access;
using HealthEquity.Admin.Pages.Shared;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Curators;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Settings;
using HealthEquity.Store.Verification;
using Microsoft.AspNetCore.Mvc;

namespace HealthEquity.Admin.Pages.Settings;

/// <summary>Edits the department's settings.</summary>
[AtLeast(CuratorRole.Administrator)]
public sealed class IndexModel(SettingStore settings) : ConsolePage
{
    public static IReadOnlyList<string> CommonZones { get; } =
    [
        "America/New_York", "America/Chicago", "America/Denver", "America/Phoenix", "America/Los_Angeles", "America/Anchorage",
        "Pacific/Honolulu", "America/Puerto_Rico", "Pacific/Guam", "UTC",
    ];

    [BindProperty]
    public SettingsInput Input { get; set; } = new();

    public async Task OnGetAsync() => Input = SettingsInput.From(await ReadAsync(s => SettingStore.ReadAsync(s, Cancellation)));

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

    /// <summary>Counts the public entries of the kinds whose interval has changed.</summary>
    private async Task<int> CountKeptAsync(DbSession session, DirectorySettings before, DirectorySettings after)
    {
        var changed = EntryKinds.All.Where(k => before.DueOn(k, default) != after.DueOn(k, default)).Select(k => k.Code()).ToList();
        return changed.Count == 0 ? 0 : (await WorkQueue.FreshnessAsync(session, default, Cancellation)).Where(c => changed.Contains(c.Kind)).Sum(c => c.Number);
    }
}
