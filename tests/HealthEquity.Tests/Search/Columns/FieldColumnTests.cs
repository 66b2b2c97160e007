using HealthEquity.Search.Columns;

namespace HealthEquity.Tests.Search.Columns;

/// <summary>Values are counted entry by entry where they are many, and set by set where they are few; both give the same counts.</summary>
public sealed class FieldColumnTests
{
    private const int Entries = 2_000;

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(64)]
    [InlineData(701)]
    public void Counts_are_those_of_the_matches(int every)
    {
        var (many, few) = (new FieldColumn(hasManyValues: true), new FieldColumn());
        var matches = new ulong[Bitmap.Words(Entries)];
        for (var ordinal = 0; ordinal < Entries; ordinal++)
        {
            foreach (var value in ValuesOf(ordinal))
            {
                many.Add(value, ordinal);
                few.Add(value, ordinal);
            }

            if (ordinal % every == 0)
            {
                Bitmap.Set(matches, ordinal);
            }
        }

        var expected = Enumerable.Range(0, Entries).Where(o => o % every == 0).SelectMany(ValuesOf)
            .GroupBy(v => v).Select(g => new FacetCount(g.Key, g.Count()))
            .OrderByDescending(c => c.Count).ThenBy(c => c.Value, StringComparer.Ordinal).ToArray();

        Assert.Equal(expected, many.CountIn(matches));
        Assert.Equal(expected, few.CountIn(matches));
    }

    /// <summary>None, one or two of a hundred values.</summary>
    private static string[] ValuesOf(int ordinal) => (ordinal % 5) switch
    {
        0 => [],
        1 => [$"value {ordinal % 97}", "common"],
        _ => [$"value {ordinal % 97}"],
    };
}
