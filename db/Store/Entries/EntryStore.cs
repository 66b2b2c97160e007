using System.Text.Json;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Traits;
using HealthEquity.Directory.Translations;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Databases;

namespace HealthEquity.Store.Entries;

/// <summary>An entry to create.</summary>
/// <param name="Entry">The content.</param>
/// <param name="Slug">The requested slug; by default derived from the name. Gets a number if it is taken.</param>
/// <param name="Id">A given id that is not in use; by default a new one.</param>
public sealed record NewEntry(Entry Entry, string? Slug = null, Guid? Id = null);

/// <summary>
/// Stores entries and their revisions. Every save adds a revision; nothing is updated in place or deleted. A save names the revision it is
/// based on and fails with <see cref="ConflictException"/> if that is not the latest. Methods that write require a session in a transaction.
/// </summary>
public sealed class EntryStore(TimeProvider clock, AuditLog audit)
{
    /// <summary>The maximum length of a revision's note, in characters.</summary>
    public const int MaxNoteLength = 1000;

    private const int MaxNameLength = 200;

    private const string Columns =
        """
        EntryId, Kind, Slug, Name, Listing, ListingReason, DraftState, LatestRevision, PublishedRevision, FirstPublishedAt,
        AssuredOn, CheckDueOn, CapacityAsOf, CredentialExpiresOn, AssignedTo, CreatedAt, UpdatedAt,
        (SELECT m.SurvivorId FROM MergedEntry AS m WHERE m.EntryId = Entry.EntryId) AS MergedInto
        """;

    private static readonly Sql SelectEntry = new("EntryStore.Find", $"SELECT {Columns} FROM Entry WHERE EntryId = @id");

    private static readonly Sql SelectEntryBySlug = new("EntryStore.FindBySlug", $"SELECT {Columns} FROM Entry WHERE Slug = @slug");

    private static readonly Sql SelectRevision = new(
        "EntryStore.ReadRevision",
        "SELECT EntryId, Number, Body, Author, CreatedAt, Note, RestoredFrom FROM Revision WHERE EntryId = @id AND Number = @number");

    private static readonly Sql SelectRevisions = new(
        "EntryStore.ListRevisions",
        "SELECT EntryId, Number, Body, Author, CreatedAt, Note, RestoredFrom FROM Revision WHERE EntryId = @id ORDER BY Number DESC");

    private static readonly RowList NewEntries = new(
        "EntryId uniqueidentifier", "Kind nvarchar(4000)", "Slug nvarchar(4000)", "Name nvarchar(4000)", "CapacityAsOf date",
        "CredentialExpiresOn date", "At datetimeoffset(3)");

    private static readonly Sql InsertEntry = NewEntries.Statement(
        "EntryStore.Create",
        """
        INSERT INTO Entry (EntryId, Kind, Slug, Name, Listing, DraftState, LatestRevision, CapacityAsOf, CredentialExpiresOn, CreatedAt, UpdatedAt)
        SELECT r.EntryId, r.Kind, r.Slug, r.Name, 'unpublished', 'draft', 1, r.CapacityAsOf, r.CredentialExpiresOn, r.At, r.At FROM @rows AS r
        """);

    // The condition makes concurrent saves safe: only one of them finds the revision it is based on.
    private static readonly Sql AdvanceEntry = new(
        "EntryStore.Save",
        """
        UPDATE Entry
        SET LatestRevision = @Number, Name = @Name, DraftState = 'draft', CapacityAsOf = @CapacityAsOf,
            CredentialExpiresOn = @CredentialExpiresOn, UpdatedAt = @At
        WHERE EntryId = @EntryId AND LatestRevision = @BasedOn
          AND NOT EXISTS (SELECT 1 FROM MergedEntry WHERE MergedEntry.EntryId = @EntryId)
        """);

    private static readonly RowList NewRevisions = new(
        "EntryId uniqueidentifier", "Number int", "Body nvarchar(max)", "Author nvarchar(4000)", "CreatedAt datetimeoffset(3)",
        "Note nvarchar(4000)", "RestoredFrom int");

