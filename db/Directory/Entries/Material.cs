using System.Text.Json.Serialization;
using HealthEquity.Directory.Vocabularies;

namespace HealthEquity.Directory.Entries;

/// <summary>A know-your-rights card, guide, family plan, template letter, model resolution or statement.</summary>
public sealed record Material : Entry
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override EntryKind Kind => EntryKind.Material;

    /// <summary>The type of material.</summary>
    [Vocabulary(VocabularyNames.MaterialType)]
    public required string MaterialType { get; init; }

    /// <summary>Who it is for.</summary>
    [Vocabulary(VocabularyNames.Audience)]
    public IReadOnlyList<string> Audiences { get; init; } = [];

    /// <summary>One edition per language.</summary>
    public IReadOnlyList<Edition> Editions { get; init; } = [];

    /// <summary>Who publishes it.</summary>
    public string? Publisher { get; init; }

    /// <summary>Terms of use, such as CC-BY-4.0 or "ask the publisher".</summary>
    public string? License { get; init; }
}

/// <summary>A material in one language.</summary>
public sealed record Edition
{
    /// <summary>BCP-47 tag.</summary>
    public required string Language { get; init; }

    /// <summary>The title in that language.</summary>
    public required string Title { get; init; }

    /// <summary>Its web address. Either this or <see cref="Text"/> is required.</summary>
    public string? Url { get; init; }

    /// <summary>The full text, Markdown.</summary>
    public string? Text { get; init; }

    /// <summary>pdf, html, docx…</summary>
    [Vocabulary(VocabularyNames.MaterialFormat)]
    public string? Format { get; init; }

    /// <summary>The fields of a template, in the order in which people fill them in; <see cref="TemplateField"/> says how they stand in the text.</summary>
    public IReadOnlyList<TemplateField> Fields { get; init; } = [];

    /// <summary>The date it was last reviewed.</summary>
    public DateOnly? ReviewedOn { get; init; }
}
