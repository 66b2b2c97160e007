using System.Globalization;
using HealthEquity.Api.Site.Texts;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Geography;
using Microsoft.AspNetCore.WebUtilities;

namespace HealthEquity.Api.Site.Layout;

/// <summary>
/// What another site wants its embed to show. It stands in the address of every page of the embed, because the site chose it; what a reader
/// types never does.
/// </summary>
public sealed class Embedding
{
    /// <summary>Where the pages of embeds are: the only ones that may be framed.</summary>
    public const string Path = "/embed/list";

    /// <summary>The number of results at a time, unless the site chooses another.</summary>
    public const int DefaultPageSize = 10;

    /// <summary>The results of the first view of the script's embed. The others follow when it is shown.</summary>
    public const int FirstResults = 3;

    private const int MaxPageSize = 25;
    private const int MaxRadius = 500;
    private const int MaxNearLength = 100;

    private static readonly string[] Themes = ["light", "dark", "system"];

    private readonly List<string> _problems = [];
    private readonly IQueryCollection _query;
    private readonly string _root;

    private Embedding(IQueryCollection query, string root)
    {
        (_query, _root) = (query, root);
        Kinds = [.. Words("kinds").Where(k => Check(EntryKinds.TryParse(k, out _), "kinds", k, string.Join(", ", EntryKinds.All.Select(EntryKinds.Code))))];
        Needs = [.. Words("needs").Where(IsNeed("needs"))];
        Need = Words("need").Where(IsNeed("need")).FirstOrDefault();
        State = One("state", v => States.Find(v) is not null, "a code such as FL");
        County = One("county", v => CountyOf(v) is not null, "a code such as FL:Miami-Dade County, or a state and a name") is { } county ? CountyOf(county) : null;
        Near = One("near", v => v.Length <= MaxNearLength, $"a ZIP code or town of at most {MaxNearLength} characters");
        Radius = One("radius", v => IsNumber(v, MaxRadius), $"a number of miles from 1 to {MaxRadius}");
        PageSize = One("page-size", v => IsNumber(v, MaxPageSize), $"a number from 1 to {MaxPageSize}") is { } size ? int.Parse(size, CultureInfo.InvariantCulture) : DefaultPageSize;
        List = One("list", v => v.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'), "the last part of the list's address, such as lincoln-families");
        Theme = One("theme", Themes.Contains, string.Join(", ", Themes));
        Language = One("lang", SiteTexts.Languages.Contains, string.Join(", ", SiteTexts.Languages));
    }

    /// <summary>Kinds of entry to which searches are limited; all if empty.</summary>
    public IReadOnlyList<string> Kinds { get; }

    /// <summary>The choices of the first page; all if empty.</summary>
    public IReadOnlyList<string> Needs { get; }

    /// <summary>The choice whose results are shown at first; null for the first page.</summary>
    public string? Need { get; }

    /// <summary>The state to which searches are limited, as its USPS code.</summary>
    public string? State { get; }

    /// <summary>The county to which searches are limited.</summary>
    public string? County { get; }

    /// <summary>The place that stands in the form at first.</summary>
    public string? Near { get; }

    /// <summary>How many miles around a place are searched.</summary>
    public string? Radius { get; }

    /// <summary>Results at a time.</summary>
    public int PageSize { get; }

    /// <summary>The curated list that is shown at first, by its address; null for none.</summary>
    public string? List { get; }

    /// <summary>"light", "dark" or "system"; null to follow the host page.</summary>
    public string? Theme { get; }

    /// <summary>The language that the site chose; null for the reader's.</summary>
    public string? Language { get; }

    /// <summary>The part of the first page that the script asks for.</summary>
    public ViewPart Part { get; private init; }

    /// <summary>What is wrong with what the site asks for, in English, for the people who build it.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <summary>What a request's page is embedded in; null for the directory's own pages.</summary>
    public static Embedding? Of(HttpRequest request) =>
        !request.Path.StartsWithSegments(Path, StringComparison.Ordinal, out var page) ? null : new Embedding(request.Query, request.PathBase + Path)
        {
            Part = page.HasValue ? ViewPart.Whole : request.Query["part"].ToString() switch { "first" => ViewPart.First, "rest" => ViewPart.Rest, _ => ViewPart.Whole },
        };

    /// <summary>What a site asks for with these values, wherever they stand.</summary>
    /// <param name="request">The request that has them in its address.</param>
    public static Embedding Read(HttpRequest request) => new(request.Query, request.PathBase + Path);

    /// <summary>The address of a page of the embed.</summary>
    /// <param name="path">The page, such as "/find".</param>
    /// <param name="language">The language, BCP-47; null for the reader's.</param>
    /// <param name="need">The choice whose results are shown; null for the first page.</param>
    public string To(string path, string? language, string? need = null) =>
        QueryHelpers.AddQueryString(_root + path, Values(language, need).Select(v => KeyValuePair.Create(v.Key, (string?)v.Value)));

    /// <summary>The address of what the first view leaves out; null for a page that leaves nothing out.</summary>
    /// <param name="language">The language, BCP-47.</param>
    public string? RestAddress(string language) => Part != ViewPart.First ? null : QueryHelpers.AddQueryString(
        _root, Values(language, Need, List).Append(new("part", "rest")).Select(v => KeyValuePair.Create(v.Key, (string?)v.Value)));

    /// <summary>The results that stand on the part of the page that is asked for.</summary>
    /// <typeparam name="T">What is shown of a result.</typeparam>
    /// <param name="results">The results of the whole page.</param>
    public IEnumerable<T> PartOf<T>(IEnumerable<T> results) => Part switch
    {
        ViewPart.First => results.Take(FirstResults),
        ViewPart.Rest => results.Skip(FirstResults),
        _ => results,
    };

    /// <summary>The values as attributes of the element and as parameters of the frame's address.</summary>
    /// <param name="language">The language, BCP-47; null for the reader's.</param>
    /// <param name="need">The choice whose results are shown; null for the first page.</param>
    /// <param name="list">The curated list that is shown; null for none.</param>
    public IEnumerable<KeyValuePair<string, string>> Values(string? language, string? need, string? list = null)
    {
        (string Name, string? Value)[] values =
        [
            ("lang", language), ("need", need), ("list", list), ("kinds", Join(Kinds)), ("needs", Join(Needs)), ("state", State), ("county", County), ("near", Near), ("radius", Radius),
            ("page-size", PageSize == DefaultPageSize ? null : PageSize.ToString(CultureInfo.InvariantCulture)), ("theme", Theme),
        ];
        return values.Where(v => !string.IsNullOrEmpty(v.Value)).Select(v => KeyValuePair.Create(v.Name, v.Value!));
    }

    /// <summary>What a reader asked for, within what the site wants to show.</summary>
    public List<KeyValuePair<string, string>> Limit(List<KeyValuePair<string, string>> asked)
    {
        var limits = new List<KeyValuePair<string, string>>();
        limits.AddRange(Kinds.Select(k => KeyValuePair.Create("kind", k)));
        limits.AddRange(new[] { ("state", State), ("county", County), ("radius", asked.Exists(a => a.Key == "near") ? Radius : null) }
            .Where(l => l.Item2 is not null).Select(l => KeyValuePair.Create(l.Item1, l.Item2!)));
        var names = limits.Select(l => l.Key).ToHashSet(StringComparer.Ordinal);
        var kinds = asked.Where(a => a.Key == "kind" && (Kinds.Count == 0 || Kinds.Contains(a.Value, StringComparer.OrdinalIgnoreCase))).ToList();
        if (kinds.Count > 0)
        {
            limits.RemoveAll(l => l.Key == "kind");
        }

        return [.. asked.Where(a => a.Key != "kind" && !names.Contains(a.Key)), .. kinds, .. limits];
    }

    /// <summary>The code of a county, or its name where no state is chosen; a name is read within the chosen state.</summary>
    private string? CountyOf(string text) =>
        Counties.All.Any(c => c.Code == text || (State is null && c.Name == text)) ? text : Counties.Find(State, text)?.Code;

    private static string Join(IReadOnlyList<string> words) => string.Join(' ', words);

    private static bool IsNumber(string text, int most) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= most;

    private Func<string, bool> IsNeed(string name) =>
        n => Check(Site.Needs.Need.All.Any(a => a.Code == n), name, n, string.Join(", ", Site.Needs.Need.All.Select(a => a.Code)));

    private string[] Words(string name) => _query[name].ToString().Split([' ', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private string? One(string name, Func<string, bool> isKnown, string wanted) =>
        _query[name].ToString().Trim() is { Length: > 0 } value && Check(isKnown(value), name, value, wanted) ? value : null;

    private bool Check(bool isKnown, string name, string value, string wanted)
    {
        if (!isKnown)
        {
            _problems.Add($"{name}: “{value}” cannot be used. Give {wanted}.");
        }

        return isKnown;
    }
}

/// <summary>The script asks for the first page in two parts, so that the first view is small.</summary>
public enum ViewPart
{
    /// <summary>All of it.</summary>
    Whole,

    /// <summary>What is seen at first: the first results without filters, and no style sheets, which the script has.</summary>
    First,

    /// <summary>What the first view leaves out.</summary>
    Rest,
}
