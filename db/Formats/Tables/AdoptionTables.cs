using System.Globalization;
using HealthEquity.Directory.Adoptions;

namespace HealthEquity.Formats.Tables;

/// <summary>Adoptions of policy actions as tables. Codes stay codes, so that two files can be joined.</summary>
public static class AdoptionTables
{
    /// <summary>Adoptions, one a row.</summary>
    public static CsvTable Adoptions(IEnumerable<AdoptionRow> rows) => new(
        ["place", "level", "state", "fips", "action", "actionName", "direction", "status", "since", "statusAsOf", "provisions", "departures", "source"],
        [
            .. rows.Select(r => (IReadOnlyList<string?>)
            [
                r.Jurisdiction.Name, r.Jurisdiction.Level, r.Jurisdiction.State, r.Jurisdiction.Fips, r.PolicyAction.Slug, r.PolicyAction.Name, r.PolicyAction.Direction,
                r.Status, Day(r.Since), Day(r.StatusAsOf), string.Join("; ", r.Provisions.Select(p => p.Code)), r.Departures, r.Source.Url ?? r.Source.Name,
            ]),
        ]);

    /// <summary>The matrix: the status of each provision of each place.</summary>
    public static CsvTable Matrix(PolicyMatrix matrix) => new(
        ["place", "level", "state", "fips", .. matrix.Columns.Select(c => $"{c.Action.Slug}: {c.Provision.Code}")],
        [
            .. matrix.Rows.Select(row => (IReadOnlyList<string?>)
            [
                row.Place.Jurisdiction.Name, row.Place.Jurisdiction.Level, row.Place.Jurisdiction.State, row.Place.Jurisdiction.Fips,
                .. Enumerable.Range(0, matrix.Columns.Count).Select(column => row.Cells.GetValueOrDefault(column)?.Status),
            ]),
        ]);

    /// <summary>A day as a spreadsheet reads it; null for none.</summary>
    public static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
