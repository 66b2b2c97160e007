using HealthEquity.Admin.Directory;
using HealthEquity.Admin.Pages.Shared;
using HealthEquity.Directory.Adoptions;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Vocabularies;
using HealthEquity.Formats.Tables;
using HealthEquity.Store.Entries;
using Microsoft.AspNetCore.Mvc;

namespace HealthEquity.Admin.Pages.PolicyActions;

/// <summary>Shows which jurisdictions have adopted which provisions of a policy action.</summary>
public sealed class MatrixModel(DirectoryRules rules) : ConsolePage
{
    private static readonly string[] Head = ["jurisdiction", "level", "state", "fips", "status", "since"];

    [BindProperty(SupportsGet = true), FromRoute]
    public Guid Id { get; set; }

    public EntryRow Row { get; private set; } = null!;

    public PolicyAction? Action { get; private set; }

    public VocabularySet Vocabularies { get; private set; } = null!;

    /// <summary>The adoptions by state, level, and name, with their positions in the action.</summary>
    public IReadOnlyList<(int At, Adoption Adoption)> Adoptions => [.. (Action?.Adoptions ?? []).Index().Select(a => (At: a.Index, Adoption: a.Item))
        .OrderBy(a => a.Adoption.Jurisdiction.State, StringComparer.Ordinal).ThenBy(a => a.Adoption.Jurisdiction.Level, StringComparer.Ordinal)
        .ThenBy(a => a.Adoption.Jurisdiction.Name, StringComparer.CurrentCulture)];

    public async Task OnGetAsync()
    {
        Vocabularies = await rules.VocabulariesAsync(Cancellation);
        await using var session = await Database.OpenAsync(Cancellation);
        Row = await EntryStore.ReadAsync(session, Id, Cancellation);
        Action = EntryJson.Read((await EntryStore.ReadRevisionAsync(session, Id, Row.LatestRevision, Cancellation)).Body) as PolicyAction;
    }

    public async Task<IActionResult> OnGetCsvAsync()
    {
        await OnGetAsync();
        if (Action is null)
        {
            return NotFound();
        }

        var head = Head.Concat(Action.Provisions.Select(p => p.Code)).Append("departures").Append("source");
        var rows = Adoptions.Select(a => a.Adoption).Select(a => new[]
            {
                a.Jurisdiction.Name, a.Jurisdiction.Level, a.Jurisdiction.State, a.Jurisdiction.Fips, a.Status, AdoptionStatuses.Since(a)?.ToString("yyyy-MM-dd", null) ?? "",
            }
            .Concat(Action.Provisions.Select(p => a.Provisions.Contains(p.Code) ? "yes" : "no"))
            .Append(a.Departures).Append(a.Source.Url ?? a.Source.Name));
        var table = new CsvTable([.. head], [.. rows.Select(r => (IReadOnlyList<string?>)[.. r])]);
        return File(await table.WriteAsync(Cancellation), CsvTable.ContentType, $"{Row.Slug}.csv");
    }
}
