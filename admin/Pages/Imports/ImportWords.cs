using System.Text.Json.Nodes;
using HealthEquity.Admin.Comparing;
using HealthEquity.Directory.Comparison;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Vocabularies;
using HealthEquity.Imports.Records;

namespace HealthEquity.Admin.Pages.Imports;

/// <summary>What the console calls the states of imports, and what becomes of entries.</summary>
public static class ImportWords
{
    /// <summary>What an outcome means, and whether somebody should look at it.</summary>
    public static IReadOnlyList<(ImportOutcome Outcome, string Title, string Meaning)> Outcomes { get; } =
    [
        (ImportOutcome.New, "New", "The directory does not have them."),
        (ImportOutcome.Changed, "Changed", "The source says something new about them."),
        (ImportOutcome.Conflicting, "Conflicting", "A curator has changed the same field as the source: what stands here stays until somebody settles it."),
        (ImportOutcome.Vanished, "Gone from the source", "The file has them no more: each becomes a check that is due, and stays as it is until then."),
        (ImportOutcome.Same, "Same", "The source says what it said last time."),
        (ImportOutcome.NotListed, "Not to be listed", "They asked not to be listed: they are left alone."),
        (ImportOutcome.Refused, "Entries refused", "The source may not speak of them as the directory is now."),
    ];

    public static string State(ImportState state) => state switch
    {
        ImportState.Uploaded => "Uploaded",
        ImportState.Planning => "Being read",
        ImportState.Planned => "Waits to be applied",
        ImportState.Applying => "Being applied",
        ImportState.Applied => "Applied",
        ImportState.Undoing => "Being undone",
        ImportState.Undone => "Undone",
        ImportState.Failed => "Stopped",
        _ => "Discarded",
    };

    public static string StateTag(ImportState state) => state switch
    {
        ImportState.Failed => "tag bad",
        ImportState.Uploaded or ImportState.Planned => "tag warn",
        ImportState.Applied => "tag good",
        _ => "tag",
    };

    /// <summary>What is being done, or waits to be.</summary>
    public static string Work(ImportWork work) => work switch
    {
        ImportWork.Plan => "The file is being read, and compared with the directory. Nothing is written to entries.",
        ImportWork.Apply => "The entries are being written.",
        ImportWork.Publish => "The entries are being published.",
        _ => "The import is being undone.",
    };

    /// <summary>A time that somebody waits, roughly.</summary>
    public static string Wait(TimeSpan time) => time.TotalSeconds switch
    {
        < 5 => "a few seconds",
        < 90 => $"about {Math.Ceiling(time.TotalSeconds / 5) * 5:0} seconds",
        < 5400 => $"about {Math.Ceiling(time.TotalMinutes):0} minutes",
        _ => $"about {time.TotalHours:0.#} hours",
    };

    /// <summary>A change as people read it. What a curator changed too is kept as JSON, for it is settled whole.</summary>
    /// <param name="kind">The entry's kind.</param>
    /// <param name="change">The change.</param>
    /// <param name="vocabularies">The labels.</param>
    /// <param name="longest">How much of a text is shown.</param>
    public static ChangeView Change(EntryKind kind, ImportChange change, VocabularySet vocabularies, int longest = int.MaxValue)
    {
        var field = ChangeView.Called(kind, change.Path).Field;
        string? Text(string? said) => said is null ? null : Brief(change.Contested && said is ['{' or '[', ..] ? ValueWords.Of(field, JsonNode.Parse(said), vocabularies) : said, longest);
        return ChangeView.Of(kind, new FieldChange(change.Path, Text(change.Before), Text(change.After)), vocabularies);
    }

    /// <summary>A text for a list of many: its beginning.</summary>
    public static string Brief(string text, int length = 300) => text.Length <= length ? text : text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)] + "…";

    public static string Entries(int count) => count == 1 ? "one entry" : $"{count:N0} entries";
}
