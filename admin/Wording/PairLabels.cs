using HealthEquity.Admin.Forms;
using HealthEquity.Directory.Duplicates;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Traits;

namespace HealthEquity.Admin.Wording;

/// <summary>Labels for the evidence that two entries are duplicates.</summary>
public static class PairLabels
{
    /// <summary>Formats the likelihood as a whole percentage from 1% to 99%.</summary>
    public static string Likelihood(double score) => $"{Math.Clamp((int)Math.Round(score * 100), 1, 99)}%";

    /// <summary>Returns the label of a trait.</summary>
    public static string Trait(string trait) => trait switch
    {
        EntryKeys.Npi => "NPI",
        EntryKeys.Ein => "EIN",
        EntryKeys.License => "License",
        EntryKeys.Bar => "Bar number",
        EntryKeys.Email => "Email address",
        EntryKeys.Phone => "Phone number",
        EntryKeys.Host => "Website",
        EntryKeys.Address => "Street and ZIP code",
        EntryKeys.Suite => "Suite",
        "location" => "Location",
        _ => "Name",
    };

    /// <summary>Describes the strength of the evidence. The weights come from <see cref="DuplicateScorer"/>.</summary>
    public static string Weight(double weight)
    {
        var against = weight < 0;
        return Math.Abs(weight) switch
        {
            >= 7 => against ? "almost rules out a duplicate" : "almost proves a duplicate",
            >= 4 => against ? "strong evidence against" : "strong evidence for",
            >= 2 => against ? "evidence against" : "evidence for",
            _ => against ? "weak evidence against" : "weak evidence for",
        };
    }

    /// <summary>Lists the traits that match, or those that don't.</summary>
    public static string Traits(IEnumerable<DuplicateEvidence> evidence, bool agree) =>
        string.Join(", ", evidence.Where(e => e.Agrees == agree).Select(e => Trait(e.Trait) is var name && name.All(char.IsUpper) ? name : char.ToLowerInvariant(Trait(e.Trait)[0]) + Trait(e.Trait)[1..]));

    /// <summary>Returns an entry's values for a trait, one per line.</summary>
    public static string Values(Entry entry, string trait) => trait switch
    {
        "name" => string.Join('\n', entry.AlternateNames.Prepend(entry.Name)),
        EntryKeys.Address or EntryKeys.Suite or "location" => string.Join('\n', Places(entry).Select(Line)),
        _ => string.Join('\n', EntryKeys.Of(entry).Where(k => k.Type == trait).Select(k => trait == EntryKeys.Phone ? DisplayFormat.Phone(k.Value) : k.Value).Distinct()),
    };

    /// <summary>Returns an entry's addresses, one per line; empty if it has none.</summary>
    public static string Addresses(Entry entry) => Values(entry, EntryKeys.Address);

    /// <summary>Returns an entry's phone numbers, separated by commas; empty if it has none.</summary>
    public static string Phones(Entry entry) => Values(entry, EntryKeys.Phone).Replace("\n", ", ", StringComparison.Ordinal);

    private static IEnumerable<Location> Places(Entry entry) => (entry as ServiceEntry)?.Locations ?? [];

    private static string Line(Location place) =>
        string.Join(", ", new[] { place.Address1, place.Address2, place.City, place.StateProvince, place.PostalCode }.Where(t => !string.IsNullOrEmpty(t)));
}
