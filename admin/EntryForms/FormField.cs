using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using HealthEquity.Directory.Entries;

namespace HealthEquity.Admin.EntryForms;

/// <summary>How a field is typed in.</summary>
public enum FieldType
{
    /// <summary>One line of text.</summary>
    Line,

    /// <summary>Several lines of text, Markdown where the public sees it so.</summary>
    Text,

    /// <summary>A list of short texts, one a line.</summary>
    Lines,

    /// <summary>A day, yyyy-MM-dd.</summary>
    Date,

    /// <summary>A time of day, HH:mm.</summary>
    Time,

    /// <summary>A local date and time.</summary>
    Moment,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>A number.</summary>
    Number,

    /// <summary>Yes or no, a check box.</summary>
    Flag,

    /// <summary>An entry's id.</summary>
    Id,

    /// <summary>One of a closed list.</summary>
    Choice,

    /// <summary>Any of a closed list.</summary>
    Choices,

    /// <summary>A group of fields that may be absent as a whole.</summary>
    Part,

    /// <summary>Repeated parts, added, removed and reordered.</summary>
    List,
}

/// <summary>One field of the form, read off the entry records; the form has no field that the records do not have.</summary>
public sealed record FormField
{
    /// <summary>The name in JSON.</summary>
    public required string Name { get; init; }

    /// <summary>What a curator calls it.</summary>
    public required string Label { get; init; }

    /// <summary>What to write in it.</summary>
    public string? Help { get; init; }

    /// <summary>How it is typed in.</summary>
    public required FieldType Type { get; init; }

    /// <summary>It must be given whenever what it belongs to is given.</summary>
    public bool Required { get; init; }

    /// <summary>The public never sees it.</summary>
    public bool Editorial { get; init; }

    /// <summary>The vocabulary of a <see cref="FieldType.Choice"/> or <see cref="FieldType.Choices"/>, if it has one.</summary>
    public string? Vocabulary { get; init; }

    /// <summary>The codes of a choice that is no vocabulary.</summary>
    public IReadOnlyList<string> Codes { get; init; } = [];

    /// <summary>The value that stands when nobody gives one, as it is typed.</summary>
    public string Default { get; init; } = "";

    /// <summary>The fields of a <see cref="FieldType.Part"/>.</summary>
    public IReadOnlyList<FormField> Fields { get; init; } = [];

    /// <summary>The record that a <see cref="FieldType.Part"/> is read off; null for the form itself.</summary>
    public Type? Record { get; init; }

    /// <summary>What a <see cref="FieldType.List"/> repeats.</summary>
    public FormField? Item { get; init; }

    /// <summary>What one of the repeated parts is called, such as "telephone number".</summary>
    public string ItemLabel { get; init; } = "";

    /// <summary>The fields of a record, in the order in which it declares them, those of its base first.</summary>
    public static IReadOnlyList<FormField> Of(Type record)
    {
        var blank = Activator.CreateInstance(record)!;
        return [.. Properties(record).Select(p => Of(p, record, p.GetValue(blank)))];
    }

    private static IEnumerable<PropertyInfo> Properties(Type record)
    {
        var chain = new Stack<Type>();
        for (var type = record; type != typeof(object) && type is not null; type = type.BaseType)
        {
            chain.Push(type);
        }

        return chain
            .SelectMany(t => t.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .Where(p => p.CanWrite && !p.IsDefined(typeof(PublicOnlyAttribute)) && !p.IsDefined(typeof(JsonIgnoreAttribute)));
    }

    private static FormField Of(PropertyInfo property, Type owner, object? standing)
    {
        var key = $"{owner.Name}.{property.Name}";
        // A member of a base record has its words under the base's name, unless the derived record has words of its own.
        var words = FormWords.Find(key) ?? FormWords.Find($"{property.DeclaringType!.Name}.{property.Name}");
        var field = new FormField
        {
            Name = JsonNamingPolicy.CamelCase.ConvertName(property.Name),
            Label = words?.Label ?? FormWords.Spaced(property.Name),
            Help = words?.Help,
            Type = FieldType.Line,
            Required = property.IsDefined(typeof(RequiredMemberAttribute)),
            Editorial = property.IsDefined(typeof(EditorialAttribute)),
            Vocabulary = property.GetCustomAttribute<VocabularyAttribute>()?.Name,
            Default = Typed(standing),
        };
        return Typed(field, property, words);
    }

    private static FormField Typed(FormField field, PropertyInfo property, FormWords.Words? words)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        if (type.IsGenericType)
        {
            var item = type.GetGenericArguments()[0];
            return (item, field.Vocabulary, words?.Long) switch
            {
                ({ } t, { }, _) when t == typeof(string) => field with { Type = FieldType.Choices },
                ({ } t, null, true) when t == typeof(string) => field with
                {
                    Type = FieldType.List,
                    ItemLabel = words!.Item ?? field.Label,
                    Item = new FormField { Name = "", Label = words.Item ?? field.Label, Type = FieldType.Text },
                },
                ({ } t, null, _) when t == typeof(string) => field with { Type = FormWords.OwnCodes(property) ? FieldType.Choices : FieldType.Lines },
                _ => field with
                {
                    Type = FieldType.List,
                    ItemLabel = words?.Item ?? FormWords.Spaced(item.Name).ToLowerInvariant(),
                    Item = new FormField { Name = "", Label = words?.Item ?? FormWords.Spaced(item.Name), Type = FieldType.Part, Fields = Of(item), Record = item },
                },
            };
        }

        if (type.IsEnum)
        {
            return field with
            {
                Type = FieldType.Choice,
                // A required code has no value that stands by itself: somebody has to choose.
                Default = field.Required ? "" : field.Default,
                Codes = [.. Enum.GetNames(type).Select(JsonNamingPolicy.CamelCase.ConvertName)],
            };
        }

        return type == typeof(string)
            ? field with { Type = field.Vocabulary is not null ? FieldType.Choice : words?.Long == true ? FieldType.Text : FieldType.Line }
            : Scalar(field, type) ?? field with { Type = FieldType.Part, Fields = Of(type), Record = type };
    }

    private static FormField? Scalar(FormField field, Type type)
    {
        FieldType? scalar = type switch
        {
            _ when type == typeof(bool) => FieldType.Flag,
            _ when type == typeof(int) => FieldType.Integer,
            _ when type == typeof(decimal) || type == typeof(double) => FieldType.Number,
            _ when type == typeof(DateOnly) => FieldType.Date,
            _ when type == typeof(TimeOnly) => FieldType.Time,
            _ when type == typeof(DateTime) => FieldType.Moment,
            _ when type == typeof(Guid) => FieldType.Id,
            _ => null,
        };
        return scalar is { } found ? field with { Type = found, Default = found == FieldType.Flag ? field.Default : "" } : null;
    }

    private static string Typed(object? value) => value switch
    {
        string text => text,
        true => FormPart.Yes,
        int or decimal or double => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        Enum code => JsonNamingPolicy.CamelCase.ConvertName(code.ToString()),
        _ => "",
    };
}
