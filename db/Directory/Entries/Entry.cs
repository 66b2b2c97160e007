using System.Text.Json.Serialization;
using HealthEquity.Directory.Vocabularies;

namespace HealthEquity.Directory.Entries;

/// <summary>
/// An entry of the directory. One record serves both views: a revision holds everything except <see cref="PublicOnlyAttribute"/>
/// members, and the public document holds everything except <see cref="EditorialAttribute"/> members.
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

    /// <summary>The entry's readable address, unique in the directory. Former slugs redirect to it.</summary>
    [PublicOnly]
    public string? Slug { get; init; }

    /// <summary>The entry's previous slugs. Each redirects to <see cref="Slug"/>.</summary>
    [PublicOnly]
    public IReadOnlyList<string>? FormerSlugs { get; init; }

    /// <summary>The name as its owner writes it, never machine-translated. 1 to 200 characters.</summary>
    public required string Name { get; init; }

    /// <summary>Other names: acronyms, former names, names in other scripts.</summary>
    public IReadOnlyList<string> AlternateNames { get; init; } = [];

    /// <summary>One or two plain sentences, at most 300 characters.</summary>
    public string? Summary { get; init; }

    /// <summary>The full description in Markdown, at most 20,000 characters.</summary>
    public string? Description { get; init; }

    /// <summary>The language of the entry's own text, a BCP-47 tag.</summary>
    public string Language { get; init; } = "en";

    /// <summary>Tags from the closed vocabulary.</summary>
    [Vocabulary(VocabularyNames.Tag)]
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Sources of the facts.</summary>
    public IReadOnlyList<Source> Sources { get; init; } = [];

    /// <summary>Translations of the entry's text.</summary>
    public IReadOnlyList<Translation> Translations { get; init; } = [];

    /// <summary>Internal notes for curators.</summary>
    [Editorial]
    public string? InternalNotes { get; init; }

    /// <summary>When the published text last changed, UTC. Verifying an entry does not change it.</summary>
    [PublicOnly]
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>When this document was published, UTC. Every change updates it, including a verification (HSDS <c>last_modified</c>).</summary>
    [PublicOnly]
    public DateTimeOffset? PublishedAt { get; init; }

    /// <summary>The date the entry was last confirmed as correct (HSDS <c>assured_date</c>). Only a verification changes it.</summary>
    [PublicOnly]
    public DateOnly? AssuredOn { get; init; }

    /// <summary>The date the next verification is due.</summary>
    [PublicOnly]
    public DateOnly? CheckDueOn { get; init; }

    /// <summary>True if <see cref="CheckDueOn"/> has passed: confirm before you rely on the entry.</summary>
    [PublicOnly]
    public bool? Overdue { get; init; }

    /// <summary>Distance from the requested place, in the requested unit. Only in responses to "near".</summary>
    [PublicOnly]
    public double? Distance { get; init; }

    /// <summary>
    /// Every text not available in the requested language, and the language it is in instead. A text inside another member is named
    /// by its path, such as "cost.note".
    /// </summary>
    [PublicOnly]
    public IReadOnlyDictionary<string, string>? Fallbacks { get; init; }
}

/// <summary>A source of facts.</summary>
public sealed record Source
{
    /// <summary>The source's name: a publication, a registry, a web page's title.</summary>
    public required string Name { get; init; }

    /// <summary>The source's address, http or https.</summary>
    public string? Url { get; init; }

    /// <summary>The date it was retrieved.</summary>
    public DateOnly? RetrievedOn { get; init; }

    /// <summary>The date to look at it again, because what it says can change.</summary>
    public DateOnly? CheckAgainOn { get; init; }

    /// <summary>What it says about this entry, or which part of it was used.</summary>
    public string? Note { get; init; }
}

/// <summary>
/// An entry's text in another language. The name of a person or an organization is always provided by a person; the title of an action,
/// a material or an event may be translated by machine, like any other text.
/// </summary>
public sealed record Translation
{
    /// <summary>The language, a BCP-47 tag, other than the entry's own.</summary>
    public required string Language { get; init; }

    /// <summary>The name in this language. For people and organizations, only if its owner or another person provided one.</summary>
    public string? Name { get; init; }

    /// <summary>The summary, at most 300 characters.</summary>
    public string? Summary { get; init; }

    /// <summary>The description in Markdown.</summary>
    public string? Description { get; init; }

    /// <summary>All other texts of the entry: steps, provisions, notes.</summary>
    public IReadOnlyList<TranslatedText> Texts { get; init; } = [];

    /// <summary>How the translation was made.</summary>
    [Vocabulary(VocabularyNames.TranslationProvenance)]
    public required string Provenance { get; init; }

    /// <summary>The date it was made or last reviewed.</summary>
    public DateOnly? TranslatedOn { get; init; }
}

/// <summary>One of an entry's texts in another language.</summary>
public sealed record TranslatedText
{
    /// <summary>
    /// Where the text is in the entry: <c>modelText.text</c>, <c>steps[0]</c>, <c>provisions[judicial-warrant].text</c>. Lists count from
    /// 0; a provision is named by its code.
    /// </summary>
    public required string Path { get; init; }

    /// <summary>The text in the translation's language.</summary>
    public required string Text { get; init; }
}
