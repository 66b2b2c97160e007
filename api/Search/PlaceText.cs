using HealthEquity.Api.Problems;
using HealthEquity.Directory.Geography;

namespace HealthEquity.Api.Search;

/// <summary>Reads the text of a place parameter.</summary>
internal static class PlaceText
{
    /// <summary>The place; null if it is unknown, with the problem and the remedy.</summary>
    public static Place? Read(string text, out string? fault)
    {
        var reading = Gazetteer.Shipped.Parse(text);
        fault = reading.Place is not null ? null
            : reading.Nearest.Count > 0 ? $"{Quoted.Of(text)} is not a known place. Did you mean {string.Join("; ", reading.Nearest.Take(5))}?"
            : $"{Quoted.Of(text)} is not a known place. Enter a town and its state, such as Houston, TX, a ZIP code, or latitude,longitude in degrees.";
        return reading.Place;
    }
}
