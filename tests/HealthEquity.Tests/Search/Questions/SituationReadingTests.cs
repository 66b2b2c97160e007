using HealthEquity.Search.Questions;

namespace HealthEquity.Tests.Search.Questions;

/// <summary>Situations told in other words and another order than in the lists are understood as a whole.</summary>
public sealed class SituationReadingTests
{
    [Theory]
    [InlineData("en", "I was tortured in my country and my attorney wants an evaluation", "evaluation:torture")]
    [InlineData("fr", "j'ai été torturé dans mon pays il me faut un certificat médical", "evaluation:torture")]
    [InlineData("ru", "адвокат просит психологическое заключение для убежища", "evaluation:asylum")]
    [InlineData("am", "ወንድሜ የት እንደታሰረ እንዴት ማወቅ እችላለሁ", "function:detaineeLocation")]
    [InlineData("fa", "از کجا بفهمم برادرم کدوم بازداشتگاهه", "function:detaineeLocation")]
    [InlineData("ko", "부모님을 미국으로 초청하고 싶습니다", "practiceArea:family")]
    [InlineData("zh", "餐馆老板欠我两个月工资", "practiceArea:workersRights")]
    [InlineData("pt", "pedir food stamps atrapalha o green card", "situation:benefitsFear")]
    [InlineData("so", "carruurtayda yaa haynaya hadii la i tarxiilo", "situation:familyPlan")]
    [InlineData("ar", "ولدت من شهر وببكي طول الوقت", "specialty:perinatal")]
    public void A_situation_is_understood(string language, string question, string meaning) =>
        Assert.Contains(meaning, Meanings(language, question));

    [Theory]
    [InlineData("en", "need a dari interpreter for my dad's appointment at the hospital")]
    [InlineData("so", "turjubaan soomaali ah oo cisbitaalka ah")]
    [InlineData("km", "អ្នកបកប្រែខ្មែរនៅមន្ទីរពេទ្យ")]
    public void An_interpreter_for_the_hospital_is_no_hospital(string language, string question)
    {
        var meanings = Meanings(language, question);
        Assert.Contains("function:interpretation", meanings);
        Assert.DoesNotContain("kind:provider", meanings);
    }

    [Fact]
    public void A_lawyer_who_wants_an_evaluation_is_not_what_is_looked_for() =>
        Assert.DoesNotContain("kind:attorney", Meanings("es", "la abogada me pide una evaluacion psicologica para el asilo"));

    [Fact]
    public void A_word_of_the_question_has_its_sense_in_another_language_only_if_that_is_as_likely() =>
        Assert.DoesNotContain("population:parents", Meanings("es", "tengo miedo de volver a mi país")); // "pais" are parents in Portuguese

    [Theory]
    [InlineData("en", "my cousin is locked up in the adelanto detention center how do we get him out")]
    [InlineData("zh", "我先生被關在拘留所 怎麼保釋")]
    public void Somebody_who_is_held_in_detention_is_not_first_of_all_locked_in_at_home(string language, string question) =>
        Assert.Equal("arrest", QuestionReader.Shipped.Read(question, language, []).Crisis[0]);

    private static List<string> Meanings(string language, string question) =>
        [.. QuestionReader.Shipped.Read(question, language, []).Meanings.Select(m => m.ToString())];
}
