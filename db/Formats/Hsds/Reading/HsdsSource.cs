using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FluentValidation.Results;
using HealthEquity.Directory.Entries;
using HealthEquity.Formats.Sources;

namespace HealthEquity.Formats.Hsds.Reading;

/// <summary>HSDS as a source of entries: each service becomes one, and each organization without services. It needs no mapping.</summary>
public sealed partial class HsdsSource : IEntrySource
{
    private const int LongestId = 200;
    private const int LongestName = 60;

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

    /// <summary>Opens a source; what is read is let go of with it.</summary>
    /// <exception cref="ImportFileException">The kind asked for is none that helps people, or the name is none.</exception>
    public static HsdsSource Open(SourceRequest request, HsdsContent content, Func<Entry, ValidationResult> validate, TimeProvider clock)
    {
        try
        {
            return request.Kind is { } kind && !HsdsKinds.Possible.Contains(kind)
                ? throw new ImportFileException($"A service can't become '{kind.Code()}': take {string.Join(", ", HsdsKinds.Possible.Select(k => k.Code()))}, or leave it to be guessed.")
                : new HsdsSource(request, content, validate, clock);
        }
        catch
        {
            content.Dispose();
            throw;
        }
    }

    /// <summary>The name under which entries are found again: the one asked for, else one made from the file's name or the address.</summary>
    /// <exception cref="ImportFileException">The name asked for is none.</exception>
    public static string NameOf(SourceRequest request)
    {
        if (request.SourceName is { } asked)
        {
            return NameShape().IsMatch(asked) ? asked : throw new ImportFileException($"'{asked}' is no name of a source: write lower-case letters, digits and hyphens, at most {LongestName}.");
        }

        // Refused rows that come back corrected belong to the source that they came from.
        var place = request.IsAddress && Uri.TryCreate(request.Path, UriKind.Absolute, out var address)
            ? address.Authority + address.AbsolutePath
            : Path.GetFileNameWithoutExtension(FileNameOf(request.Path));
        var name = Slug.From(place);
        name = name.StartsWith("hsds-", StringComparison.Ordinal) ? name : $"hsds-{name}";
        return name.Length <= LongestName ? name : name[..LongestName].TrimEnd('-');
    }

    /// <summary>What the source is called in front of people where nobody said.</summary>
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
            if (thing["id"] is not { Length: <= LongestId } id)
            {
                Refuse(thing, "id", "It has nothing that identifies it.", $"Give it an id of at most {LongestId} characters that it keeps.");
            }
            else if (!seen.Add(id))
            {
                Refuse(thing, "id", "Another has the same id.", "Give each an id of its own, or take one of the two out.");
            }
            else if (WhyHidden(thing) is { } hidden)
            {
                _faults.Add(hidden);
            }
            else if (SourceMarkers.IsInactive(thing["status"]))
            {
                // The source no longer offers it, so that an entry made from it earlier is to be checked.
                Refuse(thing, "status", $"The source says that it is {thing["status"]}, so it is left out.", "Nothing, if it is so; else correct the status.");
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
        // When it was read, and from which file, is no news of the source.
        var said = EntryJson.Write(entry with { Sources = [] });
        var fingerprint = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(said)));
        var slug = thing.Profile is { } profile && profile.TryGetProperty("slug", out var wished) ? Slug.From(wished.ToString()) : "";
        return new SourceEntry(entry, [id], slug.Length > 0 ? slug : null, fingerprint, Rows: 1);
    }

    /// <summary>The source's mark that keeps the service or its organization from the public; null for none. Columns of other programs tell.</summary>
    private RowFault? WhyHidden(HsdsThing thing) => new[] { thing, thing.IsOrganization ? null : thing.One("organization") }.OfType<HsdsThing>()
        .Where(t => t["status"] is null || !SourceMarkers.IsInactive(t["status"])).Select(t => Markers(t.Row.Header).WhyNot(t.Row)).FirstOrDefault(f => f is not null);

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
