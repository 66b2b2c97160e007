using HealthEquity.Directory.Entries;
using HealthEquity.Tests.Search.Index;

namespace HealthEquity.Tests.Directory.Text;

/// <summary>A word is the same word in every Unicode form.</summary>
public class FoldingTests
{
    [Theory]
    [InlineData("Cafe\u0301", "Café")]
    [InlineData("ｔｅｒａｐｉａ", "terapia")]
    [InlineData("\u0627\u0653مال", "\u0622مال")]
    [InlineData("か\u3099く", "がく")]
    [InlineData("\u1112\u1161\u11ab\u1100\u116e\u11a8", "한국")]
    [InlineData("tri\u0323 lie\u0323\u0302u", "trị liệu")]
    [InlineData("№\u00A0ﬁne", "No fine")]
    public void Combining_marks_and_wide_forms_match_composed_letters(string written, string asked)
    {
        Assert.Contains(written, TestDirectory.Of(new Provider { Name = written }).Find(asked, null));
        Assert.Contains(asked, TestDirectory.Of(new Provider { Name = asked }).Find(written, null));
    }
}
