using HealthEquity.Directory.Duplicates;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Traits;

namespace HealthEquity.Admin.Wording;

/// <summary>What the console calls the traits of two entries, and how much they say.</summary>
public static class PairWords
{
    /// <summary>How likely two entries are one, in whole percent; never 100, for nobody is certain.</summary>
    public static string Likelihood(double score) => $"{Math.Clamp((int)Math.Round(score * 100), 1, 99)} %";

    /// <summary>What a trait is called.</summary>
    public static string Trait(string trait) => trait switch
    {
        EntryKeys.Npi => "NPI",
        EntryKeys.Ein => "EIN",
        EntryKeys.License => "License",
        EntryKeys.Bar => "Bar number",
        EntryKeys.Email => "E-mail address",
        EntryKeys.Phone => "Telephone number",
        EntryKeys.Host => "Web site",
        EntryKeys.Address => "Street and ZIP code",
        "location" => "Where it lies",
        _ => "Name",
    };

    /// <summary>How much a trait says for or against: the weights are those of <see cref="DuplicateScorer"/>.</summary>
    public static string Weight(double weight)
    {
        var against = weight < 0;
        return Math.Abs(weight) switch
        {
            >= 7 => against ? "nearly rules it out" : "nearly proves it",
            >= 4 => against ? "strongly against" : "strongly for",
            >= 2 => against ? "against" : "for",
            _ => against ? "a little against" : "a little for",
        };
    }

    /// <summary>The traits that agree, or that don't, in a row.</summary>
    public static string Traits(IEnumerable<DuplicateEvidence> evidence, bool agree) =>
        string.Join(", ", evidence.Where(e => e.Agrees == agree).Select(e => Trait(e.Trait) is var name && name.All(char.IsUpper) ? name : char.ToLowerInvariant(Trait(e.Trait)[0]) + Trait(e.Trait)[1..]));

    /// <summary>What an entry says of a trait, one thing a line.</summary>
    public static string Said(Entry entry, string trait) => trait switch
    {
        "name" => string.Join('\n', entry.AlternateNames.Prepend(entry.Name)),
        EntryKeys.Address or "location" => string.Join('\n', Places(entry).Select(Line)),
        _ => string.Join('\n', EntryKeys.Of(entry).Where(k => k.Type == trait).Select(k => k.Value).Distinct()),
    };

    private static IEnumerable<Location> Places(Entry entry) => (entry as ServiceEntry)?.Locations ?? [];

    private static string Line(Location place) =>
        string.Join(", ", new[] { place.Address1, place.Address2, place.City, place.StateProvince, place.PostalCode }.Where(t => !string.IsNullOrEmpty(t)));
}
