using HealthEquity.Admin.EntryForms;
using HealthEquity.Imports.Applying;
using HealthEquity.Store.BulkChanges;
using HealthEquity.Store.Calls;
using HealthEquity.Store.Reviews;
using HealthEquity.Store.Translations;
using HealthEquity.Store.Verification;

namespace HealthEquity.Admin.Pages.BulkChanges;

/// <summary>The words for bulk changes and their states.</summary>
internal static class BulkLabels
{
    /// <summary>Returns what was done, such as "Suspend".</summary>
    public static string Action(string action) => action switch
    {
        SuspendEntries.Name => "Suspend",
        ResumeEntries.Name => "Publish again",
        SuspendOverdueEntries.Overdue => "Automatic suspension",
        SpreadDueDates.Name => "Spread due dates",
        UndoImport.Name => "Undo an import",
        EditEntries.Name => "Set a field",
        TranslateEntries.Name => "Texts from a file",
        AssignEntries.Name => "Assign",
        SubmitEntries.Name => "Send to review",
        ApproveEntries.Name => "Approve and publish",
        _ => action,
    };

    /// <summary>Returns what was done, with the value, such as "Add tag “Sample”".</summary>
    public static string Action(BulkChange change) =>
        change is { Action: EditEntries.Name, Parameter: { } edit } ? FieldEdit.Read(edit).Label
            : change is { Action: TranslateEntries.Name, Parameter: { } source } ? $"Texts in {EntryFormView.LanguageName(TranslationSource.Read(source).Language)} from a file"
            : Action(change.Action);

    /// <summary>Returns how many entries were changed, and what else there is, such as "Changed: 26. Could not be changed: 2."</summary>
    public static string Counts(BulkChange change)
    {
        (string What, int Number)[] others =
        [
            ("Not changed yet", change.Planned), ("Could not be changed", change.Refused), ("As before", change.Restored),
            ("Left as they are, because somebody changed them since", change.Kept),
        ];
        return string.Join(' ', others.Where(o => o.Number > 0).Prepend(("Changed", change.Changed)).Select(o => $"{o.Item1}: {o.Item2:N0}."));
    }

    /// <summary>Returns the state, such as "Waits for a second person".</summary>
    public static string State(BulkState state) => state switch
    {
        BulkState.Proposed => "Waits for a second person",
        BulkState.Running => "Not finished",
        BulkState.Done => "Done",
        BulkState.Rejected => "Not done",
        BulkState.UndoProposed => "Undo waits for a second person",
        BulkState.Undoing => "Undo not finished",
        _ => "Undone",
    };

    /// <summary>Returns the state of one entry.</summary>
    public static string State(BulkItemState state) => state switch
    {
        BulkItemState.Planned => "Not changed yet",
        BulkItemState.Done => "Changed",
        BulkItemState.Refused => "Not changed",
        BulkItemState.Undone => "As before",
        _ => "Kept",
    };
}
