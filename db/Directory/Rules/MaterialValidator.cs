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
        RuleForEach(e => e.Fields).SetValidator(new TemplateFieldValidator());
        RuleFor(e => e.Fields).NoDuplicates("code", f => f.Code);
        RuleFor(e => e.Text).Custom((text, context) => Check(text ?? "", context.InstanceToValidate.Fields, context.AddFailure)).When(e => e.Fields.Count > 0);
    }

    /// <summary>Each place in the text needs a field, and each field a place or a part.</summary>
    private static void Check(string text, IReadOnlyList<TemplateField> fields, Action<string> refuse)
    {
        if (TemplateText.PartsOf(text) is not { } parts)
        {
            refuse("has a part that is not closed, or closed before it is opened. Write {{#code}}, the part, then {{/code}}.");
            return;
        }

        var codes = fields.Select(f => f.Code).ToHashSet(StringComparer.Ordinal);
        foreach (var code in TemplateText.PlacesOf(text).Concat(parts).Distinct().Where(c => !codes.Contains(c)))
        {
            refuse($"has {{{{{code}}}}}, but no field with that code. Add the field, or correct the code.");
        }

        foreach (var field in fields.Where(f => parts.Contains(f.Code) && f.Type != TemplateFieldType.Check))
        {
            refuse($"has the part {{{{#{field.Code}}}}}, but the field '{field.Code}' is not of the type 'check'. Change its type.");
        }

        foreach (var code in codes.Except(TemplateText.PlacesOf(text)).Except(parts).Order(StringComparer.Ordinal))
        {
            refuse($"has no {{{{{code}}}}}. Put it into the text, or remove the field.");
        }
    }
}

/// <summary>Validates a field of a template.</summary>
internal sealed class TemplateFieldValidator : AbstractValidator<TemplateField>
{
    public TemplateFieldValidator()
    {
        RuleFor(f => f.Code).Matches("^[a-z][a-zA-Z0-9-]{0,39}$")
            .WithMessage("must start with a lowercase letter and contain only letters, digits and hyphens, at most 40, such as schoolName.");
        RuleFor(f => f.Label).Line(150);
        RuleFor(f => f.Hint).Line(300);
    }
}
