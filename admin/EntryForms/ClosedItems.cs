using System.Globalization;
using HealthEquity.Directory.Entries;

namespace HealthEquity.Admin.EntryForms;

/// <summary>
/// Items of long lists that are closed in the form: a material in thirteen languages, or an action with fifty adoptions, would otherwise be a
/// page of several hundred fields. A closed item is exactly as it was saved, and the form posts only its place in the saved list.
/// </summary>
public static class ClosedItems
{
    /// <summary>The number of items up to which all are open.</summary>
    public const int MaxOpen = 3;

    /// <summary>The lists with large items.</summary>
    private static readonly string[] Lists = ["translations", "editions", "adoptions"];

    /// <summary>Closes the items that are as they were saved, unless somebody opened them or they have an error.</summary>
    /// <param name="form">The form to show.</param>
    /// <param name="saved">The form of the saved entry that it is based on.</param>
    /// <param name="posted">The posted values from which the form was made; null if the page is opened.</param>
    public static void Close(EntryForm form, EntryForm saved, FormValues? posted)
    {
        foreach (var name in Lists)
        {
            var items = ItemsOf(form, name);
            if (items.Count <= MaxOpen)
            {
                continue;
            }

            var known = ItemsOf(saved, name).Select(ValuesOf).ToList();
            foreach (var item in items)
            {
                var mayClose = !item.IsOpened && item.All().All(p => p.Errors.Count == 0) && (posted is null || posted.First(item.PostedPath + FormPart.SavedSuffix).Length > 0);
                var place = mayClose ? known.IndexOf(ValuesOf(item)) : -1;
                item.ClosedAs = place < 0 ? null : place;
            }
        }
    }

    /// <summary>Returns posted values with those of the closed items, as they were saved.</summary>
    public static FormValues Complete(FormValues posted, EntryForm saved)
    {
        var all = saved.Values();
        foreach (var name in Lists)
        {
            foreach (var number in posted.GetAll(name + ".items").ToList())
            {
                if (int.TryParse(posted.First($"{name}[{number}]{FormPart.SavedSuffix}"), NumberStyles.None, CultureInfo.InvariantCulture, out var place))
                {
                    var (from, to) = ($"{name}[{place}]", $"{name}[{number}]");
                    var values = all.All.Where(v => v.Key.StartsWith(from, StringComparison.Ordinal)).ToList();
                    if (values.Count == 0)
                    {
                        // Going on would remove the item.
                        throw new NotFoundException($"saved item {place}");
                    }

                    foreach (var (field, text) in values)
                    {
                        posted.Add(to + field[from.Length..], text);
                    }
                }
            }
        }

        return posted;
    }

    private static IReadOnlyList<FormPart> ItemsOf(EntryForm form, string list) => form.Root.Parts.FirstOrDefault(p => p.Field.Name == list)?.Parts ?? [];

    /// <summary>The values of an item, whatever its place.</summary>
    private static string ValuesOf(FormPart item)
    {
        var values = new FormValues();
        FormFiller.Collect(item, values);
        return string.Join('\0', values.All.Select(v => $"{v.Key[item.Path.Length..]}\u0001{v.Value}"));
    }
}
