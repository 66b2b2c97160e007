using System.Globalization;

namespace HealthEquity.Imports.Records;

/// <summary>How to apply a plan.</summary>
public sealed record ImportChoice
{
    /// <summary>Publish what is new or changed; otherwise they are drafts.</summary>
    public bool Publish { get; init; }

    /// <summary>Applies it even if far fewer entries came than last time.</summary>
    public bool EvenIfFewer { get; init; }

    /// <summary>Entries written in one transaction.</summary>
    public int BatchSize { get; init; } = 500;
}

/// <summary>How far an import is.</summary>
/// <param name="Rows">Rows of the first file that are done.</param>
/// <param name="TotalRows">All its rows.</param>
/// <param name="Elapsed">Time since the first row.</param>
public readonly record struct ImportProgress(int Rows, int TotalRows, TimeSpan Elapsed)
{
    /// <summary>The time that the rest takes at this rate; null while that can't be said.</summary>
    public TimeSpan? Remaining => Rows > 0 && TotalRows >= Rows ? Elapsed / Rows * (TotalRows - Rows) : null;

    /// <summary>Rows a second.</summary>
    public double Rate => Elapsed > TimeSpan.Zero ? Rows / Elapsed.TotalSeconds : 0;

    /// <summary>In a line: "1,500 of 6,000 rows, 250 a second, 18 s left".</summary>
    public override string ToString()
    {
        var rows = TotalRows >= Rows && TotalRows > 0 ? $"{Rows.ToString("N0", CultureInfo.InvariantCulture)} of {TotalRows.ToString("N0", CultureInfo.InvariantCulture)}" : Rows.ToString("N0", CultureInfo.InvariantCulture);
        var left = Remaining is not { } time || Rows == TotalRows ? ""
            : time < TimeSpan.FromMinutes(2) ? string.Create(CultureInfo.InvariantCulture, $", {Math.Ceiling(time.TotalSeconds):N0} s left")
            : string.Create(CultureInfo.InvariantCulture, $", {Math.Ceiling(time.TotalMinutes):N0} min left");
        return string.Create(CultureInfo.InvariantCulture, $"{rows} rows, {Rate:N0} a second{left}");
    }
}

/// <summary>What an import did. All but rows are counted in entries.</summary>
public sealed record ImportSummary
{
    /// <summary>The import's id.</summary>
    public Guid ImportId { get; init; }

    /// <summary>Rows of the first file, skipped ones left out.</summary>
    public int Rows { get; init; }

    /// <summary>Rows that told of an entry which an earlier row had told of.</summary>
    public int Merged { get; init; }

    /// <summary>Entries that were made.</summary>
    public int New { get; init; }

    /// <summary>Entries that got a new revision.</summary>
    public int Changed { get; init; }

    /// <summary>Entries about which the source says what it said before.</summary>
    public int Same { get; init; }

    /// <summary>Entries in which the source and a curator changed the same field: that field stays until somebody settles it.</summary>
    public int Conflicting { get; init; }

    /// <summary>Entries that asked not to be listed: left as they are.</summary>
    public int NotListed { get; init; }

    /// <summary>Entries that the source has no more: each is to be checked.</summary>
    public int Vanished { get; init; }

    /// <summary>Entries that undoing left as they were, because somebody has worked on them since.</summary>
    public int Left { get; init; }

    /// <summary>Entries that were published.</summary>
    public int Published { get; init; }

    /// <summary>Rows of all files that were refused.</summary>
    public int Refused { get; init; }

    /// <summary>Rows that were loaded without a value that can't be read.</summary>
    public int Flawed { get; init; }

    /// <summary>Pairs of entries that may be one, in which the import made or changed one.</summary>
    public int Duplicates { get; init; }

    /// <summary>The files that hold the refused rows.</summary>
    public IReadOnlyList<string> RefusedFiles { get; init; } = [];

    /// <summary>How long it took.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>What is known of an import.</summary>
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
