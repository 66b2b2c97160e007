using HealthEquity.Directory.Entries;

namespace HealthEquity.Formats.Hsds.Reading;

/// <summary>
/// Hours as our own export says them: opening hours and an attorney's intake hours stand in one list, told apart by their description,
/// and the zone's name is in the profile.
/// </summary>
internal static class HsdsOwnHours
{
    private const string Intake = "When new cases are taken in.";
    private const string Always = "Open day and night.";

    /// <summary>The hours; null when nothing is said.</summary>
    /// <param name="service">The service.</param>
    /// <param name="isIntake">Those at which new cases are taken in; else those at which it is open.</param>
    /// <param name="today">Tells which seasons are over.</param>
    public static Hours? Of(HsdsThing service, bool isIntake, DateOnly today)
    {
        var schedules = service.List("schedules").Where(s => IsIntake(s) == isIntake).ToList();
        var (always, times, notes) = (false, new List<OpeningTime>(), new List<string?>());
        foreach (var schedule in schedules)
        {
            var says = Says(schedule);
            notes.Add(schedule["notes"]);
            if (says == Always)
            {
                always = true;
            }
            else if (HsdsHours.Times(schedule, today) is { } read)
            {
                times.AddRange(read);
            }
            else
            {
                notes.Add(schedule["byday"] is null ? says : HsdsHours.Words(schedule));
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

    private static bool HasDistance(HsdsThing schedule) => schedule["timezone"] is not null;

    private static bool IsIntake(HsdsThing schedule) => schedule["description"]?.StartsWith(Intake, StringComparison.Ordinal) == true;

    private static string? Says(HsdsThing schedule) =>
        IsIntake(schedule) ? HsdsReading.Joined([schedule["description"]![Intake.Length..].Trim()], "", 1_000) : schedule["description"];

    /// <summary>The profile's zone, unless the distance from UTC that these schedules say is another's.</summary>
    private static string? Zone(HsdsThing service, List<HsdsThing> schedules)
    {
        var named = service.Profile is { } profile && profile.TryGetProperty("time_zone", out var said) && TimeZoneInfo.TryFindSystemTimeZoneById(said.ToString(), out _) ? said.ToString() : null;
        return schedules.Exists(HasDistance) ? HsdsHours.Zone(schedules, named)
            // Words alone say no distance: the zone is theirs where no other schedule has it.
            : schedules.Exists(s => s["byday"] is not null) || service.List("schedules").Any(HasDistance) ? null : named;
    }
}
