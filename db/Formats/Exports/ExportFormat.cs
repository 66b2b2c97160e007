namespace HealthEquity.Formats.Exports;

/// <summary>The format of an export.</summary>
public enum ExportFormat
{
    /// <summary>One row per entry, for spreadsheets and databases.</summary>
    Csv,

    /// <summary>The same rows as an Excel workbook.</summary>
    Xlsx,

    /// <summary>One JSON document per line.</summary>
    NdJson,

    /// <summary>One JSON array.</summary>
    Json,

    /// <summary>Public locations as points on a map (RFC 7946).</summary>
    GeoJson,
}

/// <summary>The codes and properties of <see cref="ExportFormat"/>.</summary>
public static class ExportFormats
{
    /// <summary>All formats.</summary>
    public static IReadOnlyList<ExportFormat> All { get; } = Enum.GetValues<ExportFormat>();

    /// <summary>The file name extension, which is also the code of the format.</summary>
    public static string Extension(this ExportFormat format) => format switch
    {
        ExportFormat.Csv => "csv",
        ExportFormat.Xlsx => "xlsx",
        ExportFormat.NdJson => "ndjson",
        ExportFormat.Json => "json",
        ExportFormat.GeoJson => "geojson",
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "unknown format"),
    };

    /// <summary>The media type.</summary>
    public static string MediaType(this ExportFormat format) => format switch
    {
        ExportFormat.Csv => "text/csv; charset=utf-8",
        ExportFormat.Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ExportFormat.NdJson => "application/x-ndjson; charset=utf-8",
        ExportFormat.Json => "application/json; charset=utf-8",
        ExportFormat.GeoJson => "application/geo+json; charset=utf-8",
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "unknown format"),
    };

    /// <summary>The maximum number of entries in a file of this format.</summary>
    public static int MaxEntries(this ExportFormat format) => format == ExportFormat.Xlsx ? XlsxFile.MaxRows - 1 : int.MaxValue;

    /// <summary>Reads the code of a format, ignoring case.</summary>
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
