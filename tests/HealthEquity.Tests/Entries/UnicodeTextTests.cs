using System.Text;
using HealthEquity.Db.Entries;
using HealthEquity.Tests.Search;

namespace HealthEquity.Tests.Entries;

public class UnicodeTextTests
{
    [Theory]
    [InlineData("Cafe\u0301", "Caf\u00e9")]
    [InlineData("half \ud83d", "half \ufffd")]
    [InlineData("\udc00 half", "\ufffd half")]
    [InlineData("turned \ufffe", "turned \ufffd")]
    [InlineData("whole \ud83d\ude00", "whole \ud83d\ude00")]
    public void Any_text_can_be_normalized(string text, string expected) => Assert.Equal(expected, UnicodeText.Normalized(text, NormalizationForm.FormC));

    [Fact]
    public void What_is_no_character_is_searched_for_and_finds_nothing()
    {
        var directory = TestDirectory.Of(new Db.Organizations.Organization { Name = "Casa \ufffe" });
        Assert.Equal(["Casa \ufffe"], directory.Find("casa"));
        Assert.Empty(directory.Find("\ufffe"));
        Assert.Empty(directory.Find("\ud83d"));
    }

    [Fact]
    public void What_is_no_character_is_no_part_of_an_address() => Assert.Equal("casa", Slug.From("Casa \ufffe\ud83d"));
}
