using System.Text;
using HealthEquity.Admin.Pages.Shared;
using HealthEquity.Admin.Wording;
using HealthEquity.Directory.Entries;
using HealthEquity.Formats.Sources;
using HealthEquity.Imports.Columns;
using HealthEquity.Imports.Mappings;
using Microsoft.AspNetCore.Mvc;

namespace HealthEquity.Admin.Pages.Imports;

/// <summary>Lists, uploads, downloads, and deletes the saved mappings.</summary>
[RequestSizeLimit(MaxFileBytes + (64 * 1024))]
public sealed class MappingsModel(SavedMappings mappings) : ConsolePage
{
    private const int MaxFileBytes = 1024 * 1024;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    [BindProperty]
    public IFormFile? Upload { get; set; }

    /// <summary>Whether to replace a saved mapping with the same name.</summary>
    [BindProperty]
    public bool Replace { get; set; }

    public IReadOnlyList<(SavedMapping Saved, ImportMapping Mapping)> Saved { get; private set; } = [];

    public ActorNames Names { get; private set; } = null!;

    public Task OnGetAsync() => LoadAsync();

    /// <summary>Downloads a saved mapping.</summary>
    public async Task<IActionResult> OnGetFileAsync(string? name)
    {
        var found = name is { Length: > 0 and <= 60 } ? await ReadAsync(s => SavedMappings.FindAsync(s, name, Cancellation)) : null;
        return found is null ? NotFound() : File(Encoding.UTF8.GetBytes(found.Document), "application/json", $"{found.Name}.json");
    }

    public async Task<IActionResult> OnPostUploadAsync()
    {
        if (Upload is not { Length: > 0 and <= MaxFileBytes } file)
        {
            return await RefuseAsync(nameof(Upload), "Choose a JSON mapping file of at most 1 MB.");
        }

        string name;
        string document;
        try
        {
            using var text = new StreamReader(file.OpenReadStream(), Strict);
            document = await text.ReadToEndAsync(Cancellation);
            name = MappingReader.Read(document).Name;
        }
        catch (MappingException fault)
        {
            return await RefuseAsync(nameof(Upload), fault.Message);
        }
        catch (DecoderFallbackException)
        {
            return await RefuseAsync(nameof(Upload), "The mapping file is not UTF-8 text. Save it as UTF-8.");
        }

        if (!Replace && await ReadAsync(s => SavedMappings.FindAsync(s, name, Cancellation)) is not null)
        {
            return await RefuseAsync(nameof(Replace), $"A mapping named '{name}' already exists. Select this option to replace it, or change the name in the file.");
        }

        if (!await TryAsync(s => mappings.SaveAsync(s, document, Actor, Cancellation)))
        {
            await LoadAsync();
            return Page();
        }

        Notice = $"Mapping “{name}” saved.";
        return RedirectToPage();
    }

    public async Task<IActionResult> OnPostDeleteAsync(string? name)
    {
        if (!await TryAsync(async s =>
            {
                if (!await mappings.DeleteAsync(s, name ?? "", Actor, Cancellation))
                {
                    throw new RefusedException("The mapping no longer exists.");
                }
            }))
        {
            await LoadAsync();
            return Page();
        }

        Notice = $"Mapping “{name}” deleted.";
        return RedirectToPage();
    }

    private async Task<IActionResult> RefuseAsync(string field, string why)
    {
        ModelState.AddModelError(field, why);
        await LoadAsync();
        return Page();
    }

    private async Task LoadAsync()
    {
        await using var session = await Database.OpenAsync(Cancellation);
        Names = await ActorNames.ReadAsync(session, Cancellation);
        Saved = [.. (await SavedMappings.ListAsync(session, Cancellation)).Select(s => (s, s.ToMapping()))];
    }
}