    private static readonly Sql InsertRevision = NewRevisions.Statement(
        "EntryStore.Save",
        """
        INSERT INTO Revision (EntryId, Number, Body, Author, CreatedAt, Note, RestoredFrom)
        SELECT r.EntryId, r.Number, r.Body, r.Author, r.CreatedAt, r.Note, r.RestoredFrom FROM @rows AS r
        """);

    // An entry that asked not to be listed keeps every key it ever had, so that an edit can't let it back in.
    private static readonly Sql DeleteKeys = new(
        "EntryStore.Save",
        """
        DELETE FROM EntryKey
        WHERE EntryId = @id AND Type <> 'source' AND NOT EXISTS (SELECT 1 FROM Entry AS e WHERE e.EntryId = @id AND e.Listing = 'doNotList')
        """);

    private static readonly Sql SelectKeys = new(
        "EntryStore.WriteKeys", "SELECT Type, Value FROM EntryKey WHERE EntryId = @id AND Type <> 'source'");

    private static readonly Sql SelectLatestBody = new(
        "EntryStore.RenewKeys",
        "SELECT r.Body FROM Revision AS r INNER JOIN Entry AS e ON e.EntryId = r.EntryId AND e.LatestRevision = r.Number WHERE e.EntryId = @id");

    // One statement per batch: an entry has several keys, and one statement for each would dominate the time of an import.
    private static readonly Sql InsertKeys = new(
        "EntryStore.Save",
        sqlServer:
        """
        INSERT INTO EntryKey (EntryId, Type, Value)
        SELECT EntryId, Type, Value FROM OPENJSON(@rows) WITH (EntryId uniqueidentifier '$[0]', Type varchar(20) '$[1]', Value nvarchar(4000) '$[2]')
        """,
        sqlite: "INSERT INTO EntryKey (EntryId, Type, Value) SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each(@rows)");

    private static readonly Sql UpdateSlug = new("EntryStore.ChangeSlug", "UPDATE Entry SET Slug = @slug WHERE EntryId = @id");

    private static readonly Sql InsertFormerSlug = new("EntryStore.ChangeSlug", "INSERT INTO FormerSlug (Slug, EntryId) VALUES (@slug, @id)");

    private static readonly Sql DeleteFormerSlug = new("EntryStore.ChangeSlug", "DELETE FROM FormerSlug WHERE Slug = @slug AND EntryId = @id");

    private static readonly Sql CountEditor = new(
        "EntryStore.Assign",
        "SELECT COUNT(*) FROM Curator WHERE CuratorId = @curator AND DisabledAt IS NULL AND Role IN ('curator', 'reviewer', 'administrator')");

    private static readonly Sql UpdateAssignee = new("EntryStore.Assign", "UPDATE Entry SET AssignedTo = @curator WHERE EntryId = @id");

    private static readonly Sql SelectByKey = new(
        "EntryStore.FindByKey",
        "SELECT EntryId FROM EntryKey WHERE Type = @type AND Value = @value");

    private static readonly Sql SelectNames = new("EntryStore.Names", "SELECT EntryId, Name FROM Entry WHERE EntryId IN @ids");

    private static readonly Sql CountEntries = new("EntryStore.Count", "SELECT COUNT(*) FROM Entry");

    /// <summary>The entry, or null.</summary>
    public static Task<EntryRow?> FindAsync(DbSession session, Guid id, CancellationToken cancellation) =>
        session.FindAsync<EntryRow>(SelectEntry, new { id }, cancellation);

    /// <summary>The entry with that current slug, or null.</summary>
    public static Task<EntryRow?> FindBySlugAsync(DbSession session, string slug, CancellationToken cancellation) =>
        session.FindAsync<EntryRow>(SelectEntryBySlug, new { slug }, cancellation);

    /// <summary>The entry.</summary>
    /// <exception cref="NotFoundException">There is no entry with that id.</exception>
    public static async Task<EntryRow> ReadAsync(DbSession session, Guid id, CancellationToken cancellation) =>
        await FindAsync(session, id, cancellation) ?? throw new NotFoundException($"entry {id}");

