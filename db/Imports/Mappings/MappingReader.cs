using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using HealthEquity.Directory.Entries;
using HealthEquity.Formats.Sources;
using HealthEquity.Imports.Records;

namespace HealthEquity.Imports.Mappings;

/// <summary>Finds and reads mappings, built-in ones and files.</summary>
public static class MappingReader
{
    private const string Folder = ".Imports.Mappings.";
    internal static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, AllowDuplicateProperties = false };

    /// <summary>The names of the built-in mappings.</summary>
    public static IReadOnlyList<string> Shipped { get; } =
        [.. typeof(MappingReader).Assembly.GetManifestResourceNames()
            .Where(n => n.Contains(Folder, StringComparison.Ordinal))
            .Select(n => n[(n.IndexOf(Folder, StringComparison.Ordinal) + Folder.Length)..^".json".Length])
            .Order(StringComparer.Ordinal)];

    // A mapping is only read from, and its patterns take long to build: each is read once, when it is first needed.
    private static readonly Dictionary<string, Lazy<ImportMapping>> ReadOnce = Shipped.ToDictionary(name => name, name => new Lazy<ImportMapping>(() => ReadShipped(name)));

    /// <summary>The built-in mapping with a name, or the one in a file.</summary>
    /// <param name="nameOrPath">The name of a built-in mapping, or the path of a .json file.</param>
    /// <exception cref="MappingException">There is no such mapping, or it is invalid.</exception>
    public static ImportMapping Find(string nameOrPath)
    {
        if (ReadOnce.TryGetValue(nameOrPath, out var shipped))
        {
            return shipped.Value;
        }

        return File.Exists(nameOrPath)
            ? Read(File.ReadAllText(nameOrPath))
            : throw new MappingException("", $"Unknown mapping '{nameOrPath}'. Use one of {string.Join(", ", Shipped)}, or the path of a mapping file.");
    }

    private static ImportMapping ReadShipped(string name)
    {
        using var stream = typeof(MappingReader).Assembly.GetManifestResourceStream($"{typeof(MappingReader).Namespace}.{name}.json")!;
        using var reader = new StreamReader(stream);
        return Read(reader.ReadToEnd());
    }

    /// <summary>Reads a mapping.</summary>
    /// <exception cref="MappingException">The mapping is invalid. The message says where and why.</exception>
    public static ImportMapping Read(string json)
    {
        JsonNode? root;
        try
        {
            root = JsonNode.Parse(json, documentOptions: Lenient);
        }
        catch (JsonException fault)
        {
            throw new MappingException("", $"The mapping is not JSON: {fault.Message}");
        }

        var members = new MappingPart(root, "").Members(
            ["name", "source", "kind", "files", "id", "fields"], ["duplicates", "slug", "merge", "tables", "notes"]);
        var files = members["files"].Items();
        var names = files.Select(f => f.Members().TryGetValue("name", out var name) ? name.Text() : throw f.Fault("'name' is required.")).ToHashSet();
        var tables = members.TryGetValue("tables", out var given) ? given.Members() : new Dictionary<string, MappingPart>();
        var templates = new TemplateReader(new TransformReader(tables), names);
        var mapping = new ImportMapping
        {
            Name = ReadName(members["name"]),
            Source = ReadSource(members["source"]),
            Kind = EntryKinds.TryParse(members["kind"].Text(), out var kind)
                ? kind
                : throw members["kind"].Fault($"unknown kind. Use one of {string.Join(", ", EntryKinds.All.Select(k => k.Code()))}."),
            Files = [.. files.Index().Select(f => ReadFile(f.Item, f.Index == 0, files.Count == 1, templates))],
            Id = templates.ReadAll(members["id"]),
            Duplicates = templates.ReadAll(members.Optional("duplicates")),
            Slug = templates.ReadAll(members.Optional("slug")),
            Fields = templates.ReadObject(members["fields"]),
            Merge = members.TryGetValue("merge", out var merge) ? merge.Members().ToDictionary(m => m.Key, m => ReadRule(m.Value)) : [],
        };
        FieldNames.Check(mapping);
        return mapping;
    }

    private static string ReadName(MappingPart part) => part.Text() is { Length: > 0 and <= 60 } name && Slug.From(name) == name
        ? name
        : throw part.Fault("write lowercase words joined by hyphens, at most 60 characters.");

    private static Source ReadSource(MappingPart part)
    {
        var members = part.Members(["name"], ["url", "retrievedOn", "note"]);
        return new Source
        {
            Name = members["name"].Text(),
            Url = members.OptionalText("url"),
            RetrievedOn = members.TryGetValue("retrievedOn", out var day)
                ? DateOnly.TryParseExact(day.Text(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
                    ? date
                    : throw day.Fault("write a date such as 2026-01-31.")
                : null,
            Note = members.OptionalText("note"),
        };
    }

    private static MappedFile ReadFile(MappingPart part, bool first, bool only, TemplateReader templates)
    {
        string[] required = only ? ["name"] : first ? ["name", "path"] : ["name", "path", "column", "joins"];
        var members = part.Members(required, ["empty", "skip", "refuse"]);
        return new MappedFile
        {
            Name = members["name"].Text(),
            Path = only ? null : members["path"].Text(),
            Join = first ? null : (members["column"].Text(), members["joins"].Text()),
            Empty = members.Optional("empty").TextList(),
            Skip = [.. members.Optional("skip").Items().Select(templates.ReadConditions)],
            Refuse = [.. members.Optional("refuse").Items().Select(r => ReadRefusal(r, templates))],
        };
    }

    private static RefusalRule ReadRefusal(MappingPart part, TemplateReader templates)
    {
        var members = part.Members(["column", "when", "reason", "remedy"], []);
        return new RefusalRule(members["column"].Text(), templates.ReadConditions(members["when"]), members["reason"].Text(), members["remedy"].Text());
    }

    private static MergeRule ReadRule(MappingPart part)
    {
        var members = part.Members(["key"], ["join"]);
        return new MergeRule(members["key"].TextList(), members.Optional("join").TextList());
    }
}
