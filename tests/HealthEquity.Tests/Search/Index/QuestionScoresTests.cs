using HealthEquity.Search.Columns;
using HealthEquity.Search.Index;

namespace HealthEquity.Tests.Search.Index;

/// <summary>How points are added for what entries are: rare values are lists, frequent ones are bits.</summary>
public sealed class QuestionScoresTests
{
    private const int Entries = 3_001;

    [Fact]
    public void Who_has_several_of_the_terms_gets_the_points_of_the_best()
    {
        var scores = new QuestionScores();
        scores.Begin(Entries);
        var (all, counted) = (Bits(o => true), new ulong[Bitmap.Words(Entries)]);

        scores.AddOnce(Set(o => o % 700 == 0), 9, all, counted);
        scores.AddOnce(Set(o => o % 2 == 0), 5, all, counted);
        scores.AddOnce(Set(o => o < 1_500), 2, all, counted);
        scores.AddOnce(null, 1, all, counted);

        Assert.Equal(Numbers(o => o % 700 == 0 ? 9 : o % 2 == 0 ? 5 : o < 1_500 ? 2 : 0), scores.Scores[..Entries].ToArray());
        Assert.Equal(Bits(o => o % 2 == 0 || o < 1_500), counted);
    }

    [Fact]
    public void Frequent_values_count_only_where_the_sum_matters()
    {
        var scores = new QuestionScores();
        scores.Begin(Entries);
        var counted = new ulong[Bitmap.Words(Entries)];

        scores.AddOnce(Set(o => o % 2 == 0), 5, Bits(o => o >= 2_000), counted);

        Assert.Equal(Numbers(o => o >= 2_000 && o % 2 == 0 ? 5 : 0), scores.Scores[..Entries].ToArray());
        Assert.Equal(Bits(o => o % 2 == 0), counted);
    }

    private static OrdinalSet Set(Func<int, bool> has)
    {
        var set = new OrdinalSet();
        foreach (var ordinal in Enumerable.Range(0, Entries).Where(has))
        {
            set.Add(ordinal);
        }

        return set;
    }

    private static ulong[] Bits(Func<int, bool> has)
    {
        var words = new ulong[Bitmap.Words(Entries)];
        foreach (var ordinal in Enumerable.Range(0, Entries).Where(has))
        {
            Bitmap.Set(words, ordinal);
        }

        return words;
    }

    private static float[] Numbers(Func<int, float> number) => [.. Enumerable.Range(0, Entries).Select(number)];
}
