using System.Globalization;
using CsvHelper;
using HealthEquity.Api.Adoptions;
using HealthEquity.Api.Site.Layout;
using HealthEquity.Directory.Codebook;
using HealthEquity.Directory.Entries;

namespace HealthEquity.Api.Site.Policy;

/// <summary>A view as a table for a spreadsheet: codes as they are, so that two files can be joined.</summary>
/// <param name="Head">The columns.</param>
/// <param name="Rows">The rows.</param>
public sealed record PolicyTable(IReadOnlyList<string> Head, IReadOnlyList<IReadOnlyList<string?>> Rows)
{
    // Excel wants the byte order mark; a cell that begins like a formula gets an apostrophe.
    private static readonly CsvWriterOptions Options = new() { WriteByteOrderMark = true, NewLine = "\r\n", Injection = CsvInjection.Escape };

    /// <summary>Sends the table as a file.</summary>
    /// <param name="context">The request.</param>
    /// <param name="name">The file's name without extension.</param>
    public async Task SendAsync(HttpContext context, string name)
    {
        using var file = new MemoryStream();
        await using (var csv = CsvWriter.Create(file, Options, leaveOpen: true))
        {
            foreach (var row in Rows.Prepend(Head))
            {
                await csv.WriteRecordAsync([.. row.Select(cell => cell ?? "")], context.RequestAborted);
            }
        }

        context.Response.ContentType = "text/csv; charset=utf-8";
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"{name}.csv\"";
        context.Response.Headers.CacheControl = SiteAnswers.Shared;
        await context.Response.Body.WriteAsync(file.GetBuffer().AsMemory(0, (int)file.Length), context.RequestAborted);
    }
}

/// <summary>The tables of the tracker.</summary>
public static class PolicyTables
{
    /// <summary>The actions.</summary>
    public static PolicyTable Actions(IReadOnlyList<PolicyAction> actions, IReadOnlyList<AdoptionRow> rows)
    {
        var adopters = rows.Where(row => AdoptionStatuses.Stands(row.Status)).ToLookup(row => row.PolicyAction.Slug, StringComparer.Ordinal);
        return new(
            ["action", "name", "theme", "direction", "instrument", "actors", "provisions", "adopters"],
            [
                .. actions.Select(a => (IReadOnlyList<string?>)
                    [a.Slug, a.Name, a.Theme, a.Direction, a.Instrument, string.Join("; ", a.Actors), Number(a.Provisions.Count), Number(adopters[a.Slug!].Count())]),
            ]);
    }

    /// <summary>Adoptions, one a row.</summary>
    public static PolicyTable Adoptions(IEnumerable<AdoptionRow> rows) => new(
        ["place", "level", "state", "fips", "action", "actionName", "direction", "status", "since", "statusAsOf", "provisions", "departures", "source"],
        [
            .. rows.Select(r => (IReadOnlyList<string?>)
            [
                r.Jurisdiction.Name, r.Jurisdiction.Level, r.Jurisdiction.State, r.Jurisdiction.Fips, r.PolicyAction.Slug, r.PolicyAction.Name, r.PolicyAction.Direction,
                r.Status, Day(r.Since), Day(r.StatusAsOf), string.Join("; ", r.Provisions.Select(p => p.Code)), r.Departures, r.Source.Url ?? r.Source.Name,
            ]),
        ]);

    /// <summary>The matrix: the status of each provision of each place.</summary>
    public static PolicyTable Matrix(PolicyMatrix matrix) => new(
        ["place", "level", "state", "fips", .. matrix.Columns.Select(c => $"{c.Action.Slug}: {c.Provision.Code}")],
        [
            .. matrix.Rows.Select(row => (IReadOnlyList<string?>)
            [
                row.Place.Jurisdiction.Name, row.Place.Jurisdiction.Level, row.Place.Jurisdiction.State, row.Place.Jurisdiction.Fips,
                .. Enumerable.Range(0, matrix.Columns.Count).Select(column => row.Cells.GetValueOrDefault(column)?.Status),
            ]),
        ]);

    /// <summary>Two places, one action a row.</summary>
    public static PolicyTable Comparison(PolicyComparison comparison) => new(
        ["action", "actionName", $"{comparison.First.Name}: status", $"{comparison.First.Name}: since", $"{comparison.First.Name}: provisions",
            $"{comparison.Second.Name}: status", $"{comparison.Second.Name}: since", $"{comparison.Second.Name}: provisions"],
        [
            .. comparison.Rows.Select(r => (IReadOnlyList<string?>)[r.Action.Slug, r.Action.Name, .. Cells(r.First), .. Cells(r.Second)]),
        ]);

    /// <summary>Actions that similar places adopted.</summary>
    public static PolicyTable Next(IReadOnlyList<NextStep> steps) => new(
        ["action", "actionName", "adopters", "mostSimilar"],
        [.. steps.Select(s => (IReadOnlyList<string?>)[s.Action.Slug, s.Action.Name, Number(s.Adopters.Count), string.Join("; ", s.Adopters.Take(5).Select(p => p.Name))])]);

    /// <summary>The codebook.</summary>
    public static PolicyTable Codebook(AdoptionCodebook codebook) => new(
        ["action", "actionName", "provision", "definition", "include", "example"],
        [.. codebook.Codes.Select(c => (IReadOnlyList<string?>)[c.Action, c.ActionName, c.Code, c.Definition, c.Include, c.Example])]);

    private static string?[] Cells(AdoptionRow? row) => [row?.Status, Day(row?.Since), row is null ? null : string.Join("; ", row.Provisions.Select(p => p.Code))];

    private static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
