using System.Text.Json;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Vocabularies;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Vocabularies;

namespace HealthEquity.Store.Lists;

/// <summary>Stores curated lists. Saving changes only what curators see; publishing copies it to the public.</summary>
public sealed class CuratedListStore(TimeProvider clock, AuditLog audit)
{
    /// <summary>The most entries on a list.</summary>
    public const int MaxEntries = 200;

    /// <summary>The maximum length of a title, in characters.</summary>
    public const int MaxTitleLength = 150;

    /// <summary>The maximum length of a note, in characters.</summary>
    public const int MaxNoteLength = 500;

    /// <summary>The maximum length of an address, in characters.</summary>
    public const int MaxSlugLength = 60;

    private const string Columns =
        """
        SELECT l.ListId, l.Slug, l.Body, l.Version, l.ChangedAt, p.Body AS PublishedBody, p.ChangedAt AS PublishedAt,
          (SELECT COUNT(*) FROM CuratedListItem i JOIN Entry e ON e.EntryId = i.EntryId
            WHERE i.ListId = l.ListId AND e.Listing <> 'published' AND NOT EXISTS (SELECT 1 FROM MergedEntry m WHERE m.EntryId = i.EntryId)) AS TakenDown,
          (SELECT COUNT(*) FROM CuratedListItem i JOIN MergedEntry m ON m.EntryId = i.EntryId WHERE i.ListId = l.ListId) AS Merged,
          (SELECT COUNT(*) FROM CuratedListItem i JOIN Entry e ON e.EntryId = i.EntryId
            WHERE i.ListId = l.ListId AND e.Listing = 'published' AND e.CheckDueOn < @today) AS Overdue
        FROM CuratedList l LEFT JOIN PublishedList p ON p.ListId = l.ListId
        """;

    private static readonly Sql SelectAll = new("CuratedListStore.List", $"{Columns} ORDER BY l.Slug");

    private static readonly Sql SelectOne = new("CuratedListStore.Find", $"{Columns} WHERE l.ListId = @id");

    private static readonly Sql SelectSlug = new("CuratedListStore.Save", "SELECT COUNT(*) FROM CuratedList WHERE Slug = @slug AND ListId <> @id");

    private static readonly Sql SelectStates = new(
        "CuratedListStore.States",
        """
        SELECT i.EntryId, e.Name, e.Kind, e.Listing, e.CheckDueOn, m.SurvivorId, s.Name AS SurvivorName
        FROM CuratedListItem i JOIN Entry e ON e.EntryId = i.EntryId
        LEFT JOIN MergedEntry m ON m.EntryId = i.EntryId LEFT JOIN Entry s ON s.EntryId = m.SurvivorId
        WHERE i.ListId = @id ORDER BY i.Position
        """);

    private static readonly Sql SelectPublic = new(
        "CuratedListStore.Save",
        sqlServer: "SELECT e.EntryId FROM OPENJSON(@ids) f JOIN Entry e ON e.EntryId = CAST(f.[value] AS uniqueidentifier) WHERE e.Listing = 'published'",
        sqlite: "SELECT e.EntryId FROM json_each(@ids) f JOIN Entry e ON e.EntryId = f.value WHERE e.Listing = 'published'");

    private static readonly Sql Insert = new(
        "CuratedListStore.Create",
        "INSERT INTO CuratedList (ListId, Slug, Body, Version, CreatedAt, ChangedAt) VALUES (@id, @slug, @body, 1, @now, @now)");

    private static readonly Sql Update = new(
        "CuratedListStore.Save",
        "UPDATE CuratedList SET Slug = @slug, Body = @body, Version = Version + 1, ChangedAt = @now WHERE ListId = @id AND Version = @version");

    private static readonly Sql DeleteItems = new("CuratedListStore.Save", "DELETE FROM CuratedListItem WHERE ListId = @id");

    private static readonly Sql InsertItems = new RowList("ListId uniqueidentifier", "EntryId uniqueidentifier", "Position int").Statement(
        "CuratedListStore.Save", "INSERT INTO CuratedListItem (ListId, EntryId, Position) SELECT r.ListId, r.EntryId, r.Position FROM @rows AS r");

