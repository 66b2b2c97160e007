using FluentValidation;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Vocabularies;

namespace HealthEquity.Directory.Rules;

/// <summary>Validates a provider.</summary>
public sealed class ProviderValidator : ServiceEntryValidator<Provider>
{
    /// <inheritdoc/>
    public ProviderValidator(VocabularySet vocabularies, TimeProvider? clock = null)
        : base(vocabularies, clock)
    {
        RuleFor(p => p.Npi)
            .Must(n => n is null || Npi.IsValid(n))
            .WithMessage("is not a National Provider Identifier. Copy the ten digits from the NPI registry: the last one is a check digit and does not match.");
        RuleForEach(p => p.Licenses).SetValidator(new LicenseValidator());
        RuleFor(p => p.Licenses).NoDuplicates("number", l => $"{l.State} {l.Type} {l.Number}");
    }
}

/// <summary>Validates a license.</summary>
internal sealed class LicenseValidator : AbstractValidator<License>
{
    private static readonly string[] Supervised = ["associateClinicalSocialWorker", "associateCounselor", "associateMarriageFamilyTherapist"];

    public LicenseValidator()
    {
        RuleFor(l => l.Number).RegistryNumber();
        RuleFor(l => l.State).StateCode();
        RuleFor(l => l.BoardUrl).WebAddress();
        RuleFor(l => l.Supervisor).Line(200);
        RuleFor(l => l.Supervisor)
            .NotNull().When(l => Supervised.Contains(l.Type), ApplyConditionTo.CurrentValidator)
            .WithMessage("is required. A pre-licensed clinician works under supervision: enter the supervisor's name and license number.");
    }
}
