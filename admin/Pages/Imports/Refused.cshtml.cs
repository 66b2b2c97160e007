using HealthEquity.Admin.Access;
using HealthEquity.Admin.Imports;
using HealthEquity.Admin.Pages.Shared;
using HealthEquity.Imports.Records;
using HealthEquity.Imports.Refusals;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Curators;
using Microsoft.AspNetCore.Mvc;

namespace HealthEquity.Admin.Pages.Imports;

/// <summary>Lists the refused rows of an import with reasons and remedies, and exports them for correction.</summary>
public sealed class RefusedModel(AuditLog audit) : ConsolePage
{
    private const int PageSize = 50;

    [BindProperty(SupportsGet = true), FromRoute]
    public Guid Id { get; set; }

    [BindProperty(SupportsGet = true), FromQuery]
    public int Number { get; set; } = 1;

    public Import Import { get; private set; } = null!;

    /// <summary>The files with refused rows.</summary>
    public IReadOnlyList<ImportFile> Files { get; private set; } = [];

    public IReadOnlyList<ImportRefusal> Items { get; private set; } = [];

    public bool HasMore { get; private set; }

    public async Task OnGetAsync()
    {
        Number = Math.Clamp(Number, 1, int.MaxValue / PageSize);
        await using var session = await Database.OpenAsync(Cancellation);
        Import = await ImportStore.ReadAsync(session, Id, Cancellation);
        Files = await ImportRefusals.FilesAsync(session, Id, Cancellation);
        var items = await ImportRefusals.ListAsync(session, Id, (Number - 1) * PageSize, PageSize + 1, Cancellation);
        (Items, HasMore) = ([.. items.Take(PageSize)], items.Count > PageSize);
    }

    /// <summary>Downloads the refused rows of a file as CSV, for correction and import.</summary>
    [AtLeast(CuratorRole.Curator)]
    public async Task<IActionResult> OnGetFileAsync(int file)
    {
        await using var session = await Database.OpenAsync(Cancellation);
        Import = await ImportStore.ReadAsync(session, Id, Cancellation);
        var files = await ImportRefusals.FilesAsync(session, Id, Cancellation);
        if (file < 0 || file >= files.Count)
        {
            return NotFound();
        }

        await Database.TransactAsync(s => audit.AppendAsync(s, Actor, "exportRefused", $"import:{Id}", files[file].Name, Cancellation), Cancellation);
        var name = files.Count == 1 ? Import.FileName : files[file].Name;
        var disposition = new Microsoft.Net.Http.Headers.ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName($"{ImportFolder.NameOf(name)}.refused.csv");
        Response.ContentType = "text/csv; charset=utf-8";
        Response.Headers.ContentDisposition = disposition.ToString();
        await RefusedFile.WriteAsync(session, Id, files[file], Response.Body, Cancellation);
        return new EmptyResult();
    }
}
