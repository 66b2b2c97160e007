using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using CsvHelper;
using HealthEquity.Directory.Entries;
using HealthEquity.Formats.Exports;

namespace HealthEquity.Tests.Formats.Exports;

/// <summary>Writes exports and reads them like a third-party program.</summary>
internal static class ExportedFiles
{
    private static readonly XNamespace Sheet = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    public static async Task<byte[]> WriteAsync(ExportFormat format, IEnumerable<Entry> entries, ExportView view = ExportView.Editorial)
    {
        using var to = new AsyncOnlyStream();
        await ExportFile.WriteAsync(to, format, view, EntryKinds.All, Documents(entries), TestContext.Current.CancellationToken);
        return to.Written.ToArray();
    }

    /// <summary>The documents of revisions.</summary>
    public static async IAsyncEnumerable<EntryDocument> Documents(IEnumerable<Entry> entries, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await Task.CompletedTask;
        foreach (var entry in entries)
        {
            cancellation.ThrowIfCancellationRequested();
            yield return new EntryDocument(entry.Kind, Encoding.UTF8.GetBytes(EntryJson.Write(entry)));
        }
    }

    /// <summary>The entries of a file, in order.</summary>
    public static IReadOnlyList<Entry> Read(ExportFormat format, byte[] file) => format switch
    {
        ExportFormat.Csv => [.. Csv(file).Select(FromCells)],
        ExportFormat.Xlsx => [.. Xlsx(file).Select(FromCells)],
        ExportFormat.NdJson => [.. Encoding.UTF8.GetString(file).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(FromJson)],
        ExportFormat.Json => [.. JsonDocument.Parse(file).RootElement.EnumerateArray().Select(e => FromJson(e.GetRawText()))],
        _ => throw new ArgumentOutOfRangeException(nameof(format)),
    };

    public static IReadOnlyList<Dictionary<string, string>> Csv(byte[] file)
    {
        Assert.Equal([0xEF, 0xBB, 0xBF], file[..3]);
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, file);
            using var reader = CsvReader.FromFile(path, new CsvReaderOptions { HasHeader = false, MaxRecordSize = 64 * 1024 * 1024 }, FileOptions.None);
            var rows = new List<string[]>();
            while (reader.Read())
            {
                rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetString)]);
            }

            return [.. rows.Skip(1).Select(r => rows[0].Zip(r).ToDictionary(c => c.First, c => c.Second))];
        }
        finally
        {
            File.Delete(path);
        }
    }

    public static IReadOnlyList<Dictionary<string, string>> Xlsx(byte[] file)
    {
        using var archive = new ZipArchive(new MemoryStream(file));
        foreach (var part in archive.Entries)
        {
            using var text = part.Open();
            _ = XDocument.Load(text);
        }

        using var sheet = archive.GetEntry("xl/worksheets/sheet1.xml")!.Open();
        var rows = XDocument.Load(sheet, LoadOptions.PreserveWhitespace).Descendants(Sheet + "row").Select(row =>
            row.Elements(Sheet + "c").ToDictionary(
                c => new string([.. ((string)c.Attribute("r")!).TakeWhile(char.IsAsciiLetter)]),
                c => (string)c.Element(Sheet + "is")!.Element(Sheet + "t")!)).ToList();
        return [.. rows.Skip(1).Select(r => r.ToDictionary(c => rows[0][c.Key], c => c.Value))];
    }

    private static Entry FromCells(Dictionary<string, string> cells)
    {
        var faults = new List<CellFault>();
        var entry = EntryCells.Read(cells, faults);
        Assert.Empty(faults);
        return entry!;
    }

    private static Entry FromJson(string json)
    {
        Assert.True(ExportedText.TryRead(json, out var entry, out var failure), failure?.ErrorMessage);
        return entry!;
    }

    /// <summary>Like a response body: forward-only, never blocking.</summary>
    internal sealed class AsyncOnlyStream : Stream
    {
        public MemoryStream Written { get; } = new();

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override void Flush() => throw new NotSupportedException("blocking");

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("blocking");

        public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await Task.Yield();
            Written.Write(buffer.Span);
        }

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
    }
}