    private static readonly Sql UpdatePublic = new(
        "CuratedListStore.Publish",
        "UPDATE PublishedList SET Slug = @slug, Body = @body, Version = Version + 1, ChangedAt = @now WHERE ListId = @id");

    private static readonly Sql InsertPublic = new(
        "CuratedListStore.Publish",
        "INSERT INTO PublishedList (ListId, Slug, Body, Version, ChangedAt) VALUES (@id, @slug, @body, 1, @now)");

    /// <summary>All lists, by address.</summary>
    /// <param name="session">A session.</param>
    /// <param name="today">The department's date, for counting overdue entries.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    public static Task<IReadOnlyList<CuratedList>> ListAsync(DbSession session, DateOnly today, CancellationToken cancellation) =>
        session.QueryAsync<CuratedList>(SelectAll, new { today }, cancellation);

    /// <summary>One list.</summary>
    /// <exception cref="NotFoundException">There is no such list.</exception>
    public static async Task<CuratedList> ReadAsync(DbSession session, Guid id, DateOnly today, CancellationToken cancellation) =>
        await session.FindAsync<CuratedList>(SelectOne, new { id, today }, cancellation) ?? throw new NotFoundException("such list");

    /// <summary>The states of a list's entries, in order.</summary>
    public static Task<IReadOnlyList<ListedEntryState>> StatesAsync(DbSession session, Guid id, CancellationToken cancellation) =>
        session.QueryAsync<ListedEntryState>(SelectStates, new { id }, cancellation);

    /// <summary>Creates a list that is not public yet.</summary>
    /// <returns>Its id.</returns>
    /// <exception cref="RefusedException">The address is taken or malformed, or a text is missing or too long.</exception>
    public async Task<Guid> CreateAsync(DbSession session, string slug, ListContent content, Actor actor, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        var checkedContent = await CheckAsync(session, id, slug, content, before: [], cancellation);
        await session.ExecuteAsync(Insert, new { id, slug, body = checkedContent.Write(), now }, cancellation);
        await WriteItemsAsync(session, id, checkedContent, cancellation);
        await audit.AppendAsync(session, actor, "createList", Subject(id), slug, cancellation);
        return id;
    }

    /// <summary>Replaces a list's content.</summary>
    /// <param name="session">A session in a transaction.</param>
    /// <param name="id">The list.</param>
    /// <param name="version">The version that was edited.</param>
    /// <param name="slug">The address. It can't change once the list was public.</param>
    /// <param name="content">The content.</param>
    /// <param name="actor">Who saves it.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    /// <exception cref="RefusedException">Someone else saved it in the meantime, the address is taken, or a text is missing or too long.</exception>
    public async Task SaveAsync(DbSession session, Guid id, int version, string slug, ListContent content, Actor actor, CancellationToken cancellation)
    {
        var before = await ReadAsync(session, id, default, cancellation);
        if (before.PublishedAt is not null && before.Slug != slug)
        {
            throw new RefusedException("The address can't change any more, because it was public: it stands on paper.") { Field = "slug" };
        }

        var checkedContent = await CheckAsync(session, id, slug, content, [.. before.Content.Entries.Select(e => e.Id)], cancellation);
        var body = checkedContent.Write();
        if (before.Version == version && before.Slug == slug && before.Body == body)
        {
            return;
        }

        if (await session.ExecuteAsync(Update, new { id, version, slug, body, now = clock.GetUtcNow() }, cancellation) == 0)
        {
            throw new RefusedException("Someone else saved this list in the meantime. Open it in another window and compare. Saving again replaces it with yours.") { Field = "conflict" };
        }

        await session.ExecuteAsync(DeleteItems, new { id }, cancellation);
        await WriteItemsAsync(session, id, checkedContent, cancellation);
        await audit.AppendAsync(session, actor, "changeList", Subject(id), slug, cancellation);
    }

    /// <summary>Makes the saved content public.</summary>
    /// <exception cref="RefusedException">The list has no entries.</exception>
    public async Task PublishAsync(DbSession session, Guid id, Actor actor, CancellationToken cancellation)
    {
        var list = await ReadAsync(session, id, default, cancellation);
        if (list.Content.Entries.Count == 0)
        {
            throw new RefusedException("Add at least one entry before you publish the list.");
        }

        if (list.PublishedBody == list.Body)
        {
            return;
        }

        await WritePublicAsync(session, list, list.Body, cancellation);
        await audit.AppendAsync(session, actor, "publishList", Subject(id), list.Slug, cancellation);
    }

