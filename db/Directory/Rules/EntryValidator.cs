using System.Text.RegularExpressions;
using FluentValidation;
using FluentValidation.Results;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Vocabularies;

namespace HealthEquity.Directory.Rules;

/// <summary>
/// Validates an entry. Each failure has the JSON path of the field ("phones[0].number") and a message that says what is wrong and
/// how to fix it.
/// </summary>
public abstract partial class EntryValidator<T> : AbstractValidator<T>
    where T : Entry
{
    /// <summary>Sets the rules that all kinds share.</summary>
    /// <param name="vocabularies">The terms that may be used.</param>
    /// <param name="clock">Determines today's date. Without a clock, dates in the future are accepted.</param>
    protected EntryValidator(VocabularySet vocabularies, TimeProvider? clock)
    {
        RuleFor(e => e.Name).Line(200);
        RuleForEach(e => e.AlternateNames).Line(200);
        RuleFor(e => e.Summary).Text(300);
        RuleFor(e => e.Description).Text(20_000);
        RuleFor(e => e.Language).ValidLanguageTag();
        RuleForEach(e => e.Sources).SetValidator(new SourceValidator(clock));
        RuleForEach(e => e.Translations).SetValidator(new TranslationValidator(clock));
        RuleFor(e => e.InternalNotes).Text(20_000);
        RuleFor(e => e).Custom((entry, context) => CheckTranslationLanguages(entry, context));
        RuleFor(e => e).Custom((entry, context) => CheckTranslatedTexts(entry, context));
        RuleFor(e => e).Custom((entry, context) =>
        {
            foreach (var failure in EntryStructure.Codes(entry, vocabularies))
            {
                context.AddFailure(failure);
            }
        });
    }

    /// <inheritdoc/>
    public override ValidationResult Validate(ValidationContext<T> context)
    {
        var result = base.Validate(context);
        foreach (var failure in result.Errors)
        {
            failure.PropertyName = SegmentStart().Replace(failure.PropertyName, start => start.Value.ToLowerInvariant());
            failure.ErrorMessage = $"'{failure.PropertyName}' {failure.ErrorMessage}";
        }

        return result;
    }

    /// <inheritdoc/>
    protected override bool PreValidate(ValidationContext<T> context, ValidationResult result)
    {
        result.Errors.AddRange(EntryStructure.Missing(context.InstanceToValidate));
        return result.Errors.Count == 0;
    }

    private static void CheckTranslationLanguages(T entry, ValidationContext<T> context)
    {
        foreach (var (index, translation) in entry.Translations.Index())
        {
            var path = $"translations[{index}].language";
            if (string.Equals(translation.Language, entry.Language, StringComparison.OrdinalIgnoreCase))
            {
                context.AddFailure(path, $"is '{translation.Language}', the entry's own language. Move these texts into the entry, or correct 'language'.");
            }
            else if (entry.Translations.Take(index).Any(t => string.Equals(t.Language, translation.Language, StringComparison.OrdinalIgnoreCase)))
            {
                context.AddFailure(path, $"is a duplicate '{translation.Language}' translation. Combine the two.");
            }
        }
    }

    /// <summary>Names of people and organizations are theirs; other texts must be those of the entry.</summary>
    private static void CheckTranslatedTexts(T entry, ValidationContext<T> context)
    {
        List<string>? paths = null;
        foreach (var (index, translation) in entry.Translations.Index())
        {
            if (entry is ServiceEntry && translation is { Provenance: "machine", Name: not null })
            {
                context.AddFailure(
                    $"translations[{index}].name",
                    "must not be machine-translated. Leave it out, or have a person provide it and update 'provenance'.");
            }

            foreach (var (place, text) in translation.Texts.Index())
            {
                paths ??= [.. EntryTexts.Of(entry).Select(t => t.Path)];
                if (!paths.Contains(text.Path))
                {
                    var remedy = NearestTerm.Find(text.Path, paths) is { } nearest ? $"Did you mean '{nearest}'?"
                        : paths.Count > 0 ? $"Use one of: {string.Join(", ", paths.Take(8))}."
                        : "Remove it.";
                    context.AddFailure($"translations[{index}].texts[{place}].path", $"'{text.Path}' is not a text of this entry. {remedy}");
                }
            }
        }
    }

    [GeneratedRegex(@"(?<=^|\.)[A-Z]")]
    private static partial Regex SegmentStart();
}

/// <summary>Validates a source.</summary>
internal sealed class SourceValidator : AbstractValidator<Source>
{
    public SourceValidator(TimeProvider? clock)
    {
        RuleFor(s => s.Name).Line(300);
        RuleFor(s => s.Url).WebAddress();
        RuleFor(s => s.RetrievedOn).NotInFuture(clock);
        RuleFor(s => s.CheckAgainOn)
            .Must((source, again) => again is null || source.RetrievedOn is null || again >= source.RetrievedOn)
            .WithMessage("is before 'retrievedOn'. Enter a later date, or leave it out.");
        RuleFor(s => s.Note).Text(2_000);
    }
}

/// <summary>Validates a translation.</summary>
internal sealed class TranslationValidator : AbstractValidator<Translation>
{
    public TranslationValidator(TimeProvider? clock)
    {
        RuleFor(t => t.Language).ValidLanguageTag();
        RuleFor(t => t.Name).Line(200);
        RuleFor(t => t.Summary).Text(300);
        RuleFor(t => t.Description).Text(20_000);
        RuleFor(t => t.TranslatedOn).NotInFuture(clock);
        RuleFor(t => t.Language)
            .Must((t, _) => t.Name is not null || t.Summary is not null || t.Description is not null || t.Texts.Count > 0)
            .WithMessage("has no text. Enter a name, a summary or a description, or remove the translation.");
        RuleForEach(t => t.Texts).ChildRules(text => text.RuleFor(t => t.Text).Text(50_000));
        RuleFor(t => t.Texts).NoDuplicates("path", t => t.Path);
    }
}
