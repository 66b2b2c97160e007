namespace HealthEquity.Formats.Sources;

/// <summary>
/// Limits on the resources that a source can use. A file that exceeds one is refused early, because a ZIP bomb or an unclosed quote looks like a
/// very large file.
/// </summary>
public sealed record SourceLimits
{
    private const long Megabyte = 1024 * 1024;

    /// <summary>The maximum file size in bytes; for a ZIP or workbook, also the unpacked size.</summary>
    public long MaximumBytes { get; init; } = 512 * Megabyte;

    /// <summary>The maximum number of columns of a table.</summary>
    public int MaximumColumns { get; init; } = 1_000;

    /// <summary>The maximum length of a row or item in bytes.</summary>
    public int MaximumRowBytes { get; init; } = (int)(4 * Megabyte);

    /// <summary>The maximum number of files in a ZIP.</summary>
    public int MaximumFiles { get; init; } = 1_000;

    /// <summary>The maximum compression ratio of a ZIP entry. Tables reach 50 at most, ZIP bombs 1,000.</summary>
    public int MaximumRatio { get; init; } = 250;

    /// <summary>The maximum nesting depth of JSON.</summary>
    public int MaximumDepth { get; init; } = 64;

    /// <summary>The maximum number of services and organizations of a live API.</summary>
    public int MaximumItems { get; init; } = 200_000;

    /// <summary>The timeout for one response of a live API.</summary>
    public TimeSpan AnswerTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The timeout for reading a live API.</summary>
    public TimeSpan MaximumDuration { get; init; } = TimeSpan.FromHours(4);

    /// <summary>Throws if a file is too large.</summary>
    /// <exception cref="ImportFileException">The file is larger than <see cref="MaximumBytes"/>.</exception>
    internal void CheckSize(string path, long bytes)
    {
        if (bytes > MaximumBytes)
        {
            throw new ImportFileException(
                $"The file '{path}' is larger than {MaximumBytes / Megabyte:N0} MB. Split it, or raise the limit with --maximum-megabytes.");
        }
    }
}
