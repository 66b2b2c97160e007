using HealthEquity.Search.Questions;

namespace HealthEquity.Tests.Search.Questions;

/// <summary>Whoever is in danger is understood, and whoever is not is not alarmed.</summary>
public sealed class CrisisReadingTests
{
    [Theory]
    [InlineData("I want to die", "selfHarm")]
    [InlineData("i dont want to live anymore", "selfHarm")]
    [InlineData("me quiero morir", "selfHarm")]
    [InlineData("me quiero matar", "selfHarm")]
    [InlineData("我想死", "selfHarm")]
    [InlineData("자살 예방 상담 전화", "selfHarm")]
    [InlineData("tôi muốn chết", "selfHarm")]
    [InlineData("tu tu", "selfHarm")]
    [InlineData("mi esposo me pega", "domesticViolence")]
    [InlineData("my husband hits me", "domesticViolence")]
    [InlineData("my boss took my passport", "trafficking")]
    [InlineData("overdose", "overdose")]
    [InlineData("ICE is at my door", "arrest")]
    [InlineData("la migra está en mi puerta", "arrest")]
    [InlineData("移民局上门怎么办", "arrest")]
    [InlineData("imigrasyon arete mari m", "arrest")]
    public void Danger_is_understood(string question, string kind) => Assert.Equal(kind, Read(question).Crisis is [var first, ..] ? first : null);

    [Theory]
    [InlineData("San Diego")]
    [InlineData("dietitian")]
    [InlineData("Killeen")]
    [InlineData("Morristown")]
    [InlineData("matrícula")]
    [InlineData("living will")]
    [InlineData("my grandmother died")]
    [InlineData("flu shot")]
    [InlineData("suicide prevention training for teachers")]
    [InlineData("từ từ")]
    [InlineData("tư vấn tâm lý")]
    [InlineData("ice skating")]
    public void What_only_looks_like_danger_alarms_nobody(string question) => Assert.Empty(Read(question).Crisis);

    [Fact]
    public void Of_two_dangers_the_one_said_at_greater_length_is_first() =>
        Assert.Equal(["domesticViolence", "selfHarm"], Read("my husband hits me every day and threatens to kill me, suicidal").Crisis);

    [Fact]
    public void Danger_is_understood_whatever_language_the_reader_has_chosen() =>
        Assert.Equal(["selfHarm"], QuestionReader.Shipped.Read("quiero suicidarme", "ko", []).Crisis);

    [Fact]
    public void What_a_question_means_can_be_taken_back_but_never_its_danger() =>
        Assert.Equal(["selfHarm"], QuestionReader.Shipped.Read("I am suicidal", "en", ["crisis:selfHarm", "specialty:suicide"]).Crisis);

    private static ReadQuestion Read(string question) => QuestionReader.Shipped.Read(question, null, []);
}
