using System.Text;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Text;
using HealthEquity.Tests.Search.Index;

namespace HealthEquity.Tests.Directory.Text;

public class UnicodeTextTests
{
    [Fact]
    public void Any_text_can_be_normalized()
    {
        foreach (var (text, expected) in new[]
        {
            ("Cafe\u0301", "Caf\u00e9"),
            ("half \ud83d", "half \ufffd"),
            ("\udc00 half", "\ufffd half"),
            ("turned \ufffe", "turned \ufffd"),
            ("whole \ud83d\ude00", "whole \ud83d\ude00"),
        })
        {
            Assert.Equal(expected, UnicodeText.Normalized(text, NormalizationForm.FormC));
        }
    }

    [Fact]
    public void Invalid_characters_do_not_break_a_search()
    {
        var directory = TestDirectory.Of(new Organization { Name = "Casa \ufffe" });
        Assert.Equal(["Casa \ufffe"], directory.Find("casa"));
        Assert.Equal(["Casa \ufffe"], directory.Find("casa \ufffe"));
        Assert.Equal(["Casa \ufffe"], directory.Find("\ud83d casa"));
    }

    [Fact]
    public void Invalid_characters_are_left_out_of_a_slug() => Assert.Equal("casa", Slug.From("Casa \ufffe\ud83d"));
}
