using HealthEquity.Admin.Forms;
using HealthEquity.Admin.Wording;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Entries;

namespace HealthEquity.Admin.Pages.Entries;

/// <summary>The preview of one row beside the list.</summary>
/// <param name="Row">The row.</param>
/// <param name="Entry">The latest content.</param>
/// <param name="Cells">The texts of the list's cells.</param>
/// <param name="Names">The curators' names.</param>
public sealed record PeekView(EntryRow Row, Entry Entry, GridCells Cells, ActorNames Names)
{
    private static readonly string[] Days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

    /// <summary>The lines: a label and a text. A field that this kind of entry does not have is left out.</summary>
    public IEnumerable<(string Label, string Text)> Lines => new (string Label, string Text)[]
    {
        ("Phone", Cells.Text("phone", Row.EntryId)),
        ("Address", Address()),
        ("Hours", Hours()),
        ("Languages", Cells.Text("languages", Row.EntryId)),
        ("Cost", Cells.Text("cost", Row.EntryId)),
        ("Immigration status", Cells.Text("immigration", Row.EntryId)),
        ("Capacity", Cells.Text("availability", Row.EntryId)),
        ("Tags", Cells.Text("tags", Row.EntryId)),
        ("Last confirmed", DisplayFormat.Date(Row.AssuredOn, "Never")),
        ("Check due", DisplayFormat.Date(Row.CheckDueOn, GridCells.Empty)),
        ("Assigned to", Row.AssignedTo is { } id ? Names.Of(id) : GridCells.Empty),
        ("Sources", Entry.Sources.Count == 0 ? GridCells.Empty : string.Join("; ", Entry.Sources.Take(3).Select(SourceText))),
    }.Where(l => l.Text.Length > 0);

    private static string SourceText(Source source) => source.RetrievedOn is { } day ? $"{source.Name}, {DisplayFormat.Date(day)}" : source.Name;

    private string Address() => Entry is ServiceEntry service
        ? string.Join("; ", service.Locations.Take(3).Select(l => string.Join(", ", new[] { l.Address1, l.Address2, l.City, l.StateProvince, l.PostalCode }.Where(p => !string.IsNullOrEmpty(p))))) is { Length: > 0 } text
            ? text
            : GridCells.Empty
        : "";

    private string Hours() => Entry is not ServiceEntry service ? ""
        : service.Hours is null ? GridCells.Empty
        : service.Hours.AlwaysOpen ? "Day and night, every day"
        : string.Join(", ", service.Hours.Times.Select(t => $"{Days[(int)t.Day]} {DisplayFormat.Time(t.Opens)} – {DisplayFormat.Time(t.Closes)}")) is { Length: > 0 } times
            ? times
            : service.Hours.Note ?? GridCells.Empty;
}
