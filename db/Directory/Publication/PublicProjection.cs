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
        ServiceEntry service => service with { Locations = [.. service.Locations.Select(Published).OfType<Location>()] },
        Event { Location: { } place } @event => @event with { Location = Published(place) },
        _ => entry,
    };

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
