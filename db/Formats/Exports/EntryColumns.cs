using System.Globalization;
using HealthEquity.Directory.Entries;

namespace HealthEquity.Formats.Exports;

/// <summary>
/// The columns of a CSV or XLSX export: one row per entry, always the same columns. A column is named by the path of its member, such as
/// <c>phones.1.number</c>. The first few records of each list have columns; the rest is in the columns <c>more.1</c>, <c>more.2</c>… as one JSON
/// object of paths and cells, so nothing is lost.
/// </summary>
public static class EntryColumns
{
    /// <summary>The column with the kind of entry.</summary>
    public const string Kind = "kind";

    /// <summary>The prefix of the columns for values without a column of their own.</summary>
    public const string More = "more.";

    /// <summary>The number of such columns. The last one takes the rest.</summary>
    internal const int MoreColumns = 9;

    /// <summary>How many records have columns of their own, by list. One for any other list.</summary>
    private static readonly Dictionary<string, int> Widths = new(StringComparer.Ordinal)
    {
        ["phones"] = 3,
        ["emails"] = 2,
        ["locations"] = 2,
        ["languages"] = 6,
        ["sources"] = 4,
        ["translations"] = 2,
        ["licenses"] = 2,
        ["barAdmissions"] = 2,
        ["editions"] = 3,
        ["provisions"] = 4,
        ["evidence"] = 2,
        ["adoptions"] = 2,
        ["history"] = 3,
        ["texts"] = 4,
    };

    /// <summary>The entry's public state. Imports read it to learn that an entry asked not to be listed.</summary>
    public const string ListingColumn = "listing";

    /// <summary>Columns of editorial exports that are not part of the entry. Imports ignore them.</summary>
    public static IReadOnlyList<string> State { get; } =
        [ListingColumn, "listingReason", "draft", ExportedRevision.NumberMember, ExportedRevision.HashMember, "publishedRevision", "assignedTo", "createdAt"];

    /// <summary>The columns for entries of these kinds, in order.</summary>
    /// <param name="kinds">The kinds.</param>
    /// <param name="view">The audience. Public exports have no columns that only curators may see.</param>
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

    /// <summary>How many records of a list have columns of their own.</summary>
    /// <param name="list">The list's name.</param>
    /// <param name="depth">How many other lists it is nested in.</param>
    internal static int Width(string list, int depth) => depth > 0 && list == "phones" ? 1 : Widths.GetValueOrDefault(list, 1);

    private static bool IsEditorial(string column) => EditorialMembers.Contains(column.Split('.')[0]);

    private static readonly HashSet<string> EditorialMembers = [.. EntryMembers.Records
        .Where(typeof(Entry).IsAssignableFrom)
        .SelectMany(EntryMembers.Of)
        .Where(m => m.Property.IsDefined(typeof(EditorialAttribute), inherit: true))
        .Select(m => m.Name)];

    private static IEnumerable<string> Columns(Type record, string prefix, int depth) => CellPaths.Of(record).SelectMany(member => member.Form switch
    {
        CellLayout.Record => Columns(member.Type, $"{prefix}{member.Name}.", depth),
        CellLayout.Records => Enumerable.Range(1, Width(member.Name, depth)).SelectMany(n => Columns(member.Type, $"{prefix}{member.Name}.{n}.", depth + 1)),
        _ => [prefix + member.Name],
    });
}

/// <summary>The audience of an export.</summary>
public enum ExportView
{
    /// <summary>Published entries only.</summary>
    Public,

    /// <summary>Entries in every state, including what only curators see.</summary>
    Editorial,
}
