namespace HealthEquity.Formats.Exports;

/// <summary>The form of an export.</summary>
public enum ExportFormat
{
    /// <summary>One row an entry, for spreadsheets and databases.</summary>
    Csv,

    /// <summary>The same rows as an Excel workbook.</summary>
    Xlsx,

    /// <summary>One JSON document a line.</summary>
    NdJson,

    /// <summary>One JSON array.</summary>
    Json,

    /// <summary>Public places as points on a map (RFC 7946).</summary>
    GeoJson,
}

/// <summary>The written forms of <see cref="ExportFormat"/>.</summary>
public static class ExportFormats
{
    /// <summary>All formats.</summary>
    public static IReadOnlyList<ExportFormat> All { get; } = Enum.GetValues<ExportFormat>();

    /// <summary>The ending of a file's name, which is also the format's code.</summary>
    public static string Extension(this ExportFormat format) => format switch
    {
        ExportFormat.Csv => "csv",
        ExportFormat.Xlsx => "xlsx",
        ExportFormat.NdJson => "ndjson",
        ExportFormat.Json => "json",
        ExportFormat.GeoJson => "geojson",
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "not a format"),
    };

    /// <summary>The media type.</summary>
    public static string MediaType(this ExportFormat format) => format switch
    {
        ExportFormat.Csv => "text/csv; charset=utf-8",
        ExportFormat.Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ExportFormat.NdJson => "application/x-ndjson; charset=utf-8",
        ExportFormat.Json => "application/json; charset=utf-8",
        ExportFormat.GeoJson => "application/geo+json; charset=utf-8",
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "not a format"),
    };

    /// <summary>The most entries that a file of this format can hold.</summary>
    public static int MostEntries(this ExportFormat format) => format == ExportFormat.Xlsx ? XlsxFile.MostRows - 1 : int.MaxValue;

    /// <summary>Reads a format's code, whatever its case.</summary>
    public static bool TryParse(string? code, out ExportFormat format)
    {
        foreach (var one in All)
        {
            if (one.Extension().Equals(code, StringComparison.OrdinalIgnoreCase))
            {
                format = one;
                return true;
            }
        }

        format = default;
        return false;
    }
}
