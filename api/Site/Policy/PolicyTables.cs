using System.Globalization;
using HealthEquity.Api.Site.Layout;
using HealthEquity.Directory.Adoptions;
using HealthEquity.Directory.Codebook;
using HealthEquity.Directory.Entries;
using HealthEquity.Formats.Tables;

namespace HealthEquity.Api.Site.Policy;

/// <summary>Sends tables as files.</summary>
internal static class PolicyDownload
{
    /// <summary>Sends a table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="context">The request.</param>
    /// <param name="name">The file's name without extension.</param>
    public static async Task SendAsync(this CsvTable table, HttpContext context, string name)
    {
        var file = await table.WriteAsync(context.RequestAborted);
        context.Response.ContentType = CsvTable.ContentType;
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"{name}.csv\"";
        context.Response.Headers.CacheControl = SiteAnswers.Shared;
        await context.Response.Body.WriteAsync(file, context.RequestAborted);
    }
}

/// <summary>The tables of the tracker besides those of <see cref="AdoptionTables"/>.</summary>
public static class PolicyTables
{
    /// <summary>The actions.</summary>
    public static CsvTable Actions(IReadOnlyList<PolicyAction> actions, IReadOnlyList<AdoptionRow> rows)
    {
        var adopters = rows.Where(row => AdoptionStatuses.Stands(row.Status)).ToLookup(row => row.PolicyAction.Slug, StringComparer.Ordinal);
        return new(
            ["action", "name", "theme", "direction", "instrument", "actors", "provisions", "adopters"],
            [
                .. actions.Select(a => (IReadOnlyList<string?>)
                    [a.Slug, a.Name, a.Theme, a.Direction, a.Instrument, string.Join("; ", a.Actors), Number(a.Provisions.Count), Number(adopters[a.Slug!].Count())]),
            ]);
    }

    /// <summary>Two places, one action a row.</summary>
    public static CsvTable Comparison(PolicyComparison comparison) => new(
        ["action", "actionName", $"{comparison.First.Name}: status", $"{comparison.First.Name}: since", $"{comparison.First.Name}: provisions",
            $"{comparison.Second.Name}: status", $"{comparison.Second.Name}: since", $"{comparison.Second.Name}: provisions"],
        [
            .. comparison.Rows.Select(r => (IReadOnlyList<string?>)[r.Action.Slug, r.Action.Name, .. Cells(r.First), .. Cells(r.Second)]),
        ]);

    /// <summary>Actions that similar places adopted.</summary>
    public static CsvTable Next(IReadOnlyList<NextStep> steps) => new(
        ["action", "actionName", "adopters", "mostSimilar"],
        [.. steps.Select(s => (IReadOnlyList<string?>)[s.Action.Slug, s.Action.Name, Number(s.Adopters.Count), string.Join("; ", s.Adopters.Take(5).Select(p => p.Name))])]);

    /// <summary>The codebook.</summary>
    public static CsvTable Codebook(AdoptionCodebook codebook) => new(
        ["action", "actionName", "provision", "definition", "include", "example"],
        [.. codebook.Codes.Select(c => (IReadOnlyList<string?>)[c.Action, c.ActionName, c.Code, c.Definition, c.Include, c.Example])]);

    private static string?[] Cells(AdoptionRow? row) => [row?.Status, AdoptionTables.Day(row?.Since), row is null ? null : string.Join("; ", row.Provisions.Select(p => p.Code))];

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
