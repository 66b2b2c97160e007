using System.Text.RegularExpressions;
using FluentValidation;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Geography;
using HealthEquity.Directory.Vocabularies;

namespace HealthEquity.Directory.Rules;

/// <summary>Validates a policy action.</summary>
public sealed class PolicyActionValidator : EntryValidator<PolicyAction>
{
    /// <inheritdoc/>
    public PolicyActionValidator(VocabularySet vocabularies, TimeProvider? clock = null)
        : base(vocabularies, clock)
    {
        RuleForEach(a => a.Steps).Text(2_000);
        RuleForEach(a => a.Provisions).SetValidator(new ProvisionValidator());
        RuleFor(a => a.Provisions).NoDuplicates("code", p => p.Code);
        RuleFor(a => a.ModelText!).SetValidator(new ModelTextValidator());
        RuleForEach(a => a.Evidence).SetValidator(new EvidenceValidator(clock));
        RuleForEach(a => a.Adoptions).SetValidator(new AdoptionValidator(clock));
        RuleFor(a => a).Custom(CheckAdoptedProvisions);
    }

    private static void CheckAdoptedProvisions(PolicyAction action, ValidationContext<PolicyAction> context)
    {
        var own = action.Provisions.Select(p => p.Code).ToList();
        foreach (var (i, adoption) in action.Adoptions.Index())
        {
            foreach (var (j, code) in adoption.Provisions.Index().Where(p => !own.Contains(p.Item)))
            {
                var remedy = NearestTerm.Find(code, own) is { } nearest ? $"Did you mean '{nearest}'?"
                    : own.Count > 0 ? $"Use one of: {string.Join(", ", own)}."
                    : "Add it to 'provisions' first.";
                context.AddFailure($"adoptions[{i}].provisions[{j}]", $"has the unknown provision '{code}'. {remedy}");
            }
        }
    }
}

/// <summary>Validates a provision.</summary>
internal sealed partial class ProvisionValidator : AbstractValidator<Provision>
{
    public ProvisionValidator()
    {
        RuleFor(p => p.Code)
            .Must(c => c.Length <= 60 && CodeShape().IsMatch(c))
            .WithMessage("is not a valid code. Use lowercase words joined by hyphens, such as judicial-warrant, up to 60 characters.");
        RuleFor(p => p.Text).Text(2_000);
    }

    [GeneratedRegex(@"^[a-z0-9]+(-[a-z0-9]+)*\z")]
    private static partial Regex CodeShape();
}

/// <summary>Validates a model text.</summary>
internal sealed class ModelTextValidator : AbstractValidator<ModelText>
{
    public ModelTextValidator()
    {
        RuleFor(m => m.Version).Line(30);
        RuleFor(m => m.Text).Text(50_000);
    }
}

/// <summary>Validates a piece of evidence.</summary>
internal sealed class EvidenceValidator : AbstractValidator<Evidence>
{
    public EvidenceValidator(TimeProvider? clock)
    {
        RuleFor(e => e.Finding).Text(2_000);
        RuleFor(e => e.Source).SetValidator(new SourceValidator(clock));
    }
}

/// <summary>Validates an adoption.</summary>
internal sealed class AdoptionValidator : AbstractValidator<Adoption>
{
    public AdoptionValidator(TimeProvider? clock)
    {
        RuleFor(a => a.Jurisdiction).SetValidator(new JurisdictionValidator());
        RuleFor(a => a.StatusAsOf).NotInFuture(clock);
        RuleFor(a => a.History).Custom(CheckOrder);
        RuleForEach(a => a.History).ChildRules(e => e.RuleFor(h => h.Note).Text(2_000));
        RuleFor(a => a.Departures).Text(5_000);
        RuleFor(a => a.Source).SetValidator(new SourceValidator(clock));
    }

    private static void CheckOrder(IReadOnlyList<AdoptionEvent> history, ValidationContext<Adoption> context)
    {
        for (var i = 1; i < history.Count; i++)
        {
            if (history[i].On < history[i - 1].On)
            {
                context.AddFailure($"history[{i}].on", $"({history[i].On:yyyy-MM-dd}) is before the event above it ({history[i - 1].On:yyyy-MM-dd}). List the history oldest first.");
            }
        }
    }
}

/// <summary>Validates a jurisdiction.</summary>
internal sealed class JurisdictionValidator : AbstractValidator<Jurisdiction>
{
    public JurisdictionValidator()
    {
        RuleFor(j => j.Name).Line(200);
        RuleFor(j => j.State).StateCode();
        RuleFor(j => j.State)
            .NotNull().When(j => j.Level is "state" or "territory" or "county" or "city" or "schoolDistrict", ApplyConditionTo.CurrentValidator)
            .WithMessage("is required. Enter the jurisdiction's state, such as CA.");
        RuleFor(j => j.Fips)
            .Must((j, fips) => fips is null || HasLength(fips, j.Level))
            .WithMessage(j => $"is not a {j.Level} code. Enter {DigitsOf(j.Level) ?? "2, 5 or 7"} digits, including leading zeros.");
        RuleFor(j => j.Fips)
            .Must((j, fips) => fips is null || !HasLength(fips, j.Level) || States.Find(j.State) is not { } state || fips.StartsWith(state.Fips, StringComparison.Ordinal))
            .WithMessage(j => $"is not a code in {PlaceRules.StateName(j.State!)}. The first two digits identify the state: correct the code or the state.");
    }

    private static bool HasLength(string fips, string level) =>
        fips.All(char.IsAsciiDigit) && (DigitsOf(level) is { } digits ? digits == $"{fips.Length}" : fips.Length is 2 or 5 or 7);

    private static string? DigitsOf(string level) => level switch
    {
        "state" or "territory" => "2",
        "county" => "5",
        "city" or "schoolDistrict" => "7",
        _ => null,
    };
}