    /// <summary>One revision.</summary>
    /// <exception cref="NotFoundException">There is no revision with that number.</exception>
    public static async Task<Revision> ReadRevisionAsync(DbSession session, Guid id, int number, CancellationToken cancellation) =>
        await session.FindAsync<Revision>(SelectRevision, new { id, number }, cancellation)
        ?? throw new NotFoundException($"revision {number} of entry {id}");

    /// <summary>All revisions of an entry, latest first.</summary>
    public static Task<IReadOnlyList<Revision>> ListRevisionsAsync(DbSession session, Guid id, CancellationToken cancellation) =>
        session.QueryAsync<Revision>(SelectRevisions, new { id }, cancellation);

    /// <summary>Ids of the entries with a key, such as a phone number.</summary>
    public static Task<IReadOnlyList<Guid>> FindByKeyAsync(DbSession session, string type, string value, CancellationToken cancellation) =>
        session.QueryAsync<Guid>(SelectByKey, new { type, value }, cancellation);

    /// <summary>The names of entries, by id. Unknown ids are omitted.</summary>
    public static async Task<IReadOnlyDictionary<Guid, string>> NamesAsync(DbSession session, IEnumerable<Guid> ids, CancellationToken cancellation) =>
        (await session.QueryAsync<EntryRow>(SelectNames, new { ids = DbSession.Ids(ids.Distinct()) }, cancellation)).ToDictionary(e => e.EntryId, e => e.Name);

    /// <summary>The number of entries, in any state.</summary>
    public static Task<int> CountAsync(DbSession session, CancellationToken cancellation) =>
        session.ScalarAsync<int>(CountEntries, null, cancellation);

    /// <summary>Rewrites the keys of entries if the current rules give different ones.</summary>
    internal static async Task RenewKeysAsync(DbSession session, IEnumerable<Guid> ids, CancellationToken cancellation)
    {
        foreach (var id in ids)
        {
            var text = await session.FindAsync<string>(SelectLatestBody, new { id }, cancellation);
            var entry = EntryJson.Read(text!);
            var written = await session.QueryAsync<(string Type, string Value)>(SelectKeys, new { id }, cancellation);
            if (!EntryKeys.Of(entry).ToHashSet().SetEquals(written))
            {
                await RewriteKeysAsync(session, id, entry, cancellation);
            }
        }
    }

    /// <summary>Creates an entry: a draft with revision 1.</summary>
    /// <param name="session">A session in a transaction.</param>
    /// <param name="entry">The content.</param>
    /// <param name="actor">The author.</param>
    /// <param name="note">The author's note.</param>
    /// <param name="slug">The requested slug; by default derived from the name. Gets a number if it is taken.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    /// <returns>The new entry's id.</returns>
    public async Task<Guid> CreateAsync(DbSession session, Entry entry, Actor actor, string? note, string? slug, CancellationToken cancellation) =>
        (await CreateAsync(session, [new NewEntry(entry, slug)], actor, note, cancellation))[0];

    /// <summary>Creates several entries at once: drafts with revision 1.</summary>
    /// <returns>The new entries' ids, in the same order.</returns>
    public async Task<IReadOnlyList<Guid>> CreateAsync(
        DbSession session, IReadOnlyList<NewEntry> entries, Actor actor, string? note, CancellationToken cancellation)
    {
        RefusedException.IfLonger(note, MaxNoteLength, "The note");
        var now = clock.GetUtcNow();
        var slugs = new SlugIssuer(session);
        await slugs.PreloadAsync(entries.Select(RequestedSlug), cancellation);
        var made = new List<(Guid Id, NewEntry New, string Slug)>(entries.Count);
        foreach (var entry in entries)
        {
            var slug = await slugs.IssueAsync(RequestedSlug(entry), cancellation);
            made.Add((entry.Id ?? Guid.CreateVersion7(now), entry, slug));
        }

        var rows = made.Select(m => new
        {
            EntryId = m.Id,
            Kind = m.New.Entry.Kind.Code(),
            m.Slug,
            Name = ShortName(m.New.Entry),
            m.New.Entry.Deadlines().CapacityAsOf,
            m.New.Entry.Deadlines().CredentialExpiresOn,
            At = now,
        });
        var revisions = made.Select(m => new Revision
        {
            EntryId = m.Id,
            Number = 1,
            Body = EntryJson.Write(m.New.Entry),
            Author = actor.Code,
            CreatedAt = now,
            Note = note,
        });
        await session.ExecuteRowsAsync(InsertEntry, rows.ToList(), cancellation);
        await session.ExecuteRowsAsync(InsertRevision, revisions.ToList(), cancellation);
        await WriteKeysAsync(session, made.SelectMany(m => EntryKeys.Of(m.New.Entry).Distinct().Select(k => (m.Id, k.Type, k.Value))), cancellation);
        await EntryTermStore.AddAsync(session, [.. made.Select(m => (m.Id, m.New.Entry))], cancellation);
        await audit.AppendAsync(session, actor, [.. made.Select(m => ("create", $"entry:{m.Id}", note))], cancellation);
        return [.. made.Select(m => m.Id)];
    }

