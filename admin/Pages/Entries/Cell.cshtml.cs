using HealthEquity.Admin.Access;
using HealthEquity.Admin.Directory;
using HealthEquity.Admin.EntryForms;
using HealthEquity.Admin.Pages.Shared;
using HealthEquity.Admin.Wording;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Vocabularies;
using HealthEquity.Store.Curators;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Duplicates;
using HealthEquity.Store.Entries;
using HealthEquity.Store.Presence;
using Microsoft.AspNetCore.Mvc;

namespace HealthEquity.Admin.Pages.Entries;

/// <summary>Edits the field of one cell of the list: in the cell, or on its own page without scripts. The new value is a draft.</summary>
[AtLeast(CuratorRole.Curator)]
public sealed class CellModel(EntryStore entries, DuplicateStore duplicates, DirectoryRules rules, PresenceStore presence) : ConsolePage
{
    private const string Assigned = "assigned";

    private CellEdit? _edit;
    private ActorNames _names = null!;
    private VocabularySet _vocabularies = null!;

    [BindProperty(SupportsGet = true), FromRoute]
    public Guid Id { get; set; }

    [BindProperty(SupportsGet = true), FromRoute]
    public string Column { get; set; } = "";

    /// <summary>The query of the list, to return to it.</summary>
    [BindProperty(SupportsGet = true), FromQuery]
    public string? List { get; set; }

    /// <summary>Whether a script shows the editor in the list.</summary>
    [BindProperty(SupportsGet = true), FromQuery]
    public bool InPlace { get; set; }

    public EntryRow Row { get; private set; } = null!;

    /// <summary>The revision that the editor shows.</summary>
    public int Revision { get; private set; }

    /// <summary>Who changed the entry since the editor was opened; null for no one.</summary>
    public string? Conflict { get; private set; }

    /// <summary>Whether the user has unsaved changes in the entry's form.</summary>
    public bool HasUnsaved { get; private set; }

    /// <summary>The column's label.</summary>
    public string Label => EntrySearch.AllColumns[Column];

    /// <summary>Whether the cell assigns the entry, which is no draft.</summary>
    public bool IsAssignment => Column == Assigned;

    /// <summary>The query of the list as it is understood.</summary>
    public string ListQuery => List is { Length: > 1 } query && query[0] == '?' ? query : "";

    /// <summary>Errors that belong to no control.</summary>
    public IReadOnlyList<string> Errors => [.. _edit?.Errors ?? [], .. ModelState.Values.SelectMany(v => v.Errors).Select(e => e.ErrorMessage)];

    /// <summary>The editor's controls.</summary>
    public IReadOnlyList<CellControl> Controls => _edit?.Controls ??
    [
        new CellControl(Label, FieldType.Choice, [Request.HasFormContentType ? Posted(0) : Row.AssignedTo?.ToString() ?? ""])
        {
            Options = [.. _names.Editors.Select(n => new FormOption(n.Key.ToString(), n.Value, null))],
        },
    ];

    public async Task<IActionResult> OnGetAsync()
    {
        await LoadAsync();
        return Editor(StatusCodes.Status200OK);
    }

    /// <summary>Saves the value as a draft. The public sees it after review, like any other change.</summary>
    /// <param name="revision">The revision that the editor showed.</param>
    public async Task<IActionResult> OnPostAsync(int revision)
    {
        var latest = await LoadAsync();
        if (IsAssignment)
        {
            Guid? curator = Guid.TryParse(Posted(0), out var chosen) ? chosen : null;
            return await TryAsync(s => entries.AssignAsync(s, Id, curator, Actor, Cancellation)) ? await SavedAsync("Assigned.") : Editor(StatusCodes.Status422UnprocessableEntity);
        }

        _edit!.Take(index => Request.Form[$"v{index}"]);
        if (revision != latest.Number)
        {
            return await ConflictAsync(latest, revision);
        }

        if (_edit.Apply(rules.Validate, await Department.TodayAsync(Cancellation)) is not { } edited)
        {
            return Editor(StatusCodes.Status422UnprocessableEntity);
        }

        if (EntryJson.Write(edited) == EntryJson.Write(EntryJson.Read(latest.Body)))
        {
            return await SavedAsync("Nothing was changed.");
        }

        ConflictException? conflict = null;
        var saved = await TryAsync(async s => conflict = await SaveAsync(s, revision, edited));
        return conflict is not null ? await ConflictAsync(conflict.Winner, revision)
            : saved ? await SavedAsync("Saved as a draft.")
            : Editor(StatusCodes.Status422UnprocessableEntity);
    }

