using System.Runtime.CompilerServices;
using HealthEquity.Search.Questions;

namespace HealthEquity.Tests.Search.Questions;

/// <summary>
/// What people in danger say: crisis.tsv, from which the lists were written; sentences.tsv, written before the lists named words by class;
/// and lookalikes.tsv, which only looks like danger.
/// </summary>
public sealed class CrisisListTests
{
    private const double FalseAlarmsAtMost = 0.01;
    private const double UnderstoodAtLeast = 0.99;

    [Fact]
    public void Every_sentence_of_somebody_in_danger_is_understood()
    {
        var missed =
            from row in Rows("crisis.tsv")
            let understood = QuestionReader.Shipped.Read(row[2], row[1], []).Crisis is [var first, ..] ? first : null
            where understood != row[0]
            select $"{row[1]}: {row[2]} is {row[0]}, not {understood ?? "harmless"}";
        Assert.Empty(missed);
    }

    [Fact]
    public void Nearly_every_fresh_sentence_is_understood()
    {
        var rows = Rows("sentences.tsv").ToList();
        var missed =
            from row in rows
            let understood = QuestionReader.Shipped.Read(row[2], row[1], []).Crisis is [var first, ..] ? first : null
            where understood != row[0]
            select $"{row[1]}: {row[2]} is {row[0]}, not {understood ?? "harmless"}";
        Assert.True(missed.Count() <= rows.Count * (1 - UnderstoodAtLeast), string.Join("; ", missed));
    }

    [Fact]
    public void What_only_looks_like_danger_alarms_hardly_anybody()
    {
        var rows = Rows("lookalikes.tsv").ToList();
        var alarms = rows.Where(r => QuestionReader.Shipped.Read(r[1], r[0], []).Crisis.Count > 0).Select(r => r[1]).ToList();
        Assert.True(alarms.Count <= rows.Count * FalseAlarmsAtMost, string.Join("; ", alarms));
    }

    [Fact]
    public void There_are_enough_of_them()
    {
        var rows = Rows("crisis.tsv").ToList();
        Assert.All(rows.CountBy(r => r[0]), kind => Assert.True(kind.Value >= 100, kind.Key));
        Assert.All(rows.CountBy(r => r[1]), language => Assert.True(language.Value >= 8, language.Key));
        Assert.True(Rows("lookalikes.tsv").Count() >= 200);
    }

    private static IEnumerable<string[]> Rows(string file, [CallerFilePath] string here = "") =>
        File.ReadLines(Path.Combine(Path.GetDirectoryName(here)!, file)).Skip(1).Where(l => l.Length > 0).Select(l => l.Split('\t'));
}
