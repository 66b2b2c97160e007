using System.Text.Json.Serialization;
using HealthEquity.Directory.Vocabularies;

namespace HealthEquity.Directory.Entries;

/// <summary>
/// What the directory says about one subject. One record serves both views: a revision holds everything but
/// <see cref="PublicOnlyAttribute"/> members, the public document everything but <see cref="EditorialAttribute"/> ones.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Provider), "provider")]
[JsonDerivedType(typeof(Attorney), "attorney")]
[JsonDerivedType(typeof(Organization), "organization")]
[JsonDerivedType(typeof(PolicyAction), "policyAction")]
[JsonDerivedType(typeof(Material), "material")]
[JsonDerivedType(typeof(Event), "event")]
public abstract record Entry
{
    /// <summary>The kind of entry.</summary>
    [JsonIgnore]
    public abstract EntryKind Kind { get; }

    /// <summary>The entry's id, a UUIDv7 that never changes.</summary>
    [PublicOnly]
    public Guid? Id { get; init; }

    /// <summary>The entry's readable address, unique in the directory; a former slug redirects to it.</summary>
    [PublicOnly]
    public string? Slug { get; init; }

    /// <summary>Slugs that the entry had before; each redirects to <see cref="Slug"/>.</summary>
    [PublicOnly]
    public IReadOnlyList<string>? FormerSlugs { get; init; }

    /// <summary>The name as its holder writes it; never machine-translated. 1 to 200 characters.</summary>
    public required string Name { get; init; }

    /// <summary>Other names: acronyms, former names, names in other scripts.</summary>
    public IReadOnlyList<string> AlternateNames { get; init; } = [];

    /// <summary>One or two plain sentences, at most 300 characters.</summary>
    public string? Summary { get; init; }

    /// <summary>The whole description in Markdown, at most 20,000 characters.</summary>
    public string? Description { get; init; }

    /// <summary>The language of the entry's own texts, a BCP-47 tag.</summary>
    public string Language { get; init; } = "en";

    /// <summary>Tags from the closed vocabulary.</summary>
    [Vocabulary(VocabularyNames.Tag)]
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Where the facts come from.</summary>
    public IReadOnlyList<Source> Sources { get; init; } = [];

    /// <summary>The entry's texts in other languages.</summary>
    public IReadOnlyList<Translation> Translations { get; init; } = [];

    /// <summary>Notes among curators.</summary>
    [Editorial]
    public string? InternalNotes { get; init; }

    /// <summary>When the published text last changed, UTC. Checking an entry does not move it.</summary>
    [PublicOnly]
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>When this document was published, UTC: moves with every change, a check included (HSDS <c>last_modified</c>).</summary>
    [PublicOnly]
    public DateTimeOffset? PublishedAt { get; init; }

    /// <summary>The day on which the entry was last confirmed to be right (HSDS <c>assured_date</c>); moved only by a verification.</summary>
    [PublicOnly]
    public DateOnly? AssuredOn { get; init; }

    /// <summary>The day by which the entry is to be checked again.</summary>
    [PublicOnly]
    public DateOnly? CheckDueOn { get; init; }

    /// <summary>True when <see cref="CheckDueOn"/> has passed: ask before you rely on it.</summary>
    [PublicOnly]
    public bool? Overdue { get; init; }

    /// <summary>Distance from the place asked about, in the unit asked for; only in answers to "near".</summary>
    [PublicOnly]
    public double? Distance { get; init; }

    /// <summary>Fields that could not be given in the language asked for, and the language they are in instead.</summary>
    [PublicOnly]
    public IReadOnlyDictionary<string, string>? Fallbacks { get; init; }
}

/// <summary>Where a fact comes from.</summary>
public sealed record Source
{
    /// <summary>The source's name: a publication, a registry, a web page's title.</summary>
    public required string Name { get; init; }

    /// <summary>Where it can be read, http or https.</summary>
    public string? Url { get; init; }

    /// <summary>The day on which it was read.</summary>
    public DateOnly? RetrievedOn { get; init; }

    /// <summary>What it says of this entry, or which part of it was used.</summary>
    public string? Note { get; init; }
}

/// <summary>An entry's texts in another language. Names are only ever given by people.</summary>
public sealed record Translation
{
    /// <summary>The language, a BCP-47 tag, other than the entry's own.</summary>
    public required string Language { get; init; }

    /// <summary>The name, where its holder or a person gave one in this language.</summary>
    public string? Name { get; init; }

    /// <summary>The summary, at most 300 characters.</summary>
    public string? Summary { get; init; }

    /// <summary>The description in Markdown.</summary>
    public string? Description { get; init; }

    /// <summary>How the translation was made.</summary>
    [Vocabulary(VocabularyNames.TranslationProvenance)]
    public required string Provenance { get; init; }

    /// <summary>The day on which it was made or last reviewed.</summary>
    public DateOnly? TranslatedOn { get; init; }
}
