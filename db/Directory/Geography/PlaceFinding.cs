namespace HealthEquity.Directory.Geography;

/// <summary>A mention of a place while a question is read.</summary>
internal sealed class PlaceFinding
{
    /// <summary>The number of its first word.</summary>
    public required int First { get; set; }

    /// <summary>How many words it has.</summary>
    public required int Count { get; set; }

    /// <summary>Where in its word it begins, in a script that does not part words.</summary>
    public int RunStart { get; init; }

    /// <summary>How many characters it has there; 0 when it consists of whole words.</summary>
    public int RunLength { get; init; }

    /// <summary>What it may be, the likeliest first.</summary>
    public List<int> Entities { get; init; } = [];

    /// <summary>The ZIP code that it is.</summary>
    public Place? Zip { get; init; }

    /// <summary>The number of the name.</summary>
    public int Name { get; init; }

    /// <summary>The state that it names, if it does.</summary>
    public string? State { get; set; }

    /// <summary>True when "County" stands with it.</summary>
    public bool IsCounty { get; set; }

    /// <summary>True when a preposition of place stands before it.</summary>
    public bool Preposition { get; set; }

    /// <summary>How sure it is.</summary>
    public double Confidence { get; set; }

    /// <summary>True when another mention says more exactly where.</summary>
    public bool IsContext { get; set; }

    /// <summary>True when it may be a part of an organization's name.</summary>
    public bool MayBeName { get; set; }
}
