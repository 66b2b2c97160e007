using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Vocabularies;
using HealthEquity.Search.Questions;

namespace HealthEquity.Tests.Search.Questions;

/// <summary>The lists of what people say.</summary>
public sealed class ExpressionListTests
{
    private static readonly Dictionary<string, string> VocabularyOfAxis = new()
    {
        ["function"] = VocabularyNames.OrganizationFunction,
        ["theme"] = VocabularyNames.PolicyTheme,
    };

    private static readonly string[] NoVocabulary = ["crisis", "perhaps", "never", "otherSense", "ignore", "near", "speaks", "kind", "language", "situation", "remote", "openNow"];

    private static readonly string[] NoNeeds = ["crisis", "perhaps", "never", "otherSense", "ignore", "near", "speaks", "language"];

    private static readonly Lazy<IReadOnlyList<Expression>> Shipped = new(() => [.. ExpressionList.In(Lists())]);

    [Fact]
    public void Every_meaning_is_a_term_of_its_vocabulary()
    {
        var unknown =
            from meaning in Shipped.Value.SelectMany(e => e.Meanings.Select(m => (e.Language, m))).Distinct()
            where !NoVocabulary.Contains(meaning.m.Axis)
            where VocabularySet.Shipped.Find(VocabularyOfAxis.GetValueOrDefault(meaning.m.Axis, meaning.m.Axis), meaning.m.Code) is null
            select $"{meaning.Language}: {meaning.m}";
        Assert.Empty(unknown);
    }

    [Fact]
    public void Every_kind_of_crisis_and_of_entry_is_known()
    {
        var kinds = Shipped.Value.SelectMany(e => e.Meanings).Distinct().ToLookup(m => m.Axis, m => m.Code);
        Assert.Equal(CrisisReading.Kinds.Order(), kinds["crisis"].Order());
        Assert.Equal(EntryKinds.All.Select(k => k.Code()).Order(), kinds["kind"].Order());
    }

    [Fact]
    public void Nineteen_languages_have_at_least_what_was_promised()
    {
        var crises = Shipped.Value.Where(e => e.Meanings.Any(m => m.Axis == "crisis")).CountBy(e => e.Language).ToDictionary();
        var needs = Shipped.Value.Where(e => !e.Meanings.Any(m => NoNeeds.Contains(m.Axis))).CountBy(e => e.Language).ToDictionary();
        Assert.Equal(19, crises.Count);
        Assert.All(crises.Values, count => Assert.True(count >= 40));
        Assert.All(needs, n => Assert.True(n.Value >= (n.Key is "en" or "es" ? 400 : 120), n.Key));
    }

    [Fact]
    public void A_line_that_cant_be_read_is_named()
    {
        var refusal = Assert.Throws<FormatException>(() => ExpressionList.Read(new StringReader("[selfHarm]\n(want to die"), "en", isCrisis: true).ToList());
        Assert.Contains("Line 2", refusal.Message);
    }

    [Fact]
    public void Compiled_expressions_are_the_same_after_they_were_stored()
    {
        using var reader = new StringReader("{agent} = ICE | la migra\n[kind:attorney help:bond]\n{agent} + (took|lấy)\n[near]\n(cerca|near) de\n[cost:free]\n(too|) poor ... pay\n");
        var compiled = ExpressionCompiler.Compile(ExpressionList.Read(reader, "vi", isCrisis: false));
        using var file = new MemoryStream();
        ExpressionFile.Write(compiled, file);
        file.Position = 0;
        var stored = ExpressionFile.Read(file);
        Assert.Equal(["cerca de", "near de"], stored.Prepositions);
        foreach (var question in new[] { "la migra took my wife", "lấy ... ICE", "near de too poor to ever pay", "Migra", "lay" })
        {
            var tokens = QuestionTokens.Of(question);
            Assert.Equal(
                new ExpressionMatcher(compiled).Find(tokens).Select(m => $"{m.Language} {string.Join(' ', m.Meanings)} {string.Join(' ', m.Tokens)}"),
                new ExpressionMatcher(stored).Find(tokens).Select(m => $"{m.Language} {string.Join(' ', m.Meanings)} {string.Join(' ', m.Tokens)}"));
            Assert.Equal(new ExpressionMatcher(compiled).Nearest("migre"), new ExpressionMatcher(stored).Nearest("migre"));
        }
    }

    [Theory]
    [InlineData("(my|) car ... stolen", "my car was stolen", true)]
    [InlineData("(my|) car ... stolen", "car has been really badly stolen", false)]
    [InlineData("(my|) car ... stolen", "the car got stolen", true)]
    [InlineData("can't sleep", "I CANT sleep!", true)]
    [InlineData("can't sleep", "i can’t   sleep", true)]
    [InlineData("cant sleep", "I can't sleep", true)]
    [InlineData("avocat", "l'avocat", true)]
    [InlineData("avocat", "avocats", false)]
    [InlineData("ice来了", "ICE 来了", true)]
    [InlineData("ice来了", "ICE来了吗", true)]
    [InlineData("ice来了", "police来了", false)]
    [InlineData("想死", "我不想死吗", true)]
    [InlineData("287(g)", "287 G", true)]
    [InlineData("ice", "I.C.E. came", true)]
    [InlineData("ሐኪም", "ሀኪም", true)]
    [InlineData("suicide", "sui\u200Bcide", true)]
    [InlineData("می خواهم", "می\u200Cخواهم", true)]
    public void An_expression_stands_where_all_its_words_do(string expression, string question, bool stands)
    {
        var matcher = new ExpressionMatcher([ExpressionParser.Parse(expression, "xx", [new Meaning("kind", "provider")])!]);
        Assert.Equal(stands, matcher.Find(QuestionTokens.Of(question)).Count > 0);
    }

    private static string Lists()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "HealthEquity.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run outside a checkout.");
        }

        return Path.Combine(folder.FullName, "db", "Search", "Questions");
    }
}
