using System.Text.Json;

namespace HealthEquity.Directory.Codebook;

/// <summary>The rules by which adoptions of policy actions are coded.</summary>
public sealed record AdoptionCodebook
{
    private static readonly Lazy<AdoptionCodebook> Read = new(() =>
    {
        using var stream = typeof(AdoptionCodebook).Assembly.GetManifestResourceStream(typeof(AdoptionCodebook), "codebook.json")!;
        return JsonSerializer.Deserialize<AdoptionCodebook>(stream, JsonSerializerOptions.Web)!;
    });

    /// <summary>The codebook as shipped.</summary>
    public static AdoptionCodebook Shipped => Read.Value;

    /// <summary>Its date.</summary>
    public required DateOnly Version { get; init; }

    /// <summary>The rules that hold for every adoption.</summary>
    public required IReadOnlyList<string> Rules { get; init; }

    /// <summary>The provisions, by action and code.</summary>
    public required IReadOnlyList<CodedProvision> Codes { get; init; }
}

/// <summary>How one provision is coded.</summary>
public sealed record CodedProvision
{
    /// <summary>The slug of the policy action.</summary>
    public required string Action { get; init; }

    /// <summary>The action's name.</summary>
    public required string ActionName { get; init; }

    /// <summary>The provision's code.</summary>
    public required string Code { get; init; }

    /// <summary>What it means.</summary>
    public required string Definition { get; init; }

    /// <summary>When to code it.</summary>
    public required string Include { get; init; }

    /// <summary>An adoption that was coded so.</summary>
    public required string Example { get; init; }
}
