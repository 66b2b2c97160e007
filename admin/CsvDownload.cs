using CsvHelper;

namespace HealthEquity.Admin;

/// <summary>The CSV files that the console hands out: UTF-8 with the mark by which Excel knows it, formulas guarded by an apostrophe.</summary>
internal static class CsvDownload
{
    public const string ContentType = "text/csv; charset=utf-8";

    private static readonly CsvWriterOptions Options = new() { WriteByteOrderMark = true, NewLine = "\r\n", Injection = CsvInjection.Escape };

    /// <summary>Writes into a stream, which stays open.</summary>
    public static CsvWriter To(Stream stream) => CsvWriter.Create(stream, Options, leaveOpen: true);
}
