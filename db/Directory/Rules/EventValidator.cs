using FluentValidation;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Vocabularies;

namespace HealthEquity.Directory.Rules;

/// <summary>Validates an event.</summary>
public sealed class EventValidator : EntryValidator<Event>
{
    private static readonly string YearMessage = $"must be in a year from {Recurrence.FirstYear} to {Recurrence.LastYear}. Correct the year.";

    /// <inheritdoc/>
    public EventValidator(VocabularySet vocabularies, TimeProvider? clock = null)
        : base(vocabularies, clock)
    {
        RuleFor(e => e.StartsAt).Must(IsLocal).WithMessage("must be local time, without Z or an offset such as +00:00. Put the time zone in 'timeZone'.");
        RuleFor(e => e.EndsAt)
            .Must(end => end is null || IsLocal(end.Value))
            .WithMessage("must be local time, without Z or an offset such as +00:00. Put the time zone in 'timeZone'.");
        RuleFor(e => e.StartsAt).Must(Recurrence.IsInRange).WithMessage(YearMessage);
        RuleFor(e => e.EndsAt).Must(end => end is null || Recurrence.IsInRange(end.Value)).WithMessage(YearMessage);
        RuleFor(e => e.EndsAt)
            .Must((e, end) => end is null || (e.AllDay ? end.Value.Date >= e.StartsAt.Date : end > e.StartsAt))
            .WithMessage("must be after 'startsAt'. Correct one of the two.");
        RuleFor(e => e.TimeZone).TimeZone();
        RuleFor(e => e.Recurrence).Custom((recurrence, context) =>
        {
            var entry = context.InstanceToValidate;
            DateOnly? today = clock is null ? null : DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
            if (recurrence is not null && Recurrence.Problem(recurrence, entry.StartsAt, entry.AllDay, today) is { } problem)
            {
                context.AddFailure(problem);
            }
        });
        RuleFor(e => e.Location!).SetValidator(new LocationValidator());
        RuleFor(e => e.Url).WebAddress();
        RuleFor(e => e.Host).Line(200);
        RuleFor(e => e.RegistrationUrl).WebAddress();
        RuleForEach(e => e.Languages).ValidLanguageTag();
    }

    private static bool IsLocal(DateTime time) => time.Kind == DateTimeKind.Unspecified;
}
