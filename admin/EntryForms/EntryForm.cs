using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using FluentValidation.Results;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Vocabularies;

namespace HealthEquity.Admin.EntryForms;

/// <summary>
/// The form for an entry of one kind. Built from an entry or from posted values, changed by its list buttons, and read back as an entry.
/// It keeps unreadable input as typed.
/// </summary>
public sealed class EntryForm
{
    private const int MaxItems = 1000;

    private static readonly ConcurrentDictionary<EntryKind, FormField> Roots = new();

    private EntryForm? _saved;

    private JsonObject? _body;

    private EntryForm(EntryKind kind, FormPart root)
    {
        Kind = kind;
        Root = root;
    }

    /// <summary>The kind of entry.</summary>
    public EntryKind Kind { get; }

    /// <summary>The root part, which contains the whole form.</summary>
    public FormPart Root { get; }

    /// <summary>The heading of the only section that the form shows; null if it shows all.</summary>
    public string? Section { get; private set; }

    /// <summary>All errors, in the order of the form.</summary>
    public IEnumerable<(FormPart Part, string Error)> Errors =>
        AllGroups().SelectMany(g => g.Parts).SelectMany(p => p.All()).SelectMany(p => p.Errors.Select(e => (p, e)))
            .Concat(Root.Errors.Select(e => (Root, e)));

    /// <summary>Returns the fields of a kind.</summary>
    public static FormField Fields(EntryKind kind) => Roots.GetOrAdd(kind, k => new FormField
    {
        Name = "",
        Label = "",
        Type = FieldType.Part,
        Fields = FormField.Of(RecordOf(k)),
    });

    /// <summary>Creates an empty form.</summary>
    public static EntryForm Blank(EntryKind kind) => new(kind, FormFiller.FromJson(Fields(kind), "", null));

    /// <summary>Creates the form for an entry.</summary>
    public static EntryForm Of(Entry entry)
    {
        var body = (JsonObject)JsonNode.Parse(EntryJson.Write(entry))!;
        return new EntryForm(entry.Kind, FormFiller.FromJson(Fields(entry.Kind), "", body)) { _body = body };
    }

    /// <summary>Creates the form from posted values. Ignores unknown names.</summary>
    public static EntryForm Of(EntryKind kind, FormValues posted)
    {
        var root = FormFiller.FromPosted(Fields(kind), "", "", posted);
        Picker.Resolve(root);
        return new EntryForm(kind, root);
    }

    /// <summary>Limits the form to one section. Fields of other sections that were not changed keep exactly what was saved.</summary>
    /// <param name="heading">The section's heading.</param>
    /// <param name="saved">The form of the saved entry that this form is based on.</param>
    public EntryForm LimitTo(string heading, EntryForm saved)
    {
        (Section, _saved) = (heading, saved);
        return this;
    }

    /// <summary>Whether the form shows a part.</summary>
    public bool IsShown(FormPart part) => Section is null || FieldLabels.GroupOf(FormValues.FieldOf(part.Path)) == Section;

    /// <summary>Replaces merged terms with the terms that they were merged into.</summary>
    public EntryForm WithCurrentTerms(VocabularySet vocabularies)
    {
        foreach (var part in Root.All().Where(p => p.Field.Vocabulary is not null))
        {
            string Resolve(string code) => vocabularies.ResolveMergedCode(part.Field.Vocabulary!, code);
            List<string> chosen = [.. part.Chosen.Select(Resolve).Distinct(StringComparer.Ordinal)];
            part.Chosen.Clear();
            part.Chosen.AddRange(chosen);
            part.Text = Resolve(part.Text);
        }

        return this;
    }

