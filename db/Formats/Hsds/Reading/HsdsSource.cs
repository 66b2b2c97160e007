using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FluentValidation.Results;
using HealthEquity.Directory.Entries;
using HealthEquity.Formats.Sources;

namespace HealthEquity.Formats.Hsds.Reading;

/// <summary>HSDS as a source of entries: one per service, and one per organization without services. Needs no mapping.</summary>
public sealed partial class HsdsSource : IEntrySource
{
    private const int MaxIdLength = 200;
    private const int MaxNameLength = 60;

    private readonly HsdsContent _content;
    private readonly Func<Entry, ValidationResult> _validate;
    private readonly EntryKind? _kind;
    private readonly HsdsEntries _entries;
    private readonly List<RowFault> _faults = [];
    private readonly Dictionary<SourceHeader, SourceMarkers> _markers = [];
    private readonly HashSet<string> _refusedIds = new(StringComparer.Ordinal);

    private HsdsSource(SourceRequest request, HsdsContent content, Func<Entry, ValidationResult> validate, TimeProvider clock)
    {
        (_content, _validate, _kind) = (content, validate, request.Kind);
        Name = NameOf(request);
        Title = request.SourceTitle ?? TitleOf(request, content);
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var url = request.IsAddress && new Uri(request.Path) is { HostNameType: UriHostNameType.Dns } address && address.Host.Contains('.', StringComparison.Ordinal) ? address.AbsoluteUri : null;
        _entries = new HsdsEntries(new Source { Name = Title, Url = url, RetrievedOn = today }, today);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public string Title { get; }

    /// <inheritdoc/>
    public IReadOnlyList<SourceFile> Files => _content.Files;

    /// <inheritdoc/>
    public int? TotalRows => _content.Count;

    /// <inheritdoc/>
    public int RowsRead { get; private set; }

    /// <inheritdoc/>
    public IReadOnlyCollection<string> RefusedIds => _refusedIds;

    /// <summary>Opens a source. It owns the content and disposes it.</summary>
    /// <exception cref="ImportFileException">The requested kind can't be imported from HSDS, or the name is invalid.</exception>
    public static HsdsSource Open(SourceRequest request, HsdsContent content, Func<Entry, ValidationResult> validate, TimeProvider clock)
    {
        try
        {
            return request.Kind is { } kind && !HsdsKinds.Supported.Contains(kind)
                ? throw new ImportFileException($"A service can't be imported as '{kind.Code()}'. Choose {string.Join(", ", HsdsKinds.Supported.Select(k => k.Code()))}, or leave it empty to have it guessed.")
                : new HsdsSource(request, content, validate, clock);
        }
        catch
        {
            content.Dispose();
            throw;
        }
    }

    /// <summary>The name that identifies the source in later imports: the requested one, else one derived from the file name or the address.</summary>
    /// <exception cref="ImportFileException">The requested name is invalid.</exception>
    public static string NameOf(SourceRequest request)
    {
        if (request.SourceName is { } asked)
        {
            return NameShape().IsMatch(asked) ? asked : throw new ImportFileException($"'{asked}' is not a valid source name. Use at most {MaxNameLength} lowercase letters, digits and hyphens.");
        }

        // Corrected rows belong to the source that they came from.
        var place = request.IsAddress && Uri.TryCreate(request.Path, UriKind.Absolute, out var address)
            ? address.Authority + address.AbsolutePath
            : Path.GetFileNameWithoutExtension(FileNameOf(request.Path));
        var name = Slug.From(place);
        name = name.StartsWith("hsds-", StringComparison.Ordinal) ? name : $"hsds-{name}";
        return name.Length <= MaxNameLength ? name : name[..MaxNameLength].TrimEnd('-');
    }

    /// <summary>The source's title for people, if none was given.</summary>
    public static string TitleOf(SourceRequest request, HsdsContent content) =>
        HsdsReading.Joined([content.Publisher ?? request.SourceName ?? (request.IsAddress ? new Uri(request.Path).Authority : FileNameOf(request.Path)), "(HSDS)"], " ", 200)!;

    /// <inheritdoc/>
    public IReadOnlyList<RowFault> TakeFaults()
    {
        RowFault[] taken = [.. _faults];
        _faults.Clear();
        return taken;
    }

    /// <inheritdoc/>
    public IEnumerable<SourceEntry> Entries()
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var thing in _content.Things(_faults))
        {
            RowsRead++;
            if (thing["id"] is not { Length: <= MaxIdLength } id)
            {
                Refuse(thing, "id", "The id is missing or too long.", $"Give it a stable id of at most {MaxIdLength} characters.");
            }
            else if (!seen.Add(id))
            {
                Refuse(thing, "id", "Duplicate id.", "Give each item its own id, or remove one of the two.");
            }
            else if (WhyHidden(thing) is { } hidden)
            {
                _faults.Add(hidden);
            }
            else if (SourceMarkers.IsInactive(thing["status"]))
            {
                // The source no longer offers it, so an entry imported earlier must be checked.
                Refuse(thing, "status", $"The status in the source is '{thing["status"]}', so it is not imported.", "If the status is wrong, correct it.");
            }
            else if (Read(thing, id) is { } entry)
            {
                yield return entry;
            }
            else
            {
                _refusedIds.Add(id);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _content.Dispose();

    private SourceEntry? Read(HsdsThing thing, string id)
    {
        var (kind, isDoubtful) = HsdsKinds.Decide(thing, _kind);
        var entry = _entries.Read(thing, kind, new HsdsReading(_faults) { IsOurs = thing.Profile is not null });
        entry = isDoubtful ? entry with { Tags = [.. entry.Tags, ServiceWords.ToBeSorted] } : entry;
        var dropped = new List<ValidationFailure>();
        var (read, failures) = EntryRepair.Read(JsonNode.Parse(EntryJson.Write(entry))!.AsObject(), _validate, dropped);
        if (failures.Count > 0)
        {
            _faults.AddRange(dropped.Concat(failures).Select(failure => RowFault.Of(thing.Row, failure)));
            return null;
        }

        _faults.AddRange(dropped.Select(failure => RowFault.Of(thing.Row, failure) with { Loaded = true }));
        entry = read;
        // The time and file of the import are not changes in the source.
        var said = EntryJson.Write(entry with { Sources = [] });
        var fingerprint = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(said)));
        var slug = thing.Profile is { } profile && profile.TryGetProperty("slug", out var wished) ? Slug.From(wished.ToString()) : "";
        return new SourceEntry(entry, [id], slug.Length > 0 ? slug : null, fingerprint, Rows: 1);
    }

