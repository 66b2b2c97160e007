using FluentValidation;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Vocabularies;

namespace HealthEquity.Directory.Rules;

/// <summary>When an entry that people can turn to for help is valid.</summary>
public abstract class ServiceEntryValidator<T> : EntryValidator<T>
    where T : ServiceEntry
{
    /// <inheritdoc/>
    protected ServiceEntryValidator(VocabularySet vocabularies, TimeProvider? clock)
        : base(vocabularies, clock)
    {
        RuleForEach(e => e.Phones).SetValidator(new PhoneValidator());
        RuleFor(e => e.Phones).Once("number", p => $"{p.Number} {p.Extension} {p.Type}");
        RuleForEach(e => e.Emails).SetValidator(new EmailValidator());
        RuleFor(e => e.Emails).Once("address", m => m.Address);
        RuleFor(e => e.Website).WebAddress();
        RuleForEach(e => e.Links).SetValidator(new LinkValidator());
        RuleFor(e => e.Links).Once("url", l => l.Url);
        RuleForEach(e => e.Locations).SetValidator(new LocationValidator());
        RuleFor(e => e.Hours!).SetValidator(new HoursValidator());
        RuleFor(e => e.ServiceArea!).SetValidator(new ServiceAreaValidator());
        RuleForEach(e => e.Languages).SetValidator(new LanguageOfferedValidator());
        RuleFor(e => e.Languages).Once("language", l => l.Language);
        RuleFor(e => e.Cost!).SetValidator(new CostValidator());
        RuleFor(e => e.Eligibility!).SetValidator(new EligibilityValidator());
        RuleFor(e => e.Capacity!).SetValidator(new CapacityValidator(clock));
        RuleFor(e => e.RemoteService!).SetValidator(new RemoteServiceValidator());
        RuleFor(e => e.Consent!).SetValidator(new ConsentValidator(clock));
    }
}

/// <summary>When a language offered is valid.</summary>
internal sealed class LanguageOfferedValidator : AbstractValidator<LanguageOffered>
{
    public LanguageOfferedValidator()
    {
        RuleFor(l => l.Language).LanguageTagged();
        RuleFor(l => l.Note).Line(300);
    }
}

/// <summary>When a cost is valid.</summary>
internal sealed class CostValidator : AbstractValidator<Cost>
{
    private const decimal HighestFee = 100_000;

    public CostValidator()
    {
        RuleForEach(c => c.Insurers).Line(150);
        RuleFor(c => c.FeeMinimum).InclusiveBetween(0, HighestFee).WithMessage("is no fee: write US dollars from 0 to 100,000.");
        RuleFor(c => c.FeeMaximum).InclusiveBetween(0, HighestFee).WithMessage("is no fee: write US dollars from 0 to 100,000.");
        RuleFor(c => c.FeeMaximum)
            .Must((cost, maximum) => maximum is null || cost.FeeMinimum is null || cost.FeeMinimum <= maximum)
            .WithMessage("is less than 'feeMinimum': exchange the two, or correct one.");
        RuleFor(c => c.Note).Text(1_000);
    }
}

/// <summary>When an eligibility is valid.</summary>
internal sealed class EligibilityValidator : AbstractValidator<Eligibility>
{
    public EligibilityValidator()
    {
        RuleFor(e => e.MinimumAge).InclusiveBetween(0, 120).WithMessage("is no age: write whole years from 0 to 120.");
        RuleFor(e => e.MaximumAge).InclusiveBetween(0, 120).WithMessage("is no age: write whole years from 0 to 120.");
        RuleFor(e => e.MaximumAge)
            .Must((eligibility, maximum) => maximum is null || eligibility.MinimumAge is null || eligibility.MinimumAge <= maximum)
            .WithMessage("is less than 'minimumAge': exchange the two, or correct one.");
        RuleFor(e => e.ImmigrationStatusEvidence).Text(1_000);
        RuleFor(e => e.ImmigrationStatusEvidence)
            .NotNull().When(e => e.ImmigrationStatus != "unknown", ApplyConditionTo.CurrentValidator)
            .WithMessage("is missing: say how it is known (a written policy, a call and its date, a law), or set 'immigrationStatus' to unknown.");
        RuleFor(e => e.DocumentsRequired).StandAlone("none", "unknown");
        RuleFor(e => e.Conditions).StandAlone("none");
        RuleFor(e => e.Note).Text(1_000);
    }
}

/// <summary>When a capacity is valid.</summary>
internal sealed class CapacityValidator : AbstractValidator<Capacity>
{
    public CapacityValidator(TimeProvider? clock)
    {
        RuleFor(c => c.WaitlistDays).InclusiveBetween(0, 3_650).WithMessage("is no length of a waiting list: write days from 0 to 3,650.");
        RuleFor(c => c.WaitlistDays)
            .Null().When(c => c.Status != "waitlist", ApplyConditionTo.CurrentValidator)
            .WithMessage("is given though 'status' is not waitlist: take it out, or set 'status' to waitlist.");
        RuleFor(c => c.AsOf).NotAfterToday(clock);
        RuleFor(c => c.AsOf)
            .NotNull().When(c => c.Status != "unknown", ApplyConditionTo.CurrentValidator)
            .WithMessage("is missing: write the day on which that was true, or set 'status' to unknown.");
    }
}

/// <summary>When a remote service is valid.</summary>
internal sealed class RemoteServiceValidator : AbstractValidator<RemoteService>
{
    public RemoteServiceValidator()
    {
        RuleForEach(r => r.States).StateCode();
        RuleFor(r => r.States)
            .Empty().When(r => r.Offered == "no", ApplyConditionTo.CurrentValidator)
            .WithMessage("lists states though 'offered' is no: take them out, or set 'offered' to yes.");
        RuleFor(r => r.Note).Text(1_000);
    }
}

/// <summary>When a consent is valid.</summary>
internal sealed class ConsentValidator : AbstractValidator<Consent>
{
    public ConsentValidator(TimeProvider? clock)
    {
        RuleFor(c => c.GivenBy).Line(200);
        RuleFor(c => c.GivenOn).NotAfterToday(clock);
        RuleFor(c => c.GivenOn)
            .NotNull().When(c => c.Status == "granted", ApplyConditionTo.CurrentValidator)
            .WithMessage("is missing: write the day on which consent was granted.");
        RuleFor(c => c.Note).Text(1_000);
    }
}
