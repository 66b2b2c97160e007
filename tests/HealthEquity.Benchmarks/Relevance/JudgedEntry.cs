using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using HealthEquity.Directory.Geography;

namespace HealthEquity.Benchmarks.Relevance;

/// <summary>An entry from the public export, for judging whether it answers a question.</summary>
internal sealed class JudgedEntry
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly JsonObject _body;
    private readonly string _text;

    /// <summary>Reads a line of the export.</summary>
    public JudgedEntry(string line)
    {
        _body = JsonNode.Parse(line)!.AsObject();
        Slug = (string)_body["slug"]!;
        Kind = (string)_body["kind"]!;
        // Sources and eligibility mention many topics that the entry is not about.
        var about = _body.DeepClone().AsObject();
        about.Remove("sources");
        about.Remove("eligibility");
        about["populations"] = _body["eligibility"]?["populations"]?.DeepClone();
        _text = about.ToJsonString(Readable);
        Points = [.. Objects("locations").Select(Point).OfType<GeoPoint>()];
    }

    /// <summary>The slug.</summary>
    public string Slug { get; }

    /// <summary>The kind.</summary>
    public string Kind { get; }

    /// <summary>The location: coordinates, or else the center of the ZIP code.</summary>
    public IReadOnlyList<GeoPoint> Points { get; }

    /// <summary>True if any of the rules fits.</summary>
    public bool Fits(IReadOnlyList<UsefulRule> rules) => rules.Any(Fits);

    /// <summary>True if it is in a state or serves a part of it.</summary>
    public bool IsIn(string state) =>
        Objects("locations").Any(l => (string?)l["stateProvince"] == state)
        || Serves("states", state)
        || Area("counties").Any(c => c.StartsWith(state + ":", StringComparison.Ordinal));

    /// <summary>True if it has a location within a distance.</summary>
    public bool IsWithin(double miles, double[] near) =>
        Points.Any(p => GeoDistance.Miles(near[0], near[1], p.Latitude, p.Longitude) <= miles);

    /// <summary>True if its service area includes a county.</summary>
    public bool ServesCounty(string county) => Serves("counties", county);

    private static GeoPoint? Point(JsonNode location)
    {
        if ((double?)location["latitude"] is { } latitude && (double?)location["longitude"] is { } longitude)
        {
            return new GeoPoint(latitude, longitude);
        }

        return ZipCodes.TryGet((string?)location["postalCode"], out var area) ? new GeoPoint(area.Latitude, area.Longitude) : null;
    }

    private bool Fits(UsefulRule rule)
    {
        if (rule.Slugs is { } slugs)
        {
            return slugs.Contains(Slug);
        }

        return (rule.Kind is not { Count: > 0 } kinds || kinds.Contains(Kind))
            && (rule.Functions is not { Count: > 0 } functions || Texts("functions").Any(functions.Contains))
            && (rule.Place is not { } place || Fits(place))
            && (rule.Lang is null || Languages().Contains(rule.Lang))
            && (rule.Imm is not { Count: > 0 } statuses || statuses.Contains((string?)_body["eligibility"]?["immigrationStatus"] ?? ""))
            && (rule.Topic is null || Regex.IsMatch(_text, rule.Topic, RegexOptions.IgnoreCase));
    }

    private bool Fits(UsefulPlace place)
    {
        var state = place.State ?? place.InState ?? "";
        if ((bool?)_body["serviceArea"]?["nationwide"] == true || Serves("states", state))
        {
            return true;
        }

        return place.State is not null
            ? IsIn(state)
            : place.Near is { } near && (IsWithin(place.Miles, near) || (place.County is { } county && ServesCounty(county)));
    }

    private HashSet<string> Languages() =>
        [.. (_body["languages"] as JsonArray ?? []).Select(l => ((string?)(l is JsonObject o ? o["language"] : l) ?? "").Split('-')[0])];

    private bool Serves(string member, string value) => Area(member).Contains(value);

    private IEnumerable<string> Area(string member) => (_body["serviceArea"]?[member] as JsonArray ?? []).Select(v => (string)v!);

    private IEnumerable<string> Texts(string member) => (_body[member] as JsonArray ?? []).Select(v => (string)v!);

    private IEnumerable<JsonNode> Objects(string member) => (_body[member] as JsonArray ?? []).OfType<JsonNode>();
}
