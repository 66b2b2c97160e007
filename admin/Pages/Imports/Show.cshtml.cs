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
using HealthEquity.Store.BulkChanges;
using HealthEquity.Store.Curators;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Duplicates;
using HealthEquity.Store.Settings;
using Microsoft.AspNetCore.Mvc;

namespace HealthEquity.Admin.Pages.Imports;

/// <summary>
/// Shows an import's progress, changes, and actions. A curator can apply it as drafts. Only a reviewer can publish or undo it. If a second
/// person must approve changes, the reviewer who publishes it must not be the person who started it.
/// </summary>
public sealed class ShowModel(AuditLog audit, BulkChangeStore changes, TimeProvider clock, ImportRunner runner) : ConsolePage
{
    [BindProperty(SupportsGet = true), FromRoute]
    public Guid Id { get; set; }

    /// <summary>Whether to continue with far fewer entries than last time.</summary>
    [BindProperty]
    public bool AllowFewer { get; set; }

    public Import Import { get; private set; } = null!;

    /// <summary>The running or waiting task; null for none.</summary>
    public ImportTask? Asked { get; private set; }

    public ActorNames Names { get; private set; } = null!;

    /// <summary>Last time's number of entries, if this time has so few that confirmation is needed; otherwise null.</summary>
    public int? FewerThan { get; private set; }

    /// <summary>The number of possible duplicates among the imported entries.</summary>
    public int Duplicates { get; private set; }

    /// <summary>The number of open conflicts.</summary>
    public int Conflicts { get; private set; }

    /// <summary>The number of entries that the source must not change.</summary>
    /// <summary>What was lost, by column and reason.</summary>
    public IReadOnlyList<ImportLoss> Losses { get; private set; } = [];

    public int EntriesRefused { get; private set; }

    /// <summary>The number of entries that an undo would skip.</summary>
    public int Touched { get; private set; }

    /// <summary>The number of public entries that an undo takes down.</summary>
    public int Withdrawn { get; private set; }

    /// <summary>The proposal to undo the import that waits for a second person; null for none.</summary>
    public BulkChange? Proposal { get; private set; }

    /// <summary>Whether a second person confirms large changes.</summary>
    public bool FourEyes { get; private set; }

    /// <summary>The entries that the undo skipped, with reasons.</summary>
    public IReadOnlyList<ImportItem> Left { get; private set; } = [];

    /// <summary>Whether another reviewer must publish, because the user started the import.</summary>
    public bool NeedsOtherReviewer { get; private set; }

    /// <summary>Whether a task is running or waiting.</summary>
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
        if (NeedsOtherReviewer)
        {
            return Refuse("You started this import, so another reviewer must publish it.");
        }

