using System.Text.Json.Serialization;
using HealthEquity.Directory.Vocabularies;

namespace HealthEquity.Directory.Entries;

/// <summary>What a health department, school district, city, county or state can do, and who has adopted it.</summary>
public sealed record PolicyAction : Entry
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override EntryKind Kind => EntryKind.PolicyAction;

    /// <summary>The theme it belongs to.</summary>
    [Vocabulary(VocabularyNames.PolicyTheme)]
    public required string Theme { get; init; }

    /// <summary>Who can take it.</summary>
    [Vocabulary(VocabularyNames.PolicyActor)]
    public IReadOnlyList<string> Actors { get; init; } = [];

    /// <summary>The instrument: resolution, written policy, training…</summary>
    [Vocabulary(VocabularyNames.PolicyInstrument)]
    public string? Instrument { get; init; }

    /// <summary>protective, neutral or restrictive for immigrant families.</summary>
    [Vocabulary(VocabularyNames.PolicyDirection)]
    public string Direction { get; init; } = "protective";

    /// <summary>What to do, in order; Markdown.</summary>
    [Translatable]
    public IReadOnlyList<string> Steps { get; init; } = [];

    /// <summary>Its provisions.</summary>
    public IReadOnlyList<Provision> Provisions { get; init; } = [];

    /// <summary>A model text to adapt.</summary>
    public ModelText? ModelText { get; init; }

    /// <summary>Evidence of its effect.</summary>
    public IReadOnlyList<Evidence> Evidence { get; init; } = [];

    /// <summary>Who has adopted it.</summary>
    public IReadOnlyList<Adoption> Adoptions { get; init; } = [];
}

/// <summary>One provision of a policy.</summary>
public sealed record Provision
{
    /// <summary>Its code within the action: lowercase words joined by hyphens.</summary>
    public required string Code { get; init; }

    /// <summary>What it says.</summary>
    [Translatable]
    public required string Text { get; init; }

    /// <summary>mandatory or encouraged.</summary>
    [Vocabulary(VocabularyNames.ProvisionForce)]
    public string Force { get; init; } = "mandatory";

    /// <summary>Who is bound by it.</summary>
    [Vocabulary(VocabularyNames.PolicyActor)]
    public IReadOnlyList<string> Binds { get; init; } = [];
}

/// <summary>A model text to adapt.</summary>
public sealed record ModelText
{
    /// <summary>The version, so that adoptions can say which one they followed.</summary>
    public required string Version { get; init; }

    /// <summary>The text, Markdown.</summary>
    [Translatable]
    public required string Text { get; init; }
}

/// <summary>Evidence of an action's effect.</summary>
public sealed record Evidence
{
    /// <summary>The finding.</summary>
    [Translatable]
    public required string Finding { get; init; }

    /// <summary>The source of the finding.</summary>
    public required Source Source { get; init; }
}

/// <summary>One jurisdiction's adoption of a policy action.</summary>
public sealed record Adoption
{
    /// <summary>Who adopted it.</summary>
    public required Jurisdiction Jurisdiction { get; init; }

    /// <summary>proposed, adopted, inForce, enjoined, repealed, superseded.</summary>
    [Vocabulary(VocabularyNames.AdoptionStatus)]
    public required string Status { get; init; }

    /// <summary>The latest date for which its source confirms that status.</summary>
    public DateOnly? StatusAsOf { get; init; }

    /// <summary>What happened, oldest first.</summary>
    public IReadOnlyList<AdoptionEvent> History { get; init; } = [];

    /// <summary>Codes of the provisions adopted, from the action's list.</summary>
    public IReadOnlyList<string> Provisions { get; init; } = [];

    /// <summary>How it differs from the model text.</summary>
    [Translatable]
    public string? Departures { get; init; }

    /// <summary>The source of this information.</summary>
    public required Source Source { get; init; }
}

/// <summary>A government or other body that can adopt policy.</summary>
public sealed record Jurisdiction
{
    /// <summary>Its name, such as "Los Angeles Unified School District".</summary>
    public required string Name { get; init; }

    /// <summary>country, state, county, city, schoolDistrict…</summary>
    [Vocabulary(VocabularyNames.JurisdictionLevel)]
    public required string Level { get; init; }

    /// <summary>USPS code of its state.</summary>
    public string? State { get; init; }

    /// <summary>FIPS code: state 2 digits, county 5, place 7; a school district's NCES id, 7.</summary>
    public string? Fips { get; init; }
}

/// <summary>One event in an adoption's history.</summary>
public sealed record AdoptionEvent
{
    /// <summary>The date; the first of the month if only the month is known.</summary>
    public required DateOnly On { get; init; }

    /// <summary>The resulting status.</summary>
    [Vocabulary(VocabularyNames.AdoptionStatus)]
    public required string Status { get; init; }

    /// <summary>What happened.</summary>
    [Translatable]
    public string? Note { get; init; }
}
