using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using HealthEquity.Formats.Sources;

namespace HealthEquity.Formats.Transforms;

/// <summary>The template for a part of an entry in a mapping. Filling it from a row returns the part's JSON.</summary>
public abstract class Template
{
    /// <summary>True if it is the same for every row.</summary>
    public virtual bool IsConstant => false;

    /// <summary>The JSON for a row; null for nothing. Reports errors to the context.</summary>
    public abstract JsonNode? Fill(RowContext context);

    /// <summary>The columns it reads, with their files.</summary>
    /// <param name="file">The file of the row.</param>
    public abstract IEnumerable<(string File, string Column)> Columns(string file);

    /// <summary>The strings in a filled part: one, a list, or none.</summary>
    protected static IEnumerable<string> Texts(JsonNode? node) => node switch
    {
        null => [],
        JsonArray list => list.SelectMany(Texts),
        _ => [node.ToString()],
    };
}

/// <summary>A constant: <c>"visibility": "public"</c>.</summary>
public sealed class ConstantTemplate(JsonNode value) : Template
{
    /// <inheritdoc/>
    public override bool IsConstant => true;

    /// <inheritdoc/>
    public override JsonNode? Fill(RowContext context) => value.DeepClone();

    /// <inheritdoc/>
    public override IEnumerable<(string File, string Column)> Columns(string file) => [];
}

/// <summary>A value from one or more columns: <c>{"column": "zip", "as": "zip"}</c>.</summary>
/// <param name="columns">The columns.</param>
/// <param name="join">The separator for several columns.</param>
/// <param name="steps">The transforms.</param>
/// <param name="isOptional">True if the cell is optional: errors are reported, and the rest of the row is loaded.</param>
public sealed class ColumnTemplate(IReadOnlyList<string> columns, string join, IReadOnlyList<Transform> steps, bool isOptional = false) : Template
{
    /// <inheritdoc/>
    public override JsonNode? Fill(RowContext context)
    {
        var text = string.Join(join, columns.Select(c => context.Row[c]).Where(t => t.Length > 0));
        return text.Length == 0 ? null : Read(steps, text, columns[0], context, isOptional);
    }

    /// <inheritdoc/>
    public override IEnumerable<(string File, string Column)> Columns(string file) =>
        columns.Concat(steps.SelectMany(s => s.Columns)).Select(c => (file, c));

    /// <summary>Runs the transforms on a text. Reports errors with the column.</summary>
    internal static JsonNode? Read(IReadOnlyList<Transform> steps, string text, string column, RowContext context, bool isOptional)
    {
        try
        {
            return steps.Aggregate((JsonNode?)text, (value, step) => Run(step, value, context.Row));
        }
        catch (CellException fault)
        {
            context.Report(column, text, fault, isOptional || fault.Kept is not null);
            return fault.Kept;
        }
        catch (RegexMatchTimeoutException fault)
        {
            context.Report(column, text, ColumnCondition.TookTooLong(fault), isOptional);
            return null;
        }
    }

    /// <summary>Transforms a list item by item and returns one list.</summary>
    private static JsonNode? Run(Transform step, JsonNode? value, SourceRow row) => value switch
    {
        null => null,
        JsonArray list => ListTemplate.Flatten(list.Select(item => Run(step, item, row))),
        JsonValue => value.ToString() is { Length: > 0 } text ? step.Apply(text, row) : null,
        _ => throw new InvalidOperationException("only strings can be transformed"),
    };
}

/// <summary>An object with a template for each member. Null if no column has a value.</summary>
public sealed class ObjectTemplate(IReadOnlyList<KeyValuePair<string, Template>> members) : Template
{
    /// <summary>The templates of the members, by JSON name.</summary>
    public IReadOnlyList<KeyValuePair<string, Template>> Members { get; } = members;

    /// <inheritdoc/>
    public override bool IsConstant => Members.All(m => m.Value.IsConstant);

    /// <inheritdoc/>
    public override JsonNode? Fill(RowContext context)
    {
        var filled = new JsonObject();
        var said = IsConstant;
        foreach (var (name, template) in Members)
        {
            if (template.Fill(context) is { } value)
            {
                filled[name] = value;
                said |= !template.IsConstant;
            }
        }

        return said ? filled : null;
    }

    /// <inheritdoc/>
    public override IEnumerable<(string File, string Column)> Columns(string file) => Members.SelectMany(m => m.Value.Columns(file));
}

/// <summary>A list. Nested lists are flattened, empty and duplicate items are omitted.</summary>
public sealed class ListTemplate(IReadOnlyList<Template> items) : Template
{
    /// <summary>The templates of the items.</summary>
    public IReadOnlyList<Template> Items { get; } = items;

