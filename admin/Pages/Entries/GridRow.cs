using HealthEquity.Admin.Forms;
using HealthEquity.Admin.Wording;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Vocabularies;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Entries;

namespace HealthEquity.Admin.Pages.Entries;

/// <summary>A row of the list.</summary>
/// <param name="Grid">What the rows have in common.</param>
/// <param name="Entry">The entry's row.</param>
/// <param name="IsChosen">Whether the entry is selected.</param>
/// <param name="OpenBy">The colleague who has the entry open; null for none.</param>
public sealed record GridRow(GridRows Grid, EntryRow Entry, bool IsChosen, string? OpenBy);

/// <summary>What the rows of the list have in common.</summary>
/// <param name="Columns">The columns.</param>
/// <param name="Vocabularies">The vocabularies, for labels.</param>
/// <param name="Names">The curators' names.</param>
/// <param name="Today">The current date in the department's time zone.</param>
public sealed record GridRows(IReadOnlyList<string> Columns, VocabularySet Vocabularies, ActorNames Names, DateOnly Today)
{
    private static readonly IReadOnlyDictionary<Guid, Entry> None = new Dictionary<Guid, Entry>();

    /// <summary>The query of the list, to which the page of a cell returns.</summary>
    public string List { get; init; } = "";

    /// <summary>Whether the user may edit cells.</summary>
    public bool MayEdit { get; init; }

    /// <summary>The language of a search for unfinished texts; null for any other search.</summary>
    public string? LackedLanguage { get; init; }

    /// <summary>The address of an entry: its unfinished texts in a search for these, otherwise its overview.</summary>
    public string AddressOf(EntryRow row) => LackedLanguage is { } language
        ? $"/entries/{row.EntryId}/translations/{Uri.EscapeDataString(language)}?only=unfinished"
        : $"/entries/show/{row.EntryId}";

    private GridCells Latest { get; init; } = new(None, Vocabularies);

    private GridCells Public { get; init; } = new(None, Vocabularies);

    /// <summary>Reads the content of rows, if a column needs it.</summary>
    public async Task<GridRows> ReadAsync(DbSession session, IReadOnlyList<EntryRow> rows, CancellationToken cancellation)
    {
        if (!Columns.Intersect(GridCells.Columns).Any())
        {
            return this;
        }

        var withState = !Columns.Contains("region");
        var drafts = rows.Where(r => r.DraftState != DraftState.None && r.PublishedRevision is not null).Select(r => r.EntryId).ToList();
        return this with
        {
            Latest = new GridCells(await EntryContents.ReadAsync(session, rows.Select(r => r.EntryId), cancellation), Vocabularies) { WithState = withState },
            Public = new GridCells(drafts.Count == 0 ? None : await EntryContents.ReadPublishedAsync(session, drafts, cancellation), Vocabularies) { WithState = withState },
        };
    }

    /// <summary>Returns the text of a cell.</summary>
    public string Text(string column, EntryRow row) => column switch
    {
        "kind" => EntryLabels.Kind(row.Kind),
        "due" => DisplayFormat.Date(row.CheckDueOn, GridCells.Empty),
        "assured" => DisplayFormat.Date(row.AssuredOn, "Never"),
        "capacity" => DisplayFormat.Date(row.CapacityAsOf),
        "credential" => DisplayFormat.Date(row.CredentialExpiresOn),
        "assigned" => row.AssignedTo is null ? GridCells.Empty : Names.Of(row.AssignedTo),
        "slug" => row.Slug,
        _ => Latest.Text(column, row.EntryId),
    };

    /// <summary>Whether the cell shows a draft of a public entry that differs from what the public reads.</summary>
    public bool IsDraft(string column, EntryRow row) =>
        Public.Has(row.EntryId) && GridCells.Columns.Contains(column) && Public.FullText(column, row.EntryId) != Latest.FullText(column, row.EntryId);

    /// <summary>Returns the address of the cell's editor; null if the cell can't be edited.</summary>
    public string? EditorOf(string column, EntryRow row) => MayEdit && (column == "assigned" || Latest.CanEdit(column, row.EntryId))
        ? $"entries/cell/{row.EntryId}/{column}{(List.Length > 1 ? "?list=" + Uri.EscapeDataString(List) : "")}"
        : null;
}
