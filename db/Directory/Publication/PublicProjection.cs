using System.Text.Json;
using HealthEquity.Directory.Entries;

namespace HealthEquity.Directory.Publication;

/// <summary>What publishing knows of an entry beside its text.</summary>
/// <param name="Id">The entry's id.</param>
/// <param name="Slug">The entry's slug.</param>
/// <param name="FormerSlugs">Slugs that it had before.</param>
/// <param name="UpdatedAt">When the published revision was written, UTC.</param>
/// <param name="PublishedAt">When the document is published, UTC.</param>
/// <param name="AssuredOn">The day of the last confirming verification.</param>
/// <param name="CheckDueOn">The day by which it is to be checked again.</param>
public sealed record PublicationFacts(
    Guid Id, string Slug, IReadOnlyList<string> FormerSlugs, DateTimeOffset UpdatedAt, DateTimeOffset PublishedAt, DateOnly? AssuredOn, DateOnly? CheckDueOn);

/// <summary>
/// Makes the public document of a revision. What is private is taken out here, when an entry is published, and not when it is
/// read: a reader's mistake can't show what the reader's database does not hold.
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

    /// <summary>The text as the public reads it, for who compares it with a text that the public was given.</summary>
    public static Entry TextOf(Entry entry) =>
        JsonSerializer.Deserialize<Entry>(JsonSerializer.Serialize(Visible(entry), EntryJson.Public), EntryJson.Public)!;

    private static Entry Visible(Entry entry) => entry switch
    {
        ServiceEntry service => service with { Locations = [.. service.Locations.Select(Published).OfType<Location>()] },
        Event { Location: { } place } @event => @event with { Location = Published(place) },
        _ => entry,
    };

    /// <summary>As much of a place as may be known; null for nothing. A new member of <see cref="Location"/> stays private until it is named here.</summary>
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
