using System.Collections.Frozen;
using HealthEquity.Directory.Traits;

namespace HealthEquity.Directory.Duplicates;

/// <summary>How two street addresses compare.</summary>
internal enum StreetMatch
{
    /// <summary>Two different streets or house numbers.</summary>
    Different,

    /// <summary>The same house number on streets that are spelled alike: "200 Booth Street" and "200 Both Street".</summary>
    Alike,

    /// <summary>The same street, house number and ZIP code.</summary>
    Same,
}

/// <summary>Compares street addresses.</summary>
internal static class StreetComparison
{
    private const double MinAlike = 0.8;

    private static readonly FrozenSet<string> Directions = new[] { "n", "s", "e", "w", "ne", "nw", "se", "sw" }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Compares house number, street and ZIP code.</summary>
    public static StreetMatch Match(StreetAddress one, StreetAddress other) =>
        one.PostalCode != other.PostalCode ? StreetMatch.Different
        : one.Street == other.Street ? StreetMatch.Same
        : AreAlike(one.Street.Split(' '), other.Street.Split(' ')) ? StreetMatch.Alike
        : StreetMatch.Different;

    /// <summary>True if both have the same suite, or neither has one; false if they have different ones; null if one has none.</summary>
    public static bool? ShareUnit(StreetAddress one, StreetAddress other)
    {
        if (one.Unit == other.Unit)
        {
            return true;
        }

        if (one.Unit.Length == 0 || other.Unit.Length == 0)
        {
            return null;
        }

        var (units, others) = (one.Unit.Split(' '), other.Unit.Split(' '));
        return units.All(others.Contains) || others.All(units.Contains);
    }

    private static bool AreAlike(string[] one, string[] other)
    {
        if (one.Length < 2 || other.Length < 2 || one[0] != other[0])
        {
            return false;
        }

        // "5th" and "6th", "n" and "s" look alike and are different streets.
        var (exact, others) = (one.Skip(1).Where(IsExact).ToList(), other.Skip(1).Where(IsExact).ToList());
        return (exact.All(others.Contains) || others.All(exact.Contains))
            && NameSimilarity.Of(string.Join(' ', one.Skip(1)), string.Join(' ', other.Skip(1))) > MinAlike;
    }

    private static bool IsExact(string word) => Directions.Contains(word) || word.Any(char.IsAsciiDigit);
}
