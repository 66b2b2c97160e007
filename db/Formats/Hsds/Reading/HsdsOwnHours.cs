using HealthEquity.Directory.Entries;

namespace HealthEquity.Formats.Hsds.Reading;

/// <summary>
/// Reads hours from our own export: opening hours and an attorney's intake hours are in one list, distinguished by their description, and the
/// name of the time zone is in the profile.
/// </summary>
internal static class HsdsOwnHours
{
    private const string Intake = "Intake hours.";
    private const string Always = "Open 24 hours.";

    /// <summary>The hours; null if there are none.</summary>
    /// <param name="service">The service.</param>
    /// <param name="isIntake">True for intake hours, false for opening hours.</param>
    /// <param name="today">Today, to skip seasons that are over.</param>
    public static Hours? Of(HsdsThing service, bool isIntake, DateOnly today)
    {
        var schedules = service.List("schedules").Where(s => IsIntake(s) == isIntake).ToList();
        var (always, times, notes) = (false, new List<OpeningTime>(), new List<string?>());
        foreach (var schedule in schedules)
        {
            var description = DescriptionOf(schedule);
            notes.Add(schedule["notes"]);
            if (description == Always)
            {
                always = true;
            }
            else if (HsdsHours.Times(schedule, today) is { } read)
            {
                times.AddRange(read);
            }
            else
            {
                notes.Add(schedule["byday"] is null ? description : HsdsHours.Words(schedule));
            }
        }

        return schedules.Count == 0 ? null : new Hours
        {
            TimeZone = Zone(service, schedules),
            AlwaysOpen = always,
            Times = [.. times.Distinct().OrderBy(t => ((int)t.Day + 6) % 7).ThenBy(t => t.Opens)],
            Note = HsdsReading.Joined(notes.Distinct(), "; ", 1_000),
        };
    }

    private static bool HasOffset(HsdsThing schedule) => schedule["timezone"] is not null;

    private static bool IsIntake(HsdsThing schedule) => schedule["description"]?.StartsWith(Intake, StringComparison.Ordinal) == true;

    private static string? DescriptionOf(HsdsThing schedule) =>
        IsIntake(schedule) ? HsdsReading.Joined([schedule["description"]![Intake.Length..].Trim()], "", 1_000) : schedule["description"];

    /// <summary>The zone of the profile, unless the UTC offset of these schedules contradicts it.</summary>
    private static string? Zone(HsdsThing service, List<HsdsThing> schedules)
    {
        var named = service.Profile is { } profile && profile.TryGetProperty("time_zone", out var said) && TimeZoneInfo.TryFindSystemTimeZoneById(said.ToString(), out _) ? said.ToString() : null;
        return schedules.Exists(HasOffset) ? HsdsHours.Zone(schedules, named)
            // Text has no offset. Use the zone unless another schedule has it.
            : schedules.Exists(s => s["byday"] is not null) || service.List("schedules").Any(HasOffset) ? null : named;
    }
}
