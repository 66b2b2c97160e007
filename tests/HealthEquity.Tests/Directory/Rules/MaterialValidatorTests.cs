using static HealthEquity.Tests.Directory.Rules.EntryCheck;

namespace HealthEquity.Tests.Directory.Rules;

public class MaterialValidatorTests
{
    [Fact]
    public void A_material_has_one_edition_per_language()
    {
        var edition = AMaterial.Editions[0];
        Refuses(AMaterial with { Editions = [] }, "editions", "Add at least one");
        Refuses(AMaterial with { Editions = [edition, edition] }, "editions[1].language", "combine them");
        Accepts(AMaterial with { Editions = [edition, edition with { Language = "es" }] });
    }

    [Fact]
    public void An_edition_has_an_address_or_a_text()
    {
        var edition = AMaterial.Editions[0] with { Url = null };
        Refuses(AMaterial with { Editions = [edition] }, "editions[0].url", "or enter its 'text'");
        Accepts(AMaterial with { Editions = [edition with { Text = "You have rights." }] });
    }
}
