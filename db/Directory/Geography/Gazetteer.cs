namespace HealthEquity.Directory.Geography;

/// <summary>
/// The places of the United States by the names that people use: towns, ZIP codes, counties, states, boroughs and regions. See
/// README.md beside this file for the sources. It is safe to use from several threads.
/// </summary>
public sealed class Gazetteer
{
    private static readonly Lazy<Gazetteer> LazyShipped = new(() => new Gazetteer());

    private readonly PlaceIndex _index = PlaceIndex.Load();

    // On maps, people know where they are by larger towns.
    private const int SmallestNamed = 2_500;

    private readonly Lazy<int[]> _largest;

    private Gazetteer() => _largest = new(() =>
        [.. Enumerable.Range(0, _index.Towns.Count).Where(t => _index.Towns.Kind(t) == PlaceKind.City && _index.Towns.Population(t) >= SmallestNamed).OrderByDescending(_index.Towns.Population)]);

    /// <summary>The gazetteer in the assembly; read when first used.</summary>
    public static Gazetteer Shipped => LazyShipped.Value;

    /// <summary>The credit that the data's licenses require, for pages that show places.</summary>
    public static string Attribution { get; } = PlaceTable.ReadResource("ATTRIBUTION.txt").TrimEnd();

    /// <summary>How many ZIP codes are known.</summary>
    public int ZipCount => _index.Towns.ZipCount;

    /// <summary>How many towns, neighborhoods and post offices are known.</summary>
    public int TownCount => _index.Towns.Count;

    /// <summary>
    /// Finds the places that a question names, in the order in which it names them. The positions of matches are those in the composed
    /// question (<see cref="Text.Folding.Compose"/>).
    /// </summary>
    /// <param name="question">The question as typed.</param>
    /// <param name="prepositions">The folded words that say that a place follows, in any language; several words with one space between.</param>
    public IReadOnlyList<PlaceMatch> Find(string question, IReadOnlySet<string>? prepositions = null) =>
        Find(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(PlaceWord.Split(Text.Folding.Compose(question), prepositions)));

    /// <summary>Finds the places that a question names, in the order in which it names them.</summary>
    /// <param name="words">The question's words, as <see cref="PlaceWord.Split"/> cuts them.</param>
    public IReadOnlyList<PlaceMatch> Find(ReadOnlySpan<PlaceWord> words) => words.IsEmpty ? [] : new PlaceFinder(_index, words).Find();

    /// <summary>
    /// Reads a text that should name a place and nothing else: "Houston, TX", "33130", "Miami Dade County", "the Bay Area",
    /// "25.76, -80.19", or an address with a ZIP code or a town and a state.
    /// </summary>
    /// <param name="text">The text.</param>
    public PlaceReading Parse(string? text) => PlaceParser.Parse(_index, text);

    /// <summary>The place of a ZIP code (five digits or ZIP+4); null when there is no such code.</summary>
    public Place? Zip(string? zip) => zip is { Length: >= 5 } && (zip.Length == 5 || zip[5] == '-') ? _index.Zip(zip.AsSpan(0, 5)) : null;

    /// <summary>The state as a place: where its people live, and how far from there.</summary>
    /// <param name="code">The USPS code.</param>
    public Place? State(string code) => _index.State(code);

    /// <summary>The county as a place: where its people live, and how far from there.</summary>
    public Place County(County county) => _index.Place(_index.EntityOf(county));

    /// <summary>The towns of at least 2,500 people in a rectangle, the largest first; worked out while they are read.</summary>
    public IEnumerable<Place> LargestTowns(BoundingBox box) => _largest.Value
        .Where(town => _index.Towns.Point(town) is var point && box.Contains(point.Latitude, point.Longitude))
        .Select(_index.Towns.Place);
}
