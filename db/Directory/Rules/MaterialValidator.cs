using FluentValidation;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Vocabularies;

namespace HealthEquity.Directory.Rules;

/// <summary>Validates a material.</summary>
public sealed class MaterialValidator : EntryValidator<Material>
{
    /// <inheritdoc/>
    public MaterialValidator(VocabularySet vocabularies, TimeProvider? clock = null)
        : base(vocabularies, clock)
    {
        RuleFor(m => m.Editions).NotEmpty().WithMessage("is empty. Add at least one edition, with a web address or the text itself.");
        RuleForEach(m => m.Editions).SetValidator(new EditionValidator(clock));
        RuleFor(m => m.Editions).NoDuplicates("language", e => e.Language);
        RuleFor(m => m.Publisher).Line(200);
        RuleFor(m => m.License).Line(200);
    }
}

/// <summary>Validates an edition.</summary>
internal sealed class EditionValidator : AbstractValidator<Edition>
{
    public EditionValidator(TimeProvider? clock)
    {
        RuleFor(e => e.Language).ValidLanguageTag();
        RuleFor(e => e.Title).Line(300);
        RuleFor(e => e.Url).WebAddress();
        RuleFor(e => e.Url)
            .NotNull().When(e => e.Text is null, ApplyConditionTo.CurrentValidator)
            .WithMessage("is required. Enter the edition's web address, or enter its 'text'.");
        RuleFor(e => e.Text).Text(50_000);
        RuleFor(e => e.ReviewedOn).NotInFuture(clock);
    }
}
