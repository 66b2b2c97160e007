using HealthEquity.Search.Columns;

namespace HealthEquity.Tests.Search.Columns;

/// <summary>Sets of ordinals, whose ends fall within a word and within a vector.</summary>
public sealed class BitmapTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(203)]
    public void What_is_at_most_the_limit_is_added_to_what_was_there(int count)
    {
        const int there = 3;
        var numbers = Enumerable.Range(0, count).Select(i => i % 5 == 0 ? float.PositiveInfinity : i * 7 % 11 / 4f).ToArray();
        var words = new ulong[Bitmap.Words(count) + 1];
        Bitmap.Set(words, there);

        Bitmap.OrAtMost(words, numbers, limit: 1.25f);

        Assert.Equal(Enumerable.Range(0, count).Where(i => numbers[i] <= 1.25f).Append(there).Distinct().Order(), Ordinals(words));
    }

    private static List<int> Ordinals(ulong[] words)
    {
        var ordinals = new List<int>();
        foreach (var ordinal in Bitmap.Each(words))
        {
            ordinals.Add(ordinal);
        }

        return ordinals;
    }
}
