using System.Collections.Frozen;
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
    private readonly FrozenDictionary<EntryKind, IValidator> _validators = new Dictionary<EntryKind, IValidator>
    {
        [EntryKind.Provider] = new ProviderValidator(vocabularies, clock),
        [EntryKind.Attorney] = new AttorneyValidator(vocabularies, clock),
        [EntryKind.Organization] = new OrganizationValidator(vocabularies, clock),
        [EntryKind.PolicyAction] = new PolicyActionValidator(vocabularies, clock),
        [EntryKind.Material] = new MaterialValidator(vocabularies, clock),
        [EntryKind.Event] = new EventValidator(vocabularies, clock),
    }.ToFrozenDictionary();

    /// <summary>Returns the errors in the entry. Each error has the JSON path of the field and a message that says how to fix it.</summary>
    public ValidationResult Validate(Entry entry) => _validators[entry.Kind].Validate(new ValidationContext<object>(entry));
}
