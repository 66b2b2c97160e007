using System.Text.RegularExpressions;

namespace HealthEquity.Formats.Sources;

/// <summary>What a marker column makes private.</summary>
internal enum MarkedPart
{
    /// <summary>The entire row.</summary>
    Row,

    /// <summary>The location. It is kept for curators only.</summary>
    Place,

    /// <summary>Cells with the marker's prefix: a phone, a contact, an email address.</summary>
    Cells,
}

/// <summary>
/// Markers in a source for data that is not public: "ExcludeFromWebsite", "AgencyStatus = Inactive", "PhysicalAddressIsPrivate", "Display to
/// public = No" and similar. They apply whatever the mapping is. A marker that is neither yes nor no makes data private: an unclear word must not
/// publish a shelter.
/// </summary>
public sealed partial class SourceMarkers
{
    /// <summary>The reason for skipping rows that the source marks as not public.</summary>
    public const string NotPublic = "The source marks the row as not public.";

    /// <summary>The reason for skipping rows that the source marks as inactive.</summary>
    public const string NotActive = "The source marks the row as inactive.";

    /// <summary>The reason for keeping locations private that the source marks as private.</summary>
    public const string PrivatePlace = "The source marks the address as private, so only curators see the location.";

    /// <summary>The reason for omitting phones and contacts that the source marks as private.</summary>
    public const string PrivateCells = "The source marks it as private, so it was omitted.";

    private readonly List<Marker> _markers;
    private readonly SourceHeader _header;

    private SourceMarkers(SourceHeader header, List<Marker> markers) => (_header, _markers) = (header, markers);

    /// <summary>Finds the markers among the columns of a table.</summary>
    /// <param name="header">The header of the table.</param>
    /// <param name="ofServices">False for a table of events, materials or policies, where a status has another meaning.</param>
    /// <param name="read">Columns in the mapping. A person decided what a vague marker such as "Hidden" means there.</param>
    public static SourceMarkers Of(SourceHeader header, bool ofServices, params IReadOnlyCollection<string> read) => new(
        header,
        [.. header.Columns.Select(c => c.Trim()).Where(c => c.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase).Select(c => Read(c, ofServices)).OfType<Marker>()
            .Where(m => !m.IsVague || !read.Contains(m.Column, StringComparer.OrdinalIgnoreCase))]);

    /// <summary>True for a column that is only a marker.</summary>
    public static bool IsMarker(string heading) => Read(heading, ofServices: true) is not null;

    /// <summary>True for a status that means not offered or not public.</summary>
    public static bool IsInactive(string? status) => status is not null && Inactive().IsMatch(status);

    /// <summary>The reason why the whole row is not public; null if it is public.</summary>
    public RowFault? WhyNot(SourceRow row)
    {
        foreach (var marker in _markers.Where(m => m.Part == MarkedPart.Row))
        {
            if (marker.Applies(row[marker.Column]))
            {
                var reason = marker.IsStatus ? NotActive : NotPublic;
                return new RowFault(row, marker.Column, row[marker.Column], reason, "If this is wrong, change the marker in the source.");
            }
        }

        return null;
    }

    /// <summary>The row without private cells, and the reasons.</summary>
    public (SourceRow Row, IReadOnlyList<RowFault> Faults) Without(SourceRow row) =>
        Without(row, _markers.Where(m => m.Part == MarkedPart.Cells && m.Applies(row[m.Column])));

    /// <summary>
    /// A row of another table without the cells that a row of this table marks as private, and the reasons. A marker that has cells of its own
    /// in this table is about these.
    /// </summary>
    /// <param name="other">The row of the other table.</param>
    /// <param name="row">The row of this table.</param>
    public (SourceRow Row, IReadOnlyList<RowFault> Faults) WithoutMarkedBy(SourceRow other, SourceRow row) =>
        Without(other, _markers.Where(m => m.Part == MarkedPart.Cells && m.Applies(row[m.Column]) && !_header.Columns.Any(m.Covers)));

    /// <summary>The marker that makes the row's location private; null for none.</summary>
    public RowFault? PrivatePlaceOf(SourceRow row) =>
        _markers.Find(m => m.Part == MarkedPart.Place && m.Applies(row[m.Column])) is { } marker
            ? new RowFault(row, marker.Column, row[marker.Column], PrivatePlace, "If this is wrong, change the marker in the source.") { Loaded = true }
            : null;

