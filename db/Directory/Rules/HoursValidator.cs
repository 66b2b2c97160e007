using System.Globalization;
using FluentValidation;
using HealthEquity.Directory.Entries;

namespace HealthEquity.Directory.Rules;

/// <summary>Validates opening hours.</summary>
public sealed class HoursValidator : AbstractValidator<Hours>
{
    private const int MinutesPerDay = 24 * 60;
    private const int MinutesPerWeek = 7 * MinutesPerDay;

    /// <summary>Sets the rules for the opening hours of an entry or of one location.</summary>
    public HoursValidator()
    {
        RuleFor(h => h.TimeZone).TimeZone();
        RuleFor(h => h.TimeZone)
            .NotNull().When(h => h.Times.Count > 0, ApplyConditionTo.CurrentValidator)
            .WithMessage("is required. Enter the time zone of these times, such as America/New_York.");
        RuleFor(h => h.Times)
            .Empty().When(h => h.AlwaysOpen, ApplyConditionTo.CurrentValidator)
            .WithMessage("must be empty when 'alwaysOpen' is true. Remove the times, or set 'alwaysOpen' to false.");
        RuleFor(h => h.Times)
            .NotEmpty().When(h => !h.AlwaysOpen && h.Note is null, ApplyConditionTo.CurrentValidator)
            .WithMessage("is empty. Enter times or a note, set 'alwaysOpen', or leave the hours out.");
        RuleForEach(h => h.Times).Must(t => Enum.IsDefined(t.Day)).WithMessage("has no valid day of the week. Use one such as monday.");
        RuleFor(h => h.Times).Custom(CheckOverlaps);
        RuleFor(h => h.Note).Text(1_000);
    }

    private static void CheckOverlaps(IReadOnlyList<OpeningTime> times, ValidationContext<Hours> context)
    {
        var intervals = times.Index().Select(t => (t.Index, Time: t.Item, Start: Start(t.Item), End: Start(t.Item) + Length(t.Item)))
            .OrderBy(t => t.Start).ToList();
        for (var i = 0; i < intervals.Count; i++)
        {
            for (var j = i + 1; j < intervals.Count; j++)
            {
                var (earlier, later) = (intervals[i], intervals[j]);
                // The later interval may also run past the end of the week into the earlier one's day.
                if (earlier.End > later.Start || later.End > earlier.Start + MinutesPerWeek)
                {
                    context.AddFailure($"times[{later.Index}]", $"({Write(later.Time)}) overlaps {Write(earlier.Time)}. Shorten one of them, or combine them.");
                }
            }
        }
    }

    private static int Start(OpeningTime time) => (int)time.Day * MinutesPerDay + Minutes(time.Opens);

    private static int Length(OpeningTime time)
    {
        var length = Minutes(time.Closes) - Minutes(time.Opens);
        return length > 0 ? length : length + MinutesPerDay;
    }

    private static int Minutes(TimeOnly time) => time.Hour * 60 + time.Minute;

    private static string Write(OpeningTime time) =>
        string.Create(CultureInfo.InvariantCulture, $"{time.Day} {time.Opens:HH\\:mm} to {time.Closes:HH\\:mm}");
}
