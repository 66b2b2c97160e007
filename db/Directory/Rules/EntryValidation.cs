using FluentValidation;
using FluentValidation.Results;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Vocabularies;

namespace HealthEquity.Directory.Rules;

/// <summary>Validates an entry against the rules of its kind. Create one per vocabulary set and share it.</summary>
/// <param name="vocabularies">The terms that may be used.</param>
/// <param name="clock">Determines today's date. Without a clock, dates in the future are accepted.</param>
public sealed class EntryValidation(VocabularySet vocabularies, TimeProvider? clock = null)
{
    // The rules of a kind take 20 ms to put together, and most commands need one kind or none.
    private readonly Dictionary<EntryKind, Lazy<IValidator>> _validators = new()
    {
        [EntryKind.Provider] = new(() => new ProviderValidator(vocabularies, clock)),
        [EntryKind.Attorney] = new(() => new AttorneyValidator(vocabularies, clock)),
        [EntryKind.Organization] = new(() => new OrganizationValidator(vocabularies, clock)),
        [EntryKind.PolicyAction] = new(() => new PolicyActionValidator(vocabularies, clock)),
        [EntryKind.Material] = new(() => new MaterialValidator(vocabularies, clock)),
        [EntryKind.Event] = new(() => new EventValidator(vocabularies, clock)),
    };

    /// <summary>Returns the errors in the entry. Each error has the JSON path of the field and a message that says how to fix it.</summary>
    public ValidationResult Validate(Entry entry) => _validators[entry.Kind].Value.Validate(new ValidationContext<object>(entry));
}