    /// <summary>Saves a revision. Returns the conflict if somebody else was faster; nothing was written then.</summary>
    private async Task<ConflictException?> SaveAsync(DbSession session, int revision, Entry edited)
    {
        try
        {
            await entries.SaveAsync(session, Id, revision, edited, Actor, $"{Label}, edited in the list.", Cancellation);
        }
        catch (ConflictException conflict)
        {
            return conflict;
        }

        await duplicates.DetectAsync(session, [Id], Cancellation);
        return null;
    }

    private async Task<Revision> LoadAsync()
    {
        _vocabularies = await rules.VocabulariesAsync(Cancellation);
        await using var session = await Database.OpenAsync(Cancellation);
        Row = await EntryStore.ReadAsync(session, Id, Cancellation);
        var latest = await EntryStore.ReadRevisionAsync(session, Id, Row.LatestRevision, Cancellation);
        _names = await ActorNames.ReadAsync(session, Cancellation);
        HasUnsaved = await AutosavedDrafts.FindAsync(session, User.CuratorId(), AutosavedDrafts.KeyOf(Id), Cancellation) is not null;
        Revision = latest.Number;
        _edit = IsAssignment ? null : CellEdit.Of(Column, EntryJson.Read(latest.Body), _vocabularies) ?? throw new NotFoundException($"field {Column} with a single value");
        return latest;
    }

    /// <summary>Shows the editor again, now based on the revision of somebody else. What was typed stays.</summary>
    private async Task<IActionResult> ConflictAsync(Revision theirs, int revision)
    {
        var original = EntryJson.Read((await ReadAsync(s => EntryStore.ReadRevisionAsync(s, Id, revision, Cancellation))).Body);
        string TextOf(Entry entry) => new GridCells(new Dictionary<Guid, Entry> { [Id] = entry }, _vocabularies).FullText(Column, Id);
        var now = TextOf(EntryJson.Read(theirs.Body));
        Conflict = $"{_names.Of(theirs.Author)} saved this entry in the meantime. "
            + (now == TextOf(original) ? "This field was not changed. Save again to add your change." : $"This field is now: {now}. Save again to replace it with yours.");
        Revision = theirs.Number;
        return Editor(StatusCodes.Status409Conflict);
    }

    private IActionResult Editor(int status)
    {
        if (!InPlace)
        {
            return Page();
        }

        var editor = Partial("_Cell", this);
        editor.StatusCode = status;
        return editor;
    }

    /// <summary>Returns the row with its new content to the script, or returns to the list.</summary>
    private async Task<IActionResult> SavedAsync(string done)
    {
        if (!InPlace)
        {
            Notice = $"{Row.Name}, {Label}: {done}";
            return LocalRedirect($"{Request.PathBase}/entries{ListQuery}");
        }

        var search = EntrySearch.Parse(ListQuery);
        var today = await Department.TodayAsync(Cancellation);
        await using var session = await Database.OpenAsync(Cancellation);
        search.Kept = await CuratorColumns.ReadAsync(session, User.CuratorId(), Cancellation);
        var row = await EntryStore.ReadAsync(session, Id, Cancellation);
        var grid = await new GridRows(search.Shown, _vocabularies, _names, today) { List = ListQuery, MayEdit = true }.ReadAsync(session, [row], Cancellation);
        Response.Headers["Cell-Status"] = done;
        var openBy = (await presence.AllAsync(session, User.CuratorId(), Cancellation))[Id].FirstOrDefault()?.Name;
        return Partial("_Row", new GridRow(grid, row, IsChosen: false, openBy));
    }

    private string Posted(int index) => Request.Form[$"v{index}"].ToString();
}
