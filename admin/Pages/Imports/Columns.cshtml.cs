using HealthEquity.Admin.Imports;
using HealthEquity.Admin.Pages.Shared;
using HealthEquity.Admin.Wording;
using HealthEquity.Directory.Entries;
using HealthEquity.Formats.Sources;
using HealthEquity.Imports.Columns;
using HealthEquity.Imports.Mappings;
using HealthEquity.Imports.Records;
using HealthEquity.Imports.Sources;
using HealthEquity.Imports.Uploads;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Databases;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace HealthEquity.Admin.Pages.Imports;

/// <summary>Shows an uploaded file and plans its import with a saved mapping or with a field for each column.</summary>
[RequestFormLimits(ValueCountLimit = 20_000)]
public sealed class ColumnsModel(AuditLog audit, SavedMappings mappings, TimeProvider clock, ImportRunner runner) : ConsolePage
{
    private const int RowsShown = 5;
    private const int ColumnsShown = 60;

    [BindProperty(SupportsGet = true), FromRoute]
    public Guid Id { get; set; }

    public Import Import { get; private set; } = null!;

    public RecognizedSource Source { get; private set; } = null!;

    /// <summary>The mappings that match this file.</summary>
    public IReadOnlyList<string> Fitting { get; private set; } = [];

    /// <summary>The titles of their sources: the same columns can come from another one.</summary>
    public IReadOnlyDictionary<string, string> Titles { get; private set; } = new Dictionary<string, string>();

    /// <summary>The mappings for other files.</summary>
    public IReadOnlyList<string> Others { get; private set; } = [];

    /// <summary>The mappings that can be edited here.</summary>
    public IReadOnlyList<string> Changeable { get; private set; } = [];

    public ColumnForm Form { get; private set; } = null!;

    public IEnumerable<string> FirstColumns => Source.Sample.Columns.Take(ColumnsShown);

    public IEnumerable<IEnumerable<string>> FirstRows => Source.Sample.Rows.Take(RowsShown).Select(r => FirstColumns.Select((_, i) => i < r.Count ? ImportLabels.Brief(r[i], 80) : ""));

    /// <summary>The fields of the kind of entry, grouped by part.</summary>
    public IReadOnlyList<IGrouping<string, ImportTarget>> Targets => [.. ImportTargets.Of(Form.Kind).GroupBy(t => t.Group)];

    public static IEnumerable<SelectListItem> Kinds => Items(ImportTargets.Kinds);

    /// <summary>The kinds of entry for HSDS services.</summary>
    public static IEnumerable<SelectListItem> ServiceKinds =>
        Items([EntryKind.Provider, EntryKind.Attorney, EntryKind.Organization]).Prepend(new SelectListItem("Guess for each service", ""));

    public static IEnumerable<SelectListItem> States => HealthEquity.Directory.Geography.States.All.OrderBy(s => s.Name).Select(s => new SelectListItem(s.Name, s.Code)).Prepend(new SelectListItem("From the file", ""));

    public async Task<IActionResult> OnGetAsync(string? kind, string? from)
    {
        if (await LoadAsync() is { } elsewhere)
        {
            return elsewhere;
        }

        SavedMapping? saved = from is { Length: > 0 and <= 60 } ? await ReadAsync(s => SavedMappings.FindAsync(s, from, Cancellation)) : null;
        EntryKind? chosen = EntryKinds.TryParse(kind, out var parsed) && ImportTargets.Kinds.Contains(parsed) ? parsed : null;
        Form = ColumnForm.Of(Source, chosen, saved, Title(), Today());
        return Page();
    }

    /// <summary>Plans the import with an existing mapping, or with none for HSDS data and exports of this directory.</summary>
    public async Task<IActionResult> OnPostPlanAsync(string? mapping, string? sourceName, string? sourceTitle, string? kind)
    {
        if (await LoadAsync() is { } elsewhere)
        {
            return elsewhere;
        }

        Form = ColumnForm.Of(Source, null, null, Title(), Today());
        var name = string.IsNullOrEmpty(mapping) ? null : mapping;
        if (name is null == Source.NeedsMapping)
        {
            ModelState.AddModelError("", Source.NeedsMapping ? "Choose a mapping." : "This file needs no mapping.");
            return Page();
        }

        var task = new ImportTask { Work = ImportWork.Plan, AskedBy = Actor.Code, Mapping = name };
        if (Source.Hsds is not null)
        {
            if (sourceName is { Length: > 0 } && (Slug.From(sourceName) != sourceName || sourceName.Length > 60))
            {
                ModelState.AddModelError("sourceName", "Use lowercase words joined by hyphens, at most 60 characters.");
                return Page();
            }

            EntryKind? becomes = EntryKinds.TryParse(kind, out var chosen) && ImportTargets.Kinds.Contains(chosen) ? chosen : null;
            task = task with { SourceName = sourceName, SourceTitle = sourceTitle, Kind = becomes };
        }

        return await PlanAsync(task, save: null);
    }

