using System.Text.Json;
using System.Text.Json.Serialization;
using HealthEquity.Directory.Geography;

namespace HealthEquity.Benchmarks.Relevance;

/// <summary>A question as somebody would type it, and the rules for a useful answer. <c>README.md</c> describes the file.</summary>
internal sealed record Question
{
    /// <summary>How question files are read.</summary>
    public static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web);

    /// <summary>The language it is asked in, BCP 47.</summary>
    public required string Lang { get; init; }

    /// <summary>What sort of question it is: situation, service+place, legal, policy…</summary>
    public required string Type { get; init; }

    /// <summary>The text in the search box.</summary>
    [JsonPropertyName("q")]
    public required string Text { get; init; }

    /// <summary>Other parameters of the search. A value is a text or a list of texts.</summary>
    public Dictionary<string, JsonElement> Params { get; init; } = [];

    /// <summary>An answer is useful if any of these fits it.</summary>
    public required IReadOnlyList<UsefulRule> Ok { get; init; }
}

/// <summary>What makes an answer useful: the listed slugs, or everything else that is set.</summary>
internal sealed record UsefulRule
{
    /// <summary>These entries and no others.</summary>
    public IReadOnlyList<string>? Slugs { get; init; }

    /// <summary>Kinds of entry.</summary>
    public IReadOnlyList<string>? Kind { get; init; }

    /// <summary>Functions of an organization, any of them.</summary>
    public IReadOnlyList<string>? Functions { get; init; }

    /// <summary>Where it must be, or what it must serve.</summary>
    public UsefulPlace? Place { get; init; }

    /// <summary>A language it must speak.</summary>
    public string? Lang { get; init; }

    /// <summary>What it must say about immigration status, any of them.</summary>
    public IReadOnlyList<string>? Imm { get; init; }

    /// <summary>A regular expression that the entry's public text must match.</summary>
    public string? Topic { get; init; }
}

/// <summary>A state (<see cref="State"/>), or a circle around a point in a state (<see cref="Near"/>).</summary>
internal sealed record UsefulPlace
{
    private readonly Lazy<string?> _county;

    /// <summary>Makes a place, whose county is looked up when it is first asked for.</summary>
    public UsefulPlace() => _county = new(() => Near is { } near ? ZipCodes.Nearest(near[0], near[1]).County?.Code : null);

    /// <summary>The USPS code of the state, for a question that names only a state.</summary>
    public string? State { get; init; }

    /// <summary>Latitude and longitude.</summary>
    public double[]? Near { get; init; }

    /// <summary>The radius around it.</summary>
    public double Miles { get; init; }

    /// <summary>The state it lies in. An entry that serves the whole state is useful, too.</summary>
    public string? InState { get; init; }

    /// <summary>The county around the point, as in <c>FL:Polk County</c>. An entry that serves it is useful, too.</summary>
    [JsonIgnore]
    public string? County => _county.Value;
}

/// <summary>A question that combines a need with a town.</summary>
internal sealed record TownQuestion
{
    /// <summary>The language it is asked in, BCP 47.</summary>
    public required string Lang { get; init; }

    /// <summary>The text in the search box.</summary>
    [JsonPropertyName("q")]
    public required string Text { get; init; }

    /// <summary>The kind of entry that the need asks for.</summary>
    public required string Kind { get; init; }

    /// <summary>The town meant, with its state.</summary>
    public required string Town { get; init; }

    /// <summary>The USPS code of its state.</summary>
    public required string State { get; init; }

    /// <summary>Its county, as in <c>FL:Polk County</c>.</summary>
    public required string County { get; init; }

    /// <summary>Its latitude and longitude.</summary>
    public required double[] Near { get; init; }
}
