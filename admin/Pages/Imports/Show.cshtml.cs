using HealthEquity.Admin.Access;
using HealthEquity.Admin.Imports;
using HealthEquity.Admin.Pages.Shared;
using HealthEquity.Admin.Wording;
using HealthEquity.Directory.Entries;
using HealthEquity.Imports.Applying;
using HealthEquity.Imports.Records;
using HealthEquity.Imports.Running;
using HealthEquity.Imports.Uploads;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Curators;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Duplicates;
using Microsoft.AspNetCore.Mvc;

namespace HealthEquity.Admin.Pages.Imports;

/// <summary>
/// One import: how far it is, what it would do or has done, and what can be done with it. A curator applies it as drafts. What the
/// public sees is a reviewer's to decide, as everywhere, and with four eyes another one's than whoever brought the file in; undoing
/// takes from the public, so it is a reviewer's too.
/// </summary>
public sealed class ShowModel(AuditLog audit, TimeProvider clock, ImportRunner runner) : ConsolePage
{
    [BindProperty(SupportsGet = true), FromRoute]
    public Guid Id { get; set; }

    /// <summary>Goes on though far fewer entries came than last time.</summary>
    [BindProperty]
    public bool EvenIfFewer { get; set; }

    public Import Import { get; private set; } = null!;

    /// <summary>What is being done with it, or waits to be; null for nothing.</summary>
    public ImportTask? Asked { get; private set; }

    public ActorNames Names { get; private set; } = null!;

    /// <summary>How many entries came last time, where now so few come that the import asks first.</summary>
    public int? FewerThan { get; private set; }

    /// <summary>Pairs of entries that may be one, in which the import made or changed one.</summary>
    public int Duplicates { get; private set; }

    /// <summary>Conflicts of this import that wait.</summary>
    public int Conflicts { get; private set; }

    /// <summary>Entries that the directory does not let the source speak of.</summary>
    public int EntriesRefused { get; private set; }

    /// <summary>Entries that undoing would leave.</summary>
    public int Touched { get; private set; }

    /// <summary>Entries that undoing left, each with the reason.</summary>
    public IReadOnlyList<ImportItem> Left { get; private set; } = [];

    /// <summary>The reader brought the file in, and four eyes are kept.</summary>
    public bool IsForOtherEyes { get; private set; }

    /// <summary>Nothing but to wait: somebody works on it, or it waits for a node.</summary>
    public bool IsBusy => Asked is not null || Import.IsRunning;

    public ImportProgress Progress => new(Import.Done, Import.Total, clock.GetUtcNow() - (Import.RunSince ?? clock.GetUtcNow()));

    public Task OnGetAsync() => LoadAsync();

    public Task<IActionResult> OnPostApplyAsync() => ApplyAsync(publish: false);

    [AtLeast(CuratorRole.Reviewer)]
    public Task<IActionResult> OnPostApplyAndPublishAsync() => ApplyAsync(publish: true);

    [AtLeast(CuratorRole.Reviewer)]
    public async Task<IActionResult> OnPostPublishAsync()
    {
        await LoadAsync();
        if (IsForOtherEyes)
        {
            return Refuse("You brought this import in: another reviewer must publish it.");
        }

        return Import.CanPublish ? await AskAsync(new ImportTask { Work = ImportWork.Publish, AskedBy = Actor.Code }) : Refuse("Only an import that is applied, and not undone, can be published.");
    }

    [AtLeast(CuratorRole.Reviewer)]
    public async Task<IActionResult> OnPostUndoAsync()
    {
        await LoadAsync();
        return Import.CanUndo ? await AskAsync(new ImportTask { Work = ImportWork.Undo, AskedBy = Actor.Code }) : Refuse("Only an import that is applied can be undone.");
    }

    public async Task<IActionResult> OnPostDiscardAsync()
    {
        var done = await TryAsync(async session =>
        {
            if (await ImportTasks.FindAsync(session, Id, Cancellation) is not null)
            {
                throw new RefusedException("Somebody is working on this import. Look at it again.");
            }

            await ImportStore.DiscardAsync(session, Id, Cancellation);
            await ImportUploads.DeleteAsync(session, Id, Cancellation);
            await audit.AppendAsync(session, Actor, "discardImport", $"import:{Id}", null, Cancellation);
        });
        if (done)
        {
            Notice = "The import is discarded. Nothing of it was written.";
            return RedirectToPage("Index");
        }

        await LoadAsync();
        return Page();
    }

    private async Task<IActionResult> ApplyAsync(bool publish)
    {
        await LoadAsync();
        if (!Import.CanApply)
        {
            return Refuse("Only an import that is planned, and not applied so far, can be applied.");
        }

        if (publish && IsForOtherEyes)
        {
            return Refuse("You brought this import in: another reviewer must publish it. You can apply it as drafts.");
        }

        if (FewerThan is not null && !EvenIfFewer)
        {
            ModelState.AddModelError(nameof(EvenIfFewer), "Look whether the file is whole. If it is, say so here, and apply it again.");
            return Page();
        }

        return await AskAsync(new ImportTask { Work = ImportWork.Apply, AskedBy = Actor.Code, Publish = publish, EvenIfFewer = EvenIfFewer });
    }

    private async Task<IActionResult> AskAsync(ImportTask task)
    {
        if (!await TryAsync(s => ImportTasks.AskAsync(s, Id, task, clock.GetUtcNow(), Cancellation)))
        {
            await LoadAsync();
            return Page();
        }

        runner.Wake();
        return RedirectToPage(new { Id });
    }

    private IActionResult Refuse(string why)
    {
        ModelState.AddModelError("", why);
        return Page();
    }

    private async Task LoadAsync()
    {
        await using var session = await Database.OpenAsync(Cancellation);
        Import = await ImportStore.ReadAsync(session, Id, Cancellation);
        Asked = await ImportTasks.FindAsync(session, Id, Cancellation);
        Names = await ActorNames.ReadAsync(session, Cancellation);
        if (IsBusy)
        {
            return;
        }

        IsForOtherEyes = await Importer.IsForOtherEyesAsync(session, Import, Actor, Cancellation);
        EntriesRefused = await ImportItems.CountRefusedAsync(session, Id, Cancellation);
        if (Import.CanApply)
        {
            FewerThan = await Importer.FewerThanAsync(session, Import, Cancellation);
        }

        if (Import.FinishedAt is not null)
        {
            await LoadResultAsync(session);
        }
    }

    private async Task LoadResultAsync(DbSession session)
    {
        Duplicates = await DuplicateStore.CountAsync(session, new PairFilter { ImportId = Id }, Cancellation);
        Conflicts = await ImportConflicts.CountAsync(session, Id, Cancellation);
        Touched = Import.CanUndo ? await ImportItems.CountTouchedAsync(session, Id, Cancellation) : 0;
        Left = Import.State == ImportState.Undone ? await ImportItems.ListLeftAsync(session, Id, Cancellation) : [];
    }
}
