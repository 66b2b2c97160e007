using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Publication;

namespace HealthEquity.Tests.Directory.Publication;

public class PublicProjectionTests
{
    /// <summary>A translation must not tell what the place itself keeps back, and must stay with its own place.</summary>
    [Fact]
    public void Translated_texts_of_places_are_as_private_as_the_places()
    {
        var entry = new Organization
        {
            Name = "Shelter",
            Hours = new Hours { TimeZone = "America/New_York", Note = "Ring twice." },
            Locations =
            [
                Place(Visibility.Private, "Behind the bakery."), Place(Visibility.Area, "Bus 7."),
                Place(Visibility.Public, "Bus 9."), Place(Visibility.Private, "By the river."), Place(Visibility.Public, "Bus 12."),
            ],
            Translations =
            [
                new Translation
                {
                    Language = "es",
                    Provenance = "human",
                    Texts =
                    [
                        Text("hours.note", "Toque dos veces."), Text("locations[0].transit", "Detrás de la panadería."), Text("locations[1].transit", "Autobús 7."),
                        Text("locations[2].transit", "Autobús 9."), Text("locations[3].transit", "Junto al río."), Text("locations[4].transit", "Autobús 12."),
                    ],
                },
            ],
        };

        var published = (Organization)PublicProjection.TextOf(entry);
        Assert.Equal([null, "Bus 9.", "Bus 12."], published.Locations.Select(l => l.Transit));
        Assert.Equal(
            [Text("hours.note", "Toque dos veces."), Text("locations[1].transit", "Autobús 9."), Text("locations[2].transit", "Autobús 12.")],
            published.Translations.Single().Texts);
    }

    [Theory]
    [InlineData(Visibility.Public, 1)]
    [InlineData(Visibility.Area, 0)]
    [InlineData(Visibility.Private, 0)]
    public void Translated_texts_of_an_events_place_are_as_private_as_the_place(Visibility visibility, int texts)
    {
        var workshop = new Event
        {
            Name = "Workshop",
            EventType = "workshop",
            StartsAt = new DateTime(2027, 1, 8, 18, 0, 0),
            TimeZone = "America/New_York",
            Location = Place(visibility, "Behind the bakery."),
            Translations = [new Translation { Language = "es", Provenance = "human", Texts = [Text("location.transit", "Detrás de la panadería.")] }],
        };
        Assert.Equal(texts, PublicProjection.TextOf(workshop).Translations.Single().Texts.Count);
    }

    /// <summary>Translations are published as a whole, so nothing that only curators see may have one.</summary>
    [Fact]
    public void No_text_for_curators_can_be_translated() => Assert.DoesNotContain(
        EntryMembers.Records.SelectMany(EntryMembers.Of).Where(m => m.Property.IsDefined(typeof(EditorialAttribute), inherit: true))
            .SelectMany(m => m.Record is { } record ? EntryMembers.Of(record).Append(m) : [m]),
        m => m.Property.IsDefined(typeof(TranslatableAttribute), inherit: true));

    private static Location Place(Visibility visibility, string transit) => new() { Visibility = visibility, Transit = transit, City = "Newark", StateProvince = "NJ", PostalCode = "07102" };

    private static TranslatedText Text(string path, string text) => new() { Path = path, Text = text };
}
