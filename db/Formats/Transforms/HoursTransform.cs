using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Geography;
using HealthEquity.Formats.OpeningHours;
using HealthEquity.Formats.Sources;

namespace HealthEquity.Formats.Transforms;

/// <summary>The location that determines the time zone of a row's hours.</summary>
/// <param name="State">The column of the state, or the state of all rows; null if unknown.</param>
/// <param name="Zip">The column of the ZIP code; null for none.</param>
/// <param name="Address">The column of a complete address; null for none.</param>
public sealed record RowPlace(RowState? State, string? Zip, string? Address)
{
    /// <summary>The columns it reads.</summary>
    public IEnumerable<string> Columns => [.. State?.Columns ?? [], .. new[] { Zip, Address }.OfType<string>()];

    /// <summary>The time zone; null if unknown.</summary>
    public string? Zone(SourceRow row)
    {
        var (state, zip) = (State?.Of(row), Zip is null ? null : row[Zip]);
        if (Address is not null && row[Address] is { Length: > 0 } address && AddressTransform.Place(address) is var (addressState, addressZip))
        {
            (state, zip) = (state ?? addressState, string.IsNullOrEmpty(zip) ? addressZip : zip);
        }

        return TimeZones.Find(state, zip);
    }
}

/// <summary>
/// <c>{"hours": {"state": "state", "zip": "zip"}}</c>: converts hours as people write them, such as "M-F 8:30am-5pm; Sat 9-12", to the entry's hours.
/// Ambiguous text is reported and kept as a note.
/// </summary>
/// <param name="place">Determines the time zone.</param>
/// <param name="notes">Columns with additional text for the note.</param>
public sealed class HoursTransform(RowPlace place, IReadOnlyList<string> notes) : Transform
{
    private const int MaxNoteLength = 1000;

    /// <inheritdoc/>
    public override IEnumerable<string> Columns => place.Columns.Concat(notes);

    /// <inheritdoc/>
    public override JsonNode? Apply(string text, SourceRow row)
    {
        if (HoursText.Read(text) is not { } read)
        {
            throw new CellException(
                $"'{text}' can't be read as opening hours.", "The text was kept as a note. Write hours as in 'Mon-Fri 9am-5pm; Sat 9am-12pm', or enter them by hand.")
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
                $"The time zone of the hours '{text}' is unknown.", "The text was kept as a note. Add the state and ZIP code, or write the time zone after the hours, such as ET.")
            {
                Kept = Note(text, row),
            };
            hours["times"] = new JsonArray([.. read.Times.Select(Write)]);
        }

        if (JoinNotes(read.Note, row) is { } note)
        {
            hours["note"] = note;
        }

        return hours;
    }

    private JsonObject Note(string text, SourceRow row) => new() { ["note"] = JoinNotes(text, row) };

    private string? JoinNotes(string? text, SourceRow row)
    {
        var note = string.Join("; ", new[] { text }.Concat(notes.Select(n => row[n])).Where(t => !string.IsNullOrEmpty(t)).Select(t => string.Join(' ', t!.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))));
        return note.Length == 0 ? null : note.Length <= MaxNoteLength ? note : note[..(MaxNoteLength - 1)] + "…";
    }

    private static JsonObject Write(OpeningTime time) => new()
    {
        ["day"] = JsonNamingPolicy.CamelCase.ConvertName(time.Day.ToString()),
        ["opens"] = time.Opens.ToString("HH:mm", CultureInfo.InvariantCulture),
        ["closes"] = time.Closes.ToString("HH:mm", CultureInfo.InvariantCulture),
    };
}