    private static (SourceRow Row, IReadOnlyList<RowFault> Faults) Without(SourceRow row, IEnumerable<Marker> markers)
    {
        List<RowFault>? faults = null;
        string[]? cells = null;
        foreach (var marker in markers)
        {
            foreach (var (index, column) in row.Header.Columns.Index().Where(c => c.Index < row.Cells.Count && marker.Covers(c.Item) && row.Cells[c.Index].Trim().Length > 0))
            {
                cells ??= [.. row.Cells];
                cells[index] = "";
                (faults ??= []).Add(new RowFault(row, column, "", PrivateCells, "If this is wrong, change the marker in the source.") { Loaded = true });
            }
        }

        return (cells is null ? row : row with { Cells = cells }, faults ?? []);
    }

    private static Marker? Read(string column, bool ofServices)
    {
        var words = Folded(column);
        if (Status().IsMatch(words))
        {
            return ofServices ? new Marker(column, MarkedPart.Row, Inactive(), IsStatus: true) : null;
        }

        if (ActiveFlag().IsMatch(words))
        {
            return ofServices ? new Marker(column, MarkedPart.Row, No(), IsStatus: true) : null;
        }

        if (InactiveFlag().IsMatch(words))
        {
            return ofServices ? new Marker(column, MarkedPart.Row, NotNo(), IsStatus: true) : null;
        }

        var (hides, shows) = (Hides().IsMatch(words), Shows().IsMatch(words));
        if (!hides && !shows)
        {
            return null;
        }

        var of = hides ? NotNo() : No();
        // What the marker applies to, such as "phone 1".
        var about = About().Replace(words, " ").Trim();
        // Mailing addresses are never read.
        return Mailing().IsMatch(words) ? new Marker(column, MarkedPart.Cells, of) { Prefix = about }
            : AddressWords().IsMatch(words) ? new Marker(column, MarkedPart.Place, of)
            : PartWords().IsMatch(words) ? new Marker(column, MarkedPart.Cells, of) { Prefix = Ends().Replace(Blanks().Replace(about, " "), "") }
            : PlaceAlone().IsMatch(words) ? new Marker(column, MarkedPart.Place, of)
            : new Marker(column, MarkedPart.Row, of) { IsVague = Vague().IsMatch(words) };
    }

    private static string Folded(string heading) => Blanks().Replace(NoWord().Replace(Camel().Replace(heading, " "), " "), " ").Trim().ToLowerInvariant();

    [GeneratedRegex(@"(?<=\p{Ll})(?=\p{Lu})|(?<=\d)(?=\p{Lu})|(?<=\p{Ll})(?=\d)")]
    private static partial Regex Camel();

    [GeneratedRegex(@"[^\p{L}\p{Nd}]+")]
    private static partial Regex NoWord();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();

    [GeneratedRegex(@"^((agency|record|program|service|site|location|listing|entry|resource|provider|organization|org|facility|clinic|current|operating|operational|row|publication|publish) )*(active )?(status|state of record)$|^((agency|record|program|service|site|listing|entry|resource|provider|organization|public|web|website|online|directory|search) )*(visibility|access level)$")]
    private static partial Regex Status();

    [GeneratedRegex(@"^(is )?((currently|agency|record|program|service|site|listing|resource|provider|organization) )?(is )?(active|in service|operational)( record| flag)?$")]
    private static partial Regex ActiveFlag();

    [GeneratedRegex(@"^(is )?((agency|record|program|service|site|listing|resource|provider|organization) )?(is )?(inactive|deleted|archived|defunct|retired|discontinued|permanently closed)( record| flag)?$")]
    private static partial Regex InactiveFlag();

