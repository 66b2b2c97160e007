using FluentValidation;
using HealthEquity.Directory.Entries;

namespace HealthEquity.Directory.Rules;

/// <summary>When a place is valid.</summary>
internal sealed class LocationValidator : AbstractValidator<Location>
{
    public LocationValidator()
    {
        RuleFor(l => l.Visibility).IsInEnum().WithMessage("is no visibility: write public, area or private.");
        RuleFor(l => l.Name).Line(200);
        RuleFor(l => l.Address1).Line(200);
        RuleFor(l => l.Address2).Line(200);
        RuleFor(l => l.City).Line(100);
        RuleFor(l => l.Transit).Text(1_000);
        RuleFor(l => l.Country)
            .Must(LanguageTag.IsCountry)
            .WithMessage("is no country: write the two letters of ISO 3166-1 in capitals, such as US or MX.");
        RuleForEach(l => l.Phones).SetValidator(new PhoneValidator());
        RuleFor(l => l.Phones).Once("number", p => $"{p.Number} {p.Extension} {p.Type}");
        When(l => l.Country == "US", InTheUnitedStates);
        Coordinates();
    }

    private void InTheUnitedStates()
    {
        RuleFor(l => l.StateProvince).StateCode();
        RuleFor(l => l.StateProvince)
            .NotNull().When(l => l.City is not null || l.County is not null, ApplyConditionTo.CurrentValidator)
            .WithMessage("is missing: give the state, such as FL; a city or a county alone can mean several places.");
        RuleFor(l => l.PostalCode)
            .Must(p => p is null || PlaceRules.IsZipOrZipPlus4(p))
            .WithMessage("is no ZIP code: write five digits, leading zeros included, or five and four, such as 33130-1234.");
        RuleFor(l => l.PostalCode)
            .Must((l, p) => p is null || l.StateProvince is null || PlaceRules.MayLieIn(p, l.StateProvince))
            .WithMessage(l => $"is a ZIP code of another state than {l.StateProvince}: correct one of the two.");
        RuleFor(l => l.County)
            .Must((l, c) => c is null || l.StateProvince is null || PlaceRules.IsCounty(c, l.StateProvince))
            .WithMessage(l => $"is no county of {l.StateProvince}: {PlaceRules.CountyRemedy(l.StateProvince!, l.County!)}");
    }

    private void Coordinates()
    {
        RuleFor(l => l.Latitude).InclusiveBetween(-90, 90).WithMessage("is no latitude: write degrees north from -90 to 90.");
        RuleFor(l => l.Longitude).InclusiveBetween(-180, 180).WithMessage("is no longitude: write degrees east from -180 to 180; the Americas are negative.");
        RuleFor(l => l.Latitude)
            .NotNull().When(l => l.Longitude is not null, ApplyConditionTo.CurrentValidator)
            .WithMessage("is missing: give both coordinates, or neither.");
        RuleFor(l => l.Longitude)
            .NotNull().When(l => l.Latitude is not null, ApplyConditionTo.CurrentValidator)
            .WithMessage("is missing: give both coordinates, or neither.");
        RuleFor(l => l.Longitude)
            .Must((l, _) => l is not { Country: "US", Latitude: { } north, Longitude: { } east } || PlaceRules.IsInTheUnitedStates(north, east))
            .WithMessage("does not lie in the United States together with 'latitude': look whether the two were exchanged, or a minus sign was lost.");
    }
}

/// <summary>When a service area is valid.</summary>
internal sealed class ServiceAreaValidator : AbstractValidator<ServiceArea>
{
    public ServiceAreaValidator()
    {
        RuleFor(a => a.Nationwide)
            .Must((area, nationwide) => !nationwide || area.States.Count + area.Counties.Count + area.ZipCodes.Count == 0)
            .WithMessage("is true though places are listed: set it to false, or take the places out.");
        RuleForEach(a => a.States).StateCode();
        RuleForEach(a => a.Counties).CountyCode();
        RuleForEach(a => a.ZipCodes).Must(PlaceRules.IsZip).WithMessage("is no ZIP code: write five digits, leading zeros included.");
        RuleFor(a => a.Note).Text(1_000);
    }
}
