using System.Globalization;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Geography;
using HealthEquity.Directory.Text;
using HealthEquity.Directory.Traits;
using HealthEquity.Store.Databases;

namespace HealthEquity.Store.Entries;

/// <summary>A warning about an entry: allowed, but worth checking.</summary>
/// <param name="Path">The path of the field.</param>
/// <param name="Message">The message.</param>
/// <param name="OtherId">Another entry that the warning refers to.</param>
/// <param name="EntryId">The entry itself, if the two can be compared.</param>
public sealed record EntryWarning(string Path, string Message, Guid? OtherId = null, Guid? EntryId = null);

/// <summary>Finds warnings about an entry.</summary>
public static class EntryWarnings
{
    private static readonly string[] Spoken = ["voice", "hotline", "tty"];

    // Those who asked not to be listed are few, and each of them counts.
    private static readonly Sql SelectUnlisted = new(
        "EntryWarnings.Find",
        """
        SELECT k.Type, k.Value, e.EntryId, e.Kind, e.Name, e.Listing FROM Entry e CROSS JOIN EntryKey k
        WHERE e.Listing = 'doNotList' AND k.EntryId = e.EntryId AND k.EntryId <> @id AND k.Type IN @types AND k.Value IN @values
          AND NOT EXISTS (SELECT 1 FROM MergedEntry m WHERE m.EntryId = k.EntryId)
        """);

    // Three are enough: a hotline's number or a large organization's website may be in thousands of entries. The index has them by entry.
    private static readonly Sql SelectSameKey = new(
        "EntryWarnings.Find",
        sqlServer:
        """
        SELECT TOP (@limit) k.Type, k.Value, e.EntryId, e.Kind, e.Name, e.Listing FROM EntryKey k JOIN Entry e ON e.EntryId = k.EntryId
        WHERE k.Type = @type AND k.Value = @value AND k.EntryId <> @id AND e.Listing <> 'doNotList'
          AND NOT EXISTS (SELECT 1 FROM MergedEntry m WHERE m.EntryId = k.EntryId)
        ORDER BY k.EntryId
        """,
        sqlite:
        """
        SELECT k.Type, k.Value, e.EntryId, e.Kind, e.Name, e.Listing FROM EntryKey k INDEXED BY IX_EntryKey_Value CROSS JOIN Entry e
        WHERE k.Type = @type AND k.Value = @value AND e.EntryId = k.EntryId AND k.EntryId <> @id AND e.Listing <> 'doNotList'
          AND NOT EXISTS (SELECT 1 FROM MergedEntry m WHERE m.EntryId = k.EntryId)
        ORDER BY k.EntryId LIMIT @limit
        """);

    private const int MaxOthers = 3;

    // Neighbors share an address; the other keys only serve to find duplicate candidates.
    private static readonly HashSet<string> Silent = [EntryKeys.Address, EntryKeys.Nearby, EntryKeys.Point];