    [GeneratedRegex(
        """
        \bis\ (private|confidential|hidden|unlisted|undisclosed|not\ public|internal|excluded)$|\b(address|location|phone|email|mail|contact|number|name|fax)\ (private|confidential|hidden|unlisted|undisclosed)$
        |^(is\ )?(private|confidential|hidden|unlisted|undisclosed)(\ (address|location|phone|contact|email|record|listing|entry|site|flag|name|number))?$
        |\b(hide|suppress|suppressed|omit|withhold)\b|\bexcluded?\ (\w+\ )*(from|website|web|public|directory|search|online|record|listing)\b|^excluded?$|\b(internal|staff)\ only$
        |\b(do\ not|don\ t|dont|not)\ (publish|display|show|list|share|print|release)\b|\bnot\ (for|to)\ (the\ )?public\b|^(not\ public|nonpublic|non\ public)$
        """,
        RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Hides();

    [GeneratedRegex(@"\b(display|displayed|show|shown|visible|publish|published|share|shared|release|include|included|list|listed|viewable|searchable|findable)\b.*\b(public|publicly|website|web|online|internet|directory|site|users)\b|^(is )?(public|publish|published|publicly visible|display|visible|show|searchable|web visible|public record|public listing|publish to web)$|^(display|show|publish) (\w+ )*(address|location|phone|phones|email|e mail|contact|contacts|fax)( \w+)*$|\b(address|location|phone|email|contact) (is )?(public|visible|published|displayed)$")]
    private static partial Regex Shows();

    [GeneratedRegex(@"\b(is|are|private|confidential|hidden|unlisted|undisclosed|public|publicly|internal|only|staff|hide|exclude|excluded|suppress|omit|withhold|do|not|don|t|dont|publish|published|display|displayed|show|shown|visible|share|shared|release|include|included|list|listed|print|from|to|on|for|the|in|website|web|online|internet|directory|site|users|flag)\b")]
    private static partial Regex About();

    [GeneratedRegex(@"(?<=\w) (number|address)$")]
    private static partial Regex Ends();

    // "Confidential" alone means the location: shelters are listed like this.
    [GeneratedRegex(@"^(is )?(confidential|undisclosed)$")]
    private static partial Regex PlaceAlone();

    [GeneratedRegex(@"^(private|hidden|unlisted|public)$")]
    private static partial Regex Vague();

    [GeneratedRegex(@"\b(mailing|postal|billing|remit)\b")]
    private static partial Regex Mailing();

    [GeneratedRegex(@"\b(address|addresses|location|street|physical|place)\b(?! email)(?<!(e ?mail|web|website|mail) address)")]
    private static partial Regex AddressWords();

    [GeneratedRegex(@"\b(phone|telephone|tel|fax|cell|mobile|number|hotline|tty|tdd|email|e mail|contact|contacts|director|manager|staff(?! only)|person|name|executive|coordinator|administrator|toll free|worker|author|email address)\b")]
    private static partial Regex PartWords();

    [GeneratedRegex(@"^\W*(in-?active\b.*|closed( permanently| down)?|permanently closed.*|out of business.*|defunct.*|deleted?.*|archived?.*|discontinued.*|retired|obsolete|suspended|hidden|private|confidential|draft|unpublished|pending( \w+)?|excluded?|not public|restricted|(internal|staff|members?)( use)?( only)?|none|nobody|no longer.*|disabled|dead|terminated|expired|do not .*)\W*$", RegexOptions.IgnoreCase)]
    private static partial Regex Inactive();

    [GeneratedRegex(@"^\W*(n|no|f|false|0|off|none|never|not?\b.*|private|hidden|internal( only)?|staff( only)?|inactive|non?)\W*$", RegexOptions.IgnoreCase)]
    private static partial Regex No();

    // Neither empty nor "no".
    [GeneratedRegex(@"^(?!\s*$)(?!\W*(n|no|f|false|0|0\.0|off|none|never|public|n/?a|null|non|não|-+)\W*$)", RegexOptions.IgnoreCase)]
    private static partial Regex NotNo();

    private sealed record Marker(string Column, MarkedPart Part, Regex Of, bool IsStatus = false)
    {
        /// <summary>The prefix of the columns that it covers, folded.</summary>
        public string Prefix { get; init; } = "";

        /// <summary>True if the heading does not say what it applies to.</summary>
        public bool IsVague { get; init; }

        public bool Applies(string text) => text.Length > 0 && Of.IsMatch(text);

        /// <summary>True for a column that the marker applies to: "Phone 1 Number" for "Phone1IsPrivate".</summary>
        public bool Covers(string column)
        {
            var words = Folded(column);
            return words.Length > 0 && Prefix.Length > 0 && !column.Trim().Equals(Column, StringComparison.OrdinalIgnoreCase) && ($"{words} ".StartsWith($"{Prefix} ", StringComparison.Ordinal)
                || $" {words} ".Contains($" {Prefix} ", StringComparison.Ordinal)) && Read(column.Trim(), ofServices: true) is null;
        }
    }
}
