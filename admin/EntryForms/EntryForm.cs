using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using FluentValidation.Results;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Vocabularies;

namespace HealthEquity.Admin.EntryForms;

/// <summary>
/// The form for an entry of one kind: made from an entry or from what was posted, changed by its buttons, and read back as an
/// entry. It keeps what was typed also where that can't be read.
/// </summary>
public sealed class EntryForm
{
    private const int MaximumItems = 1000;

    private static readonly ConcurrentDictionary<EntryKind, FormField> Roots = new();

    private EntryForm(EntryKind kind, FormPart root)
    {
        Kind = kind;
        Root = root;
    }

    /// <summary>The kind of entry.</summary>
    public EntryKind Kind { get; }

    /// <summary>The whole form.</summary>
    public FormPart Root { get; }

    /// <summary>Everything that is wrong, in the order in which the form shows it.</summary>
    public IEnumerable<(FormPart Part, string Error)> Errors =>
        Groups().SelectMany(g => g.Parts).SelectMany(p => p.All()).SelectMany(p => p.Errors.Select(e => (p, e)))
            .Concat(Root.Errors.Select(e => (Root, e)));

    /// <summary>The fields of a kind.</summary>
    public static FormField Fields(EntryKind kind) => Roots.GetOrAdd(kind, k => new FormField
    {
        Name = "",
        Label = "",
        Type = FieldType.Part,
        Fields = FormField.Of(RecordOf(k)),
    });

    /// <summary>An empty form.</summary>
    public static EntryForm Blank(EntryKind kind) => new(kind, FormFilling.FromJson(Fields(kind), "", null));

    /// <summary>The form of an entry.</summary>
    public static EntryForm Of(Entry entry)
    {
        var body = (JsonObject)JsonNode.Parse(EntryJson.Write(entry))!;
        return new EntryForm(entry.Kind, FormFilling.FromJson(Fields(entry.Kind), "", body));
    }

    /// <summary>The form as it was posted. Only names that the form has are looked at.</summary>
    public static EntryForm Of(EntryKind kind, FormValues posted) =>
        new(kind, FormFilling.FromPosted(Fields(kind), "", "", posted));

    /// <summary>The form with each term that was merged into another replaced by that one.</summary>
    public EntryForm WithTermsOfToday(VocabularySet vocabularies)
    {
        foreach (var part in Root.All().Where(p => p.Field.Vocabulary is not null))
        {
            string Today(string code) => vocabularies.ResolveMergedCode(part.Field.Vocabulary!, code);
            List<string> chosen = [.. part.Chosen.Select(Today).Distinct(StringComparer.Ordinal)];
            part.Chosen.Clear();
            part.Chosen.AddRange(chosen);
            part.Text = Today(part.Text);
        }

        return this;
    }

    /// <summary>What the form posts as it stands.</summary>
    public FormValues Values()
    {
        var values = new FormValues();
        FormFilling.Collect(Root, values);
        return values;
    }

    /// <summary>The parts under the headings that a curator thinks in.</summary>
    public IReadOnlyList<(string Heading, IReadOnlyList<FormPart> Parts)> Groups()
    {
        var parts = Root.Parts.ToLookup(p => FormWords.GroupOf(p.Field.Name));
        return [.. FormWords.Groups.Where(parts.Contains).Select(g => (g, (IReadOnlyList<FormPart>)[.. parts[g]]))];
    }

    /// <summary>
    /// Does what a button of a list says: <c>add:phones</c>, <c>remove:phones[1]</c>, <c>up:phones[1]</c>, <c>down:phones[1]</c>.
    /// </summary>
    /// <returns>The part to look at next; null when the form has no such part.</returns>
    public FormPart? Apply(string command)
    {
        var (verb, path) = command.Split(':', 2) is [var first, var second] ? (first, second) : ("", "");
        var list = Root.All().FirstOrDefault(p => p.Field.Type == FieldType.List && (verb == "add" ? p.PostedPath == path : p.Parts.Any(i => i.PostedPath == path)));
        if (list is null)
        {
            return null;
        }

        var next = list;
        var index = list.Parts.FindIndex(i => i.PostedPath == path);
        switch (verb)
        {
            case "add" when list.Parts.Count < MaximumItems:
                next = FormFilling.FromJson(list.Field.Item!, $"{list.Path}[{list.Parts.Count}]", null);
                list.Parts.Add(next);
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
    /// Reads the form as an entry and puts beside each field what is wrong with it. What can't be read counts as absent; where
    /// it can't be absent something stands in for it, so that everything else is checked in the same go.
    /// </summary>
    /// <param name="validate">The rules for entries.</param>
    /// <param name="readable">Everything typed could be read, and nothing that an entry can't be without is missing.</param>
    public Entry Read(Func<Entry, ValidationResult> validate, out bool readable)
    {
        foreach (var part in Root.All().ToList())
        {
            part.Errors.Clear();
            // A row that was added and left empty is nobody's wish.
            part.Parts.RemoveAll(p => part.Field.Type == FieldType.List && p.IsBlank);
        }

        Root.Renumber("");
        HabitualText.Settle(Root);

        var body = (JsonObject)FormReading.ToJson(Root)!;
        body["kind"] = Kind.Code();
        var entry = EntryJson.Read(body.ToJsonString());
        readable = !Errors.Any();
        Show(validate(entry));
        return entry;
    }

    /// <summary>Puts each failure beside its field; where the field has one already, that one is enough.</summary>
    public void Show(ValidationResult result)
    {
        var spoken = Root.All().Where(p => p.Errors.Count > 0).Select(p => p.Path).ToHashSet(StringComparer.Ordinal);
        foreach (var failure in result.Errors)
        {
            var path = FormWords.JsonPath(failure.PropertyName);
            if (!spoken.Contains(path))
            {
                (Find(path) ?? Root).Errors.Add(Sentence(failure.ErrorMessage, path));
            }
        }
    }

    /// <summary>The part at a path, or the nearest one above it.</summary>
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

    /// <summary>Puts a value in a field in which nobody has typed.</summary>
    public void Fill(string path, string text)
    {
        if (text.Length > 0 && Root.All().FirstOrDefault(p => p.Path == path) is { } part && (part.Text.Length == 0 || part.Text == part.Proposal))
        {
            part.Text = text;
        }
    }

    /// <summary>The rule's sentence without the path that it begins with: the field stands beside it.</summary>
    private static string Sentence(string message, string path)
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
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "not a kind of entry"),
    };

    internal static bool TryItemNumber(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number < MaximumItems * 10;
}
