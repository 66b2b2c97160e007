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

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(203)]
    public void What_is_at_least_the_limit_is_added_to_what_was_there(int count)
    {
        const int there = 3;
        var numbers = Enumerable.Range(0, count).Select(i => (byte)(i * 37 % 256)).ToArray();
        var words = new ulong[Bitmap.Words(count) + 1];
        Bitmap.Set(words, there);

        Bitmap.OrAtLeast(words, numbers, limit: 200);

        Assert.Equal(Enumerable.Range(0, count).Where(i => numbers[i] >= 200).Append(there).Distinct().Order(), Ordinals(words));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(11)]
    public void A_union_keeps_what_was_there_and_ends_with_the_shorter_set(int length)
    {
        var words = Enumerable.Range(0, length).Select(i => 1UL << i).ToArray();
        var other = Enumerable.Range(0, length - 1).Select(i => 1UL << (63 - i)).ToArray();

        Bitmap.Or(words, other);

        Assert.Equal(Enumerable.Range(0, length).Select(i => (1UL << i) | (i < length - 1 ? 1UL << (63 - i) : 0)), words);
    }

    [Fact]
    public void Both_are_counted_alike_in_all_words_and_in_those_in_use()
    {
        ulong[] words = [0, 0b1011, 0, 0, ulong.MaxValue, 0b1];
        ulong[] other = [0b1, 0b0011, 0, 0b1, 0b111];
        var used = new int[words.Length];

        var count = Bitmap.Used(words, used);

        Assert.Equal([1, 4, 5], used[..count]);
        Assert.Equal(5, Bitmap.CountBoth(words, other));
        Assert.Equal(5, Bitmap.CountBoth(words, other, used.AsSpan(0, count)));
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
