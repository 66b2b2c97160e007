using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FluentValidation.Results;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Traits;
using HealthEquity.Formats.Exports;
using HealthEquity.Formats.Sources;
using HealthEquity.Formats.Transforms;
using HealthEquity.Imports.Mappings;
using HealthEquity.Imports.Records;

namespace HealthEquity.Imports.Sources;

/// <summary>Reads the files of a source with a mapping, and returns valid entries. Invalid ones are reported.</summary>
internal sealed class SourceReader : IEntrySource
{
    private const int MaxIdLength = 200;

    private readonly ImportMapping _mapping;
    private readonly Func<Entry, ValidationResult> _validate;
    private readonly RowMerge _merge;
    private readonly RowGroups _groups = new();
    private readonly Dictionary<string, RelatedFile> _related = [];
    private readonly List<RowFault> _faults = [];
    // The database may compare ids ignoring case, and a difference in case must not make an entry seem missing.
    private readonly HashSet<string> _refusedIds = new(StringComparer.OrdinalIgnoreCase);
    private readonly MappedTable _main;
    private readonly IReadOnlyList<MappedTable> _sources;

    private SourceReader(ImportMapping mapping, Func<Entry, ValidationResult> validate, IReadOnlyList<MappedTable> sources)
    {
        _mapping = mapping;
        _validate = validate;
        _merge = new RowMerge(mapping.Merge);
        _main = sources[0];
        _sources = sources;
    }

    public string Name => _mapping.Name;

    public string Title => _mapping.Source.Name;

    public IReadOnlyList<SourceFile> Files => [.. _sources.Select(s => new SourceFile(s.FilePath, s.Header))];

    public int? TotalRows { get; private set; }

    public int RowsRead { get; private set; }

    public IReadOnlyCollection<string> RefusedIds => _refusedIds;

    public bool HasRowsWithoutId { get; private set; }

    /// <summary>Opens the files, reads the related ones, and counts the rows of the first.</summary>
    /// <exception cref="ImportFileException">A file is missing or does not fit the mapping.</exception>
    public static SourceReader Open(ImportRequest request, ImportMapping mapping, Func<Entry, ValidationResult> validate)
    {
        var columns = mapping.Columns().ToLookup(c => c.File, c => c.Column, StringComparer.Ordinal);
        var reader = new SourceReader(
            mapping, validate, [.. mapping.Files.Select(f => MappedTable.Open(f, PathOf(request.Path, mapping, f), [.. columns[f.Name].Distinct()], request.Limits, ofServices: mapping.Kind is EntryKind.Provider or EntryKind.Attorney or EntryKind.Organization))]);
        reader.ReadRelated();
        reader.Count();
        return reader;
    }

    public IReadOnlyList<RowFault> TakeFaults()
    {
        RowFault[] taken = [.. _faults];
        _faults.Clear();
        return taken;
    }

    public IEnumerable<SourceEntry> Entries()
    {
        var open = new Dictionary<string, MappedEntry>(StringComparer.Ordinal);
        foreach (var row in Rows(_faults, RecordRefusedId))
        {
            RowsRead++;
            if (IdOf(Context(row, [])) is not { } id)
            {
                _faults.Add(new RowFault(row, "", "", "The row has no id.", "Fill in the columns of the mapping's 'id'."));
                RecordRefusedId(row);
                continue;
            }

            var (group, last) = _groups.Take(id);
            var gathered = open.GetValueOrDefault(group) ?? new MappedEntry();
            Gather(gathered, row, id);
            if (!last)
            {
                open[group] = gathered;
                continue;
            }

            open.Remove(group);
            if (gathered.Body is not null && Finish(gathered) is { } entry)
            {
                yield return entry;
            }
            else
            {
                _refusedIds.UnionWith(gathered.Ids);
                gathered.Rows.ForEach(RecordRefusedId);
            }
        }
    }

    public void Dispose()
    {
        // Each enumeration opens and closes the file.
    }

    private static string PathOf(string path, ImportMapping mapping, MappedFile file)
    {
        var isFolder = System.IO.Directory.Exists(path);
        if (file.Path is null)
        {
            return isFolder
                ? throw new ImportFileException($"'{path}' is a folder, but the mapping '{mapping.Name}' reads one file. Choose the file.")
                : path;
        }

        var files = string.Join(", ", mapping.Files.Select(f => f.Path));
        return isFolder
            ? Path.Combine(path, file.Path)
            : throw new ImportFileException($"There is no folder '{path}'. Choose the folder with {files} for the mapping '{mapping.Name}'.");
    }

    private void Count()
    {
        TotalRows = 0;
        foreach (var row in Rows([]))
        {
            TotalRows++;
            var context = Context(row, []);
            if (IdOf(context) is { } id)
            {
                _groups.Count(id, Key(_mapping.Duplicates, context));
            }
        }
    }

