namespace HealthEquity.Formats.Sources;

/// <summary>
/// How much a source may ask of the machine. A file that asks for more is refused before it takes it: a bomb, or an unclosed quote,
/// looks like a very large file.
/// </summary>
public sealed record SourceLimits
{
    private const long Megabyte = 1024 * 1024;

    /// <summary>The largest file, bytes; for a ZIP or a workbook also what may come out of it.</summary>
    public long MaximumBytes { get; init; } = 512 * Megabyte;

    /// <summary>The most columns of a table.</summary>
    public int MaximumColumns { get; init; } = 1_000;

    /// <summary>The longest row or item, bytes.</summary>
    public int MaximumRowBytes { get; init; } = (int)(4 * Megabyte);

    /// <summary>The most files in a ZIP.</summary>
    public int MaximumFiles { get; init; } = 1_000;

    /// <summary>How many times smaller than its content a part of a ZIP may be. Tables shrink to a fiftieth at most, bombs to a thousandth.</summary>
    public int MaximumRatio { get; init; } = 250;

    /// <summary>How deep JSON may be nested.</summary>
    public int MaximumDepth { get; init; } = 64;

    /// <summary>The most services and organizations of a live API.</summary>
    public int MaximumItems { get; init; } = 200_000;

    /// <summary>The longest that one answer of a live API may take.</summary>
    public TimeSpan AnswerTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest that reading a live API may take in all.</summary>
    public TimeSpan MaximumDuration { get; init; } = TimeSpan.FromHours(4);

    /// <summary>Refuses a file that is too large.</summary>
    /// <exception cref="ImportFileException">It is larger than <see cref="MaximumBytes"/>.</exception>
    internal void CheckSize(string path, long bytes)
    {
        if (bytes > MaximumBytes)
        {
            throw new ImportFileException(
                $"The file '{path}' is too large: it holds more than {MaximumBytes / Megabyte:N0} MB. Split it, or raise the limit (--maximum-megabytes) if it is meant to be so large.");
        }
    }
}
