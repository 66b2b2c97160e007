using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using HealthEquity.Directory.Entries;

namespace HealthEquity.Admin.EntryForms;

/// <summary>The type of a form field.</summary>
public enum FieldType
{
    /// <summary>One line of text.</summary>
    Line,

    /// <summary>Several lines of text; Markdown for public text.</summary>
    Text,

    /// <summary>A list of short texts, one per line.</summary>
    Lines,

    /// <summary>A date, yyyy-MM-dd.</summary>
    Date,

    /// <summary>A time of day, HH:mm.</summary>
    Time,

    /// <summary>A local date and time.</summary>
    DateTime,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>A number.</summary>
    Number,

    /// <summary>Yes or no, a check box.</summary>
    Flag,

    /// <summary>An entry's id.</summary>
    Id,

    /// <summary>One option from a fixed list.</summary>
    Choice,

    /// <summary>Any number of options from a fixed list.</summary>
    Choices,

    /// <summary>A group of fields that can be absent as a whole.</summary>
    Part,

    /// <summary>A list of parts that can be added, removed, and reordered.</summary>
    List,
}

/// <summary>A form field, derived from a property of an entry record.</summary>
public sealed record FormField
{
    /// <summary>The JSON name.</summary>
    public required string Name { get; init; }

    /// <summary>The label.</summary>
    public required string Label { get; init; }

    /// <summary>The help text.</summary>
    public string? Help { get; init; }

    /// <summary>The field type.</summary>
    public required FieldType Type { get; init; }

    /// <summary>Whether the field is required when its parent has a value.</summary>
    public bool Required { get; init; }

    /// <summary>Whether the field is never published.</summary>
    public bool Editorial { get; init; }

    /// <summary>The vocabulary of a <see cref="FieldType.Choice"/> or <see cref="FieldType.Choices"/>; null for none.</summary>
    public string? Vocabulary { get; init; }

    /// <summary>The codes of a choice without a vocabulary.</summary>
    public IReadOnlyList<string> Codes { get; init; } = [];

    /// <summary>The default value as form input.</summary>
    public string Default { get; init; } = "";

    /// <summary>The fields of a <see cref="FieldType.Part"/>.</summary>
    public IReadOnlyList<FormField> Fields { get; init; } = [];

    /// <summary>The record type of a <see cref="FieldType.Part"/>; null for the root.</summary>
    public Type? Record { get; init; }

    /// <summary>The item of a <see cref="FieldType.List"/>.</summary>
    public FormField? Item { get; init; }

    /// <summary>The label of a list item, such as "phone number".</summary>
    public string ItemLabel { get; init; } = "";

    /// <summary>Returns the fields of a record in declaration order, base record first.</summary>
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

    private static FormField Of(PropertyInfo property, Type owner, object? defaultValue)
    {
        var key = $"{owner.Name}.{property.Name}";
        // Labels of the derived record override those of the base record.
        var label = FieldLabels.Find(key) ?? FieldLabels.Find($"{property.DeclaringType!.Name}.{property.Name}");
        var field = new FormField
        {
            Name = JsonNamingPolicy.CamelCase.ConvertName(property.Name),
            Label = label?.Label ?? FieldLabels.Spaced(property.Name),
            Help = label?.Help,
            Type = FieldType.Line,
            Required = property.IsDefined(typeof(RequiredMemberAttribute)),
            Editorial = property.IsDefined(typeof(EditorialAttribute)),
            Vocabulary = property.GetCustomAttribute<VocabularyAttribute>()?.Name,
            Default = InputText(defaultValue),
        };
        return WithType(field, property, label);
    }

    private static FormField WithType(FormField field, PropertyInfo property, FieldLabel? label)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        if (type.IsGenericType)
        {
            var item = type.GetGenericArguments()[0];
            return (item, field.Vocabulary, label?.IsLong) switch
            {
                ({ } t, { }, _) when t == typeof(string) => field with { Type = FieldType.Choices },
                ({ } t, null, true) when t == typeof(string) => field with
                {
                    Type = FieldType.List,
                    ItemLabel = label!.Item ?? field.Label,
                    Item = new FormField { Name = "", Label = label.Item ?? field.Label, Type = FieldType.Text },
                },
                ({ } t, null, _) when t == typeof(string) => field with { Type = FieldLabels.UsesEntryCodes(property) ? FieldType.Choices : FieldType.Lines },
                _ => field with
                {
                    Type = FieldType.List,
                    ItemLabel = label?.Item ?? FieldLabels.Spaced(item.Name).ToLowerInvariant(),
                    Item = new FormField { Name = "", Label = label?.Item ?? FieldLabels.Spaced(item.Name), Type = FieldType.Part, Fields = Of(item), Record = item },
                },
            };
        }

        if (type.IsEnum)
        {
            return field with
            {
                Type = FieldType.Choice,
                // A required choice has no default, so that the curator must choose.
                Default = field.Required ? "" : field.Default,
                Codes = [.. Enum.GetNames(type).Select(JsonNamingPolicy.CamelCase.ConvertName)],
            };
        }

        return type == typeof(string)
            ? field with { Type = field.Vocabulary is not null ? FieldType.Choice : label?.IsLong == true ? FieldType.Text : FieldType.Line }
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
            _ when type == typeof(DateTime) => FieldType.DateTime,
            _ when type == typeof(Guid) => FieldType.Id,
            _ => null,
        };
        return scalar is { } found ? field with { Type = found, Default = found == FieldType.Flag ? field.Default : "" } : null;
    }

    private static string InputText(object? value) => value switch
    {
        string text => text,
        true => FormPart.Yes,
        int or decimal or double => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        Enum code => JsonNamingPolicy.CamelCase.ConvertName(code.ToString()),
        _ => "",
    };
}
