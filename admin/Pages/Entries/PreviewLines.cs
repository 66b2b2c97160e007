using System.Globalization;
using System.Text.Json.Nodes;
using HealthEquity.Admin.EntryForms;
using HealthEquity.Admin.Forms;
using HealthEquity.Directory.Entries;

namespace HealthEquity.Admin.Pages.Entries;

/// <summary>Writes small parts of an entry on one line, as people write them: a phone number, an address, the hours of a day.</summary>
internal static class PreviewLines
{
    private static readonly Type[] OneLine = [typeof(Phone), typeof(Email), typeof(Link), typeof(LanguageOffered), typeof(Source)];

    private static readonly string[] AddressFields =
        ["name", "address1", "address2", "city", "county", "stateProvince", "postalCode", "country", "latitude", "longitude", "visibility"];

    private static readonly DayOfWeek[] Days =
        [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday, DayOfWeek.Saturday, DayOfWeek.Sunday];

    /// <summary>Whether a record is written on one line.</summary>
    public static bool Has(Type? record) => record is not null && OneLine.Contains(record);

    /// <summary>Whether a location's field is part of its address, or only places it on a map.</summary>
    public static bool IsAddress(string field) => AddressFields.Contains(field);

    /// <summary>Adds what a value means where it does not say so itself.</summary>
    public static string Word(string field, string text) => field switch
    {
        "extension" => $"ext. {text}",
        "detentionDialCode" => $"from detention: {text}",
        "retrievedOn" => $"retrieved {text}",
        "checkAgainOn" => $"check again on {text}",
        _ => text,
    };

    /// <summary>Returns the address of a location on one line; null if it has none.</summary>
    public static string? Address(JsonObject place)
    {
        string? Text(string name) => place[name]?.ToString();
        var state = string.Join(' ', new[] { Text("stateProvince"), Text("postalCode") }.OfType<string>());
        var parts = new[] { Text("name"), Text("address1"), Text("address2"), Text("city") ?? Text("county"), state, Text("country") is { } country && country != "US" ? country : null };
        return string.Join(", ", parts.Where(p => !string.IsNullOrEmpty(p))) is { Length: > 0 } address ? address : null;
    }

    /// <summary>Says how much of a location is public; null if all of it is.</summary>
    public static string? VisibilityMark(JsonObject place) => place["visibility"]?.ToString() switch
    {
        "area" => "only county and state are public",
        "private" => "private",
        _ => null,
    };

    /// <summary>Returns the opening times of each day, Monday first. Days without any are left out.</summary>
    public static IEnumerable<PreviewItem> Week(JsonArray times) =>
        from day in Days
        let ofDay = times.Where(t => Enum.TryParse<DayOfWeek>(t!["day"]?.ToString(), ignoreCase: true, out var named) && named == day)
            .OrderBy(t => t!["opens"]?.ToString(), StringComparer.Ordinal).Select(t => $"{Time(t!["opens"])} – {Time(t["closes"])}").ToList()
        where ofDay.Count > 0
        select new PreviewItem(day.ToString(), string.Join(", ", ofDay), false, []);

    /// <summary>Returns where a line leads: a web page, a phone call or an email; null for nowhere.</summary>
    public static string? Link(JsonObject part) =>
        part["number"] is { } number && number.ToString().All(c => char.IsAsciiDigit(c) || c == '+') ? $"tel:{number}{(part["extension"] is { } extension ? $";ext={extension}" : "")}"
        : part["address"] is { } address && Uri.IsWellFormedUriString($"mailto:{address}", UriKind.Absolute) ? $"mailto:{address}"
        : WebLink(part["url"]);

    /// <summary>Returns a web address; null if it is none.</summary>
    public static string? WebLink(JsonNode? address) =>
        Uri.TryCreate(address?.ToString(), UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp) ? uri.AbsoluteUri : null;

    private static string Time(JsonNode? time) =>
        TimeOnly.TryParse(time?.ToString(), CultureInfo.InvariantCulture, out var parsed) ? DisplayFormat.Time(parsed) : EntryFormView.Capital(time?.ToString() ?? "");
}
