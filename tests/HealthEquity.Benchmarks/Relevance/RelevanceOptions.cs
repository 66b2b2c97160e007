namespace HealthEquity.Benchmarks.Relevance;

/// <summary>The questions and the API.</summary>
internal sealed record RelevanceOptions
{
    /// <summary>The questions; null for the repository's own.</summary>
    public string? File { get; init; }

    /// <summary>The address of a running API; null to start one.</summary>
    public Uri? Api { get; init; }

    /// <summary>The embedded database to use. It is created if it does not exist, and kept. Null for a temporary one.</summary>
    public string? Database { get; init; }

    /// <summary>Omits the invented samples from a new database.</summary>
    public bool WithoutSamples { get; init; }

    /// <summary>Lists every question with its answers.</summary>
    public bool Show { get; init; }

    /// <summary>Reads the arguments of <c>relevance</c>.</summary>
    /// <returns>Null if an argument is invalid.</returns>
    public static RelevanceOptions? Parse(string[] words) => Parse(words, new RelevanceOptions());

    private static RelevanceOptions? Parse(string[] words, RelevanceOptions read) => words switch
    {
        [] => read,
        ["--show", .. var rest] => Parse(rest, read with { Show = true }),
        ["--without-samples", .. var rest] => Parse(rest, read with { WithoutSamples = true }),
        ["--api", var address, .. var rest] when Uri.TryCreate(address, UriKind.Absolute, out var api) => Parse(rest, read with { Api = api }),
        ["--database", var file, .. var rest] => Parse(rest, read with { Database = file }),
        [['-', ..], ..] => null,
        [var file, .. var rest] when read.File is null => Parse(rest, read with { File = file }),
        _ => null,
    };
}