    private void ReadRelated()
    {
        foreach (var (source, file) in _sources.Zip(_mapping.Files).Skip(1))
        {
            var (here, there) = file.Join!.Value;
            var related = RelatedFile.Read(file, source, _faults);
            _related[file.Name] = related;
            var known = _main.Rows([]).Select(r => r[there]).ToHashSet(StringComparer.OrdinalIgnoreCase);
            foreach (var row in related.Without(known))
            {
                _faults.Add(new RowFault(
                    row, here, row[here], $"The file '{_mapping.Files[0].Path}' has no row with this {there}.", $"Correct it, or add the row to '{_mapping.Files[0].Path}'."));
            }
        }
    }

    /// <summary>The rows of the first file, without those and without the cells that another file marks as not for the public.</summary>
    private IEnumerable<SourceRow> Rows(List<RowFault> faults, Action<SourceRow?>? refused = null)
    {
        foreach (var row in _main.Rows(faults, refused))
        {
            if (_related.Values.Select(r => r.WhyNot(row)).FirstOrDefault(f => f is not null) is { } hidden)
            {
                // Not refused, as if the mark were in its own row.
                faults.Add(hidden);
                continue;
            }

            yield return _related.Values.Aggregate(row, (open, related) => related.WithoutPrivateCells(open, faults));
        }
    }

    private RowContext Context(SourceRow row, ICollection<RowFault> faults) => new(row, RelatedTo(row), faults);

    private Func<string, IReadOnlyList<SourceRow>> RelatedTo(SourceRow row) => name => _related.TryGetValue(name, out var related) ? related.Of(row) : [];

    private void Gather(MappedEntry gathered, SourceRow row, string id)
    {
        var faults = new List<RowFault>();
        var context = Context(row, faults);
        var body = (JsonObject?)_mapping.Fields.Fill(context) ?? [];
        foreach (var member in (string[])["summary", "description"])
        {
            if (body[member] is JsonValue text)
            {
                body[member] = SourceMarkup.Clean(text.ToString());
            }
        }

        _faults.AddRange(faults.Distinct());
        if (faults.Any(f => !f.Loaded && f.Row.Header == _main.Header))
        {
            RecordRefusedId(row);
            return;
        }

        if (_main.PrivatePlaceOf(row) is { } mark && Hide(Places(body)))
        {
            _faults.Add(mark);
        }

        foreach (var related in _related.Values)
        {
            HideMarked(body, row, related);
        }

        gathered.Rows.Add(row);
        if (!gathered.Ids.Contains(id))
        {
            gathered.Ids.Add(id);
        }

        gathered.Slug ??= string.Join(' ', _mapping.Slug.Select(t => t.Fill(context)?.ToString()).OfType<string>());
        if (gathered.Body is null)
        {
            gathered.Body = body;
            _merge.Unite(body);
        }
        else
        {
            _merge.Add(gathered.Body, body);
        }
    }

    /// <summary>Makes the locations private that come from rows of another file whose location is marked; all, if these have none.</summary>
    private void HideMarked(JsonObject body, SourceRow row, RelatedFile file)
    {
        var marked = file.PrivatePlacesOf(row);
        if (marked.Count == 0)
        {
            return;
        }

        // What the file's rows say shows from the entry with the marked rows alone, and from the entry without the file.
        var others = PlacesWith([]);
        var theirs = PlacesWith([.. marked.Select(m => m.Row)]).Except(others).ToHashSet(StringComparer.Ordinal);
        List<JsonObject> hidden = [.. Places(body).Where(p => theirs.Contains(p.ToJsonString()))];
        if (Hide(hidden.Count > 0 ? hidden : Places(body)))
        {
            _faults.AddRange(marked.Select(m => m.Mark));
        }

        HashSet<string> PlacesWith(IReadOnlyList<SourceRow> rows)
        {
            var all = RelatedTo(row);
            var context = new RowContext(row, name => name == file.Name ? rows : all(name), []);
            return [.. Places((JsonObject?)_mapping.Fields.Fill(context) ?? []).Select(p => p.ToJsonString())];
        }
    }

    private static List<JsonObject> Places(JsonObject body) =>
        [.. (body["locations"] as JsonArray ?? []).OfType<JsonObject>(), .. new[] { body["location"] }.OfType<JsonObject>()];

    /// <summary>Makes locations private; false if there are none.</summary>
    private static bool Hide(List<JsonObject> places)
    {
        foreach (var place in places)
        {
            place["visibility"] = "private";
        }

        return places.Count > 0;
    }

