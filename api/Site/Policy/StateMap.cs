using HealthEquity.Directory.Geography;
using Microsoft.AspNetCore.Html;

namespace HealthEquity.Api.Site.Policy;

/// <summary>
/// A map of the states as equal tiles, each where the state roughly lies. Small states are as easy to see as large ones, on a phone too, and
/// each tile has room for its number. The table beside it says the same.
/// </summary>
public sealed record StateMap
{
    private const int Steps = 4;

    // Column and row of each tile, from the northwest; territories stand below.
    private static readonly string[] Grid =
    [
        "AK                            ME",
        "                           VT NH",
        "WA ID MT ND MN IL WI MI NY RI MA",
        "OR NV WY SD IA IN OH PA NJ CT   ",
        "CA UT CO NE MO KY WV VA MD DE   ",
        "   AZ NM KS AR TN NC SC DC      ",
        "         OK LA MS AL GA         ",
        "HI       TX             FL      ",
        "GU MP AS                   PR VI",
    ];

    /// <summary>The tiles.</summary>
    public required IReadOnlyList<StateTile> Tiles { get; init; }

    /// <summary>Columns of the map.</summary>
    public static int Columns => 11;

    /// <summary>Rows of the map.</summary>
    public static int Rows => Grid.Length;

    /// <summary>The tiles as SVG: a square with the state's code, and its number where there is one.</summary>
    public HtmlString Svg => new(string.Concat(Tiles.Select(tile =>
        $"<g class=\"t{tile.Shade}\" transform=\"translate({tile.Column * 10} {tile.Row * 10})\"><rect width=\"9.4\" height=\"9.4\" rx=\"1\"/>"
        + (tile.Count > 0 ? $"<text x=\"4.7\" y=\"4.3\">{tile.State.Code}</text><text x=\"4.7\" y=\"8\">{tile.Count}</text></g>" : $"<text x=\"4.7\" y=\"6\">{tile.State.Code}</text></g>"))));

    /// <summary>The map of a number for each state.</summary>
    /// <param name="counts">Numbers by USPS code.</param>
    public static StateMap Of(IReadOnlyDictionary<string, int> counts)
    {
        var most = counts.Count == 0 ? 0 : counts.Values.Max();
        return new StateMap
        {
            Tiles =
            [
                .. from row in Enumerable.Range(0, Grid.Length)
                   from column in Enumerable.Range(0, Columns)
                   let state = States.Find(Grid[row].Substring(column * 3, 2))
                   where state is not null
                   let count = counts.GetValueOrDefault(state.Code)
                   select new StateTile(state, column, row, count, count == 0 ? 0 : Math.Max(1, (int)Math.Ceiling((double)count * Steps / most))),
            ],
        };
    }
}

/// <summary>One state on the map.</summary>
/// <param name="State">The state.</param>
/// <param name="Column">Its column, from 0.</param>
/// <param name="Row">Its row, from 0.</param>
/// <param name="Count">Its number.</param>
/// <param name="Shade">How dark it is, from 0 for none to 4 for the most.</param>
public sealed record StateTile(State State, int Column, int Row, int Count, int Shade);
