using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using FluentValidation.Results;
using HealthEquity.Api.Answers;
using HealthEquity.Api.Feed;
using HealthEquity.Api.Languages;
using HealthEquity.Api.Problems;
using HealthEquity.Api.Search;
using HealthEquity.Directory.Entries;
using HealthEquity.Formats.Exports;
using HealthEquity.Search.Index;

namespace HealthEquity.Api.Exports;

/// <summary>
/// Streams the results of a search as a file. Memory holds only one entry and one buffer, however large the file is. All data is from the
/// published directory in memory, so there is nothing private in it.
/// </summary>
public sealed class DirectoryExports(PublishedDirectory directory, SearchQueries queries, TimeProvider clock)
{
    private const string Name = "directory";

    // Another version of this program may write the same entries differently.
    private static readonly byte[] Program = typeof(ExportFile).Module.ModuleVersionId.ToByteArray();

    /// <summary>The available files.</summary>
    public static IReadOnlyList<string> Files { get; } = [.. ExportFormats.All.Select(f => $"{Name}.{f.Extension()}")];

    /// <summary>Answers with the requested file.</summary>
    /// <param name="context">The request.</param>
    /// <param name="request">The validated request.</param>
    /// <param name="cancellation">Cancels the operation when the caller disconnects.</param>
    public async Task AnswerAsync(HttpContext context, ExportEntriesRequest request, CancellationToken cancellation)
    {
        if (FormatOf(request.File) is not { } format)
        {
            await Problem.Of(StatusCodes.Status404NotFound, $"There is no file {Quoted.Of(request.File)}. Use one of {string.Join(", ", Files)}.").SendAsync(context);
            return;
        }

        if (!directory.IsReady)
        {
            await NotReady.SendAsync(context);
            return;
        }

        var choice = LanguageChoice.Of(request.Lang, context.Request);
        var query = queries.Of(request, choice, out var failure);
        if (query is null || failure is not null)
        {
            await Problem.Of([failure ?? new ValidationFailure("", "This request can't be answered.")]).SendAsync(context);
            return;
        }

        var snapshot = directory.Current;
        var hits = snapshot.Search(query with { Take = int.MaxValue }).Hits;
        if (hits.Count > format.MaxEntries())
        {
            var fault = string.Create(CultureInfo.InvariantCulture, $"would have {hits.Count:N0} rows, but a sheet holds {format.MaxEntries():N0}. Narrow the search, or use {Name}.csv.");
            await Problem.Of([new ValidationFailure("file", fault)]).SendAsync(context);
            return;
        }

        var kinds = query.Kinds.Count > 0 ? query.Kinds : EntryKinds.All;
        var file = new StreamedAnswer
        {
            Fingerprint = Fingerprint(format, choice, kinds, hits),
            Mark = snapshot.Mark,
            ContentType = format.MediaType(),
            ContentDisposition = string.Create(CultureInfo.InvariantCulture, $"attachment; filename=\"{Name}-{clock.GetUtcNow():yyyy-MM-dd}.{format.Extension()}\""),
            ContentLanguage = choice.First,
            Vary = "Accept-Encoding, Accept-Language",
            IsCompressed = format == ExportFormat.Xlsx,
            WriteAsync = (body, ct) => WriteAsync(body, format, kinds, hits.Select(h => h.Entry), choice, ct),
        };
        await file.SendAsync(context, cancellation);
    }

    private static ExportFormat? FormatOf(string file) =>
        Files.Contains(file, StringComparer.OrdinalIgnoreCase) && ExportFormats.TryParse(file[(Name.Length + 1)..], out var format) ? format : null;

    /// <summary>
    /// The fingerprint of a file, computed from everything in it: files that differ in a single byte have different ones, the same on every node.
    /// An entry's document is identified by its number and length: the only change without a new number (its check becomes overdue) changes the
    /// length.
    /// </summary>
    private static string Fingerprint(ExportFormat format, LanguageChoice choice, IReadOnlyList<EntryKind> kinds, IReadOnlyList<SearchHit> hits)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Program);
        hash.AppendData(Encoding.UTF8.GetBytes($"{format} {string.Join(' ', choice.Tags)} {string.Join(' ', kinds)}"));
        Span<byte> entry = stackalloc byte[16 + sizeof(long) + sizeof(int)];
        foreach (var hit in hits)
        {
            hit.Entry.Id.TryWriteBytes(entry);
            BitConverter.TryWriteBytes(entry[16..], hit.Entry.Sequence);
            BitConverter.TryWriteBytes(entry[24..], hit.Entry.Body.Length);
            hash.AppendData(entry);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 12));
    }

    private static async Task WriteAsync(
        Stream to, ExportFormat format, IReadOnlyList<EntryKind> kinds, IEnumerable<IndexedEntry> entries, LanguageChoice choice, CancellationToken cancellation)
    {
        var writer = new EntryWriter(choice);
        var document = new ArrayBufferWriter<byte>(16 * 1024);
        await ExportFile.WriteAsync(to, format, ExportView.Public, kinds, entries.Select(Document).ToAsyncEnumerable(), cancellation);

        // One buffer is enough: each document is written before the next is requested.
        EntryDocument Document(IndexedEntry entry)
        {
            document.ResetWrittenCount();
            writer.Write(document, entry.Body.Span);
            return new EntryDocument(entry.Kind, document.WrittenMemory);
        }
    }
}
