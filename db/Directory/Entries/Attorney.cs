using System.Text.Json.Serialization;
using HealthEquity.Directory.Vocabularies;

namespace HealthEquity.Directory.Entries;

/// <summary>A pro bono attorney, a DOJ-accredited representative, or a legal-aid program.</summary>
public sealed record Attorney : ServiceEntry
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override EntryKind Kind => EntryKind.Attorney;

    /// <summary>Attorney, accredited representative, legal-aid program…</summary>
    [Vocabulary(VocabularyNames.AttorneyType)]
    public string? AttorneyType { get; init; }

    /// <summary>State bar admissions.</summary>
    public IReadOnlyList<BarAdmission> BarAdmissions { get; init; } = [];

    /// <summary>Accreditation by the Department of Justice (8 CFR 1292.12).</summary>
    public DojAccreditation? DojAccreditation { get; init; }

    /// <summary>The DOJ-recognized organization that the representative works for (8 CFR 1292.11).</summary>
    public string? RecognizedOrganization { get; init; }

    /// <summary>Immigration law practiced: asylum, SIJS, removal defense…</summary>
    [Vocabulary(VocabularyNames.PracticeArea)]
    public IReadOnlyList<string> PracticeAreas { get; init; } = [];

    /// <summary>Whether the attorney takes cases of people in detention: yes, no, unknown.</summary>
    [Vocabulary(VocabularyNames.Availability)]
    public string DetainedDocket { get; init; } = "unknown";

    /// <summary>Immigration courts served.</summary>
    [Vocabulary(VocabularyNames.Court)]
    public IReadOnlyList<string> Courts { get; init; } = [];

    /// <summary>Detention centers served, by name.</summary>
    public IReadOnlyList<string> DetentionCenters { get; init; } = [];

    /// <summary>Kinds of help: consultation, brief advice, full representation, workshops.</summary>
    [Vocabulary(VocabularyNames.Help)]
    public IReadOnlyList<string> Help { get; init; } = [];

    /// <summary>Intake hours for new cases.</summary>
    public Hours? IntakeHours { get; init; }

    /// <summary>How to start a new case: walk-in, phone, referral.</summary>
    [Translatable]
    public string? IntakePolicy { get; init; }
}

/// <summary>An admission to a state bar.</summary>
public sealed record BarAdmission
{
    /// <summary>USPS code of the state.</summary>
    public required string State { get; init; }

    /// <summary>The bar number, as the bar writes it. Some states use another term, such as New York's registration number.</summary>
    public required string Number { get; init; }

    /// <summary>Standing with the bar.</summary>
    [Vocabulary(VocabularyNames.BarStanding)]
    public string Standing { get; init; } = "unknown";

    /// <summary>The bar's page for checking the admission.</summary>
    public string? RegistryUrl { get; init; }
}

/// <summary>Accreditation by the Department of Justice's Recognition and Accreditation Program.</summary>
public sealed record DojAccreditation
{
    /// <summary>partial (before DHS only) or full (DHS, immigration courts and the Board of Immigration Appeals).</summary>
    [Vocabulary(VocabularyNames.DojAccreditation)]
    public required string Level { get; init; }

    /// <summary>The last day it is valid (three years, 8 CFR 1292.12(d)).</summary>
    public DateOnly? ExpiresOn { get; init; }

    /// <summary>True if renewal was requested in time. The accreditation then stays valid until a decision.</summary>
    public bool RenewalPending { get; init; }
}
