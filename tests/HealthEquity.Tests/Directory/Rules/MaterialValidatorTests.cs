using static HealthEquity.Tests.Directory.Rules.EntryCheck;

namespace HealthEquity.Tests.Directory.Rules;

public class MaterialValidatorTests
{
    [Fact]
    public void A_material_has_editions_one_a_language()
    {
        var edition = AMaterial.Editions[0];
        Refuses(AMaterial with { Editions = [] }, "editions", "give at least one");
        Refuses(AMaterial with { Editions = [edition, edition] }, "editions[1].language", "join them");
        Accepts(AMaterial with { Editions = [edition, edition with { Language = "es" }] });
    }

    [Fact]
    public void An_edition_has_an_address_or_a_text()
    {
        var edition = AMaterial.Editions[0] with { Url = null };
        Refuses(AMaterial with { Editions = [edition] }, "editions[0].url", "or give its 'text'");
        Accepts(AMaterial with { Editions = [edition with { Text = "You have rights." }] });
    }
}
