using HealthEquity.Directory.Entries;

namespace HealthEquity.Directory.Rules;

/// <summary>What a place needs before the public may see it: a reader must be able to tell where it is.</summary>
public static class PublicPlaces
{
    /// <summary>Why an entry's places can't be public; null where they can.</summary>
    public static string? WhyNot(Entry entry)
    {
        IEnumerable<Location> places = entry switch
        {
            ServiceEntry service => service.Locations,
            Event { Location: { } location } => [location],
            _ => [],
        };
        return places.Any(p => !CanBeFound(p))
            ? "A place has no city, ZIP code or coordinates, so nobody can find it. Enter one of them, make the place private, or remove it."
            : null;
    }

    private static bool CanBeFound(Location place) =>
        place.Visibility == Visibility.Private || place.City is not null || place.PostalCode is not null || place is { Latitude: not null, Longitude: not null }
        // Of an area, the public sees county and state.
        || (place.Visibility == Visibility.Area && place.County is not null);
}
