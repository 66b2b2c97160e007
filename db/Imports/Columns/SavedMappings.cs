using System.Text.Json;
using System.Text.Json.Nodes;
using HealthEquity.Formats.Sources;
using HealthEquity.Imports.Mappings;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Databases;

namespace HealthEquity.Imports.Columns;

/// <summary>A mapping that the department keeps.</summary>
public sealed record SavedMapping
{
    /// <summary>The mapping's name, by which it is used; lower-case words and hyphens.</summary>
    public required string Name { get; init; }

    /// <summary>The columns and what they feed, where it was made by choosing; null where it is a mapping file.</summary>
    public ColumnMapping? Columns { get; init; }

    /// <summary>The mapping file that says the same.</summary>
    public required string Document { get; init; }

    /// <summary>When it was last changed, UTC.</summary>
    public DateTimeOffset ChangedAt { get; init; }

    /// <summary>Who changed it: an actor's code.</summary>
    public string ChangedBy { get; init; } = "";

    /// <summary>The mapping that imports use.</summary>
    /// <exception cref="MappingException">It can't be used by this version: the message says why.</exception>
    public ImportMapping ToMapping() => MappingReader.Read(Document);
}

/// <summary>Keeps mappings, to be used again when their source comes again.</summary>
/// <param name="clock">The clock that dates changes.</param>
/// <param name="audit">Takes them down.</param>
public sealed class SavedMappings(TimeProvider clock, AuditLog audit)
{
    private static readonly Sql SelectAll = new("SavedMappings.List", "SELECT Name, Body, ChangedAt, ChangedBy FROM SavedMapping ORDER BY Name");

    private static readonly Sql Select = new("SavedMappings.Find", "SELECT Name, Body, ChangedAt, ChangedBy FROM SavedMapping WHERE Name = @name");

    private static readonly Sql Update = new("SavedMappings.Save", "UPDATE SavedMapping SET Body = @Body, ChangedAt = @ChangedAt, ChangedBy = @ChangedBy WHERE Name = @Name");

    private static readonly Sql Insert = new("SavedMappings.Save", "INSERT INTO SavedMapping (Name, Body, ChangedAt, ChangedBy) VALUES (@Name, @Body, @ChangedAt, @ChangedBy)");

    private static readonly Sql Remove = new("SavedMappings.Delete", "DELETE FROM SavedMapping WHERE Name = @name");

    /// <summary>All of them, by name. One that can't be read any more is left out.</summary>
    public static async Task<IReadOnlyList<SavedMapping>> ListAsync(DbSession session, CancellationToken cancellation)
    {
        var saved = new List<SavedMapping>();
        foreach (var row in await session.QueryAsync<Row>(SelectAll, null, cancellation))
        {
            try
            {
                saved.Add(row.Read());
            }
            catch (MappingException)
            {
                // It was saved under other rules. By its name it is still found, and then says what is wrong with it.
            }
        }

        return saved;
    }

    /// <summary>The mapping of that name, or null.</summary>
    /// <exception cref="MappingException">It can't be read any more.</exception>
    public static async Task<SavedMapping?> FindAsync(DbSession session, string name, CancellationToken cancellation) =>
        (await session.FindAsync<Row>(Select, new { name }, cancellation))?.Read();

    /// <summary>The mapping that somebody means: one that ships, one that is saved, or the one in a file.</summary>
    /// <exception cref="MappingException">There is none, or it can't be used as it is.</exception>
    public static async Task<ImportMapping> ResolveAsync(DbSession session, string nameOrPath, CancellationToken cancellation)
    {
        if (MappingReader.Shipped.Contains(nameOrPath) || File.Exists(nameOrPath))
        {
            return MappingReader.Find(nameOrPath);
        }

        return await FindByNameAsync(session, nameOrPath, cancellation) ?? await UnknownAsync(session, nameOrPath, cancellation);
    }

    /// <summary>The mapping of a name, one that ships or one that is saved; null for none. Never a file, whatever the name.</summary>
    /// <exception cref="MappingException">It can't be used by this version.</exception>
    public static async Task<ImportMapping?> FindByNameAsync(DbSession session, string name, CancellationToken cancellation) =>
        MappingReader.Shipped.Contains(name) ? MappingReader.Find(name) : (await FindAsync(session, name, cancellation))?.ToMapping();

    private static async Task<ImportMapping> UnknownAsync(DbSession session, string nameOrPath, CancellationToken cancellation)
    {
        var known = MappingReader.Shipped.Concat((await ListAsync(session, cancellation)).Select(s => s.Name));
        throw new MappingException("", $"There is no mapping '{nameOrPath}'. Known: {string.Join(", ", known)}; or give the path of a mapping file.");
    }

    /// <summary>Saves a mapping of columns under its name; one that has the name is replaced.</summary>
    /// <exception cref="MappingException">It can't be used as it is, or a mapping of that name ships.</exception>
    public Task SaveAsync(DbSession session, ColumnMapping mapping, Actor actor, CancellationToken cancellation) =>
        SaveAsync(session, mapping.ToMapping().Name, mapping.ToJson(), actor, cancellation);

    /// <summary>Saves a mapping file under the name that it has in it; one that has the name is replaced.</summary>
    /// <exception cref="MappingException">It can't be used as it is, or a mapping of that name ships.</exception>
    public Task SaveAsync(DbSession session, string document, Actor actor, CancellationToken cancellation)
    {
        var name = MappingReader.Read(document).Name;
        // The database keeps JSON without comments.
        var plain = JsonNode.Parse(document, documentOptions: MappingReader.Lenient)!.ToJsonString();
        return SaveAsync(session, name, plain, actor, cancellation);
    }

    /// <summary>Deletes a mapping. What was imported by it stays, and is found again under its source's name.</summary>
    /// <returns>False when there is none of that name.</returns>
    public async Task<bool> DeleteAsync(DbSession session, string name, Actor actor, CancellationToken cancellation)
    {
        if (await session.ExecuteAsync(Remove, new { name }, cancellation) == 0)
        {
            return false;
        }

        await audit.AppendAsync(session, actor, "deleteMapping", $"mapping:{name}", null, cancellation);
        return true;
    }

    private async Task SaveAsync(DbSession session, string name, string body, Actor actor, CancellationToken cancellation)
    {
        if (MappingReader.Shipped.Contains(name))
        {
            throw new MappingException("name", $"'{name}' is a mapping that ships: choose another name.");
        }

        var row = new Row { Name = name, Body = body, ChangedAt = clock.GetUtcNow(), ChangedBy = actor.Code };
        if (await session.ExecuteAsync(Update, row, cancellation) == 0)
        {
            await session.ExecuteAsync(Insert, row, cancellation);
        }

        await audit.AppendAsync(session, actor, "saveMapping", $"mapping:{name}", body, cancellation);
    }

    private sealed record Row
    {
        public string Name { get; init; } = "";

        public string Body { get; init; } = "";

        public DateTimeOffset ChangedAt { get; init; }

        public string ChangedBy { get; init; } = "";

        public SavedMapping Read()
        {
            // A mapping file has fields, a mapping of columns has columns.
            using var body = JsonDocument.Parse(Body);
            var columns = body.RootElement.TryGetProperty("fields", out _) ? null : ColumnMapping.Read(Body);
            return new SavedMapping { Name = Name, Columns = columns, Document = columns?.ToDocument() ?? Body, ChangedAt = ChangedAt, ChangedBy = ChangedBy };
        }
    }
}