    /// <summary>Chooses the terms that were typed by name. Names that are unknown stay as they were typed.</summary>
    public EntryForm ChooseTyped(VocabularySet vocabularies)
    {
        foreach (var part in Root.All().Where(p => p.Field.Type == FieldType.Choices && !string.IsNullOrWhiteSpace(p.Text)))
        {
            if (part.Field.Vocabulary is { } vocabulary && TermPicker.Of(vocabularies, vocabulary) is { } picker)
            {
                var (codes, unknown) = picker.Read(part.Text);
                part.Chosen.AddRange(codes.Except(part.Chosen).ToList());
                (part.Text, part.UnknownTerms) = (string.Join(", ", unknown), unknown.Count == 0 ? null : picker.Problem(unknown));
            }
        }

        return this;
    }

    /// <summary>Returns the values that the form would post.</summary>
    public FormValues Values()
    {
        var values = new FormValues();
        FormFiller.Collect(Root, values);
        return values;
    }

    /// <summary>Returns the parts that the form shows, grouped by heading.</summary>
    public IReadOnlyList<(string Heading, IReadOnlyList<FormPart> Parts)> Groups() => [.. AllGroups().Where(g => Section is null || g.Heading == Section)];

    private IEnumerable<(string Heading, IReadOnlyList<FormPart> Parts)> AllGroups()
    {
        var parts = Root.Parts.ToLookup(p => FieldLabels.GroupOf(p.Field.Name));
        return FieldLabels.Groups.Where(parts.Contains).Select(g => (g, (IReadOnlyList<FormPart>)[.. parts[g]]));
    }

    /// <summary>
    /// Runs a list button's command: <c>add:phones</c>, <c>remove:phones[1]</c>, <c>up:phones[1]</c>, <c>down:phones[1]</c>, <c>open:translations[1]</c>, or
    /// <c>copy:hours.times:monday:tuesday,friday</c>.
    /// </summary>
    /// <returns>The part to focus; null if the form has no such part.</returns>
    public FormPart? Apply(string command)
    {
        var (verb, path) = command.Split(':', 2) is [var first, var second] ? (first, second) : ("", "");
        if (verb == "copy")
        {
            var copied = HoursGrid.Copy(Root, path);
            Root.Renumber("");
            return copied;
        }

        var list = Root.All().FirstOrDefault(p => p.Field.Type == FieldType.List && (verb == "add" ? p.PostedPath == path : p.Parts.Any(i => i.PostedPath == path)));
        if (list is null)
        {
            return null;
        }

        var next = list;
        var index = list.Parts.FindIndex(i => i.PostedPath == path);
        switch (verb)
        {
            case "add" when list.Parts.Count < MaxItems:
                list.Parts.RemoveAll(p => p.Field.Record == typeof(OpeningTime) && p.IsBlank);
                next = FormFiller.FromJson(list.Field.Item!, $"{list.Path}[{list.Parts.Count}]", null);
                list.Parts.Add(next);
                break;
            case "open" when index >= 0:
                next = list.Parts[index];
                next.IsOpened = true;
                break;
            case "remove":
                list.Parts.RemoveAt(index);
                break;
            case "up" when index > 0:
            case "down" when index < list.Parts.Count - 1:
                next = list.Parts[index];
                list.Parts.RemoveAt(index);
                list.Parts.Insert(verb == "up" ? index - 1 : index + 1, next);
                break;
        }

        Root.Renumber("");
        return next;
    }

    /// <summary>
    /// Reads the form as an entry and adds errors to its fields. Unreadable values count as missing. Missing required values get a
    /// placeholder, so that all other fields are validated too.
    /// </summary>
    /// <param name="validate">Validates an entry.</param>
    /// <param name="readable">True if all values are readable and no required value is missing.</param>
    public Entry Read(Func<Entry, ValidationResult> validate, out bool readable)
    {
        var body = ToBody();
        RestoreOtherSections(body);
        body["kind"] = Kind.Code();
        var entry = EntryJson.Read(body.ToJsonString());
        readable = !Errors.Any();
        Show(validate(entry));
        return entry;
    }

