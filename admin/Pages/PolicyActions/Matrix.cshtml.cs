using HealthEquity.Admin.Directory;
using HealthEquity.Admin.Pages.Shared;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Vocabularies;
using HealthEquity.Store.Entries;
using Microsoft.AspNetCore.Mvc;

namespace HealthEquity.Admin.Pages.PolicyActions;

/// <summary>Shows which jurisdictions have adopted which provisions of a policy action.</summary>
public sealed class MatrixModel(DirectoryRules rules) : ConsolePage
{
    private const int MaxActions = 500;

    private static readonly string[] Head = ["jurisdiction", "level", "state", "fips", "status", "since"];

    [BindProperty(SupportsGet = true), FromRoute]
    public Guid? Id { get; set; }

    public IReadOnlyList<EntryRow> Actions { get; private set; } = [];

    public EntryRow? Row { get; private set; }

    public PolicyAction? Action { get; private set; }

    public VocabularySet Vocabularies { get; private set; } = null!;

    /// <summary>The adoptions by state, level, and name.</summary>
    public IReadOnlyList<Adoption> Adoptions => [.. (Action?.Adoptions ?? [])
        .OrderBy(a => a.Jurisdiction.State, StringComparer.Ordinal).ThenBy(a => a.Jurisdiction.Level, StringComparer.Ordinal).ThenBy(a => a.Jurisdiction.Name, StringComparer.CurrentCulture)];

    public async Task OnGetAsync()
    {
        Vocabularies = await rules.VocabulariesAsync(Cancellation);
        await using var session = await Database.OpenAsync(Cancellation);
        Actions = await EntryFinder.FindAsync(session, new EntryFilter { Kind = EntryKind.PolicyAction }, EntrySort.Name, 0, MaxActions, Cancellation);
        if (Id is { } id)
        {
            Row = await EntryStore.ReadAsync(session, id, Cancellation);
            Action = EntryJson.Read((await EntryStore.ReadRevisionAsync(session, id, Row.LatestRevision, Cancellation)).Body) as PolicyAction;
        }
    }

    public async Task<IActionResult> OnGetCsvAsync()
    {
        await OnGetAsync();
        if (Action is null || Row is null)
        {
            return NotFound();
        }

        var head = Head.Concat(Action.Provisions.Select(p => p.Code)).Append("departures").Append("source");
        var rows = Adoptions.Select(a => new[]
            {
                a.Jurisdiction.Name, a.Jurisdiction.Level, a.Jurisdiction.State, a.Jurisdiction.Fips, a.Status, Since(a)?.ToString("yyyy-MM-dd", null) ?? "",
            }
            .Concat(Action.Provisions.Select(p => a.Provisions.Contains(p.Code) ? "yes" : "no"))
            .Append(a.Departures).Append(a.Source.Url ?? a.Source.Name));
        var file = new MemoryStream();
        await using (var csv = CsvDownload.To(file))
        {
            foreach (var cells in rows.Prepend(head))
            {
                await csv.WriteRecordAsync([.. cells.Select(c => c ?? "")], Cancellation);
            }
        }

        return File(file.ToArray(), CsvDownload.ContentType, $"{Row.Slug}.csv");
    }

    /// <summary>Returns the date of the last event that led to the current status.</summary>
    public static DateOnly? Since(Adoption adoption) => adoption.History.LastOrDefault(h => h.Status == adoption.Status)?.On;
}
