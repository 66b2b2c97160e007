using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Geography;
using HealthEquity.Formats.OpeningHours;
using HealthEquity.Formats.Sources;

namespace HealthEquity.Formats.Transforms;

/// <summary>Where the hours of a row are kept, for their time zone.</summary>
/// <param name="State">The column of the state, or the state of all rows; null when neither is known.</param>
/// <param name="Zip">The column of the ZIP code; null for none.</param>
/// <param name="Address">The column of a whole address; null for none.</param>
public sealed record RowPlace(RowState? State, string? Zip, string? Address)
{
    /// <summary>The columns that the place is read from.</summary>
    public IEnumerable<string> Columns => [.. State?.Columns ?? [], .. new[] { Zip, Address }.OfType<string>()];

    /// <summary>The time zone; null where it can't be told.</summary>
    public string? Zone(SourceRow row)
    {
        var (state, zip) = (State?.Of(row), Zip is null ? null : row[Zip]);
        if (Address is not null && row[Address] is { Length: > 0 } address && AddressTransform.Place(address) is var (itsState, itsZip))
        {
            (state, zip) = (state ?? itsState, string.IsNullOrEmpty(zip) ? itsZip : zip);
        }

        return TimeZones.Find(state, zip);
    }
}

/// <summary>
/// <c>{"hours": {"state": "state", "zip": "zip"}}</c>: hours as people write them, "M-F 8:30am-5pm; Sat 9-12", given as the hours of the
/// entry. What can't be read for certain is reported and stays as their note.
/// </summary>
/// <param name="place">Tells the time zone.</param>
/// <param name="notes">Columns with more to say, which goes into the note.</param>
public sealed class HoursTransform(RowPlace place, IReadOnlyList<string> notes) : Transform
{
    private const int LongestNote = 1000;

    /// <inheritdoc/>
    public override IEnumerable<string> Columns => place.Columns.Concat(notes);

    /// <inheritdoc/>
    public override JsonNode? Apply(string text, SourceRow row)
    {
        if (HoursText.Read(text) is not { } read)
        {
            throw new CellException(
                $"'{text}' can't be read as hours for certain.", "The text stands as their note. Write them like 'Mon-Fri 9am-5pm; Sat 9am-12pm', or enter them by hand.")
            {
                Kept = Note(text, row),
            };
        }

        var hours = new JsonObject();
        if (read.IsAlways)
        {
            hours["alwaysOpen"] = true;
        }

        if (read.Times.Count > 0)
        {
            hours["timeZone"] = read.Zone ?? place.Zone(row) ?? throw new CellException(
                $"'{text}' are hours of a place whose time zone can't be told.", "The text stands as their note. Give the place's state and ZIP code, or write the zone behind the hours, such as ET.")
            {
                Kept = Note(text, row),
            };
            hours["times"] = new JsonArray([.. read.Times.Select(Write)]);
        }

        if (Noted(read.Note, row) is { } note)
        {
            hours["note"] = note;
        }

        return hours;
    }

    private JsonObject Note(string text, SourceRow row) => new() { ["note"] = Noted(text, row) };

    private string? Noted(string? text, SourceRow row)
    {
        var note = string.Join("; ", new[] { text }.Concat(notes.Select(n => row[n])).Where(t => !string.IsNullOrEmpty(t)).Select(t => string.Join(' ', t!.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))));
        return note.Length == 0 ? null : note.Length <= LongestNote ? note : note[..(LongestNote - 1)] + "…";
    }

    private static JsonObject Write(OpeningTime time) => new()
    {
        ["day"] = JsonNamingPolicy.CamelCase.ConvertName(time.Day.ToString()),
        ["opens"] = time.Opens.ToString("HH:mm", CultureInfo.InvariantCulture),
        ["closes"] = time.Closes.ToString("HH:mm", CultureInfo.InvariantCulture),
    };
}
