namespace HealthEquity.Directory.Geography;

/// <summary>Lets the mentions of one question decide about each other.</summary>
internal static class PlaceContext
{
    /// <summary>Within this many miles of another mention, a town is the one of its name that is meant.</summary>
    private const double NearMiles = 60;

    /// <summary>Decides between places of one name, and marks what only helps to decide.</summary>
    public static void Apply(PlaceIndex index, List<PlaceFinding> found)
    {
        foreach (var finding in found)
        {
            foreach (var other in found)
            {
                if (other != finding && finding.Zip is null && finding.State is null)
                {
                    Decide(index, finding, other);
                }
            }
        }

        foreach (var zip in found)
        {
            foreach (var other in found)
            {
                if (zip.Zip is { } place && other.Zip is null && other.Entities.Count > 0 && Holds(index, other, place))
                {
                    other.IsContext = true;
                }
            }
        }
    }

    private static void Decide(PlaceIndex index, PlaceFinding finding, PlaceFinding other)
    {
        if (other.Entities.Count > 0 && index.Kind(other.Entities[0]) == PlaceKind.State && other.Entities.Count >= 1)
        {
            // A state decides between towns: "Texas abogado Mission".
            var state = index.StateOf(other.Entities[0]);
            var kept = finding.Entities.FindAll(e => index.StateOf(e) == state && index.Kind(e) != PlaceKind.State);
            if (kept.Count > 0 && index.Kind(finding.Entities[0]) != PlaceKind.State)
            {
                finding.Entities.RemoveAll(kept.Contains);
                finding.Entities.InsertRange(0, kept);
                finding.State = state;
                finding.Confidence = Math.Max(finding.Confidence, 0.9);
                other.IsContext = true;
            }
        }
        else if (finding.Entities.Count > 1 && index.Kind(finding.Entities[0]) != PlaceKind.State)
        {
            // So does a town, county or ZIP code nearby: "Jamaica Queens", "Springfield near Worcester".
            var place = other.Zip ?? index.Place(other.Entities[0]);
            var best = -1;
            for (var i = 0; i < finding.Entities.Count && best < 0; i++)
            {
                var candidate = index.Place(finding.Entities[i]);
                best = candidate.MilesTo(place.Latitude, place.Longitude) <= NearMiles ? i : -1;
            }

            if (best > 0)
            {
                var entity = finding.Entities[best];
                finding.Entities.RemoveAt(best);
                finding.Entities.Insert(0, entity);
            }
        }
    }

    private static bool Holds(PlaceIndex index, PlaceFinding other, Place zip)
    {
        var place = index.Place(other.Entities[0]);
        return place.Kind switch
        {
            PlaceKind.State => place.State == zip.State,
            PlaceKind.County => place.County == zip.County,
            _ => place.MilesTo(zip.Latitude, zip.Longitude) <= Math.Max(40, place.RadiusMiles),
        };
    }
}
