using FluentValidation;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Vocabularies;

namespace HealthEquity.Directory.Rules;

/// <summary>Validates an attorney.</summary>
public sealed class AttorneyValidator : ServiceEntryValidator<Attorney>
{
    /// <inheritdoc/>
    public AttorneyValidator(VocabularySet vocabularies, TimeProvider? clock = null)
        : base(vocabularies, clock)
    {
        RuleForEach(a => a.BarAdmissions).SetValidator(new BarAdmissionValidator());
        RuleFor(a => a.BarAdmissions).NoDuplicates("number", b => $"{b.State} {b.Number}");
        RuleFor(a => a.BarAdmissions)
            .NotEmpty().When(a => a.AttorneyType == "attorney", ApplyConditionTo.CurrentValidator)
            .WithMessage("is empty. An attorney must be admitted to a state bar: enter the state and the bar number (8 CFR 1001.1(f)).");
        RuleFor(a => a.DojAccreditation)
            .NotNull().When(a => a.AttorneyType == "accreditedRepresentative", ApplyConditionTo.CurrentValidator)
            .WithMessage("is required. Enter the level and the expiration date from the Department of Justice roster (8 CFR 1292.12).");
        RuleFor(a => a.RecognizedOrganization).Line(200);
        RuleFor(a => a.RecognizedOrganization)
            .NotNull().When(a => a.DojAccreditation is not null, ApplyConditionTo.CurrentValidator)
            .WithMessage("is required. An accreditation is valid only through a recognized organization: enter its name (8 CFR 1292.12(a)).");
        RuleForEach(a => a.DetentionCenters).Line(200);
        RuleFor(a => a.IntakeHours!).SetValidator(new HoursValidator());
        RuleFor(a => a.IntakePolicy).Text(2_000);
    }
}

/// <summary>Validates a bar admission.</summary>
internal sealed class BarAdmissionValidator : AbstractValidator<BarAdmission>
{
    public BarAdmissionValidator()
    {
        RuleFor(b => b.State).StateCode();
        RuleFor(b => b.Number).RegistryNumber();
        RuleFor(b => b.RegistryUrl).WebAddress();
    }
}
