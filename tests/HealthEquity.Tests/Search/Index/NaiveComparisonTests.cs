using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Geography;
using HealthEquity.Search.Index;

namespace HealthEquity.Tests.Search.Index;

/// <summary>Random queries over random entries, compared with a naive implementation.</summary>
public sealed class NaiveComparisonTests
{
    private static readonly string[] States = ["FL", "GA", "TX"];
    private static readonly string[] Languages = ["en", "es", "zh-Hans", "zh-Hant", "pt-BR"];
    private static readonly string[] Costs = ["free", "slidingScale", "medicaid"];
    private static readonly string[] Specialties = ["trauma", "grief", "anxiety", "depression"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Totals_hits_and_counts_agree(int seed)
    {
        using var saved = new SavedIndexFile();
        var random = new Random(seed);
        // Enough entries that some values are stored as lists and others as bitmaps, and enough changes that some ordinals are dead.
        var entries = Enumerable.Range(0, 2500).Select(i => Entry(random, i)).ToList();
        var directory = TestDirectory.Of([.. entries]);
        for (var i = 0; i < 300; i++)
        {
            var at = random.Next(entries.Count);
            entries[at] = Entry(random, at);
            directory.Publish(entries[at]);
        }

        // A saved directory goes on as the one that it was made of.
        directory = saved.Restart(directory);
        for (var i = 0; i < 100; i++)
        {
            var at = random.Next(entries.Count);
            entries[at] = Entry(random, at);
            directory.Publish(entries[at]);
        }

        for (var i = 0; i < 150; i++)
        {
            var query = Query(random);
            var expected = entries.Where(e => Matches(e, query)).Select(e => e.Name).Order(StringComparer.Ordinal).ToList();
            var result = directory.Current.Search(query);

            Assert.True(expected.Count == result.Total, $"{expected.Count} expected, {result.Total} found: {query}, {string.Join("; ", query.Terms.Select(t => $"{t.Field}={string.Join('|', t.Values)}"))}");
            Assert.Equal(expected, result.Hits.Select(h => h.Entry.Name).Order(StringComparer.Ordinal));
            foreach (var facet in result.Facets)
            {
                Assert.Equal(Counts(entries, query, facet.Field), facet.Values.ToDictionary(v => v.Value, v => v.Count));
            }
        }
    }

    private static ServiceEntry Entry(Random random, int number)
    {
        var state = States[random.Next(3)];
        var name = $"Entry {number}";
        ServiceEntry entry = (number % 3) switch
        {
            0 => new Provider { Name = name, Specialties = Some(random, Specialties) },
            1 => new Attorney { Name = name },
            _ => new Organization { Name = name },
        };
        return entry with
        {
            Languages = [.. Some(random, Languages).Select(l => new LanguageOffered { Language = l })],
            Cost = new Cost { Options = Some(random, Costs) },
            Eligibility = new Eligibility { MinimumAge = random.Next(2) == 0 ? null : random.Next(30), MaximumAge = random.Next(2) == 0 ? null : 30 + random.Next(40) },
            Locations = random.Next(5) == 0 ? [] :
            [
                new Location { Visibility = Visibility.Public, StateProvince = state, Latitude = 25 + (random.NextDouble() * 5), Longitude = -85 + (random.NextDouble() * 5) },
            ],
        };
    }

    private static SearchQuery Query(Random random)
    {
        List<TermFilter> terms = [];
        Maybe(() => terms.Add(new(SearchFields.State, Some(random, States))));
        Maybe(() => terms.Add(new(SearchFields.Language, random.Next(2) == 0 ? ["zh"] : Some(random, Languages))));
        Maybe(() => terms.Add(new(SearchFields.Cost, Some(random, Costs))));
        Maybe(() => terms.Add(new(SearchFields.Specialty, Some(random, Specialties))));
        var query = new SearchQuery { Terms = terms, Take = 5000, Facets = [SearchFields.Kind, SearchFields.Cost, SearchFields.Specialty, SearchFields.State], Sort = (SearchSort)(2 * random.Next(2)) };
        Maybe(() => query = query with { Kinds = [(EntryKind)random.Next(3), (EntryKind)random.Next(3)] });
        Maybe(() => query = query with { Age = random.Next(80) });
        Maybe(() => query = query with { Near = new GeoPoint(27, -82), RadiusMiles = 20 + random.Next(200) });
        Maybe(() => query = query with { Text = $"entry {random.Next(10, 300)}" });
        return query;

        void Maybe(Action add)
        {
            if (random.Next(3) == 0)
            {
                add();
            }
        }
    }

    private static bool Matches(ServiceEntry entry, SearchQuery query, SearchField? leftAside = null)
    {
        var place = entry.Locations.Count > 0 ? entry.Locations[0] : null;
        return (leftAside == SearchFields.Kind || query.Kinds.Count == 0 || query.Kinds.Contains(entry.Kind))
            && query.Terms.Where(t => t.Field != leftAside).All(t => ValuesOf(entry, t.Field).Intersect(t.Values).Any())
            && (query.Age is not { } age || (age >= (entry.Eligibility!.MinimumAge ?? 0) && age <= (entry.Eligibility.MaximumAge ?? 999)))
            && (query.Near is not { } near || (place is not null && GeoDistance.Miles(near.Latitude, near.Longitude, place.Latitude!.Value, place.Longitude!.Value) <= query.RadiusMiles))
            && (query.Text is not { } text || entry.Name.StartsWith(text, StringComparison.OrdinalIgnoreCase));
    }

    private static IEnumerable<string> ValuesOf(ServiceEntry entry, SearchField field) => field.Name switch
    {
        "kind" => [entry.Kind.Code()],
        "state" => entry.Locations.Select(l => l.StateProvince!),
        "language" => entry.Languages.SelectMany(l => new[] { l.Language, l.Language.Split('-')[0] }),
        "cost" => entry.Cost!.Options,
        _ => (entry as Provider)?.Specialties ?? [],
    };

    private static Dictionary<string, int> Counts(List<ServiceEntry> entries, SearchQuery query, SearchField field) => entries
        .Where(e => Matches(e, query, leftAside: field))
        .SelectMany(e => ValuesOf(e, field).Distinct())
        .GroupBy(v => v)
        .ToDictionary(g => g.Key, g => g.Count());

    private static string[] Some(Random random, string[] values) => [.. values.Where(_ => random.Next(3) == 0).DefaultIfEmpty(values[0])];
}
