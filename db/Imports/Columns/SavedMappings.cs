using System.Text.Json;
using System.Text.Json.Nodes;
using HealthEquity.Formats.Sources;
using HealthEquity.Imports.Mappings;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Databases;

namespace HealthEquity.Imports.Columns;

/// <summary>A saved mapping.</summary>
public sealed record SavedMapping
{
    /// <summary>The name of the mapping: lowercase words with hyphens.</summary>
    public required string Name { get; init; }

    /// <summary>The columns and their fields; null if it was saved from a mapping file.</summary>
    public ColumnMapping? Columns { get; init; }

    /// <summary>The equivalent mapping file.</summary>
    public required string Document { get; init; }

    /// <summary>When it was last changed, UTC.</summary>
    public DateTimeOffset ChangedAt { get; init; }

    /// <summary>Who changed it, an actor code.</summary>
    public string ChangedBy { get; init; } = "";

    /// <summary>The mapping for the import.</summary>
    /// <exception cref="MappingException">This version can't use it. The message says why.</exception>
    public ImportMapping ToMapping() => MappingReader.Read(Document);
}

/// <summary>Stores mappings for later imports of the same source.</summary>
/// <param name="clock">The clock.</param>
/// <param name="audit">The audit log.</param>
public sealed class SavedMappings(TimeProvider clock, AuditLog audit)
{
    private static readonly Sql SelectAll = new("SavedMappings.List", "SELECT Name, Body, ChangedAt, ChangedBy FROM SavedMapping ORDER BY Name");

    private static readonly Sql Select = new("SavedMappings.Find", "SELECT Name, Body, ChangedAt, ChangedBy FROM SavedMapping WHERE Name = @name");

    private static readonly Sql Update = new("SavedMappings.Save", "UPDATE SavedMapping SET Body = @Body, ChangedAt = @ChangedAt, ChangedBy = @ChangedBy WHERE Name = @Name");

    private static readonly Sql Insert = new("SavedMappings.Save", "INSERT INTO SavedMapping (Name, Body, ChangedAt, ChangedBy) VALUES (@Name, @Body, @ChangedAt, @ChangedBy)");

    private static readonly Sql Remove = new("SavedMappings.Delete", "DELETE FROM SavedMapping WHERE Name = @name");

    /// <summary>All mappings by name, without those that can't be read anymore.</summary>
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
                // It was saved under other rules. Finding it by name reports what is wrong.
            }
        }

        return saved;
    }

    /// <summary>The mapping with a name, or null.</summary>
    /// <exception cref="MappingException">The mapping can't be read anymore.</exception>
    public static async Task<SavedMapping?> FindAsync(DbSession session, string name, CancellationToken cancellation) =>
        (await session.FindAsync<Row>(Select, new { name }, cancellation))?.Read();

    /// <summary>Finds a mapping: a built-in one, a saved one, or one in a file.</summary>
    /// <exception cref="MappingException">There is no such mapping, or it is invalid.</exception>
    public static async Task<ImportMapping> ResolveAsync(DbSession session, string nameOrPath, CancellationToken cancellation)
    {
        if (MappingReader.Shipped.Contains(nameOrPath) || File.Exists(nameOrPath))
        {
            return MappingReader.Find(nameOrPath);
        }

        return await FindByNameAsync(session, nameOrPath, cancellation) ?? await UnknownAsync(session, nameOrPath, cancellation);
    }

    /// <summary>The built-in or saved mapping with a name; null if there is none. Never reads a file.</summary>
    /// <exception cref="MappingException">This version can't use it.</exception>
    public static async Task<ImportMapping?> FindByNameAsync(DbSession session, string name, CancellationToken cancellation) =>
        MappingReader.Shipped.Contains(name) ? MappingReader.Find(name) : (await FindAsync(session, name, cancellation))?.ToMapping();

    private static async Task<ImportMapping> UnknownAsync(DbSession session, string nameOrPath, CancellationToken cancellation)
    {
        var known = MappingReader.Shipped.Concat((await ListAsync(session, cancellation)).Select(s => s.Name));
        throw new MappingException("", $"Unknown mapping '{nameOrPath}'. Use one of {string.Join(", ", known)}, or the path of a mapping file.");
    }

    /// <summary>Saves a column mapping, replacing one with the same name.</summary>
    /// <exception cref="MappingException">The mapping is invalid, or a built-in mapping has this name.</exception>
    public Task SaveAsync(DbSession session, ColumnMapping mapping, Actor actor, CancellationToken cancellation) =>
        SaveAsync(session, mapping.ToMapping().Name, mapping.ToJson(), actor, cancellation);

    /// <summary>Saves a mapping file by the name in it, replacing one with the same name.</summary>
    /// <exception cref="MappingException">The mapping is invalid, or a built-in mapping has this name.</exception>
    public Task SaveAsync(DbSession session, string document, Actor actor, CancellationToken cancellation)
    {
        var name = MappingReader.Read(document).Name;
        // The database stores JSON without comments.
        var plain = JsonNode.Parse(document, documentOptions: MappingReader.Lenient)!.ToJsonString();
        return SaveAsync(session, name, plain, actor, cancellation);
    }

    /// <summary>Deletes a mapping. Imported entries stay, and later imports find them by the source's name.</summary>
    /// <returns>False if there is no such mapping.</returns>
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
            throw new MappingException("name", $"'{name}' is a built-in mapping. Choose another name.");
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
            // A mapping file has "fields", a column mapping has "columns".
            using var body = JsonDocument.Parse(Body);
            var columns = body.RootElement.TryGetProperty("fields", out _) ? null : ColumnMapping.Read(Body);
            return new SavedMapping { Name = Name, Columns = columns, Document = columns?.ToDocument() ?? Body, ChangedAt = ChangedAt, ChangedBy = ChangedBy };
        }
    }
}