    /// <summary>
    /// Saves a new revision on top of the one it is based on. An entry in review becomes a draft again. Translations follow the texts of lists
    /// in which something was inserted, removed or moved.
    /// </summary>
    /// <returns>The new revision's number.</returns>
    /// <exception cref="ConflictException">Someone else saved in the meantime. Contains their revision.</exception>
    /// <exception cref="NotFoundException">The entry does not exist.</exception>
    public async Task<int> SaveAsync(DbSession session, Guid id, int basedOn, Entry entry, Actor actor, string? note, CancellationToken cancellation)
    {
        if (!entry.Translations.Any(t => t.Texts.Count > 0)
            || await session.FindAsync<Revision>(SelectRevision, new { id, number = basedOn }, cancellation) is not { } basis)
        {
            return await SaveAsync(session, id, basedOn, entry, actor, note, restoredFrom: null, cancellation);
        }

        var before = EntryJson.Read(basis.Body);
        var number = await SaveAsync(session, id, basedOn, MovedTexts.Follow(before, entry), actor, note, restoredFrom: null, cancellation);
        await TextMarks.MoveAsync(session, id, MovedTexts.Between(before, entry), cancellation);
        return number;
    }

    /// <summary>Restores an earlier revision as a new draft.</summary>
    /// <returns>The new revision's number.</returns>
    /// <exception cref="ConflictException">Someone else saved in the meantime.</exception>
    /// <exception cref="NotFoundException">The revision does not exist.</exception>
    public async Task<int> RestoreAsync(DbSession session, Guid id, int basedOn, int number, Actor actor, CancellationToken cancellation)
    {
        var old = await ReadRevisionAsync(session, id, number, cancellation);
        return await SaveAsync(session, id, basedOn, EntryJson.Read(old.Body), actor, $"Restored from revision {number}.", number, cancellation);
    }

    /// <summary>Changes the slug of an entry. The old slug redirects from now on. Refresh the publication to make it public.</summary>
    /// <exception cref="RefusedException">The slug is taken or malformed.</exception>
    public async Task ChangeSlugAsync(DbSession session, Guid id, string slug, Actor actor, CancellationToken cancellation)
    {
        var entry = await ReadAsync(session, id, cancellation);
        if (slug.Length == 0 || Slug.From(slug) != slug)
        {
            throw new RefusedException($"'{slug}' is not a valid slug. Use lowercase words joined by hyphens, such as '{Slug.From(entry.Name)}'.") { Field = nameof(slug) };
        }

        await session.ExecuteAsync(DeleteFormerSlug, new { id, slug }, cancellation);
        if (slug != entry.Slug && await SlugIssuer.IsTakenAsync(session, slug, cancellation))
        {
            throw new RefusedException($"The slug '{slug}' is or was used by another entry. Choose another one.") { Field = nameof(slug) };
        }

        await session.ExecuteAsync(UpdateSlug, new { id, slug }, cancellation);
        await session.ExecuteAsync(InsertFormerSlug, new { id, slug = entry.Slug }, cancellation);
        await audit.AppendAsync(session, actor, "changeSlug", $"entry:{id}", $"{entry.Slug} -> {slug}", cancellation);
    }