    /// <summary>Takes a list down. Curators keep it and can publish it again.</summary>
    public async Task WithdrawAsync(DbSession session, Guid id, Actor actor, CancellationToken cancellation)
    {
        var list = await ReadAsync(session, id, default, cancellation);
        if (list.IsPublic)
        {
            await WritePublicAsync(session, list, body: null, cancellation);
            await audit.AppendAsync(session, actor, "withdrawList", Subject(id), list.Slug, cancellation);
        }
    }

    private static string Subject(Guid id) => $"list:{id}";

    private async Task WritePublicAsync(DbSession session, CuratedList list, string? body, CancellationToken cancellation)
    {
        var row = new { id = list.ListId, slug = list.Slug, body, now = clock.GetUtcNow() };
        if (await session.ExecuteAsync(UpdatePublic, row, cancellation) == 0)
        {
            await session.ExecuteAsync(InsertPublic, row, cancellation);
        }
    }

    private static Task WriteItemsAsync(DbSession session, Guid id, ListContent content, CancellationToken cancellation) => session.ExecuteRowsAsync(
        InsertItems, [.. content.Entries.Select((e, i) => new { ListId = id, EntryId = e.Id, Position = i + 1 })], cancellation);

    /// <summary>Refuses what a list must not hold, and drops empty texts.</summary>
    private static async Task<ListContent> CheckAsync(
        DbSession session, Guid id, string slug, ListContent content, IReadOnlyCollection<Guid> before, CancellationToken cancellation)
    {
        if (slug.Length is 0 or > MaxSlugLength || Slug.From(slug) != slug)
        {
            throw new RefusedException($"Enter an address of at most {MaxSlugLength} lowercase letters, digits and hyphens, such as lincoln-families.") { Field = "slug" };
        }

        if (await session.ScalarAsync<int>(SelectSlug, new { slug, id }, cancellation) > 0)
        {
            throw new RefusedException($"Another list has the address {slug}. Choose a different one.") { Field = "slug" };
        }

        var clean = content with
        {
            Titles = Texts(content.Titles, MaxTitleLength, "title"),
            Notes = Texts(content.Notes, MaxNoteLength, "note"),
            Entries = [.. content.Entries.DistinctBy(e => e.Id).Select(e => e with { Notes = Texts(e.Notes, MaxNoteLength, "note") })],
        };
        if (clean.Titles.Count == 0)
        {
            throw new RefusedException("Enter a title in at least one language.") { Field = "titles" };
        }

        if (clean.Entries.Count > MaxEntries)
        {
            throw new RefusedException($"A list holds at most {MaxEntries} entries. Make a second list.");
        }

        if (clean.Audience is { } audience && (await VocabularyStore.ReadAsync(session, cancellation)).Find(VocabularyNames.Audience, audience) is null)
        {
            throw new RefusedException("Choose an audience from the list.") { Field = "audience" };
        }

        Guid[] added = [.. clean.Entries.Select(e => e.Id).Except(before)];
        if (added.Length > 0 && (await session.QueryAsync<Guid>(SelectPublic, new { ids = JsonSerializer.Serialize(added) }, cancellation)).Count < added.Length)
        {
            throw new RefusedException("Only published entries can be added to a list.");
        }

        return clean;
    }

    private static Dictionary<string, string> Texts(IReadOnlyDictionary<string, string> texts, int longest, string what)
    {
        var kept = texts.Where(t => !string.IsNullOrWhiteSpace(t.Value)).OrderBy(t => t.Key, StringComparer.Ordinal).ToDictionary(t => t.Key, t => t.Value.Trim());
        foreach (var (language, text) in kept)
        {
            if (LanguageTag.Canonical(language) != language)
            {
                throw new RefusedException($"“{language}” is not a language tag. Use one such as es or zh-Hans.");
            }

            RefusedException.IfLonger(text, longest, $"The {what} in “{language}”");
        }

        return kept;
    }
}
