using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Translations;

namespace HealthEquity.Tests.Directory.Translations;

/// <summary>Translations stay with their texts when a list changes.</summary>
public sealed class MovedTextsTests
{
    private static readonly PolicyAction Action = new()
    {
        Name = "Ask first",
        Theme = "sanctuary",
        Steps = ["Ask your counsel.", "Post the notice at the door.", "Train the staff."],
        Provisions = [new Provision { Code = "ask", Text = "Counsel is asked." }],
        Translations =
        [
            new Translation
            {
                Language = "es",
                Provenance = "human",
                Texts =
                [
                    new() { Path = "steps[0]", Text = "Pregunte a su asesoría." }, new() { Path = "steps[1]", Text = "Ponga el aviso en la puerta." },
                    new() { Path = "steps[2]", Text = "Capacite al personal." }, new() { Path = "provisions[ask].text", Text = "Se pregunta." },
                ],
            },
        ],
    };

    [Fact]
    public void An_inserted_step_leaves_the_other_translations_up_to_date()
    {
        var after = Save(Action, Action with { Steps = ["Read the law.", .. Action.Steps] });
        Assert.Equal([null, "Pregunte a su asesoría.", "Ponga el aviso en la puerta.", "Capacite al personal."], Steps(after));
        Assert.Empty(Outdated(Action, after));
        Assert.Empty(StaleTranslations.Of(Action, [], after));
        Assert.Equal(["steps[0]"], TextTrail.Of([(null, Action), (null, after)], "es").Where(t => t.IsMissing && t.Path.StartsWith("steps", StringComparison.Ordinal)).Select(t => t.Path));
    }

    [Fact]
    public void A_moved_step_takes_its_translation_along_and_a_removed_one_loses_it()
    {
        var moved = Save(Action, Action with { Steps = [Action.Steps[2], Action.Steps[0], Action.Steps[1]] });
        Assert.Equal(["Capacite al personal.", "Pregunte a su asesoría.", "Ponga el aviso en la puerta."], Steps(moved));
        Assert.Empty(Outdated(Action, moved));
        var removed = Save(moved, moved with { Steps = [moved.Steps[0], moved.Steps[2]] });
        Assert.Equal(["Capacite al personal.", "Ponga el aviso en la puerta."], Steps(removed));
        Assert.Empty(Outdated(Action, moved, removed));
        Assert.Equal(3, removed.Translations[0].Texts.Count);
    }

    [Fact]
    public void Only_the_reworded_step_is_outdated_when_another_is_inserted_before_it()
    {
        var after = Save(Action, Action with { Steps = ["Read the law.", "Ask your own counsel.", Action.Steps[1], Action.Steps[2]] });
        Assert.Equal("Pregunte a su asesoría.", Steps(after)[1]);
        Assert.Equal(["steps[1]"], Outdated(Action, after));
        Assert.Equal(["steps[1]"], StaleTranslations.Texts(Action, after, "es"));
        // It stays outdated when it moves on, until somebody translates it again.
        var later = Save(after, after with { Steps = ["Name a person.", .. after.Steps] });
        Assert.Equal(["steps[2]"], Outdated(Action, after, later));
        Assert.Equal("Ask your counsel.", TextTrail.Of([(null, Action), (null, after), (null, later)], "es").Single(t => t.Path == "steps[2]").MadeFor);
        var made = later with { Translations = [TranslatableTexts.Apply(later, "es", new Dictionary<string, string?> { ["steps[2]"] = "Pregunte a su propia asesoría." }, "human", new DateOnly(2026, 11, 29)).Translations[0]] };
        Assert.Empty(Outdated(Action, after, later, Save(later, made)));
    }

    [Fact]
    public void A_rewritten_step_keeps_its_place_and_its_translation_is_outdated()
    {
        var after = Save(Action, Action with { Steps = [Action.Steps[0], "Nothing alike at all", Action.Steps[2]] });
        Assert.Equal("Ponga el aviso en la puerta.", Steps(after)[1]);
        Assert.Equal(["steps[1]"], Outdated(Action, after));
    }

    [Fact]
    public void Translations_that_were_put_in_their_new_places_stay_there()
    {
        var translation = Action.Translations[0] with { Texts = [new() { Path = "steps[0]", Text = "Lea la ley." }, new() { Path = "steps[1]", Text = "Pregunte a su asesoría." }] };
        var after = Save(Action, Action with { Steps = ["Read the law.", .. Action.Steps], Translations = [translation] });
        Assert.Equal(["Lea la ley.", "Pregunte a su asesoría.", null, null], Steps(after));
        // A new translation and one that moves may name the same place for a moment.
        after = Save(Action, Action with
        {
            Steps = ["Read the law.", .. Action.Steps],
            Translations = [Action.Translations[0] with { Texts = [.. Action.Translations[0].Texts, new() { Path = "steps[0]", Text = "Lea la ley." }] }],
        });
        Assert.Equal(["Lea la ley.", "Pregunte a su asesoría.", "Ponga el aviso en la puerta.", "Capacite al personal."], Steps(after));
    }

    [Fact]
    public void Versions_of_earlier_releases_left_translations_behind()
    {
        var after = Action with { Steps = ["Read the law.", .. Action.Steps] };
        Assert.Equal(["steps[0]", "steps[1]", "steps[2]"], Outdated(Action, after));
    }

    [Fact]
    public void Other_lists_and_codes_are_followed_too()
    {
        var renamed = Save(Action, Action with { Provisions = [new Provision { Code = "new", Text = "New." }, new Provision { Code = "ask-counsel", Text = "Counsel is asked." }] });
        Assert.Equal("Se pregunta.", renamed.Translations[0].Texts.Single(t => t.Path == "provisions[ask-counsel].text").Text);
        Assert.Empty(Outdated(Action, renamed));

        var organization = new Organization
        {
            Name = "Casa",
            Phones = [new Phone { Number = "+13055550141", Label = "main" }, new Phone { Number = "+13055550142", Label = "intake" }],
            Translations = [new Translation { Language = "es", Provenance = "human", Texts = [new() { Path = "phones[1].label", Text = "admisión" }] }],
        };
        var fewer = (Organization)MovedTexts.Follow(organization, organization with { Phones = [organization.Phones[1]] });
        Assert.Equal("phones[0].label", Assert.Single(fewer.Translations[0].Texts).Path);
        Assert.Empty(Outdated(organization, fewer));
    }

    private static PolicyAction Save(PolicyAction before, PolicyAction after) => (PolicyAction)MovedTexts.Follow(before, after);

    private static IReadOnlyList<string?> Steps(PolicyAction action) =>
        [.. action.Steps.Select((_, index) => action.Translations[0].Texts.SingleOrDefault(t => t.Path == $"steps[{index}]")?.Text)];

    private static IEnumerable<string> Outdated(params Entry[] versions) => StaleTranslations.Over(versions)["es"].Where(p => p != "summary" && p != "description");
}
