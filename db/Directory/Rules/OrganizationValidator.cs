using System.Text.RegularExpressions;
using FluentValidation;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Vocabularies;

namespace HealthEquity.Directory.Rules;

/// <summary>Validates an organization.</summary>
public sealed partial class OrganizationValidator : ServiceEntryValidator<Organization>
{
    /// <inheritdoc/>
    public OrganizationValidator(VocabularySet vocabularies, TimeProvider? clock = null)
        : base(vocabularies, clock)
    {
        RuleFor(o => o.Ein)
            .Must(e => e is null || EinShape().IsMatch(e))
            .WithMessage("is not an Employer Identification Number. Enter two digits, a hyphen and seven digits, such as 12-3456789.");
        RuleFor(o => o.LegalStatus).Line(100);
        RuleFor(o => o.YearIncorporated).InclusiveBetween(1600, 2100).WithMessage("must be a year between 1600 and 2100, such as 1998.");
    }

    [GeneratedRegex(@"^(?!00)[0-9]{2}-[0-9]{7}\z")]
    private static partial Regex EinShape();
}
