using HealthEquity.Admin.Imports;
using HealthEquity.Admin.Pages.Shared;
using HealthEquity.Admin.Wording;
using HealthEquity.Formats.Sources;
using HealthEquity.Imports.Records;
using Microsoft.AspNetCore.Mvc;

namespace HealthEquity.Admin.Pages.Imports;

/// <summary>What was imported, latest first, and where the next file comes in.</summary>
[TakesImportFile]
public sealed class IndexModel(ImportIntake intake, ImportLimits limits) : ConsolePage
{
    private const int PageSize = 25;

    [BindProperty]
    public IFormFile? Upload { get; set; }

    /// <summary>Where a live HSDS API is.</summary>
    [BindProperty]
    public string? Address { get; set; }

    [BindProperty(SupportsGet = true), FromQuery]
    public int Number { get; set; } = 1;

    public IReadOnlyList<Import> Items { get; private set; } = [];

    public bool HasMore { get; private set; }

    public ImportsWaiting Waiting { get; private set; } = null!;

    public ActorNames Names { get; private set; } = null!;

    /// <summary>The largest file, in megabytes.</summary>
    public long Megabytes => limits.Megabytes;

    public async Task OnGetAsync()
    {
        Number = Math.Clamp(Number, 1, int.MaxValue / PageSize);
        await using var session = await Database.OpenAsync(Cancellation);
        var items = await ImportStore.ListAsync(session, (Number - 1) * PageSize, PageSize + 1, Cancellation);
        (Items, HasMore) = ([.. items.Take(PageSize)], items.Count > PageSize);
        Waiting = await ImportStore.WaitingAsync(session, Cancellation);
        Names = await ActorNames.ReadAsync(session, Cancellation);
    }

    public async Task<IActionResult> OnPostUploadAsync()
    {
        if (Upload is not { Length: > 0 } file)
        {
            ModelState.AddModelError(nameof(Upload), Upload is null ? "Choose the file that is to be imported." : "The file is empty: its first line must name the columns.");
        }
        else if (file.Length > limits.Source.MaximumBytes)
        {
            ModelState.AddModelError(nameof(Upload), $"The file is larger than {Megabytes:N0} MB, the most that is taken. Split it into several files.");
        }
        else
        {
            try
            {
                var id = await intake.TakeAsync(file, Actor, Cancellation);
                return RedirectToPage("Columns", new { id });
            }
            catch (ImportFileException refused)
            {
                ModelState.AddModelError(nameof(Upload), refused.Message);
            }
        }

        await OnGetAsync();
        return Page();
    }

    /// <summary>Looks at a live HSDS API.</summary>
    public async Task<IActionResult> OnPostAddressAsync()
    {
        try
        {
            var id = await intake.TakeAsync(Address?.Trim() ?? "", Actor, Cancellation);
            return RedirectToPage("Columns", new { id });
        }
        catch (ImportFileException refused)
        {
            ModelState.AddModelError(nameof(Address), refused.Message);
        }

        await OnGetAsync();
        return Page();
    }
}