    private JsonObject ToBody()
    {
        foreach (var part in Root.All().ToList())
        {
            part.Errors.Clear();
            // Remove empty list items.
            part.Parts.RemoveAll(p => part.Field.Type == FieldType.List && p.IsBlank);
        }

        Root.Renumber("");
        InputNormalizer.Normalize(Root);
        return (JsonObject)FormReader.ToJson(Root)!;
    }

    /// <summary>Puts back what was saved in the sections that the form does not show, unless an unsaved draft changed it.</summary>
    private void RestoreOtherSections(JsonObject body)
    {
        if (_saved?._body is not { } saved)
        {
            return;
        }

        var untouched = _saved.ToBody();
        foreach (var part in Root.Parts.Where(p => !IsShown(p) && JsonNode.DeepEquals(body[p.Field.Name], untouched[p.Field.Name])))
        {
            body.Remove(part.Field.Name);
            if (saved[part.Field.Name] is { } value)
            {
                body[part.Field.Name] = value.DeepClone();
            }

            foreach (var inner in part.All())
            {
                inner.Errors.Clear();
            }
        }
    }

    /// <summary>Adds each validation failure to its field, unless the field already has an error.</summary>
    public void Show(ValidationResult result)
    {
        var invalidPaths = Root.All().Where(p => p.Errors.Count > 0).Select(p => p.Path).ToHashSet(StringComparer.Ordinal);
        foreach (var failure in result.Errors)
        {
            var path = FieldLabels.JsonPath(failure.PropertyName);
            if (!invalidPaths.Contains(path))
            {
                var part = Find(path) ?? Root;
                part.Errors.Add(UnknownName(part, path) ?? Sentence(failure.ErrorMessage, path));
            }
        }
    }

    /// <summary>Describes a name that is not in a field's list, as it was typed; null for any other failure.</summary>
    private static string? UnknownName(FormPart part, string path)
    {
        var lines = part.Field.Type != FieldType.Lines ? [part.Text] : part.Text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var place = path.Length > part.Path.Length && int.TryParse(path[(part.Path.Length + 1)..].TrimEnd(']'), CultureInfo.InvariantCulture, out var index) ? index : 0;
        return place < lines.Length ? Picker.Of(part.Field)?.Problem(lines[place]) : null;
    }

    /// <summary>Returns the part at a path, or its nearest ancestor.</summary>
    public FormPart? Find(string path)
    {
        for (var at = path; at.Length > 0; at = at[..Math.Max(at.LastIndexOfAny(['.', '[']), 0)])
        {
            if (Root.All().FirstOrDefault(p => p.Path == at) is { } part)
            {
                return part;
            }
        }

        return null;
    }

    /// <summary>Sets a field that is empty or still has its default.</summary>
    public void Fill(string path, string text)
    {
        if (text.Length > 0 && Root.All().FirstOrDefault(p => p.Path == path) is { } part && (part.Text.Length == 0 || part.Text == part.SettingsDefault))
        {
            part.Text = text;
        }
    }

    /// <summary>Removes the leading path from a rule's message, because the form shows the message next to the field.</summary>
    internal static string Sentence(string message, string path)
    {
        var rest = message.StartsWith($"'{path}' ", StringComparison.OrdinalIgnoreCase) ? message[(path.Length + 3)..] : message;
        return rest.Length == 0 ? message : char.ToUpperInvariant(rest[0]) + rest[1..];
    }

    private static Type RecordOf(EntryKind kind) => kind switch
    {
        EntryKind.Provider => typeof(Provider),
        EntryKind.Attorney => typeof(Attorney),
        EntryKind.Organization => typeof(Organization),
        EntryKind.PolicyAction => typeof(PolicyAction),
        EntryKind.Material => typeof(Material),
        EntryKind.Event => typeof(Event),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Unknown kind of entry."),
    };

    internal static bool TryItemNumber(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number < MaxItems * 10;
}
