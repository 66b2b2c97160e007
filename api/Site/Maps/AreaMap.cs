namespace HealthEquity.Api.Site.Maps;

/// <summary>A place on a map.</summary>
/// <param name="X">From the left, in units of the map.</param>
/// <param name="Y">From the top.</param>
/// <param name="Count">How many results are there.</param>
public readonly record struct MapDot(int X, int Y, int Count);

/// <summary>The name of a town on a map.</summary>
/// <param name="X">The town, from the left.</param>
/// <param name="Y">The town, from the top.</param>
/// <param name="Name">Its name.</param>
/// <param name="IsLeft">True when the name ends at the town, because there is no room on its right.</param>
public readonly record struct MapTown(int X, int Y, string Name, bool IsLeft);

/// <summary>A small map of an area: borders, the largest towns, and dots.</summary>
/// <param name="Land">The land, as an SVG path.</param>
/// <param name="Borders">The borders of counties, as an SVG path.</param>
/// <param name="Towns">Towns by which people know where they are.</param>
/// <param name="Dots">Where the results are.</param>
/// <param name="Text">What the map shows, in words.</param>
public sealed record AreaMap(string Land, string Borders, IReadOnlyList<MapTown> Towns, IReadOnlyList<MapDot> Dots, string Text)
{
    /// <summary>The width of a map in its own units.</summary>
    public const int Width = 320;

    /// <summary>The height of a map in its own units.</summary>
    public const int Height = 220;
}
