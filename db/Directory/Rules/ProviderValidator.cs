using FluentValidation;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Vocabularies;

namespace HealthEquity.Directory.Rules;

/// <summary>When a provider is valid.</summary>
public sealed class ProviderValidator : ServiceEntryValidator<Provider>
{
    /// <inheritdoc/>
    public ProviderValidator(VocabularySet vocabularies, TimeProvider? clock = null)
        : base(vocabularies, clock)
    {
        RuleFor(p => p.Npi)
            .Must(n => n is null || Npi.IsValid(n))
            .WithMessage("is no National Provider Identifier: write the ten digits of the NPI registry; the last is a check digit and does not fit.");
        RuleForEach(p => p.Licenses).SetValidator(new LicenseValidator());
        RuleFor(p => p.Licenses).Once("number", l => $"{l.State} {l.Type} {l.Number}");
    }
}

/// <summary>When a license is valid.</summary>
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
            .WithMessage("is missing: who is not yet licensed works under supervision; give the supervisor's name and license number.");
    }
}
