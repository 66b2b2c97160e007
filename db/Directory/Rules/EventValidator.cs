using FluentValidation;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Vocabularies;

namespace HealthEquity.Directory.Rules;

/// <summary>When an event is valid.</summary>
public sealed class EventValidator : EntryValidator<Event>
{
    /// <inheritdoc/>
    public EventValidator(VocabularySet vocabularies, TimeProvider? clock = null)
        : base(vocabularies, clock)
    {
        RuleFor(e => e.StartsAt).Must(IsLocal).WithMessage("has an offset: write local time without Z or +00:00, and the zone in 'timeZone'.");
        RuleFor(e => e.EndsAt)
            .Must(end => end is null || IsLocal(end.Value))
            .WithMessage("has an offset: write local time without Z or +00:00, and the zone in 'timeZone'.");
        RuleFor(e => e.EndsAt)
            .Must((e, end) => end is null || (e.AllDay ? end.Value.Date >= e.StartsAt.Date : end > e.StartsAt))
            .WithMessage("is not after 'startsAt': correct one of the two.");
        RuleFor(e => e.TimeZone).TimeZone();
        RuleFor(e => e.Recurrence).Custom((recurrence, context) =>
        {
            if (recurrence is not null && Recurrence.Problem(recurrence, context.InstanceToValidate.StartsAt) is { } problem)
            {
                context.AddFailure(problem);
            }
        });
        RuleFor(e => e.Location!).SetValidator(new LocationValidator());
        RuleFor(e => e.Url).WebAddress();
        RuleFor(e => e.Host).Line(200);
        RuleFor(e => e.RegistrationUrl).WebAddress();
        RuleForEach(e => e.Languages).LanguageTagged();
    }

    private static bool IsLocal(DateTime time) => time.Kind == DateTimeKind.Unspecified;
}
