using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Geography;
using HealthEquity.Formats.OpeningHours;
using HealthEquity.Formats.Sources;

namespace HealthEquity.Formats.Transforms;

/// <summary>Reads single values that a person types during a call, with the same rules as cells of a file.</summary>
public static class TypedValues
{
    private static readonly SourceRow Row = new(new SourceHeader("typed", [], []), 1, []);

    /// <summary>Reads hours such as "Mon-Thu 8-7; Fri 8-5"; null if they are ambiguous.</summary>
    /// <param name="text">The text.</param>
    /// <param name="timeZone">The time zone, if the text names none.</param>
    public static Hours? Hours(string text, string? timeZone) => HoursText.Read(text) is not { } read ? null : new Hours
    {
        AlwaysOpen = read.IsAlways,
        Times = read.Times,
        Note = read.Note,
        TimeZone = read.IsAlways ? null : read.Zone ?? timeZone,
    };

    /// <summary>Reads languages such as "Spanish, Vietnamese (interpreter)".</summary>
    /// <exception cref="CellException">A language is unknown.</exception>
    public static IReadOnlyList<LanguageOffered> Languages(string text) =>
        [.. (new LanguagesTransform().Apply(text, Row)?.AsArray() ?? []).Select(l => new LanguageOffered
        {
            Language = (string)l!["language"]!,
            How = [.. (l["how"]?.AsArray() ?? []).Select(h => (string)h!)],
            Note = (string?)l["note"],
        })];

    /// <summary>Reads a public address such as "9401 Sample Fwy, Houston, TX 77074", with or without commas.</summary>
    /// <exception cref="CellException">The text does not end with a state or ZIP code.</exception>
    public static Location Address(string text)
    {
        string? Part(string member) => (string?)new AddressTransform(member).Apply(text, Row);
        var zip = Part("postalCode");
        ZipArea? area = ZipCodes.TryGet(zip, out var found) ? found : null;
        return new Location
        {
            Visibility = Visibility.Public,
            Address1 = Part("address1"),
            Address2 = Part("address2"),
            City = Part("city"),
            StateProvince = Part("stateProvince") ?? area?.County?.State,
            PostalCode = zip,
            County = Part("county") ?? area?.County?.Name,
            Latitude = area?.Latitude,
            Longitude = area?.Longitude,
        };
    }
}
