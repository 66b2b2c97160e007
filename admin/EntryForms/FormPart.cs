namespace HealthEquity.Admin.EntryForms;

/// <summary>
/// A field as it stands in a form: what is typed in it, whether or not it can be read, and what is wrong with it. Parts hang
/// together as a tree, and each has the path that it has in JSON, such as <c>phones[0].number</c>, as its posted name.
/// </summary>
public sealed class FormPart(FormField field, string path)
{
    /// <summary>What a check box posts.</summary>
    public const string Yes = "true";

    internal const string OrderSuffix = ".order";

    /// <summary>The field.</summary>
    public FormField Field { get; } = field;

    /// <summary>The path, which is also the posted name.</summary>
    public string Path { get; private set; } = path;

    /// <summary>The path under which it was posted; differs from <see cref="Path"/> where parts before it were removed.</summary>
    public string PostedPath { get; init; } = path;

    /// <summary>What is typed, of every type but choices, parts and lists.</summary>
    public string Text { get; set; } = "";

    /// <summary>The codes chosen, of choices.</summary>
    public List<string> Chosen { get; } = [];

    /// <summary>The fields of a part, or the items of a list.</summary>
    public List<FormPart> Parts { get; } = [];

    /// <summary>The part was there before, though all of its fields may be empty: "nothing is known" stays said.</summary>
    public bool Stands { get; set; }

    /// <summary>What the department's settings would put here; standing by itself it says nothing that anybody meant.</summary>
    public string Proposal { get; set; } = "";

    /// <summary>What is wrong with it.</summary>
    public List<string> Errors { get; } = [];

    /// <summary>The name of the hidden field that lists the items' numbers, or says that a part stands.</summary>
    public string MarkerName => Path + (Field.Type == FieldType.List ? ".items" : ".stands");

    /// <summary>The name of the hidden field that keeps the order of choices: boxes are posted in the order of the page.</summary>
    public string OrderName => Path + OrderSuffix;

    /// <summary>An id for the markup: letters, digits and hyphens only.</summary>
    public string ElementId => "f-" + string.Concat(Path.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-'));

    /// <summary>Itself and everything below it.</summary>
    public IEnumerable<FormPart> All() => Parts.SelectMany(p => p.All()).Prepend(this);

    /// <summary>True when nothing is typed in it but what stands there by itself.</summary>
    public bool IsBlank => Field.Type switch
    {
        FieldType.Part => Parts.All(p => p.IsBlank),
        FieldType.List => Parts.All(p => p.IsBlank),
        FieldType.Choices => Chosen.Count == 0,
        _ => string.IsNullOrWhiteSpace(Text) || Text == Field.Default || Text == Proposal,
    };

    /// <summary>Gives the items of a list, and everything below them, the numbers of their present order.</summary>
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