    /// <summary>Makes a location private that has the same address as one that another row marks as private.</summary>
    private static void HideTwins(JsonObject body)
    {
        JsonObject[] places = [.. (body["locations"] as JsonArray ?? []).OfType<JsonObject>()];
        var hidden = places.Where(p => p["visibility"]?.ToString() == "private").Select(AddressOf).Where(a => a.Length > 0).ToHashSet(StringComparer.Ordinal);
        foreach (var place in places.Where(p => hidden.Contains(AddressOf(p))))
        {
            place["visibility"] = "private";
        }

        // Of one entry, the same street is the same place, whatever else a row says or leaves out.
        static string AddressOf(JsonObject place) => PostalText.Street(place["address1"]?.ToString() ?? "") is { Length: > 0 } street ? street : $"{place["city"]} {place["postalCode"]}".Trim();
    }

    private SourceEntry? Finish(MappedEntry gathered)
    {
        var body = gathered.Body!;
        HideTwins(body);
        var kind = Sorted(gathered, body);
        body.Insert(0, "kind", kind.Code());
        body["sources"] = new JsonArray(JsonSerializer.SerializeToNode(_mapping.Source, EntryJson.Revision));
        if (CellPaths.Of(CellPaths.Kinds[kind]).Where(m => m.Required && body[m.Name] is null).ToList() is [_, ..] missing)
        {
            Refuse(gathered, missing.Select(m => new ValidationFailure(m.Name, $"The row has no {m.Name}. Fill in its column.")));
            return null;
        }

        Entry entry;
        IReadOnlyList<ValidationFailure> failures;
        var dropped = new List<ValidationFailure>();
        try
        {
            (entry, failures) = EntryRepair.Read(body, _validate, dropped);
        }
        catch (JsonException fault)
        {
            Refuse(gathered, [new ValidationFailure(fault.Path ?? "", $"The mapping returns an invalid value: {fault.Message} Correct the mapping.")]);
            return null;
        }

        if (failures.Count > 0)
        {
            Refuse(gathered, dropped.Concat(failures));
            return null;
        }

        _faults.AddRange(dropped.SelectMany(d => gathered.Rows.Select(row => RowFault.Of(row, d) with { Loaded = true })));
        var fingerprint = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body.ToJsonString())));
        var slug = Slug.From(gathered.Slug ?? "");
        return new SourceEntry(entry, gathered.Ids, slug.Length > 0 ? slug : null, fingerprint, gathered.Rows.Count);
    }

    /// <summary>The kind of the entry: that of the mapping, or an organization to be reviewed if the name contradicts it.</summary>
    private EntryKind Sorted(MappedEntry gathered, JsonObject body)
    {
        var others = body["alternateNames"] as JsonArray ?? [];
        if (ServiceWords.WhyNot(_mapping.Kind, body["name"]?.ToString() ?? "", others.Select(o => o?.ToString())) is not { } why)
        {
            return _mapping.Kind;
        }

        var members = CellPaths.Of(CellPaths.Kinds[EntryKind.Organization]).Select(m => m.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var (name, _) in body.Where(m => !members.Contains(m.Key)).ToList())
        {
            body.Remove(name);
        }

        var tags = body["tags"] as JsonArray ?? [];
        body["tags"] = tags;
        tags.Add(ServiceWords.ToBeSorted);
        _faults.AddRange(gathered.Rows.Select(row => new RowFault(
            row, "kind", _mapping.Kind.Code(), $"{why} It becomes an organization to be reviewed.", "If this is wrong, create a new entry of the right kind.")
        { Loaded = true }));
        return EntryKind.Organization;
    }

    private void Refuse(MappedEntry gathered, IEnumerable<ValidationFailure> failures)
    {
        foreach (var failure in failures)
        {
            _faults.AddRange(gathered.Rows.Select(row => RowFault.Of(row, failure)));
        }
    }

    /// <summary>Records the id of a refused row, because the source still has the entry. If the id is incomplete, no entry may seem missing.</summary>
    private void RecordRefusedId(SourceRow? row)
    {
        var faults = new List<RowFault>();
        var context = row is null ? null : Context(row, faults);
        if (context is not null && _mapping.Id.All(t => t.Fill(context) is not null) && faults.Count == 0)
        {
            _refusedIds.Add(IdOf(context)!);
        }
        else
        {
            HasRowsWithoutId = true;
        }
    }

    private string? IdOf(RowContext context)
    {
        var id = Key(_mapping.Id, context);
        return id is null || id.Length <= MaxIdLength
            ? id
            : $"{id[..(MaxIdLength - 65)]} {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)))}";
    }

    private static string? Key(IReadOnlyList<Template> templates, RowContext context)
    {
        var parts = templates.Select(t => t.Fill(context)?.ToString()).ToList();
        return parts.All(p => p is null) ? null : string.Join(" | ", parts);
    }
}
