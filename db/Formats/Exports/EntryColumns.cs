using System.Globalization;
using HealthEquity.Directory.Entries;

namespace HealthEquity.Formats.Exports;

/// <summary>
/// The columns of an export in rows: one row an entry, the same columns every time. A column is named by the path of its member,
/// such as <c>phones.1.number</c>. Of each list of records the first few have columns; what is beyond stands in the columns
/// <c>more.1</c>, <c>more.2</c>… as one JSON object of paths and cells, so that no entry is cut short.
/// </summary>
public static class EntryColumns
{
    /// <summary>The column that says which kind of entry a row holds.</summary>
    public const string Kind = "kind";

    /// <summary>The head of the columns for what has no column of its own.</summary>
    public const string More = "more.";

    /// <summary>How many columns there are for what has no column of its own; the last of them takes whatever is left.</summary>
    internal const int MoreColumns = 9;

    /// <summary>Records that have columns of their own, by the list that they are in; of any other list it is the first.</summary>
    private static readonly Dictionary<string, int> Widths = new(StringComparer.Ordinal)
    {
        ["phones"] = 3,
        ["emails"] = 2,
        ["locations"] = 2,
        ["languages"] = 6,
        ["sources"] = 3,
        ["translations"] = 2,
        ["licenses"] = 2,
        ["barAdmissions"] = 2,
        ["editions"] = 3,
        ["provisions"] = 4,
        ["evidence"] = 2,
        ["adoptions"] = 2,
        ["history"] = 3,
    };

    /// <summary>Whether the public sees the entry. Of this one a reader must know that it asked not to be listed.</summary>
    public const string ListingColumn = "listing";

    /// <summary>What the editorial side says of an entry beside its text: columns of exports that hold drafts. Reading passes over them.</summary>
    public static IReadOnlyList<string> State { get; } =
        [ListingColumn, "listingReason", "draft", ExportedRevision.NumberMember, ExportedRevision.HashMember, "publishedRevision", "assignedTo", "createdAt"];

    /// <summary>The columns of rows that hold entries of these kinds, in order.</summary>
    /// <param name="kinds">The kinds.</param>
    /// <param name="view">For whom: the public never has columns of what only curators see.</param>
    public static IReadOnlyList<string> Of(IReadOnlyCollection<EntryKind> kinds, ExportView view)
    {
        var columns = new List<string> { Kind, "id", "slug", "formerSlugs" };
        if (view == ExportView.Editorial)
        {
            columns.AddRange(State);
        }

        var known = new HashSet<string>(columns, StringComparer.Ordinal);
        foreach (var record in EntryKinds.All.Where(kinds.Contains).Select(k => CellPaths.Kinds[k]))
        {
            columns.AddRange(Columns(record, "", depth: 0).Where(known.Add).Where(c => view == ExportView.Editorial || !IsEditorial(c)));
        }

        columns.AddRange(["updatedAt", "publishedAt", "assuredOn", "checkDueOn"]);
        columns.AddRange(Enumerable.Range(1, MoreColumns).Select(n => More + n.ToString(CultureInfo.InvariantCulture)));
        return columns;
    }

    /// <summary>How many records of that list have columns of their own.</summary>
    /// <param name="list">The list's name.</param>
    /// <param name="depth">In how many other lists it is.</param>
    internal static int Width(string list, int depth) => depth > 0 && list == "phones" ? 1 : Widths.GetValueOrDefault(list, 1);

    private static bool IsEditorial(string column) => EditorialMembers.Contains(column.Split('.')[0]);

    private static readonly HashSet<string> EditorialMembers = [.. EntryMembers.Records
        .Where(typeof(Entry).IsAssignableFrom)
        .SelectMany(EntryMembers.Of)
        .Where(m => m.Property.IsDefined(typeof(EditorialAttribute), inherit: true))
        .Select(m => m.Name)];

    private static IEnumerable<string> Columns(Type record, string prefix, int depth) => CellPaths.Of(record).SelectMany(member => member.Form switch
    {
        CellForm.Record => Columns(member.Type, $"{prefix}{member.Name}.", depth),
        CellForm.Records => Enumerable.Range(1, Width(member.Name, depth)).SelectMany(n => Columns(member.Type, $"{prefix}{member.Name}.{n}.", depth + 1)),
        _ => [prefix + member.Name],
    });
}

/// <summary>For whom an export is.</summary>
public enum ExportView
{
    /// <summary>What is published, and nothing else.</summary>
    Public,

    /// <summary>Entries in every state, with what only curators see.</summary>
    Editorial,
}
