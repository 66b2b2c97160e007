using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace HealthEquity.Tests.Api.Search;

/// <summary>People in danger are shown the right hotline first, in every search language. The expressions are in Search/Questions/crisis.tsv.</summary>
public sealed class CrisisTests(StarterNode starter) : IClassFixture<StarterNode>
{
    public static TheoryData<string, string> KindsAndLanguages =>
        [.. CrisisExpression.All.Select(e => (e.Kind, e.Language)).Distinct()];

    [Theory]
    [MemberData(nameof(KindsAndLanguages))]
    public async Task The_right_hotline_stands_first(string kind, string language)
    {
        var node = await starter.OpenAsync();
        var missed = new List<string>();
        foreach (var expression in CrisisExpression.All.Where(e => e.Kind == kind && e.Language == language))
        {
            var answer = await node.GetAsync($"/v1/search?pageSize=1&q={Uri.EscapeDataString(expression.Text)}");
            if (Missed(expression, answer) is { } reason)
            {
                missed.Add($"{expression.Text}: {reason}");
            }
        }

        Assert.True(missed.Count == 0, $"{kind} in {language}, {missed.Count} missed:\n{string.Join('\n', missed)}");
    }

    [Fact]
    public void There_are_a_hundred_expressions_of_each_kind_and_eight_in_each_language()
    {
        Assert.All(CrisisExpression.All.GroupBy(e => e.Kind), kind => Assert.True(kind.Count() >= 100, $"{kind.Key}: {kind.Count()}"));
        Assert.All(CrisisExpression.All.GroupBy(e => (e.Kind, e.Language)), group => Assert.True(group.Count() >= 8, $"{group.Key}: {group.Count()}"));
        Assert.Equal(5, CrisisExpression.All.Select(e => e.Kind).Distinct().Count());
        Assert.True(CrisisExpression.All.Select(e => e.Language).Distinct().Count() >= 19);
    }

    [Theory]
    [InlineData("/v1/providers")]
    [InlineData("/v1/attorneys")]
    [InlineData("/v1/organizations")]
    [InlineData("/v1/policy-actions")]
    [InlineData("/v1/materials")]
    [InlineData("/v1/events")]
    [InlineData("/v1/suggest")]
    public async Task Every_endpoint_that_takes_a_question_has_the_hotlines(string path)
    {
        var node = await starter.OpenAsync();
        foreach (var kind in CrisisExpression.All.GroupBy(e => e.Kind))
        {
            var expression = kind.First();
            var answer = await node.GetAsync($"{path}?q={Uri.EscapeDataString(expression.Text)}");
            Assert.True(Missed(expression, answer) is null, $"{expression.Text}: {answer}");
        }
    }

    [Fact]
    public async Task A_search_sent_privately_has_the_hotlines()
    {
        var node = await starter.OpenAsync();
        foreach (var kind in CrisisExpression.All.GroupBy(e => e.Kind))
        {
            var expression = kind.Last();
            var response = await node.Client.PostAsJsonAsync("/v1/search", new { q = expression.Text });
            var answer = (await response.Content.ReadFromJsonAsync<JsonObject>())!;
            Assert.True(Missed(expression, answer) is null, $"{expression.Text}: {answer}");
        }
    }

    [Fact]
    public async Task Harmless_questions_raise_at_most_one_false_alarm_in_a_hundred()
    {
        var node = await starter.OpenAsync();
        var (asked, alarms) = (0, new List<string>());
        foreach (var line in CrisisExpression.Lines("lookalikes.tsv").Select(l => l.Split('\t')))
        {
            var answer = await node.GetAsync($"/v1/search?pageSize=1&q={Uri.EscapeDataString(line[1])}");
            asked++;
            if ((string?)answer["notice"]?["code"] == "crisis")
            {
                alarms.Add($"{line[0]} {line[1]}: {answer["notice"]!["kind"]}");
            }
        }

        Assert.True(asked >= 220, $"only {asked} look-alikes");
        Assert.True(alarms.Count * 100 <= asked, $"{alarms.Count} of {asked}:\n{string.Join('\n', alarms)}");
    }

    /// <summary>Why an answer does not help someone in danger; null if it does.</summary>
    private static string? Missed(CrisisExpression expression, JsonObject answer)
    {
        if ((string?)answer["notice"]?["code"] != "crisis")
        {
            return "not seen as a crisis";
        }

        var kind = (string?)answer["notice"]!["kind"];
        if (kind != expression.Kind)
        {
            return $"seen as {kind}";
        }

        return (string?)answer["hotlines"]?[0]?["slug"] is { } first && expression.First.Contains(first) ? null : $"{answer["hotlines"]?[0]?["slug"]} stands first";
    }
}

/// <summary>What somebody in danger types.</summary>
/// <param name="Kind">The kind of crisis.</param>
/// <param name="Language">The language, BCP 47.</param>
/// <param name="Text">The words.</param>
/// <param name="First">The slugs of which one must stand first.</param>
public sealed record CrisisExpression(string Kind, string Language, string Text, string[] First)
{
    public static IReadOnlyList<CrisisExpression> All { get; } =
        [.. Lines("crisis.tsv").Select(l => l.Split('\t')).Select(f => new CrisisExpression(f[0], f[1], f[2], f[3].Split('|')))];

    /// <summary>The lines of a file without its heading.</summary>
    public static IEnumerable<string> Lines(string file) =>
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Search", "Questions", file)).Skip(1);
}

/// <summary>A node with the starter directory and nothing else.</summary>
public sealed class StarterNode(DirectoryApi api)
{
    private readonly Lazy<Task<Node>> _node = new(() => api.OpenAsync(null, null, ("Starter", "true")));

    public Task<Node> OpenAsync() => _node.Value;
}
