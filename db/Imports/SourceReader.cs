using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FluentValidation.Results;
using HealthEquity.Db.Entries;

namespace HealthEquity.Db.Imports;

/// <summary>An entry as the source has it, ready to be written.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="Ids">Its ids in the source.</param>
/// <param name="Slug">The slug wished for.</param>
/// <param name="Fingerprint">A hash of what the source says.</param>
/// <param name="Rows">How many rows of the first file tell of it.</param>
internal sealed record SourceEntry(Entry Entry, IReadOnlyList<string> Ids, string? Slug, string Fingerprint, int Rows);

/// <summary>Reads a source's files through a mapping, and gives entries that keep the rules. What does not is reported.</summary>
internal sealed class SourceReader
{
    private const int LongestId = 200;

    private readonly ImportMapping _mapping;
    private readonly Func<Entry, ValidationResult> _validate;
    private readonly EntryMerge _merge;
    private readonly RowGroups _groups = new();
    private readonly Dictionary<string, (MappedFile File, ILookup<string, SourceRow> Rows)> _related = [];
    private readonly List<RowFault> _faults = [];
    private readonly CsvSource _main;

    private SourceReader(ImportMapping mapping, Func<Entry, ValidationResult> validate, IReadOnlyList<CsvSource> sources)
    {
        _mapping = mapping;
        _validate = validate;
        _merge = new EntryMerge(mapping.Merge);
        _main = sources[0];
        Sources = sources;
    }

    public IReadOnlyList<CsvSource> Sources { get; }

    /// <summary>Rows of the first file.</summary>
    public int TotalRows { get; private set; }

    /// <summary>Rows of the first file that have been read.</summary>
    public int RowsRead { get; private set; }

    /// <summary>Opens the files, reads those that belong to the first, and counts the first's rows.</summary>
    /// <exception cref="ImportFileException">A file is missing, or is not what the mapping reads.</exception>
    public static SourceReader Open(ImportRequest request, Func<Entry, ValidationResult> validate)
    {
        var mapping = request.Mapping;
        var columns = mapping.Columns().ToLookup(c => c.File, c => c.Column, StringComparer.Ordinal);
        var reader = new SourceReader(
            mapping, validate, [.. mapping.Files.Select(f => CsvSource.Open(f, PathOf(request, f), [.. columns[f.Name].Distinct()]))]);
        reader.Count();
        reader.ReadRelated();
        return reader;
    }

    /// <summary>What was found wrong since the last call.</summary>
    public IReadOnlyList<RowFault> TakeFaults()
    {
        RowFault[] taken = [.. _faults];
        _faults.Clear();
        return taken;
    }

    /// <summary>The entries, each given once its last row has been read.</summary>
    public IEnumerable<SourceEntry> Entries()
    {
        var open = new Dictionary<string, MappedEntry>(StringComparer.Ordinal);
        foreach (var row in _main.Rows(_faults))
        {
            RowsRead++;
            if (IdOf(Context(row, [])) is not { } id)
            {
                _faults.Add(new RowFault(row, "", "", "The row has nothing that identifies it.", "Fill in the columns that the mapping's 'id' reads."));
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
        }
    }

    private static string PathOf(ImportRequest request, MappedFile file)
    {
        var isFolder = Directory.Exists(request.Path);
        if (file.Path is null)
        {
            return isFolder
                ? throw new ImportFileException($"'{request.Path}' is a folder: name the file itself, as the mapping '{request.Mapping.Name}' reads one file.")
                : request.Path;
        }

        var files = string.Join(", ", request.Mapping.Files.Select(f => f.Path));
        return isFolder
            ? Path.Combine(request.Path, file.Path)
            : throw new ImportFileException($"There is no folder '{request.Path}': the mapping '{request.Mapping.Name}' reads {files}; name the folder that holds them.");
    }

    private void Count()
    {
        foreach (var row in _main.Rows([]))
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
        foreach (var (source, file) in Sources.Zip(_mapping.Files).Skip(1))
        {
            var (here, there) = file.Join!.Value;
            var rows = source.Rows(_faults).ToLookup(r => r[here], StringComparer.OrdinalIgnoreCase);
            _related[file.Name] = (file, rows);
            var known = _main.Rows([]).Select(r => r[there]).ToHashSet(StringComparer.OrdinalIgnoreCase);
            foreach (var row in rows.Where(g => !known.Contains(g.Key)).SelectMany(g => g))
            {
                _faults.Add(new RowFault(
                    row, here, row[here], $"No row of the file '{_mapping.Files[0].Path}' has that {there}.", $"Correct it, or add the row to '{_mapping.Files[0].Path}'."));
            }
        }
    }

    private RowContext Context(SourceRow row, ICollection<RowFault> faults) => new(
        row,
        other => _related.TryGetValue(other, out var related) ? [.. related.Rows[row[related.File.Join!.Value.There]]] : [],
        faults);

    private void Gather(MappedEntry gathered, SourceRow row, string id)
    {
        var faults = new List<RowFault>();
        var context = Context(row, faults);
        var body = (JsonObject?)_mapping.Fields.Fill(context) ?? [];
        _faults.AddRange(faults.Distinct());
        if (faults.Any(f => f.Row.Header == _main.Header))
        {
            return;
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

    private SourceEntry? Finish(MappedEntry gathered)
    {
        var body = gathered.Body!;
        body.Insert(0, "kind", _mapping.Kind.Code());
        body["sources"] = new JsonArray(JsonSerializer.SerializeToNode(_mapping.Source, EntryJson.Revision));
        Entry entry;
        try
        {
            entry = EntryJson.Read(body.ToJsonString());
        }
        catch (JsonException fault)
        {
            Refuse(gathered, [new ValidationFailure(fault.Path ?? "", $"The mapping gives something that an entry can't hold: {fault.Message} Correct the mapping.")]);
            return null;
        }

        var result = _validate(entry);
        if (!result.IsValid)
        {
            Refuse(gathered, result.Errors);
            return null;
        }

        var fingerprint = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body.ToJsonString())));
        var slug = Slug.From(gathered.Slug ?? "");
        return new SourceEntry(entry, gathered.Ids, slug.Length > 0 ? slug : null, fingerprint, gathered.Rows.Count);
    }

    /// <summary>A message says what is wrong and, after its colon, what to do.</summary>
    private void Refuse(MappedEntry gathered, IEnumerable<ValidationFailure> failures)
    {
        foreach (var failure in failures)
        {
            var parts = failure.ErrorMessage.Split(": ", 2);
            var remedy = parts.Length > 1 ? char.ToUpperInvariant(parts[1][0]) + parts[1][1..] : "Correct the row.";
            _faults.AddRange(gathered.Rows.Select(row => new RowFault(row, failure.PropertyName, failure.AttemptedValue?.ToString() ?? "", parts[0], remedy)));
        }
    }

    private string? IdOf(RowContext context)
    {
        var id = Key(_mapping.Id, context);
        return id is null || id.Length <= LongestId
            ? id
            : $"{id[..(LongestId - 65)]} {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)))}";
    }

    private static string? Key(IReadOnlyList<Template> templates, RowContext context)
    {
        var parts = templates.Select(t => t.Fill(context)?.ToString()).ToList();
        return parts.All(p => p is null) ? null : string.Join(" | ", parts);
    }
}
