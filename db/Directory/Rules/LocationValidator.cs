using FluentValidation;
using HealthEquity.Directory.Entries;

namespace HealthEquity.Directory.Rules;

/// <summary>Validates a location.</summary>
internal sealed class LocationValidator : AbstractValidator<Location>
{
    public LocationValidator()
    {
        RuleFor(l => l.Visibility).IsInEnum().WithMessage("must be public, area or private.");
        RuleFor(l => l.Name).Line(200);
        RuleFor(l => l.Address1).Line(200);
        RuleFor(l => l.Address2).Line(200);
        RuleFor(l => l.City).Line(100);
        RuleFor(l => l.Transit).Text(1_000);
        RuleFor(l => l.Country)
            .Must(LanguageTag.IsCountry)
            .WithMessage("is not a country code. Use the two capital letters of ISO 3166-1, such as US or MX.");
        RuleForEach(l => l.Phones).SetValidator(new PhoneValidator());
        RuleFor(l => l.Phones).NoDuplicates("number", p => $"{p.Number} {p.Extension} {p.Type}");
        When(l => l.Country == "US", InTheUnitedStates);
        Coordinates();
    }

    private void InTheUnitedStates()
    {
        RuleFor(l => l.StateProvince).StateCode();
        RuleFor(l => l.StateProvince)
            .NotNull().When(l => l.City is not null || l.County is not null, ApplyConditionTo.CurrentValidator)
            .WithMessage("is required. Enter the state, such as FL: several states can share a city or county name.");
        RuleFor(l => l.PostalCode)
            .Must(p => p is null || PlaceRules.IsZipOrZipPlus4(p))
            .WithMessage("is not a ZIP code. Enter five digits, including leading zeros, or ZIP+4, such as 33130-1234.");
        RuleFor(l => l.PostalCode)
            .Must((l, p) => p is null || l.StateProvince is null || PlaceRules.MayLieIn(p, l.StateProvince))
            .WithMessage(l => $"is not a ZIP code in {PlaceRules.StateName(l.StateProvince!)}. Correct the ZIP code or the state.");
        RuleFor(l => l.County)
            .Must((l, c) => c is null || l.StateProvince is null || PlaceRules.IsCounty(c, l.StateProvince))
            .WithMessage(l => $"is not a county in {PlaceRules.StateName(l.StateProvince!)}. {PlaceRules.CountyRemedy(l.StateProvince!, l.County!)}");
    }

    private void Coordinates()
    {
        RuleFor(l => l.Latitude).InclusiveBetween(-90, 90).WithMessage("must be between -90 and 90 degrees.");
        RuleFor(l => l.Longitude).InclusiveBetween(-180, 180).WithMessage("must be between -180 and 180 degrees. Longitudes in the Americas are negative.");
        RuleFor(l => l.Latitude)
            .NotNull().When(l => l.Longitude is not null, ApplyConditionTo.CurrentValidator)
            .WithMessage("is required. Enter both coordinates or neither.");
        RuleFor(l => l.Longitude)
            .NotNull().When(l => l.Latitude is not null, ApplyConditionTo.CurrentValidator)
            .WithMessage("is required. Enter both coordinates or neither.");
        RuleFor(l => l.Longitude)
            .Must((l, _) => l is not { Country: "US", Latitude: { } north, Longitude: { } east } || PlaceRules.IsInTheUnitedStates(north, east))
            .WithMessage("and 'latitude' are not in the United States. Check whether the two are swapped or a minus sign is missing.");
    }
}

/// <summary>Validates a service area.</summary>
internal sealed class ServiceAreaValidator : AbstractValidator<ServiceArea>
{
    public ServiceAreaValidator()
    {
        RuleFor(a => a.Nationwide)
            .Must((area, nationwide) => !nationwide || area.States.Count + area.Counties.Count + area.ZipCodes.Count == 0)
            .WithMessage("can't be true when places are listed. Set it to false, or remove the places.");
        RuleForEach(a => a.States).StateCode();
        RuleForEach(a => a.Counties).CountyCode();
        RuleForEach(a => a.ZipCodes).Must(PlaceRules.IsZip).WithMessage("is not a ZIP code. Enter five digits, including leading zeros.");
        RuleFor(a => a.Note).Text(1_000);
    }
}