    /// <inheritdoc/>
    public override bool IsConstant => Items.All(i => i.IsConstant);

    /// <inheritdoc/>
    public override JsonNode? Fill(RowContext context) => Flatten(Items.Select(i => i.Fill(context)));

    /// <inheritdoc/>
    public override IEnumerable<(string File, string Column)> Columns(string file) => Items.SelectMany(i => i.Columns(file));

    /// <summary>Flattens values to one list without duplicates; null if empty.</summary>
    public static JsonArray? Flatten(IEnumerable<JsonNode?> values)
    {
        var flat = new JsonArray();
        var said = new HashSet<string>(StringComparer.Ordinal);
        foreach (var value in values)
        {
            foreach (var item in value is JsonArray list ? [.. list] : new[] { value })
            {
                if (item is not null && said.Add(item.ToJsonString()))
                {
                    flat.Add(item.DeepClone());
                }
            }
        }

        return flat.Count > 0 ? flat : null;
    }
}

/// <summary>An item for each related row of another file: <c>{"each": "locations", "where": [...], "item": ...}</c>.</summary>
public sealed class EachTemplate(string other, IReadOnlyList<Condition> where, Template item) : Template
{
    /// <summary>The template for each row.</summary>
    public Template Item { get; } = item;

    /// <inheritdoc/>
    public override JsonNode? Fill(RowContext context) => ListTemplate.Flatten(context.Related(other).Select(row => FillOne(row, context)));

    /// <inheritdoc/>
    public override IEnumerable<(string File, string Column)> Columns(string file) =>
        Item.Columns(other).Concat(where.SelectMany(c => c.Columns(other)));

    /// <summary>Reports and omits invalid related rows; the entry is loaded without them.</summary>
    private JsonNode? FillOne(SourceRow row, RowContext context)
    {
        var faults = new List<RowFault>();
        var inner = context.At(row, faults);
        if (!Condition.All(where, inner))
        {
            return null;
        }

        var filled = Item.Fill(inner);
        context.Report(faults);
        return faults.TrueForAll(f => f.Loaded) ? filled : null;
    }
}

/// <summary>A text composed of several: <c>{"compose": [...], "separator": "\n\n", "format": "**{0}**", "as": ...}</c>; null if all are empty.</summary>
/// <param name="parts">The parts.</param>
/// <param name="separator">The separator.</param>
/// <param name="format">The text around it, with {0} as the placeholder.</param>
/// <param name="steps">The transforms.</param>
public sealed class ComposeTemplate(IReadOnlyList<Template> parts, string separator, string format, IReadOnlyList<Transform> steps) : Template
{
    /// <inheritdoc/>
    public override JsonNode? Fill(RowContext context)
    {
        var said = parts.Select(p => (p.IsConstant, Texts: Texts(p.Fill(context)).ToList())).Where(p => p.Texts.Count > 0).ToList();
        return said.Any(p => !p.IsConstant)
            ? ColumnTemplate.Read(
                steps, format.Replace("{0}", string.Join(separator, said.SelectMany(p => p.Texts)), StringComparison.Ordinal), parts.SelectMany(p => p.Columns("")).First().Column, context, isOptional: false)
            : null;
    }

    /// <inheritdoc/>
    public override IEnumerable<(string File, string Column)> Columns(string file) =>
        parts.SelectMany(p => p.Columns(file)).Concat(steps.SelectMany(s => s.Columns).Select(c => (file, c)));
}

/// <summary>The first case with true conditions: <c>{"choose": [{"when": [...], "then": ...}], "otherwise": ...}</c>.</summary>
public sealed class ChooseTemplate(IReadOnlyList<(IReadOnlyList<Condition> When, Template Then)> cases, Template? otherwise) : Template
{
    /// <inheritdoc/>
    public override JsonNode? Fill(RowContext context)
    {
        foreach (var (when, then) in cases)
        {
            if (Condition.All(when, context))
            {
                return then.Fill(context);
            }
        }

        return otherwise?.Fill(context);
    }

    /// <inheritdoc/>
    public override IEnumerable<(string File, string Column)> Columns(string file) =>
        cases.SelectMany(c => c.When.SelectMany(w => w.Columns(file)).Concat(c.Then.Columns(file))).Concat(otherwise?.Columns(file) ?? []);
}

/// <summary>The first template with a value: <c>{"first": [...]}</c>.</summary>
public sealed class FirstTemplate(IReadOnlyList<Template> candidates) : Template
{
    /// <inheritdoc/>
    public override JsonNode? Fill(RowContext context) => candidates.Select(c => c.Fill(context)).FirstOrDefault(v => v is not null);

    /// <inheritdoc/>
    public override IEnumerable<(string File, string Column)> Columns(string file) => candidates.SelectMany(c => c.Columns(file));
}
