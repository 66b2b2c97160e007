using HealthEquity.Directory.Entries;
using HealthEquity.Imports.Records;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.BulkChanges;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Entries;
using HealthEquity.Store.Publishing;

namespace HealthEquity.Imports.Applying;

/// <summary>
/// The public entries that undoing an import takes down, as a bulk change: a second person confirms it if there are many, and undoing it
/// publishes them again. <see cref="ImportUndo"/> makes the change.
/// </summary>
public sealed class UndoImport(Publisher publisher) : IBulkAction
{
    /// <summary>The code of the action. Its parameter is the import's id.</summary>
    public const string Name = "undoImport";

    /// <inheritdoc/>
    public string Code => Name;

    /// <inheritdoc/>
    public bool Withdraws => true;

    /// <inheritdoc/>
    public bool WithdrawsWhenUndone => false;

    /// <summary>The request to undo an import.</summary>
    /// <param name="import">The import.</param>
    /// <param name="withdrawn">The public entries that it takes down.</param>
    public static BulkRequest Request(Import import, IReadOnlyList<Guid> withdrawn) => new(Name, withdrawn)
    {
        Parameter = import.ImportId.ToString("D"),
        Reason = $"Undo the import of {import.FileName}.",
    };

    /// <inheritdoc/>
    public Task ApplyAsync(DbSession session, BulkChange change, BulkItem item, EntryRow entry, Actor actor, CancellationToken cancellation) =>
        throw new RefusedException("An import is undone on its own page.");

    /// <inheritdoc/>
    public Task UndoAsync(DbSession session, BulkChange change, BulkItem item, EntryRow entry, Actor actor, CancellationToken cancellation) =>
        entry.Listing == item.After.Listing && entry.ListingReason == item.After.ListingReason
            ? publisher.ResumeAsync(session, entry.EntryId, actor, "The undoing of the import was undone.", cancellation)
            : throw new RefusedException("Someone has changed its status since.");
}
