using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Geography;
using HealthEquity.Search.Index;

namespace HealthEquity.Benchmarks;

/// <summary>Creates realistic searches: words in several languages, filters, places, facets, typos.</summary>
internal sealed class SearchQueries(GeneratedDirectory directory)
{
    private static readonly SearchField[] Filters =
    [
        SearchFields.Specialty, SearchFields.Cost, SearchFields.PracticeArea, SearchFields.Population, SearchFields.Accepting,
        SearchFields.Telehealth, SearchFields.ImmigrationStatus, SearchFields.Help, SearchFields.Modality,
    ];

    private static readonly SearchField[] Facets =
        [SearchFields.Kind, SearchFields.Language, SearchFields.State, SearchFields.Cost, SearchFields.Specialty, SearchFields.PracticeArea, SearchFields.Accepting, SearchFields.County];

    /// <summary>A number of distinct searches.</summary>
    public IReadOnlyList<SearchQuery> Distinct(int count)
    {
        // The same number again for warming up.
        var seen = new HashSet<string>();
        var queries = new List<SearchQuery>();
        while (queries.Count < 2 * count)
        {
            var query = Next();
            if (seen.Add($"{query.Text}|{string.Join(';', query.Terms.Select(t => t.Field + string.Join(',', t.Values)))}|{query.Near}|{query.Age}|{string.Join(',', query.Kinds)}|{query.Sort}|{query.Skip}"))
            {
                queries.Add(query);
            }
        }

        return queries;
    }

    /// <summary>Prefixes of names and words.</summary>
    public IReadOnlyList<string> Beginnings(int count) =>
        [.. Enumerable.Range(0, 2 * count).Select(_ => directory.Next(2) == 0 ? directory.Name() : directory.Subject(directory.Pick(GeneratedWords.Languages))).Select(t => t[..Math.Min(t.Length, 2 + directory.Next(6))])];

    private SearchQuery Next()
    {
        var place = directory.Pick(directory.Places);
        var query = new SearchQuery
        {
            Text = directory.Next(100) < 75 ? Words() : null,
            Language = directory.Pick(GeneratedWords.Languages),
            Kinds = directory.Next(2) == 0 ? [directory.Pick(EntryKinds.All.Take(3).ToArray())] : [],
            Terms = [.. Enumerable.Range(0, directory.Next(3)).Select(_ => Filter())],
            Facets = [.. Facets.Where(_ => directory.Next(2) == 0)],
            Sort = (SearchSort)(directory.Next(10) switch { 0 => (int)SearchSort.Name, 1 => (int)SearchSort.Verified, _ => (int)SearchSort.Relevance }),
            Skip = directory.Next(8) == 0 ? 20 * directory.Next(10) : 0,
        };
        return directory.Next(12) switch
        {
            0 or 1 => query with { Near = new GeoPoint(place.Latitude, place.Longitude), RadiusMiles = 25, Sort = SearchSort.Distance },
            2 => query with { Near = new GeoPoint(place.Latitude, place.Longitude), Sort = SearchSort.Distance },
            3 => query with { ServesZip = [place.Zip] },
            4 => query with { Age = directory.Next(80) },
            5 => query with { OpenAt = GeneratedDirectory.Today.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc).AddMinutes(directory.Next(10_000)) },
            6 => query with { AssuredSince = GeneratedDirectory.Today.AddDays(-directory.Next(100)) },
            7 => query with { Kinds = [EntryKind.Event], From = GeneratedDirectory.Today, To = GeneratedDirectory.Today.AddDays(directory.Next(60)), Terms = [] },
            _ => query,
        };
    }

    private TermFilter Filter()
    {
        switch (directory.Next(4))
        {
            case 0:
                return new TermFilter(SearchFields.State, [directory.Pick(directory.Places).County?.State ?? "FL"]);
            case 1:
                return new TermFilter(SearchFields.Language, [directory.Pick(GeneratedWords.Languages)]);
            default:
                var field = directory.Pick(Filters);
                return new TermFilter(field, directory.Some(field.Vocabulary!, 1, 2));
        }
    }

    private string Words()
    {
        var language = directory.Next(2) == 0 ? "en" : directory.Pick(GeneratedWords.Languages);
        return directory.Next(10) switch
        {
            0 => directory.Name(),
            1 => Misspelled(directory.Subject("en")),
            2 => $"{directory.Subject(language)} {directory.Proper()}",
            3 => directory.Pick(directory.Places).Zip,
            4 => $"({directory.Next(800) + 200}) 555-{directory.Next(10_000):0000}",
            5 => directory.Name()[..4],
            6 => $"{directory.Subject(language)} {directory.Subject(language)} {directory.Pick(directory.Places).County?.Name}",
            _ => $"{directory.Subject(language)} {directory.Subject(language)}",
        };
    }

    private string Misspelled(string text)
    {
        var at = 1 + directory.Next(text.Length - 1);
        return text[..at] + text[(at + 1)..];
    }
}
