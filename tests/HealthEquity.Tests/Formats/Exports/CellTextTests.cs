using HealthEquity.Formats.Exports;

namespace HealthEquity.Tests.Formats.Exports;

public class CellTextTests
{
    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("-x", "'-x")]
    [InlineData("+1305 555 0142", "'+1305 555 0142")]
    [InlineData("＝1", "'＝1")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("", "'")]
    [InlineData(" edge", "' edge")]
    [InlineData("'=1", "''=1")]
    public void Text_that_a_spreadsheet_would_evaluate_or_lose_is_protected(string text, string cell)
    {
        Assert.Equal(cell, CellText.Of(text));
        Assert.Equal(text, CellText.Read(cell));
    }

    [Theory]
    [InlineData("+13055550142")]
    [InlineData("-80.1918")]
    [InlineData("02134")]
    [InlineData("'Ohana House")]
    [InlineData("O'Neill = Smith")]
    public void Other_text_is_unchanged(string text)
    {
        Assert.Equal(text, CellText.Of(text));
        Assert.Equal(text, CellText.Read(text));
    }

    [Fact]
    public void An_empty_cell_is_null() => Assert.All(["", " ", "\t"], cell => Assert.Null(CellText.Read(cell)));

    [Theory]
    [InlineData("trauma; grief", "trauma", "grief")]
    [InlineData(@"first\; then; second", "first; then", "second")]
    [InlineData(@"a\\; \0; b", @"a\", "", "b")]
    public void Lists_are_joined_and_split(string cell, params string[] items)
    {
        Assert.Equal(cell, CellText.Join(items));
        Assert.Equal(items, CellText.Split(cell));
    }

    [Fact]
    public void A_list_written_by_hand_may_be_untidy() => Assert.Equal(["trauma", "grief work"], CellText.Split(" trauma;;grief work ; "));
}
