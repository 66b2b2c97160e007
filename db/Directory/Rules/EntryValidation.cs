using System.Collections.Frozen;
using FluentValidation;
using FluentValidation.Results;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Vocabularies;

namespace HealthEquity.Directory.Rules;

/// <summary>Checks an entry of any kind against the rules of its kind. Make it once for a set of vocabularies; it can be shared.</summary>
/// <param name="vocabularies">The terms that may be used.</param>
/// <param name="clock">Tells which days have not come yet; without it no day is refused for lying in the future.</param>
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

    /// <summary>What is wrong with the entry. Failures are named by JSON path; each message says what to do.</summary>
    public ValidationResult Validate(Entry entry) => _validators[entry.Kind].Validate(new ValidationContext<object>(entry));
}
