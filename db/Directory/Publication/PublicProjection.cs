using System.Text.Json;
using HealthEquity.Directory.Entries;

namespace HealthEquity.Directory.Publication;

/// <summary>What publishing adds to an entry.</summary>
/// <param name="Id">The entry's id.</param>
/// <param name="Slug">The entry's slug.</param>
/// <param name="FormerSlugs">Its previous slugs.</param>
/// <param name="UpdatedAt">When the published revision was written, UTC.</param>
/// <param name="PublishedAt">When the document was published, UTC.</param>
/// <param name="AssuredOn">The date of the last verification that confirmed the entry.</param>
/// <param name="CheckDueOn">The date the next verification is due.</param>
public sealed record PublicationFacts(
    Guid Id, string Slug, IReadOnlyList<string> FormerSlugs, DateTimeOffset UpdatedAt, DateTimeOffset PublishedAt, DateOnly? AssuredOn, DateOnly? CheckDueOn);

/// <summary>
/// Creates the public document of a revision. Private data is removed here, at publication and not when reading: a bug in the reader can't
/// leak what its database does not contain.
/// </summary>
public static class PublicProjection
{
    /// <summary>The public document, JSON.</summary>
    public static string Of(Entry entry, PublicationFacts facts)
    {
        var document = Visible(entry) with
        {
            Id = facts.Id,
            Slug = facts.Slug,
            FormerSlugs = facts.FormerSlugs.Count > 0 ? facts.FormerSlugs : null,
            UpdatedAt = facts.UpdatedAt,
            PublishedAt = facts.PublishedAt,
            AssuredOn = facts.AssuredOn,
            CheckDueOn = facts.CheckDueOn,
        };
        return JsonSerializer.Serialize(document, EntryJson.Public);
    }

    /// <summary>The entry's public content, for comparison with the published text.</summary>
    public static Entry TextOf(Entry entry) =>
        JsonSerializer.Deserialize<Entry>(JsonSerializer.Serialize(Visible(entry), EntryJson.Public), EntryJson.Public)!;

    private static Entry Visible(Entry entry) => entry switch
    {
        ServiceEntry service => service with
        {
            Locations = [.. service.Locations.Select(Published).OfType<Location>()],
            Translations = TranslatedForPublic(service.Translations, PublicPlaces(service)),
        },
        Event { Location: { } place } @event => @event with
        {
            Location = Published(place),
            Translations = TranslatedForPublic(@event.Translations, place.Visibility == Visibility.Public ? [] : [("location.", null)]),
        },
        _ => entry,
    };

    /// <summary>Where the texts of each location are in the public document; null if they are not in it.</summary>
    private static List<(string Path, string? PublicPath)> PublicPlaces(ServiceEntry service)
    {
        var places = new List<(string Path, string? PublicPath)>();
        var published = 0;
        foreach (var (index, place) in service.Locations.Index())
        {
            places.Add(($"locations[{index}].", place.Visibility == Visibility.Public ? $"locations[{published}]." : null));
            published += place.Visibility == Visibility.Private ? 0 : 1;
        }

        return places;
    }

    /// <summary>
    /// The translations without the texts of places that are not public. The other texts of places are renamed, because the places before
    /// them may be gone.
    /// </summary>
    private static IReadOnlyList<Translation> TranslatedForPublic(IReadOnlyList<Translation> translations, List<(string Path, string? PublicPath)> places) =>
        places.Count == 0 || translations.All(t => t.Texts.Count == 0)
            ? translations
            : [.. translations.Select(t => t with { Texts = [.. t.Texts.Select(x => ForPublic(x, places)).OfType<TranslatedText>()] })];

    private static TranslatedText? ForPublic(TranslatedText text, List<(string Path, string? PublicPath)> places)
    {
        var (path, publicPath) = places.FirstOrDefault(p => text.Path.StartsWith(p.Path, StringComparison.Ordinal));
        return path is null ? text : publicPath is null ? null : text with { Path = publicPath + text.Path[path.Length..] };
    }

    /// <summary>The public part of a location; null if nothing is public. A new member of <see cref="Location"/> stays private in area locations until it is listed here.</summary>
    private static Location? Published(Location place) => place.Visibility switch
    {
        Visibility.Public => place,
        Visibility.Area => new Location
        {
            Visibility = Visibility.Area,
            County = place.County,
            StateProvince = place.StateProvince,
            Country = place.Country,
        },
        _ => null,
    };
}
