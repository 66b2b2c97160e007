using System.Text.Json.Serialization;
using HealthEquity.Directory.Vocabularies;

namespace HealthEquity.Directory.Entries;

/// <summary>A mental-health clinician, clinic or facility, or a social worker.</summary>
public sealed record Provider : ServiceEntry
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override EntryKind Kind => EntryKind.Provider;

    /// <summary>The type of provider.</summary>
    [Vocabulary(VocabularyNames.ProviderType)]
    public string? ProviderType { get; init; }

    /// <summary>National Provider Identifier: ten digits, the last a check digit (45 CFR 162.406).</summary>
    public string? Npi { get; init; }

    /// <summary>Licenses of the clinician, or of the facility.</summary>
    public IReadOnlyList<License> Licenses { get; init; } = [];

    /// <summary>Ways of working: individual, group, family…</summary>
    [Vocabulary(VocabularyNames.Modality)]
    public IReadOnlyList<string> Modalities { get; init; } = [];

    /// <summary>Areas of expertise: trauma, grief…</summary>
    [Vocabulary(VocabularyNames.Specialty)]
    public IReadOnlyList<string> Specialties { get; init; } = [];

    /// <summary>Forensic evaluations for immigration cases: asylum, hardship…</summary>
    [Vocabulary(VocabularyNames.Evaluation)]
    public IReadOnlyList<string> Evaluations { get; init; } = [];
}

/// <summary>A license from a state board.</summary>
public sealed record License
{
    /// <summary>The license's type, such as clinicalSocialWorker.</summary>
    [Vocabulary(VocabularyNames.LicenseType)]
    public required string Type { get; init; }

    /// <summary>The number, as the board writes it.</summary>
    public required string Number { get; init; }

    /// <summary>USPS code of the state whose board issued it.</summary>
    public required string State { get; init; }

    /// <summary>active, expired, suspended…</summary>
    [Vocabulary(VocabularyNames.LicenseStatus)]
    public string Status { get; init; } = "unknown";

    /// <summary>The last day it is valid.</summary>
    public DateOnly? ExpiresOn { get; init; }

    /// <summary>The board's page for checking the license.</summary>
    public string? BoardUrl { get; init; }

    /// <summary>For a pre-licensed clinician, the supervisor's name and license number.</summary>
    public string? Supervisor { get; init; }
}
