using System.Text.Json.Serialization;
using HealthEquity.Directory.Vocabularies;

namespace HealthEquity.Directory.Entries;

/// <summary>An immigrant-rights group, rapid response network, hotline, school or health-department contact.</summary>
public sealed record Organization : ServiceEntry
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override EntryKind Kind => EntryKind.Organization;

    /// <summary>The type of organization.</summary>
    [Vocabulary(VocabularyNames.OrganizationType)]
    public string? OrganizationType { get; init; }

    /// <summary>What it does: intake, verification, dispatch, accompaniment…</summary>
    [Vocabulary(VocabularyNames.OrganizationFunction)]
    public IReadOnlyList<string> Functions { get; init; } = [];

    /// <summary>Employer Identification Number (IRS), nine digits as 12-3456789.</summary>
    public string? Ein { get; init; }

    /// <summary>Legal status, such as 501(c)(3).</summary>
    public string? LegalStatus { get; init; }

    /// <summary>The year it was founded.</summary>
    public int? YearIncorporated { get; init; }
}
