using HealthEquity.Directory.Vocabularies;

namespace HealthEquity.Directory.Entries;

/// <summary>Marks a member that only curators see. Publishing removes it.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class EditorialAttribute : Attribute;

/// <summary>Marks a member that publishing or reading adds to an entry. Curators can't write it and revisions don't store it.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PublicOnlyAttribute : Attribute;

/// <summary>
/// Marks a text, or a list of texts, that a translation holds by its path (see <see cref="EntryTexts"/>). Name, summary and description
/// have members of their own in a translation.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class TranslatableAttribute : Attribute;

/// <summary>
/// Names the vocabulary that a coded value, or each value of a list, comes from. Validation, search, the OpenAPI document and the
/// console's forms all read it.
/// </summary>
/// <param name="name">The vocabulary's name, one of <see cref="VocabularyNames"/>.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class VocabularyAttribute(string name) : Attribute
{
    /// <summary>The vocabulary's name.</summary>
    public string Name { get; } = name;
}
