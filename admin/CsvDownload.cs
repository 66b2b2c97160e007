using CsvHelper;

namespace HealthEquity.Admin;

/// <summary>Writes the console's CSV downloads: UTF-8 with a byte order mark for Excel, formulas escaped with an apostrophe.</summary>
internal static class CsvDownload
{
    public const string ContentType = "text/csv; charset=utf-8";

    private static readonly CsvWriterOptions Options = new() { WriteByteOrderMark = true, NewLine = "\r\n", Injection = CsvInjection.Escape };

    /// <summary>Creates a writer for a stream and leaves the stream open.</summary>
    public static CsvWriter To(Stream stream) => CsvWriter.Create(stream, Options, leaveOpen: true);
}