    /// <summary>Assigns an entry to a curator, or to nobody.</summary>
    /// <exception cref="RefusedException">The curator is not allowed to edit or is disabled.</exception>
    /// <exception cref="NotFoundException">The entry does not exist.</exception>
    public async Task AssignAsync(DbSession session, Guid id, Guid? curator, Actor actor, CancellationToken cancellation)
    {
        if (curator is not null && await session.ScalarAsync<int>(CountEditor, new { curator }, cancellation) == 0)
        {
            throw new RefusedException("Choose a curator who can edit entries.");
        }

        if (await session.ExecuteAsync(UpdateAssignee, new { id, curator }, cancellation) == 0)
        {
            throw new NotFoundException($"entry {id}");
        }

        await audit.AppendAsync(session, actor, "assign", $"entry:{id}", curator?.ToString(), cancellation);
    }

    private async Task<int> SaveAsync(
        DbSession session, Guid id, int basedOn, Entry entry, Actor actor, string? note, int? restoredFrom, CancellationToken cancellation)
    {
        RefusedException.IfLonger(note, MaxNoteLength, "The note");
        var now = clock.GetUtcNow();
        var number = basedOn + 1;
        var row = new
        {
            EntryId = id,
            BasedOn = basedOn,
            Number = number,
            Name = ShortName(entry),
            entry.Deadlines().CapacityAsOf,
            entry.Deadlines().CredentialExpiresOn,
            At = now,
        };
        if (await session.ExecuteAsync(AdvanceEntry, row, cancellation) == 0)
        {
            var current = await ReadAsync(session, id, cancellation);
            if (current.MergedInto is not null)
            {
                throw new RefusedException("This entry was merged into another. Edit that entry, or undo the merge first.");
            }

            throw new ConflictException(await ReadRevisionAsync(session, id, current.LatestRevision, cancellation));
        }

        var revision = new Revision { EntryId = id, Number = number, Author = actor.Code, CreatedAt = now, Note = note, RestoredFrom = restoredFrom };
        await WriteRevisionAsync(session, revision, entry, cancellation);
        await audit.AppendAsync(session, actor, restoredFrom is null ? "save" : "restore", $"entry:{id}", $"revision {number}", cancellation);
        return number;
    }

    private static async Task WriteRevisionAsync(DbSession session, Revision revision, Entry entry, CancellationToken cancellation)
    {
        await EntryTermStore.ReplaceAsync(session, revision, entry, cancellation);
        await session.ExecuteRowsAsync(InsertRevision, [revision with { Body = EntryJson.Write(entry) }], cancellation);
        await RewriteKeysAsync(session, revision.EntryId, entry, cancellation);
    }

    /// <summary>Replaces the keys of an entry with those of its new content.</summary>
    private static async Task RewriteKeysAsync(DbSession session, Guid id, Entry entry, CancellationToken cancellation)
    {
        await session.ExecuteAsync(DeleteKeys, new { id }, cancellation);
        var kept = await session.QueryAsync<(string Type, string Value)>(SelectKeys, new { id }, cancellation);
        await WriteKeysAsync(session, EntryKeys.Of(entry).Except(kept).Select(k => (id, k.Type, k.Value)), cancellation);
    }

    private static Task WriteKeysAsync(DbSession session, IEnumerable<(Guid Id, string Type, string Value)> keys, CancellationToken cancellation) =>
        session.ExecuteAsync(InsertKeys, new { rows = JsonSerializer.Serialize(keys.Select(k => new object[] { k.Id, k.Type, k.Value })) }, cancellation);

    private static string RequestedSlug(NewEntry entry) =>
        (entry.Slug ?? Slug.From(entry.Entry.Name)) is { Length: > 0 } slug ? slug : entry.Entry.Kind.Code().ToLowerInvariant();

    private static string ShortName(Entry entry) => entry.Name.Length <= MaxNameLength ? entry.Name : entry.Name[..MaxNameLength];
}
