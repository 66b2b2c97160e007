using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace HealthEquity.Benchmarks.Relevance;

/// <summary>Measures how well the search answers real questions.</summary>
internal static class RelevanceBenchmark
{
    private const double NearMiles = 30;
    private static readonly double[] Discounts = [.. Enumerable.Range(2, 10).Select(rank => 1 / Math.Log2(rank))];

    /// <summary>Sends every question and prints the figures.</summary>
    public static async Task RunAsync(RelevanceOptions options)
    {
        using var directory = await JudgedDirectory.OpenAsync(options);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{directory.Entries.Count:N0} entries"));
        string[] files = options.File is { } file ? [file] : [.. new[] { "questions.json", "towns.json" }.Select(f => Path.Combine(AppContext.BaseDirectory, "Relevance", f))];
        foreach (var name in files)
        {
            var questions = JsonNode.Parse(await File.ReadAllTextAsync(name))!.AsArray();
            Console.WriteLine();
            if (questions is [JsonObject first, ..] && first.ContainsKey("town"))
            {
                await TownsAsync(directory, questions.Deserialize<List<TownQuestion>>(Question.Format)!, options.Show);
            }
            else
            {
                await QuestionsAsync(directory, questions.Deserialize<List<Question>>(Question.Format)!, options.Show);
            }
        }
    }

    private static async Task QuestionsAsync(JudgedDirectory directory, List<Question> questions, bool show)
    {
        var rows = new List<Judged>();
        foreach (var question in questions)
        {
            var answer = await directory.AskAsync(question.Text, question.Params);
            var useful = answer.Entries.Select(e => e.Fits(question.Ok)).ToList();
            var possible = directory.Entries.Values.Count(e => e.Fits(question.Ok));
            var hotline = answer.Hotlines is [var first, ..] && directory.Entries.GetValueOrDefault(first)?.Fits(question.Ok) == true;
            rows.Add(new Judged(question, answer, useful, possible, hotline));
        }

        Print("all", rows);
        foreach (var groups in new[] { rows.GroupBy(r => r.Question.Lang), rows.GroupBy(r => r.Question.Type) })
        {
            Console.WriteLine();
            foreach (var group in groups.OrderByDescending(g => g.Count()))
            {
                Print(group.Key, [.. group]);
            }
        }

        if (rows.Where(r => r.Question.Type == "crisis").ToList() is { Count: > 0 } crises)
        {
            Console.WriteLine();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"right hotline above the results in a crisis: {crises.Count(c => c.Hotline)} of {crises.Count}"));
        }

        if (show)
        {
            Console.WriteLine();
            rows.ForEach(Show);
        }
    }

    private static void Print(string name, IReadOnlyList<Judged> rows)
    {
        // A question without a useful entry says nothing about the search.
        var can = rows.Where(r => r.Possible > 0).ToList();
        if (can.Count > 0)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{name,-15} questions {rows.Count,3}  answerable {can.Count,3}  useful first {can.Average(r => r.First ? 1 : 0),4:0%}  useful in five {can.Average(r => r.InFive ? 1 : 0),4:0%}  nothing found {can.Average(r => r.Nothing ? 1 : 0),4:0%}  nDCG@10 {can.Average(r => r.Gain):0.00}"));
        }
    }

    private static void Show(Judged row)
    {
        var outcome = row.First ? "first" : row.InFive ? "five " : "FAIL ";
        Console.WriteLine($"{outcome} [{row.Question.Lang} {row.Question.Type}] {row.Question.Text}{(row.Possible > 0 ? "" : " (not answerable)")} {row.Answer.Refused}");
        for (var i = 0; i < Math.Min(5, row.Useful.Count); i++)
        {
            Console.WriteLine($"        {(row.Useful[i] ? '+' : '-')} {row.Answer.Entries[i].Kind} {row.Answer.Entries[i].Slug}");
        }
    }

    private static async Task TownsAsync(JudgedDirectory directory, List<TownQuestion> questions, bool show)
    {
        var (asked, rightState, near, nothing) = (0, 0, 0, 0);
        var failures = new List<string>();
        foreach (var question in questions.Where(q => directory.Entries.Values.Any(e => IsNear(e, q))))
        {
            asked++;
            var answer = await directory.AskAsync(question.Text, new Dictionary<string, JsonElement>());
            var inState = answer.Entries.Any(e => e.IsIn(question.State));
            var firstIsNear = answer.Entries is [var first, ..] && IsNear(first, question);
            rightState += inState ? 1 : 0;
            near += firstIsNear ? 1 : 0;
            nothing += answer.Entries.Count == 0 ? 1 : 0;
            if (!inState || !firstIsNear)
            {
                failures.Add($"{(inState ? "far  " : "state")} [{question.Lang}] {question.Text} ({question.Town}): {(answer.Entries is [var found, ..] ? found.Slug : "nothing")} {answer.Refused}");
            }
        }

        double count = Math.Max(1, asked);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{"towns",-15} questions {questions.Count,3}  answerable {asked,3}  right state in first ten {rightState / count:0.0%}  first answer within 30 miles {near / count:0.0%}  nothing found {nothing / count:0.0%}"));
        if (show)
        {
            failures.ForEach(Console.WriteLine);
        }
    }

    private static bool IsNear(JudgedEntry entry, TownQuestion question) =>
        entry.Kind == question.Kind && (entry.IsWithin(NearMiles, question.Near) || entry.ServesCounty(question.County));

    private sealed record Judged(Question Question, Answer Answer, IReadOnlyList<bool> Useful, int Possible, bool Hotline)
    {
        public bool First => Useful is [true, ..];

        public bool InFive => Useful.Take(5).Contains(true);

        public bool Nothing => Useful.Count == 0;

        /// <summary>Normalized discounted cumulative gain: 1 if the first ten are as useful as the directory allows.</summary>
        public double Gain =>
            Useful.Zip(Discounts, (useful, discount) => useful ? discount : 0).Sum() / Math.Max(double.Epsilon, Discounts.Take(Possible).Sum());
    }
}
