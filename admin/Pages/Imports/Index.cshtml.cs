using HealthEquity.Admin.Imports;
using HealthEquity.Admin.Pages.Shared;
using HealthEquity.Admin.Wording;
using HealthEquity.Formats.Sources;
using HealthEquity.Imports.Records;
using Microsoft.AspNetCore.Mvc;

namespace HealthEquity.Admin.Pages.Imports;

/// <summary>Lists the imports, latest first, and accepts new files.</summary>
[TakesImportFile]
public sealed class IndexModel(ImportIntake intake, ImportLimits limits) : ConsolePage
{
    private const int PageSize = 25;

    [BindProperty]
    public IFormFile? Upload { get; set; }

    /// <summary>The address of an HSDS API.</summary>
    [BindProperty]
    public string? Address { get; set; }

    [BindProperty(SupportsGet = true), FromQuery]
    public int Number { get; set; } = 1;

    public IReadOnlyList<Import> Items { get; private set; } = [];

    public bool HasMore { get; private set; }

    public ImportsWaiting Waiting { get; private set; } = null!;

    public ActorNames Names { get; private set; } = null!;

    /// <summary>The maximum file size in megabytes.</summary>
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
            ModelState.AddModelError(nameof(Upload), Upload is null ? "Choose a file to import." : "The file is empty. Its first line must contain the column names.");
        }
        else if (file.Length > limits.Source.MaximumBytes)
        {
            ModelState.AddModelError(nameof(Upload), $"The file is larger than the limit of {Megabytes:N0} MB. Split it into several files.");
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

    /// <summary>Connects to an HSDS API.</summary>
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
