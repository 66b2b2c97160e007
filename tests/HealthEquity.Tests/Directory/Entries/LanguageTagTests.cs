using HealthEquity.Directory.Entries;

namespace HealthEquity.Tests.Directory.Entries;

public class LanguageTagTests
{
    [Theory]
    [InlineData("es", "es")]
    [InlineData("ES", "es")]
    [InlineData("ht", "ht")]
    [InlineData("tl", "tl")]
    [InlineData("mam", "mam")]
    [InlineData("kek", "kek")]
    [InlineData("quc", "quc")]
    [InlineData("ase", "ase")]
    [InlineData("zh-hans", "zh-Hans")]
    [InlineData("zh-HANT-tw", "zh-Hant-TW")]
    [InlineData("pt-br", "pt-BR")]
    [InlineData("es-419", "es-419")]
    [InlineData("xx", null)]
    [InlineData("spa", null)]
    [InlineData("es_MX", null)]
    [InlineData("es-", null)]
    [InlineData("es-XX", null)]
    [InlineData("zh-Abcd", null)]
    [InlineData("Spanish", null)]
    [InlineData("iw", null)]
    [InlineData("es\n", null)]
    [InlineData("", null)]
    public void Tags_are_checked_and_canonicalized(string tag, string? canonical) =>
        Assert.Equal(canonical, LanguageTag.Canonical(tag));
}
