using FluentValidation;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Vocabularies;

namespace HealthEquity.Directory.Rules;

/// <summary>Validates a provider, an attorney or an organization.</summary>
public abstract class ServiceEntryValidator<T> : EntryValidator<T>
    where T : ServiceEntry
{
    /// <inheritdoc/>
    protected ServiceEntryValidator(VocabularySet vocabularies, TimeProvider? clock)
        : base(vocabularies, clock)
    {
        RuleForEach(e => e.Phones).SetValidator(new PhoneValidator());
        RuleFor(e => e.Phones).NoDuplicates("number", p => $"{p.Number} {p.Extension} {p.Type}");
        RuleForEach(e => e.Emails).SetValidator(new EmailValidator());
        RuleFor(e => e.Emails).NoDuplicates("address", m => m.Address);
        RuleFor(e => e.Website).WebAddress();
        RuleForEach(e => e.Links).SetValidator(new LinkValidator());
        RuleFor(e => e.Links).NoDuplicates("url", l => l.Url);
        RuleForEach(e => e.Locations).SetValidator(new LocationValidator());
        RuleFor(e => e.Hours!).SetValidator(new HoursValidator());
        RuleFor(e => e.ServiceArea!).SetValidator(new ServiceAreaValidator());
        RuleForEach(e => e.Languages).SetValidator(new LanguageOfferedValidator());
        RuleFor(e => e.Languages).NoDuplicates("language", l => l.Language);
        RuleFor(e => e.Cost!).SetValidator(new CostValidator());
        RuleFor(e => e.Eligibility!).SetValidator(new EligibilityValidator());
        RuleFor(e => e.Capacity!).SetValidator(new CapacityValidator(clock));
        RuleFor(e => e.RemoteService!).SetValidator(new RemoteServiceValidator());
        RuleFor(e => e.Consent!).SetValidator(new ConsentValidator(clock));
    }
}

/// <summary>Validates an offered language.</summary>
internal sealed class LanguageOfferedValidator : AbstractValidator<LanguageOffered>
{
    public LanguageOfferedValidator()
    {
        RuleFor(l => l.Language).ValidLanguageTag();
        RuleFor(l => l.Note).Line(300);
    }
}

/// <summary>Validates a cost.</summary>
internal sealed class CostValidator : AbstractValidator<Cost>
{
    private const decimal HighestFee = 100_000;

    public CostValidator()
    {
        RuleForEach(c => c.Insurers).Line(150);
        RuleFor(c => c.FeeMinimum).InclusiveBetween(0, HighestFee).WithMessage("must be between 0 and 100,000 US dollars.");
        RuleFor(c => c.FeeMaximum).InclusiveBetween(0, HighestFee).WithMessage("must be between 0 and 100,000 US dollars.");
        RuleFor(c => c.FeeMaximum)
            .Must((cost, maximum) => maximum is null || cost.FeeMinimum is null || cost.FeeMinimum <= maximum)
            .WithMessage("is less than 'feeMinimum'. Swap the two, or correct one.");
        RuleFor(c => c.Note).Text(1_000);
    }
}

/// <summary>Validates eligibility.</summary>
internal sealed class EligibilityValidator : AbstractValidator<Eligibility>
{
    public EligibilityValidator()
    {
        RuleFor(e => e.MinimumAge).InclusiveBetween(0, 120).WithMessage("must be between 0 and 120 years.");
        RuleFor(e => e.MaximumAge).InclusiveBetween(0, 120).WithMessage("must be between 0 and 120 years.");
        RuleFor(e => e.MaximumAge)
            .Must((eligibility, maximum) => maximum is null || eligibility.MinimumAge is null || eligibility.MinimumAge <= maximum)
            .WithMessage("is less than 'minimumAge'. Swap the two, or correct one.");
        RuleFor(e => e.ImmigrationStatusEvidence).Text(1_000);
        RuleFor(e => e.ImmigrationStatusEvidence)
            .NotNull().When(e => e.ImmigrationStatus != "unknown", ApplyConditionTo.CurrentValidator)
            .WithMessage("is required. Say how you know (a written policy, a call and its date, a law), or set 'immigrationStatus' to unknown.");
        RuleFor(e => e.DocumentsRequired).Exclusive("none", "unknown");
        RuleFor(e => e.Conditions).Exclusive("none");
        RuleFor(e => e.Note).Text(1_000);
    }
}

/// <summary>Validates capacity.</summary>
internal sealed class CapacityValidator : AbstractValidator<Capacity>
{
    public CapacityValidator(TimeProvider? clock)
    {
        RuleFor(c => c.WaitlistDays).InclusiveBetween(0, 3_650).WithMessage("must be between 0 and 3,650 days.");
        RuleFor(c => c.WaitlistDays)
            .Null().When(c => c.Status != "waitlist", ApplyConditionTo.CurrentValidator)
            .WithMessage("is allowed only when 'status' is waitlist. Remove it, or set 'status' to waitlist.");
        RuleFor(c => c.AsOf).NotInFuture(clock);
        RuleFor(c => c.AsOf)
            .NotNull().When(c => c.Status != "unknown", ApplyConditionTo.CurrentValidator)
            .WithMessage("is required. Enter the date when that status was confirmed, or set 'status' to unknown.");
    }
}

/// <summary>Validates remote service.</summary>
internal sealed class RemoteServiceValidator : AbstractValidator<RemoteService>
{
    public RemoteServiceValidator()
    {
        RuleForEach(r => r.States).StateCode();
        RuleFor(r => r.States)
            .Empty().When(r => r.Offered == "no", ApplyConditionTo.CurrentValidator)
            .WithMessage("must be empty when 'offered' is no. Remove the states, or set 'offered' to yes.");
        RuleFor(r => r.Note).Text(1_000);
    }
}

/// <summary>Validates consent.</summary>
internal sealed class ConsentValidator : AbstractValidator<Consent>
{
    public ConsentValidator(TimeProvider? clock)
    {
        RuleFor(c => c.GivenBy).Line(200);
        RuleFor(c => c.GivenOn).NotInFuture(clock);
        RuleFor(c => c.GivenOn)
            .NotNull().When(c => c.Status == "granted", ApplyConditionTo.CurrentValidator)
            .WithMessage("is required. Enter the date consent was granted.");
        RuleFor(c => c.Note).Text(1_000);
    }
}
