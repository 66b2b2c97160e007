using System.Collections.Frozen;

namespace HealthEquity.Directory.Geography;

/// <summary>
/// Finds the IANA time zone of a place (49 CFR 71). Never guesses: if state and county don't decide it, there is no answer.
/// </summary>
public static class TimeZones
{
    // Counties outside their state's main time zone; the zone is null if the county itself has two.
    private static readonly (string State, string? Zone, string Counties)[] Exceptions =
    [
        ("AK", null, "Aleutians West"),
        ("AZ", null, "Apache, Coconino, Navajo"),
        ("FL", "America/Chicago", "Bay, Calhoun, Escambia, Holmes, Jackson, Okaloosa, Santa Rosa, Walton, Washington"),
        ("FL", null, "Gulf"),
        ("ID", "America/Los_Angeles", "Benewah, Bonner, Boundary, Clearwater, Kootenai, Latah, Lewis, Nez Perce, Shoshone"),
        ("ID", null, "Idaho"),
        ("IN", "America/Chicago", "Gibson, Jasper, Lake, LaPorte, Newton, Perry, Porter, Posey, Spencer, Starke, Vanderburgh, Warrick"),
        ("KS", "America/Denver", "Greeley, Hamilton, Sherman, Wallace"),
        ("KY", "America/Chicago", "Adair, Allen, Ballard, Barren, Breckinridge, Butler, Caldwell, Calloway, Carlisle, Christian, Clinton, Crittenden, Cumberland, Daviess, Edmonson, Fulton, Graves, Grayson, Green, Hancock, Hart, Henderson, Hickman, Hopkins, Livingston, Logan, Lyon, McCracken, McLean, Marshall, Metcalfe, Monroe, Muhlenberg, Ohio, Russell, Simpson, Todd, Trigg, Union, Warren, Webster"),
        ("MI", "America/Menominee", "Dickinson, Gogebic, Iron, Menominee"),
        ("ND", "America/Denver", "Adams, Billings, Bowman, Dunn, Golden Valley, Grant, Hettinger, Slope, Stark"),
        ("ND", null, "McKenzie, Sioux"),
        ("NE", "America/Denver", "Arthur, Banner, Box Butte, Chase, Cheyenne, Dawes, Deuel, Dundy, Garden, Grant, Hooker, Keith, Kimball, Morrill, Perkins, Scotts Bluff, Sheridan, Sioux"),
        ("NE", null, "Cherry"),
        ("NV", null, "Elko"),
        ("OR", null, "Malheur"),
        ("SD", "America/Denver", "Bennett, Butte, Corson, Custer, Dewey, Fall River, Haakon, Harding, Jackson, Lawrence, Meade, Oglala Lakota, Pennington, Perkins, Ziebach"),
        ("SD", null, "Stanley"),
        ("TN", "America/New_York", "Anderson, Blount, Bradley, Campbell, Carter, Claiborne, Cocke, Grainger, Greene, Hamblen, Hamilton, Hancock, Hawkins, Jefferson, Johnson, Knox, Loudon, McMinn, Meigs, Monroe, Morgan, Polk, Rhea, Roane, Scott, Sevier, Sullivan, Unicoi, Union, Washington"),
        ("TX", "America/Denver", "El Paso, Hudspeth"),
    ];

    private static readonly FrozenSet<string> MultiZoneStates = Exceptions.Select(o => o.State).ToFrozenSet(StringComparer.Ordinal);

    private static readonly Lazy<FrozenDictionary<County, string?>> ByCounty = new(() => Exceptions
        .SelectMany(o => o.Counties.Split(", ").Select(c => (County: Counties.Find(o.State, c)!, o.Zone)))
        .ToFrozenDictionary(c => c.County, c => c.Zone));

    /// <summary>The time zone of a place.</summary>
    /// <param name="state">The USPS code of its state; null if only the ZIP code is known.</param>
    /// <param name="zip">Its ZIP code; null if unknown.</param>
    /// <returns>Null if undecided: the state has two zones and the ZIP code does not settle it, or state and ZIP code contradict each other.</returns>
    public static string? Find(string? state, string? zip)
    {
        IReadOnlyList<County> counties = ZipCodes.TryGet(ZipCodes.Normalize(zip), out var area) ? area.Counties : [];
        if (state is null && counties.Count == 0 || state is not null && counties.Count > 0 && counties.All(c => c.State != state))
        {
            return null;
        }

        if (state is not null && !MultiZoneStates.Contains(state))
        {
            return States.Find(state)?.TimeZone;
        }

        string?[] zones = [.. counties.Where(c => state is null || c.State == state).Select(Of).Distinct()];
        return zones is [var only] ? only : null;
    }

    private static string? Of(County county) => ByCounty.Value.TryGetValue(county, out var zone) ? zone : States.Find(county.State)?.TimeZone;
}
