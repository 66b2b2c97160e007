using HealthEquity.Store.Databases;

namespace HealthEquity.Store.BulkChanges;

public sealed partial class BulkChangeStore
{
    private const string Columns =
        """
        c.BulkChangeId, c.Action, c.Parameter, c.Reason, c.State, c.RequestedBy, c.RequestedAt, c.DecidedBy, c.DecidedAt, c.UndoneBy, c.UndoneAt,
        (SELECT COUNT(*) FROM BulkChangeItem i WHERE i.BulkChangeId = c.BulkChangeId AND i.State = 'planned') AS Planned,
        (SELECT COUNT(*) FROM BulkChangeItem i WHERE i.BulkChangeId = c.BulkChangeId AND i.State = 'done') AS Changed,
        (SELECT COUNT(*) FROM BulkChangeItem i WHERE i.BulkChangeId = c.BulkChangeId AND i.State = 'refused') AS Refused,
        (SELECT COUNT(*) FROM BulkChangeItem i WHERE i.BulkChangeId = c.BulkChangeId AND i.State = 'undone') AS Restored,
        (SELECT COUNT(*) FROM BulkChangeItem i WHERE i.BulkChangeId = c.BulkChangeId AND i.State = 'kept') AS Kept
        """;

    private static readonly Sql Insert = new(
        "BulkChangeStore.Begin",
        """
        INSERT INTO BulkChange (BulkChangeId, Action, Parameter, Reason, State, RequestedBy, RequestedAt)
        VALUES (@BulkChangeId, @Action, @Parameter, @Reason, @State, @RequestedBy, @RequestedAt)
        """);

    private static readonly RowList Items = new(
        "BulkChangeId uniqueidentifier", "EntryId uniqueidentifier", "State nvarchar(4000)", "Value nvarchar(max)", "Former nvarchar(max)",
        "Later nvarchar(max)", "Note nvarchar(4000)");

    private static readonly Sql InsertItems = Items.Statement(
        "BulkChangeStore.Begin",
        """
        INSERT INTO BulkChangeItem (BulkChangeId, EntryId, State, Value, Former, Later, Note)
        SELECT r.BulkChangeId, r.EntryId, r.State, r.Value, r.Former, r.Later, r.Note FROM @rows AS r
        WHERE EXISTS (SELECT 1 FROM Entry AS e WHERE e.EntryId = r.EntryId)
        """);

    private static readonly Sql UpdateItems = Items.Statement(
        "BulkChangeStore.Run",
        """
        UPDATE BulkChangeItem SET State = r.State, Former = r.Former, Later = r.Later, Note = r.Note
        FROM @rows AS r WHERE BulkChangeItem.BulkChangeId = r.BulkChangeId AND BulkChangeItem.EntryId = r.EntryId
        """);

    private static readonly Sql SelectOne = new("BulkChangeStore.Find", $"SELECT {Columns} FROM BulkChange c WHERE c.BulkChangeId = @id");

    private static readonly Sql SelectPage = new(
        "BulkChangeStore.List",
        sqlServer: $"SELECT {Columns} FROM BulkChange c ORDER BY c.RequestedAt DESC, c.BulkChangeId DESC OFFSET @offset ROWS FETCH NEXT @limit ROWS ONLY",
        sqlite: $"SELECT {Columns} FROM BulkChange c ORDER BY c.RequestedAt DESC, c.BulkChangeId DESC LIMIT @limit OFFSET @offset");

    private static readonly Sql SelectWaiting = new(
        "BulkChangeStore.ListWaiting",
        $"SELECT {Columns} FROM BulkChange c WHERE c.State IN ('proposed', 'undoProposed', 'running', 'undoing') ORDER BY c.RequestedAt, c.BulkChangeId");

    private static readonly Sql SelectOfParameter = new(
        "BulkChangeStore.FindOpen",
        $"SELECT {Columns} FROM BulkChange c WHERE c.State IN ('proposed', 'running') AND c.Action = @action AND c.Parameter = @parameter ORDER BY c.RequestedAt");

