using HealthEquity.Directory.Vocabularies;

namespace HealthEquity.Directory.Entries;

/// <summary>Marks what curators see and the public never does: left out when an entry is published.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class EditorialAttribute : Attribute;

/// <summary>Marks what publishing or reading adds to an entry; a curator can't write it and no revision holds it.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PublicOnlyAttribute : Attribute;

/// <summary>
/// Names the closed vocabulary that a coded value, or each of a list of them, is taken from. Validation, search terms, the
/// OpenAPI document and the console's forms all read it.
/// </summary>
/// <param name="name">The vocabulary's name, one of <see cref="VocabularyNames"/>.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class VocabularyAttribute(string name) : Attribute
{
    /// <summary>The vocabulary's name.</summary>
    public string Name { get; } = name;
}
