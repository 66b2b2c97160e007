using HealthEquity.Formats.Sources;

namespace HealthEquity.Formats.Hsds.Reading;

/// <summary>Leaves out phones, contacts, addresses and places that a package's own columns mark as not for the public.</summary>
internal static class HsdsMarks
{
    // Services and organizations are told of by themselves, and the status of a credential is not that of a row.
    private static readonly string[] Marked =
        ["phone", "contact", "address", "physical_address", "postal_address", HsdsInputTables.Location, HsdsInputTables.ServiceAtLocation, "url", "schedule", "regular_schedule"];

    private static readonly string[] Addresses = ["address", "physical_address"];

    /// <summary>The tables of which rows were left out, without them.</summary>
    /// <param name="tables">All tables' rows.</param>
    /// <param name="faults">Takes up what was left out.</param>
    public static IReadOnlyDictionary<string, IReadOnlyList<SourceRow>> Apply(IReadOnlyDictionary<string, IReadOnlyList<SourceRow>> tables, ICollection<RowFault> faults)
    {
        var (left, hidden) = (new Dictionary<string, IReadOnlyList<SourceRow>>(StringComparer.Ordinal), new HashSet<string>(StringComparer.OrdinalIgnoreCase));
        // The place of a private address has coordinates that say as much: addresses come first.
        foreach (var (name, rows) in tables.Where(t => t.Value.Count > 0 && Marked.Contains(t.Key)).OrderBy(t => !Addresses.Contains(t.Key)))
        {
            var markers = SourceMarkers.Of(rows[0].Header, ofServices: true);
            var open = new List<SourceRow>();
            foreach (var row in rows)
            {
                if ((markers.WhyNot(row) ?? markers.PrivatePlaceOf(row)) is { } mark)
                {
                    faults.Add(mark with { Loaded = true });
                    hidden.UnionWith(Addresses.Contains(name) ? [row["location_id"]] : name == HsdsInputTables.Location ? [row["id"]] : []);
                }
                else
                {
                    var (shown, kept) = markers.Without(row);
                    kept.ToList().ForEach(faults.Add);
                    open.Add(shown);
                }
            }

            left[name] = open;
        }

        hidden.Remove("");
        if (hidden.Count > 0 && (left.GetValueOrDefault(HsdsInputTables.Location) ?? tables.GetValueOrDefault(HsdsInputTables.Location)) is { } places)
        {
            left[HsdsInputTables.Location] = [.. places.Where(p => !hidden.Contains(p["id"]))];
            foreach (var table in Addresses.Append("phone").Where(tables.ContainsKey))
            {
                left[table] = [.. (left.GetValueOrDefault(table) ?? tables[table]).Where(r => !hidden.Contains(r["location_id"]))];
            }

            if ((left.GetValueOrDefault(HsdsInputTables.ServiceAtLocation) ?? tables.GetValueOrDefault(HsdsInputTables.ServiceAtLocation)) is { } ties)
            {
                left[HsdsInputTables.ServiceAtLocation] = [.. ties.Where(t => !hidden.Contains(t["location_id"]))];
            }
        }

        return left;
    }
}