    /// <summary>Shows the fields of another kind and keeps the choices that still fit.</summary>
    public async Task<IActionResult> OnPostKindAsync()
    {
        if (await LoadAsync() is { } elsewhere)
        {
            return elsewhere;
        }

        var sent = ColumnForm.Of(Source, Request.Form);
        Form = new ColumnForm
        {
            Name = sent.Name,
            Title = sent.Title,
            Url = sent.Url,
            RetrievedOn = sent.RetrievedOn,
            Kind = sent.Kind,
            State = sent.State,
            From = sent.From,
            Replace = sent.Replace,
            Columns = [.. sent.Columns.Select(c => c with { Target = ImportTargets.Find(sent.Kind, c.Target) is null ? c.Guess.Target ?? "" : c.Target })],
        };
        ModelState.Clear();
        return Page();
    }

    /// <summary>Saves the mapping and plans the import with it.</summary>
    public async Task<IActionResult> OnPostAsync()
    {
        if (await LoadAsync() is { } elsewhere)
        {
            return elsewhere;
        }

        Form = ColumnForm.Of(Source, Request.Form);
        ModelState.Clear();
        if (Source.Files.Count > 0)
        {
            ModelState.AddModelError("", "Several related files need a mapping file. Their columns can't be mapped on this page.");
        }

        var mapping = Form.ToMapping((field, message) => ModelState.AddModelError(field, message));
        try
        {
            mapping.ToMapping();
        }
        catch (MappingException fault)
        {
            ModelState.AddModelError(Form.FieldOf(fault.Place), Capital(fault.Problem));
        }

        if (MappingReader.Shipped.Contains(mapping.Name))
        {
            ModelState.AddModelError("name", $"'{mapping.Name}' is a built-in mapping. Choose another name.");
        }

        if (ModelState.IsValid && !Form.Replace && mapping.Name != Form.From && await ReadAsync(s => SavedMappings.FindAsync(s, mapping.Name, Cancellation)) is not null)
        {
            ModelState.AddModelError("replace", $"A mapping named '{mapping.Name}' already exists. If this is the same source, select this option to replace it. Otherwise, choose another name.");
        }

        return ModelState.IsValid ? await PlanAsync(new ImportTask { Work = ImportWork.Plan, AskedBy = Actor.Code, Mapping = mapping.Name }, mapping) : Page();
    }

    /// <summary>Returns the error of a field; null for none.</summary>
    public string? ErrorOf(string field) => ModelState.TryGetValue(field, out var entry) && entry.Errors.Count > 0 ? string.Join(' ', entry.Errors.Select(e => e.ErrorMessage)) : null;

    private async Task<IActionResult> PlanAsync(ImportTask task, ColumnMapping? save)
    {
        var done = await TryAsync(async session =>
        {
            if (save is not null)
            {
                await mappings.SaveAsync(session, save, Actor, Cancellation);
            }
            else if (task.Mapping is { } mapping && await SavedMappings.FindByNameAsync(session, mapping, Cancellation) is null)
            {
                throw new RefusedException("The mapping no longer exists. Choose another one.");
            }

            await ImportStore.PlanByAsync(session, Id, Actor, Cancellation);
            await ImportTasks.AskAsync(session, Id, task, clock.GetUtcNow(), Cancellation);
            await audit.AppendAsync(session, Actor, "planImport", $"import:{Id}", task.Mapping ?? task.SourceName, Cancellation);
        });
        if (!done)
        {
            return Page();
        }

        runner.Wake();
        return RedirectToPage("Show", new { Id });
    }

    /// <summary>Loads the import. Redirects if it is past this step.</summary>
    private async Task<IActionResult?> LoadAsync()
    {
        await using var session = await Database.OpenAsync(Cancellation);
        Import = await ImportStore.ReadAsync(session, Id, Cancellation);
        if ((Import.State != ImportState.Uploaded && !Import.CanPlanAgain) || await ImportTasks.FindAsync(session, Id, Cancellation) is not null)
        {
            return RedirectToPage("Show", new { Id });
        }

        if (await ImportSamples.FindAsync(session, Id, Cancellation) is not { } source)
        {
            Notice = "The file is no longer stored. Upload it again.";
            return RedirectToPage("Index");
        }

        Source = source;
        var saved = await SavedMappings.ListAsync(session, Cancellation);
        Fitting = SourceRecognition.MappingsFor(source, saved);
        Titles = Fitting.ToDictionary(name => name, name => (saved.FirstOrDefault(s => s.Name == name)?.ToMapping() ?? MappingReader.Find(name)).Source.Name);
        Others = [.. MappingReader.Shipped.Concat(saved.Select(s => s.Name)).Except(Fitting)];
        Changeable = [.. saved.Where(s => s.Columns is not null && source.Files.Count == 0).Select(s => s.Name)];
        return null;
    }

    private string Title() => Capital(Path.GetFileNameWithoutExtension(Import.FileName).Replace('_', ' ').Replace('-', ' ').Trim());

    private DateOnly Today() => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);

    private static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    private static IEnumerable<SelectListItem> Items(IEnumerable<EntryKind> kinds) => kinds.Select(k => new SelectListItem(EntryLabels.Kind(k), k.Code()));
}