    /// <summary>The marker in the source that makes the service or its organization private; null for none.</summary>
    private RowFault? WhyHidden(HsdsThing thing) => new[] { thing, thing.IsOrganization ? null : thing.One("organization") }.OfType<HsdsThing>()
        .Where(t => t["status"] is null || !SourceMarkers.IsInactive(t["status"])).Select(t => t.Hidden ?? Markers(t.Row.Header).WhyNot(t.Row)).FirstOrDefault(f => f is not null);

    private SourceMarkers Markers(SourceHeader header)
    {
        if (!_markers.TryGetValue(header, out var markers))
        {
            _markers[header] = markers = SourceMarkers.Of(header, ofServices: true);
        }

        return markers;
    }

    private static string FileNameOf(string path) => Refused().Replace(Path.GetFileName(Path.TrimEndingDirectorySeparator(path)), "");

    private void Refuse(HsdsThing thing, string field, string reason, string remedy) =>
        _faults.Add(new RowFault(thing.Row, thing.Field(field), thing[field] ?? "", reason, remedy));

    [GeneratedRegex(@"^[a-z0-9]+(-[a-z0-9]+)*(?<=^.{1,60})\z")]
    private static partial Regex NameShape();

    [GeneratedRegex(@"(\.refused\.csv)+\z", RegexOptions.IgnoreCase)]
    private static partial Regex Refused();
}