    private static readonly Sql SelectSince = new(
        "BulkChangeStore.ListSince", $"SELECT {Columns} FROM BulkChange c WHERE c.RequestedAt >= @since AND c.Action = @action ORDER BY c.RequestedAt DESC, c.BulkChangeId DESC");

    private static readonly Sql SelectItems = new(
        "BulkChangeStore.ListItems",
        sqlServer:
        """
        SELECT i.BulkChangeId, i.EntryId, e.Name, i.State, i.Value, i.Former, i.Later, i.Note
        FROM BulkChangeItem i INNER JOIN Entry e ON e.EntryId = i.EntryId
        WHERE i.BulkChangeId = @id AND (@state IS NULL OR i.State = @state)
        ORDER BY e.Name, i.EntryId OFFSET @offset ROWS FETCH NEXT @limit ROWS ONLY
        """,
        sqlite:
        """
        SELECT i.BulkChangeId, i.EntryId, e.Name, i.State, i.Value, i.Former, i.Later, i.Note
        FROM BulkChangeItem i INNER JOIN Entry e ON e.EntryId = i.EntryId
        WHERE i.BulkChangeId = @id AND (@state IS NULL OR i.State = @state)
        ORDER BY e.Name, i.EntryId LIMIT @limit OFFSET @offset
        """);

    private static readonly Sql SelectBatch = new(
        "BulkChangeStore.Run",
        sqlServer: "SELECT TOP (@limit) BulkChangeId, EntryId, State, Value, Former, Later, Note FROM BulkChangeItem WHERE BulkChangeId = @id AND State = @state ORDER BY EntryId",
        sqlite: "SELECT BulkChangeId, EntryId, State, Value, Former, Later, Note FROM BulkChangeItem WHERE BulkChangeId = @id AND State = @state ORDER BY EntryId LIMIT @limit");

    private static readonly Sql SelectItem = new(
        "BulkChangeStore.Run", "SELECT BulkChangeId, EntryId, State, Value, Former, Later, Note FROM BulkChangeItem WHERE BulkChangeId = @id AND EntryId = @entry");

    private static readonly Sql Move = new(
        "BulkChangeStore.Move",
        """
        UPDATE BulkChange
        SET State = @to, DecidedBy = COALESCE(@decidedBy, DecidedBy), DecidedAt = COALESCE(@decidedAt, DecidedAt),
            UndoneBy = COALESCE(@undoneBy, UndoneBy), UndoneAt = COALESCE(@undoneAt, UndoneAt)
        WHERE BulkChangeId = @id AND State = @from
        """);

    private static readonly Sql CountPublic = new("BulkChangeStore.CountPublic", "SELECT COUNT(*) FROM Entry WHERE Listing = 'published' AND EntryId IN @ids");

    private static readonly Sql SelectPublicItems = new(
        "BulkChangeStore.CountTakenDown",
        """
        SELECT i.BulkChangeId, i.EntryId, i.State, i.Former FROM BulkChangeItem i INNER JOIN Entry e ON e.EntryId = i.EntryId
        WHERE i.BulkChangeId = @id AND i.State = 'done' AND e.Listing = 'published'
        """);

    // What a person took down alone, one change after another, counts as one.
    private static readonly Sql CountRecent = new(
        "BulkChangeStore.CountRecent",
        """
        SELECT COUNT(*) FROM BulkChangeItem i INNER JOIN BulkChange c ON c.BulkChangeId = i.BulkChangeId
        WHERE c.RequestedBy = @by AND c.RequestedAt > @since AND c.DecidedBy IS NULL AND c.State <> 'proposed' AND c.Action IN @actions AND i.State IN ('planned', 'done')
        """);

    private static object Row(BulkChange change) => new
    {
        change.BulkChangeId,
        change.Action,
        change.Parameter,
        change.Reason,
        State = CodeOf(change.State),
        change.RequestedBy,
        change.RequestedAt,
    };

    private static object Row(BulkItem item) => new
    {
        item.BulkChangeId,
        item.EntryId,
        State = CodeOf(item.State),
        item.Value,
        item.Former,
        item.Later,
        item.Note,
    };

    private static string CodeOf<T>(T state)
        where T : struct, Enum
    {
        var name = state.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }
}
