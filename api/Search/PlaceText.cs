using HealthEquity.Api.Problems;
using HealthEquity.Directory.Geography;

namespace HealthEquity.Api.Search;

/// <summary>Reads what was given as a place.</summary>
internal static class PlaceText
{
    /// <summary>The place; null when it is none, and then what is wrong and what to do.</summary>
    public static Place? Read(string text, out string? fault)
    {
        var reading = Gazetteer.Shipped.Parse(text);
        fault = reading.Place is not null ? null
            : reading.Nearest.Count > 0 ? $"{Quoted.Of(text)} is not a place we know. Do you mean {string.Join("; ", reading.Nearest.Take(5))}?"
            : $"{Quoted.Of(text)} is not a place we know; write a town and its state, such as Houston, TX, a ZIP code, or latitude,longitude in degrees.";
        return reading.Place;
    }
}
