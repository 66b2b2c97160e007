using System.Globalization;
using HealthEquity.Db.Duplicates;
using HealthEquity.Db.Entries;
using HealthEquity.Db.Providers;

namespace HealthEquity.Tests.Duplicates;

public sealed class DuplicateFinderTests
{
    private static readonly string[] First = ["Riverside", "Harbor", "Valley", "Lakeview", "Summit", "Oak Hill", "Prairie", "Bayside", "Northern", "Cedar", "Hope", "Nueva Vida", "Sunrise", "Maple", "Union"];
    private static readonly string[] Second = ["Counseling", "Behavioral Health", "Family", "Community Mental Health", "Psychological", "Recovery", "Child Guidance", "Wellness"];
    private static readonly string[] Third = ["Center", "Services", "Clinic", "Associates", "Institute", "Group"];
    private static readonly string[] Streets = ["Main Street", "Oak Avenue", "Martin Luther King Boulevard", "North Elm Drive", "State Road", "Washington Place"];

    [Fact]
    public void Corrupted_copies_are_found_far_oftener_than_by_exact_match_and_strangers_stay_apart()
    {
        var random = new Random(20261123);
        var originals = Enumerable.Range(0, 1500).Select(n => Make(random, n)).ToList();
        var copies = originals.Take(500).Select(o => (Original: o, Copy: Corrupt(random, o))).ToList();
        var traits = originals.Concat(copies.Select(c => c.Copy)).ToDictionary(p => (object)p, p => DuplicateTraits.Of(Guid.CreateVersion7(), p), ReferenceEqualityComparer.Instance);
        var truth = copies.Select(c => Pair(traits[c.Original].Id, traits[c.Copy].Id)).ToHashSet();

        var found = DuplicateFinder.Find([.. traits.Values]).Select(p => Pair(p.First.Id, p.Second.Id)).ToHashSet();
        var exact = traits.Values.GroupBy(t => string.Join('|', t.Name, t.Keys[EntryKeys.Phone].FirstOrDefault()))
            .Where(g => g.Count() == 2).Select(g => Pair(g.First().Id, g.Last().Id)).ToHashSet();

        var (recall, precision) = (Share(found, truth), Share(truth, found));
        var baseline = Share(exact, truth);
        TestContext.Current.SendDiagnosticMessage("recall {0:P1}, precision {1:P1}; exact match: recall {2:P1}", recall, precision, baseline);
        Assert.True(recall > 0.9, $"recall {recall:P1}");
        Assert.True(precision > 0.95, $"precision {precision:P1}");
        Assert.True(recall > baseline + 0.3, $"exact match already finds {baseline:P1}");
    }

    [Fact]
    public void The_evidence_says_what_agreed_and_what_did_not()
    {
        var one = new Provider { Name = "Harbor Counseling Center", Phones = [new Phone { Number = "+13055550142" }], Npi = "1234567893" };
        var two = one with { Name = "Harbor Counselling Ctr", Npi = null, Phones = [new Phone { Number = "+13055550199" }], Website = "https://example.org" };
        var pair = DuplicateScorer.Score(DuplicateTraits.Of(Guid.NewGuid(), one), DuplicateTraits.Of(Guid.NewGuid(), two));

        Assert.Contains(pair.Evidence, e => e is { Trait: "name", Agrees: true });
        Assert.Contains(pair.Evidence, e => e is { Trait: "phone", Agrees: false });
        // What one of them does not say speaks neither for nor against.
        Assert.DoesNotContain(pair.Evidence, e => e.Trait is "npi" or "host");
    }

    [Fact]
    public void One_license_number_outweighs_another_name_and_another_license_outweighs_the_same_name()
    {
        var licence = new Licence { Type = "psychologist", Number = "PY 1234", State = "FL" };
        var one = new Provider { Name = "María Sample", Npi = "1234567893", Licences = [licence] };
        var married = one with { Name = "María Example-Sample" };
        var namesake = one with { Npi = "1245319599", Licences = [licence with { Number = "PY 9999" }] };
        double Score(Provider other) => DuplicateScorer.Score(DuplicateTraits.Of(Guid.NewGuid(), one), DuplicateTraits.Of(Guid.NewGuid(), other)).Probability;

        Assert.True(Score(married) > 0.99);
        Assert.True(Score(namesake) < 0.01);
    }

    private static Provider Make(Random random, int n)
    {
        var zip = 10001 + (n % 300 * 37);
        return new Provider
        {
            Name = $"{Pick(random, First)} {Pick(random, Second)} {Pick(random, Third)}",
            Phones = [new Phone { Number = string.Create(CultureInfo.InvariantCulture, $"+1{random.Next(201, 989)}555{random.Next(1000, 9999)}") }],
            Locations =
            [
                new Location
                {
                    Visibility = Visibility.Public,
                    Address1 = $"{random.Next(1, 9999)} {Pick(random, Streets)}",
                    PostalCode = zip.ToString("00000", CultureInfo.InvariantCulture),
                    Latitude = 30 + (n % 300 * 0.05),
                    Longitude = -90 + (n % 300 * 0.05),
                },
            ],
            Website = n % 3 == 0 ? $"https://www.place{n}.example.org" : null,
        };
    }

    private static Provider Corrupt(Random random, Provider original)
    {
        var place = original.Locations[0];
        var changed = original with { Name = Misspell(random, original.Name) };
        return random.Next(5) switch
        {
            0 => changed with { Phones = [new Phone { Number = $"+1{random.Next(201, 989)}555{random.Next(1000, 9999)}" }] },
            1 => changed with { Locations = [place with { Address1 = $"{random.Next(1, 9999)} {Pick(random, Streets)}" }] },
            2 => changed with { Locations = [place with { Address1 = place.Address1!.Replace("Street", "St.", StringComparison.Ordinal).Replace("Avenue", "Ave", StringComparison.Ordinal), Address2 = "Suite 7" }] },
            3 => changed with { Name = changed.Name + ", Inc.", Website = null },
            _ => changed with { Name = changed.Name.Replace("Center", "Ctr", StringComparison.Ordinal).Replace("Associates", "Assoc", StringComparison.Ordinal) },
        };
    }

    private static string Misspell(Random random, string name)
    {
        var at = random.Next(1, name.Length - 1);
        return random.Next(4) switch
        {
            0 => name.Remove(at, 1),
            1 => name[..at] + name[at] + name[at..],
            2 => name[..(at - 1)] + name[at] + name[at - 1] + name[(at + 1)..],
            _ => name,
        };
    }

    private static string Pick(Random random, string[] words) => words[random.Next(words.Length)];

    private static (Guid, Guid) Pair(Guid a, Guid b) => a.CompareTo(b) < 0 ? (a, b) : (b, a);

    private static double Share(HashSet<(Guid, Guid)> found, HashSet<(Guid, Guid)> of) => of.Count == 0 ? 0 : (double)of.Count(found.Contains) / of.Count;
}
