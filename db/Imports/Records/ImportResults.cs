using System.Globalization;

namespace HealthEquity.Imports.Records;

/// <summary>How to apply a plan.</summary>
public sealed record ImportChoice
{
    /// <summary>True to publish new and changed entries; false to save them as drafts.</summary>
    public bool Publish { get; init; }

    /// <summary>True to apply it even if it has far fewer entries than last time.</summary>
    public bool AllowFewer { get; init; }

    /// <summary>The number of entries per transaction.</summary>
    public int BatchSize { get; init; } = 500;
}

/// <summary>The progress of an import.</summary>
/// <param name="Rows">Processed rows of the first file.</param>
/// <param name="TotalRows">All rows of the first file.</param>
/// <param name="Elapsed">Time since the first row.</param>
public readonly record struct ImportProgress(int Rows, int TotalRows, TimeSpan Elapsed)
{
    /// <summary>The remaining time at this rate; null if unknown.</summary>
    public TimeSpan? Remaining => Rows > 0 && TotalRows >= Rows ? Elapsed / Rows * (TotalRows - Rows) : null;

    /// <summary>Rows per second.</summary>
    public double Rate => Elapsed > TimeSpan.Zero ? Rows / Elapsed.TotalSeconds : 0;

    /// <summary>A line such as "1,500 of 6,000 rows, 250 per second, 18 s left".</summary>
    public override string ToString()
    {
        var rows = TotalRows >= Rows && TotalRows > 0 ? $"{Rows.ToString("N0", CultureInfo.InvariantCulture)} of {TotalRows.ToString("N0", CultureInfo.InvariantCulture)}" : Rows.ToString("N0", CultureInfo.InvariantCulture);
        var left = Remaining is not { } time || Rows == TotalRows ? ""
            : time < TimeSpan.FromMinutes(2) ? string.Create(CultureInfo.InvariantCulture, $", {Math.Ceiling(time.TotalSeconds):N0} s left")
            : string.Create(CultureInfo.InvariantCulture, $", {Math.Ceiling(time.TotalMinutes):N0} min left");
        return string.Create(CultureInfo.InvariantCulture, $"{rows} rows, {Rate:N0} per second{left}");
    }
}

/// <summary>The result of an import. Counts are of entries, except for rows.</summary>
public sealed record ImportSummary
{
    /// <summary>The id of the import.</summary>
    public Guid ImportId { get; init; }

    /// <summary>Rows of the first file, without skipped ones.</summary>
    public int Rows { get; init; }

    /// <summary>Rows about the same entry as an earlier row.</summary>
    public int Merged { get; init; }

    /// <summary>New entries.</summary>
    public int New { get; init; }

    /// <summary>Entries with a new revision.</summary>
    public int Changed { get; init; }

    /// <summary>Unchanged entries.</summary>
    public int Same { get; init; }

    /// <summary>Entries with a field changed by both the source and a curator. The field is kept until the conflict is settled.</summary>
    public int Conflicting { get; init; }

    /// <summary>Entries that asked not to be listed. They are not changed.</summary>
    public int NotListed { get; init; }

    /// <summary>Entries missing from the source. A check is scheduled for each.</summary>
    public int Vanished { get; init; }

    /// <summary>Entries that undoing kept because someone has worked on them since.</summary>
    public int Left { get; init; }

    /// <summary>Published entries.</summary>
    public int Published { get; init; }

    /// <summary>Refused rows of all files.</summary>
    public int Refused { get; init; }

    /// <summary>Rows loaded without an unreadable value.</summary>
    public int Flawed { get; init; }

    /// <summary>Possible duplicates of entries that the import created or changed.</summary>
    public int Duplicates { get; init; }

    /// <summary>The files with the refused rows.</summary>
    public IReadOnlyList<string> RefusedFiles { get; init; } = [];

    /// <summary>The duration.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>The summary of a stored import.</summary>
    public static ImportSummary Of(Import import) => new()
    {
        ImportId = import.ImportId,
        Rows = import.RowsRead,
        Merged = import.RowsMerged,
        New = import.RowsNew,
        Changed = import.RowsChanged,
        Same = import.RowsSame,
        Conflicting = import.RowsConflicting,
        NotListed = import.RowsNotListed,
        Vanished = import.RowsVanished,
        Published = import.RowsPublished,
        Refused = import.RowsRefused,
        Flawed = import.RowsFlawed,
        Left = import.RowsLeft,
    };
}
