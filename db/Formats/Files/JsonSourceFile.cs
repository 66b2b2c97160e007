using System.Text;
using System.Text.Json;
using HealthEquity.Formats.Sources;

namespace HealthEquity.Formats.Files;

/// <summary>
/// A JSON file with many items, read one by one: a list; an object that contains a list (a page of an API: "contents", "items"…); one object per
/// line (ND-JSON); or one object.
/// </summary>
public sealed class JsonSourceFile
{
    private static readonly string[] Envelopes = ["contents", "items", "services", "organizations", "data", "results", "records", "rows", "entries"];

    private readonly Encoding _encoding;
    private readonly SourceLimits _limits;

    private JsonSourceFile(string path, Encoding encoding, SourceLimits limits)
    {
        Path = path;
        _encoding = encoding;
        _limits = limits;
        IsLines = BeginsWithWholeLine();
    }

    /// <summary>The file's path.</summary>
    public string Path { get; }

    /// <summary>True for ND-JSON: one item per line.</summary>
    public bool IsLines { get; }

    /// <summary>Opens a file.</summary>
    /// <exception cref="ImportFileException">The file can't be read, is too large or not text.</exception>
    public static JsonSourceFile Open(string path, SourceLimits limits) => new(path, SourceText.Detect(path, limits), limits);

    /// <summary>The items. Each is valid until the next is read.</summary>
    /// <exception cref="ImportFileException">The file can't be read further. In ND-JSON, only the line is skipped.</exception>
    public IEnumerable<JsonItem> Items() => IsLines ? Lines() : Members();

    private Stream OpenStream() => SourceText.OpenUtf8(Path, _encoding);

    private bool BeginsWithWholeLine()
    {
        using var stream = OpenStream();
        using var lines = new LineReader(stream, Path, _limits);
        string? first;
        do
        {
            first = lines.Next(out _);
        }
        while (first is not null && string.IsNullOrWhiteSpace(first));

        if (first is null || !first.AsSpan().TrimStart().StartsWith('{'))
        {
            return false;
        }

        try
        {
            using var whole = JsonDocument.Parse(first, Options());
            string? next;
            do
            {
                next = lines.Next(out _);
            }
            while (next is not null && string.IsNullOrWhiteSpace(next));

            return next is not null || System.IO.Path.GetExtension(Path) is ".ndjson" or ".jsonl";
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private IEnumerable<JsonItem> Lines()
    {
        using var stream = OpenStream();
        using var lines = new LineReader(stream, Path, _limits);
        while (lines.Next(out var number) is { } line)
        {
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            var place = $"line {number}";
            JsonDocument? document = null;
            JsonItem item;
            try
            {
                document = JsonDocument.Parse(line, Options());
                item = new JsonItem(number, place) { Value = document.RootElement };
            }
            catch (JsonException fault)
            {
                item = new JsonItem(number, place) { Text = line, Fault = $"The line is not JSON: {fault.Message}" };
            }

            using (document)
            {
                yield return item;
            }
        }
    }

    private IEnumerable<JsonItem> Members()
    {
        using var stream = OpenStream();
        using var items = new JsonItemReader(stream, Path, Envelopes, _limits);
        while (items.Next() is { } item)
        {
            using (item.Document)
            {
                yield return new JsonItem(item.Line, item.Place) { Value = item.Document.RootElement };
            }
        }
    }

    private JsonDocumentOptions Options() => new() { MaxDepth = _limits.MaximumDepth, CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };
}
