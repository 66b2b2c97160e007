using System.Text.Json.Nodes;
using HealthEquity.Admin.Comparing;
using HealthEquity.Directory.Comparison;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Vocabularies;
using HealthEquity.Imports.Records;

namespace HealthEquity.Admin.Pages.Imports;

/// <summary>Labels for the states and outcomes of imports.</summary>
public static class ImportLabels
{
    private const int MaxRowWords = 80;

    /// <summary>The outcomes with titles and explanations.</summary>
    public static IReadOnlyList<(ImportOutcome Outcome, string Title, string Meaning)> Outcomes { get; } =
    [
        (ImportOutcome.New, "New", "These entries are not in the directory yet."),
        (ImportOutcome.Changed, "Changed", "The source has new values for these entries."),
        (ImportOutcome.Conflicting, "Conflicting", "A curator and the source changed the same field. The current value stays until someone settles the conflict."),
        (ImportOutcome.Vanished, "Missing from the source", "These entries are no longer in the file. Each is scheduled for a check and stays unchanged until then."),
        (ImportOutcome.Same, "Unchanged", "The source has the same values as last time."),
        (ImportOutcome.NotListed, "Do not list", "These entries asked not to be listed. The import does not change them."),
        (ImportOutcome.Refused, "Entries refused", "The current state of the directory does not allow the source to change these entries."),
    ];

    public static string State(ImportState state) => state switch
    {
        ImportState.Uploaded => "Uploaded",
        ImportState.Planning => "Planning",
        ImportState.Planned => "Ready to apply",
        ImportState.Applying => "Applying",
        ImportState.Applied => "Applied",
        ImportState.Undoing => "Undoing",
        ImportState.Undone => "Undone",
        ImportState.Failed => "Stopped",
        _ => "Discarded",
    };

    /// <summary>The state, or what an import waits for.</summary>
    public static string State(ImportState state, bool isBusy) => (state, isBusy) switch
    {
        (ImportState.Uploaded, true) => "Waiting to be read",
        (ImportState.Planned, true) => "Waiting to be applied",
        _ => State(state),
    };

    /// <summary>The texts by which a person recognizes a row: its first two cells with words.</summary>
    public static string RowWords(IEnumerable<string> cells) =>
        Brief(string.Join(", ", cells.Where(c => c.Count(char.IsLetter) > 3).Take(2)), MaxRowWords);

    public static string StateTag(ImportState state) => state switch
    {
        ImportState.Failed => "tag bad",
        ImportState.Uploaded or ImportState.Planned => "tag warn",
        ImportState.Applied => "tag good",
        _ => "tag",
    };

    /// <summary>Describes a running or waiting task.</summary>
    public static string Work(ImportWork work) => work switch
    {
        ImportWork.Plan => "The file is being read and compared with the directory. No entries are changed.",
        ImportWork.Apply => "The entries are being written.",
        ImportWork.Publish => "The entries are being published.",
        _ => "The import is being undone.",
    };

    /// <summary>Formats an approximate waiting time.</summary>
    public static string Wait(TimeSpan time) => time.TotalSeconds switch
    {
        < 5 => "a few seconds",
        < 90 => $"about {Math.Ceiling(time.TotalSeconds / 5) * 5:0} seconds",
        < 5400 => $"about {Math.Ceiling(time.TotalMinutes):0} minutes",
        _ => $"about {time.TotalHours:0.#} hours",
    };

    /// <summary>Formats a change for display. Conflicting values are stored as JSON.</summary>
    /// <param name="kind">The entry's kind.</param>
    /// <param name="change">The change.</param>
    /// <param name="vocabularies">The vocabularies for the labels.</param>
    /// <param name="maxLength">The maximum text length.</param>
    public static ChangeView Change(EntryKind kind, ImportChange change, VocabularySet vocabularies, int maxLength = int.MaxValue)
    {
        var field = ChangeView.Describe(kind, change.Path).Field;
        string? Text(string? value) => value is null ? null : Brief(change.Contested && value is ['{' or '[', ..] ? ValueFormat.Of(field, JsonNode.Parse(value), vocabularies) : value, maxLength);
        return ChangeView.Of(kind, new FieldChange(change.Path, Text(change.Before), Text(change.After)), vocabularies);
    }

    /// <summary>Shortens a text for a list.</summary>
    public static string Brief(string text, int length = 300) => text.Length <= length ? text : text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)] + "…";

    public static string Entries(int count) => count == 1 ? "1 entry" : $"{count:N0} entries";
}