        return Import.CanPublish ? await AskAsync(new ImportTask { Work = ImportWork.Publish, AskedBy = Actor.Code }) : Refuse("Only an applied import that has not been undone can be published.");
    }

    [AtLeast(CuratorRole.Reviewer)]
    public async Task<IActionResult> OnPostUndoAsync(int? typed)
    {
        await LoadAsync();
        if (!Import.CanUndo)
        {
            return Refuse("Only an applied import can be undone.");
        }

        return await UndoAsync(async session =>
        {
            var open = await BulkChangeStore.FindOpenAsync(session, UndoImport.Name, Id.ToString("D"), Cancellation);
            if (open is null && Withdrawn > 0)
            {
                var ids = await ImportItems.ListWithdrawnAsync(session, Id, Cancellation);
                open = await changes.BeginAsync(session, UndoImport.Request(Import, ids) with { Typed = typed }, Actor, Cancellation);
            }

            return open is null or { State: BulkState.Running };
        });
    }

    /// <summary>Confirms the undoing of the import as the second person.</summary>
    [AtLeast(CuratorRole.Reviewer)]
    public async Task<IActionResult> OnPostConfirmUndoAsync()
    {
        await LoadAsync();
        return Proposal is not { } proposed ? Refuse("Nothing waits for a second person.") : await UndoAsync(async session =>
        {
            await changes.ConfirmAsync(session, proposed.BulkChangeId, Actor, Cancellation);
            return true;
        });
    }

    /// <summary>Turns the proposal to undo the import down, or takes it back.</summary>
    [AtLeast(CuratorRole.Reviewer)]
    public async Task<IActionResult> OnPostRejectUndoAsync()
    {
        await LoadAsync();
        if (Proposal is not { } proposed)
        {
            return Refuse("Nothing waits for a second person.");
        }

        return await TryAsync(s => changes.RejectAsync(s, proposed.BulkChangeId, Actor, Cancellation)) ? RedirectToPage(new { Id }) : Page();
    }

    public async Task<IActionResult> OnPostDiscardAsync()
    {
        var done = await TryAsync(async session =>
        {
            if (await ImportTasks.FindAsync(session, Id, Cancellation) is not null)
            {
                throw new RefusedException("This import is currently running. Wait until it has finished.");
            }

            await ImportStore.DiscardAsync(session, Id, Cancellation);
            await ImportUploads.DeleteAsync(session, Id, Cancellation);
            await audit.AppendAsync(session, Actor, "discardImport", $"import:{Id}", null, Cancellation);
        });
        if (done)
        {
            Notice = "Import discarded. No entries were changed.";
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
            return Refuse("Only a planned import that has not been applied can be applied.");
        }

        if (publish && NeedsOtherReviewer)
        {
            return Refuse("You started this import, so another reviewer must publish it. You can apply it as drafts.");
        }

        if (FewerThan is not null && !AllowFewer)
        {
            ModelState.AddModelError(nameof(AllowFewer), "Check that the file is complete. If it is, select this option and apply the import again.");
            return Page();
        }

        return await AskAsync(new ImportTask { Work = ImportWork.Apply, AskedBy = Actor.Code, Publish = publish, AllowFewer = AllowFewer });
    }

    /// <summary>Begins to undo the import in the transaction that decides whether it may.</summary>
    private async Task<IActionResult> UndoAsync(Func<DbSession, Task<bool>> may)
    {
        var begun = false;
        if (!await TryAsync(async session =>
            {
                begun = await may(session);
                if (begun)
                {
                    await ImportTasks.AskAsync(session, Id, new ImportTask { Work = ImportWork.Undo, AskedBy = Actor.Code }, clock.GetUtcNow(), Cancellation);
                }
            }))
        {
            await LoadAsync();
            return Page();
        }

        if (begun)
        {
            runner.Wake();
        }
        else
        {
            Notice = $"This takes {ImportLabels.Entries(Withdrawn)} down, so another reviewer must confirm it.";
        }

        return RedirectToPage(new { Id });
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

        NeedsOtherReviewer = await Importer.NeedsOtherReviewerAsync(session, Import, Actor, Cancellation);
        EntriesRefused = await ImportItems.CountRefusedAsync(session, Id, Cancellation);
        Losses = Import.RowsRefused + Import.RowsFlawed > 0 ? await ImportLosses.ListAsync(session, Id, Cancellation) : [];
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
        FourEyes = (await SettingStore.ReadAsync(session, Cancellation)).FourEyes;
        Withdrawn = Import.CanUndo ? (await ImportItems.ListWithdrawnAsync(session, Id, Cancellation)).Count : 0;
        Proposal = await BulkChangeStore.FindOpenAsync(session, UndoImport.Name, Id.ToString("D"), Cancellation) is { State: BulkState.Proposed } open ? open : null;
        Touched = Import.CanUndo ? await ImportItems.CountTouchedAsync(session, Id, Cancellation) : 0;
        Left = Import.State == ImportState.Undone ? await ImportItems.ListLeftAsync(session, Id, Cancellation) : [];
    }
}