    /// <summary>All warnings.</summary>
    /// <param name="session">A session.</param>
    /// <param name="id">The entry's id; empty for a new entry.</param>
    /// <param name="entry">The entry.</param>
    /// <param name="today">Today's date.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    public static async Task<IReadOnlyList<EntryWarning>> FindAsync(
        DbSession session, Guid id, Entry entry, DateOnly today, CancellationToken cancellation)
    {
        var warnings = new List<EntryWarning>(Of(entry, today));
        var keys = EntryKeys.Of(entry).Distinct().Where(k => !Silent.Contains(k.Type)).ToList();
        var unlisted = keys.Count == 0 ? [] : await session.QueryAsync<Other>(
            SelectUnlisted, new { id, types = keys.Select(k => k.Type).Distinct(), values = keys.Select(k => k.Value).Distinct() }, cancellation);
        foreach (var (type, value) in keys)
        {
            var others = unlisted.Where(o => o.Type == type && o.Value == value).OrderBy(o => o.EntryId).Take(MaxOthers).ToList();
            if (others.Count < MaxOthers)
            {
                others.AddRange(await session.QueryAsync<Other>(SelectSameKey, new { type, value, id, limit = MaxOthers - others.Count }, cancellation));
            }

            var shown = type is EntryKeys.Name or EntryKeys.NameAndAddress ? "" : $": {value}";
            warnings.AddRange(others.Select(o => new EntryWarning(
                Path(type), $"Same {Called(type)} as “{UnicodeText.Isolated(o.Name)}”{(o.Listing == Listing.DoNotList ? ", which asked not to be listed" : "")}{shown}.", o.EntryId, id != Guid.Empty && (o.Kind == entry.Kind || o.Listing == Listing.DoNotList) ? id : null)));
        }

        return warnings;
    }

    /// <summary>The warnings that need only the entry itself.</summary>
    public static IEnumerable<EntryWarning> Of(Entry entry, DateOnly today) => entry switch
    {
        ServiceEntry service => OfService(service, today),
        Event { EndsAt: null, Recurrence: null } @event when DateOnly.FromDateTime(@event.StartsAt) < today =>
            [new EntryWarning("startsAt", "The event is in the past.")],
        _ => [],
    };

    private static IEnumerable<EntryWarning> OfService(ServiceEntry entry, DateOnly today)
    {
        var phones = entry.Phones.Concat(entry.Locations.SelectMany(l => l.Phones)).ToList();
        if (phones.Count > 0 && !phones.Any(p => Spoken.Contains(p.Type)))
        {
            yield return new EntryWarning("phones", "No phone number accepts voice calls.");
        }

        if (phones.Count == 0 && entry.Emails.Count == 0 && entry.Website is null)
        {
            yield return new EntryWarning("phones", "There is no contact information: no phone number, email address or website.");
        }

        foreach (var (index, place) in entry.Locations.Index().Where(l => IsOutside(l.Item, entry.ServiceArea)))
        {
            yield return new EntryWarning($"locations[{index}]", $"The address in {place.County ?? place.StateProvince} is outside the service area.");
        }

        foreach (var (index, place) in entry.Locations.Index())
        {
            if (ZipCodes.TryGet(place.PostalCode, out var area) && area.County is { } county && place.StateProvince is { } state
                && !string.Equals(county.State, state, StringComparison.OrdinalIgnoreCase))
            {
                yield return new EntryWarning($"locations[{index}].postalCode", $"ZIP code {place.PostalCode} is in {county.State}, not in {state}.");
            }
        }

        if (entry.Deadlines().CredentialExpiresOn is { } expiry && expiry < today)
        {
            yield return new EntryWarning(entry is Attorney ? "dojAccreditation.expiresOn" : "licenses", string.Create(CultureInfo.InvariantCulture, $"A credential expired on {expiry:MMM d, yyyy}."));
        }

        if (entry.Consent?.Status == "refused")
        {
            yield return new EntryWarning("consent.status", "Consent to be listed was refused.");
        }
    }

    private static bool IsOutside(Location place, ServiceArea? area)
    {
        if (place.StateProvince is not { } state || area is null or { Nationwide: true } || area is { States.Count: 0, Counties.Count: 0, ZipCodes.Count: 0 })
        {
            return false;
        }

        var county = Counties.Find(state, place.County)?.Code;
        return !area.States.Contains(state)
            && (county is null ? !area.Counties.Any(c => c.StartsWith(state + ":", StringComparison.Ordinal)) : !area.Counties.Contains(county))
            && !(place.PostalCode is { Length: >= 5 } zip && area.ZipCodes.Contains(zip[..5]))
            && (area.States.Count > 0 || area.Counties.Count > 0);
    }

    private static string Path(string type) => type switch
    {
        EntryKeys.Phone => "phones",
        EntryKeys.Email => "emails",
        EntryKeys.Host => "website",
        EntryKeys.License => "licenses",
        EntryKeys.Bar => "barAdmissions",
        EntryKeys.NameAndAddress => "name",
        _ => type,
    };

    private static string Called(string type) => type switch
    {
        EntryKeys.Email => "email address",
        EntryKeys.Host => "website",
        EntryKeys.License => "license",
        EntryKeys.Bar => "bar number",
        EntryKeys.NameAndAddress => "name and address",
        EntryKeys.Npi or EntryKeys.Ein => type.ToUpperInvariant(),
        _ => type,
    };

    private sealed record Other
    {
        public string Type { get; init; } = "";

        public string Value { get; init; } = "";

        public Guid EntryId { get; init; }

        public EntryKind Kind { get; init; }

        public string Name { get; init; } = "";

        public Listing Listing { get; init; }
    }
}
