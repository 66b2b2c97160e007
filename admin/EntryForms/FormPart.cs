using HealthEquity.Directory.Entries;

namespace HealthEquity.Admin.EntryForms;

/// <summary>
/// A field in a form with its input, readable or not, and its errors. Parts form a tree. Each part's JSON path, such as
/// <c>phones[0].number</c>, is its posted name.
/// </summary>
public sealed class FormPart(FormField field, string path)
{
    /// <summary>The posted value of a check box.</summary>
    public const string Yes = "true";

    internal const string OrderSuffix = ".order";

    internal const string TypedSuffix = ".typed";

    internal const string SavedSuffix = ".saved";

    /// <summary>The field.</summary>
    public FormField Field { get; } = field;

    /// <summary>The JSON path, which is also the posted name.</summary>
    public string Path { get; private set; } = path;

    /// <summary>The path in the posted values. Differs from <see cref="Path"/> if earlier list items were removed.</summary>
    public string PostedPath { get; init; } = path;

    /// <summary>The input of all types except parts and lists. For choices, typed names that are no terms of the list.</summary>
    public string Text { get; set; } = "";

    /// <summary>The chosen codes of choices.</summary>
    public List<string> Chosen { get; } = [];

    /// <summary>The fields of a part or the items of a list.</summary>
    public List<FormPart> Parts { get; } = [];

    /// <summary>Whether the entry has this part, even if all of its fields are empty.</summary>
    public bool Exists { get; set; }

    /// <summary>The default from the department's settings. A part with nothing but defaults counts as blank.</summary>
    public string SettingsDefault { get; set; } = "";

    /// <summary>The place of an item in its list as it was saved, if the item is closed: then only this number is posted. Null if it is open.</summary>
    public int? ClosedAs { get; set; }

    /// <summary>Whether somebody has just opened the item.</summary>
    public bool IsOpened { get; set; }

    /// <summary>The part's errors.</summary>
    public List<string> Errors { get; } = [];

    /// <summary>The name of the hidden field that lists the item numbers or marks an existing part.</summary>
    public string MarkerName => Path + (Field.Type == FieldType.List ? ".items" : ".exists");

    /// <summary>The name of the hidden field that keeps the order of choices. Browsers post check boxes in page order.</summary>
    public string OrderName => Path + OrderSuffix;

    /// <summary>The name of the field with the place of a closed item.</summary>
    public string SavedName => Path + SavedSuffix;

    /// <summary>The name of the field in which choices are typed by name.</summary>
    public string TypedName => Path + TypedSuffix;

    /// <summary>What is wrong with the typed names of choices; null if they are known.</summary>
    public string? UnknownTerms { get; set; }

    /// <summary>The HTML id.</summary>
    public string ElementId => "f-" + string.Concat(Path.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-'));

    /// <summary>Returns this part and all of its descendants.</summary>
    public IEnumerable<FormPart> All() => Parts.SelectMany(p => p.All()).Prepend(this);

    /// <summary>Whether the part is empty or has only default values.</summary>
    public bool IsBlank => Field.Type switch
    {
        // In a week of opening times, every row has a day.
        FieldType.Part when Field.Record == typeof(OpeningTime) => Parts.All(p => p.Field.Name == "day" || p.IsBlank),
        FieldType.Part => Parts.All(p => p.IsBlank),
        FieldType.List => Parts.All(p => p.IsBlank),
        FieldType.Choices => Chosen.Count == 0 && string.IsNullOrWhiteSpace(Text),
        _ => string.IsNullOrWhiteSpace(Text) || Text == Field.Default || Text == SettingsDefault,
    };

    /// <summary>Renumbers list items and their descendants in their current order.</summary>
    public void Renumber(string path)
    {
        Path = path;
        foreach (var (index, part) in Parts.Index())
        {
            part.Renumber(Child(path, Field, part.Field, index));
        }
    }

    internal static string Child(string path, FormField parent, FormField child, int index) =>
        parent.Type == FieldType.List ? $"{path}[{index}]" : path.Length == 0 ? child.Name : $"{path}.{child.Name}";
}
