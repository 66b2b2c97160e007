using HealthEquity.Admin.EntryForms;
using HealthEquity.Directory.Geography;
using HealthEquity.Directory.Rules;
using HealthEquity.Directory.Traits;
using HealthEquity.Directory.Translations;
using HealthEquity.Directory.Vocabularies;
using HealthEquity.Search.Text;
using HealthEquity.Store.Entries;

namespace HealthEquity.Admin.Pages.Entries;

/// <summary>A field by which the list of entries can be filtered.</summary>
/// <param name="Code">The field's name in the address and the column's code.</param>
/// <param name="Label">The label.</param>
/// <param name="Field">The field of the condition.</param>
/// <param name="Operators">The operators that make sense.</param>
public sealed record GridField(string Code, string Label, string Field, params IReadOnlyList<ConditionOperator> Operators)
{
    private static readonly ConditionOperator[] OfTerms = [ConditionOperator.Is, ConditionOperator.Not, ConditionOperator.Empty];

    // Fields whose values are too many to list.
    private static readonly ConditionOperator[] OfTexts = [ConditionOperator.Empty, ConditionOperator.Filled];

    private const string EnterName = "Enter a name.";

    private static readonly ConditionOperator[] OfDays = [ConditionOperator.Empty, ConditionOperator.Before];

    /// <summary>All fields, in the order in which they are offered.</summary>
    public static IReadOnlyList<GridField> All { get; } =
    [
        new("languages", "Languages", EntryPlaces.Language, OfTerms),
        new("cost", "Cost", VocabularyNames.Cost, OfTerms),
        new("phone", "Phone", EntryGaps.Phone, OfTexts),
        new("assured", "Last confirmed", EntryCondition.Assured, OfDays),
        new("due", "Check due", EntryCondition.Due, OfDays),
        new("assigned", "Assigned to", EntryCondition.Assigned, ConditionOperator.Empty),
        new("tags", "Tags", VocabularyNames.Tag, OfTerms),
        new("texts", "Unfinished texts", TranslationTerms.Complete, ConditionOperator.Not),
        new("region", "State", EntryPlaces.State, OfTerms),
        new("county", "County", EntryPlaces.County, OfTerms),
        new("city", "City", EntryPlaces.City, OfTerms),
        new("zip", "ZIP code", EntryPlaces.Zip, [.. OfTerms, ConditionOperator.Filled]),
        new("immigration", "Immigration status", VocabularyNames.ImmigrationStatus, OfTerms),
        new("availability", "Capacity", VocabularyNames.Capacity, OfTerms),
        new("email", "Email", EntryGaps.Email, OfTexts),
        new("website", "Website", EntryGaps.Website, OfTexts),
        new("hours", "Hours", EntryGaps.Hours, OfTexts),
        new("summary", "Summary", EntryGaps.Summary, OfTexts),
        new("slug", "Web address", EntryCondition.Slug, ConditionOperator.Contains),
    ];

    /// <summary>Whether the values are days.</summary>
    public bool IsDay => Operators.Contains(ConditionOperator.Before);

    /// <summary>Whether a value can be typed: a name, a ZIP code, a part of a web address.</summary>
    public bool IsTyped => Field == EntryCondition.Assigned || Operators.Any(o => o is ConditionOperator.Is or ConditionOperator.Not or ConditionOperator.Contains);

    /// <summary>The label of the box for a value.</summary>
    public string TypedLabel => Field switch
    {
        EntryPlaces.Zip => Label,
        EntryCondition.Slug => $"{Label} contains",
        _ => $"{Label}, by name",
    };

    /// <summary>Returns the field with that code; null if there is none.</summary>
    public static GridField? Find(string? code) => All.FirstOrDefault(f => f.Code == code);

    /// <summary>Returns the words of an operator, such as "is empty".</summary>
    public string Words(ConditionOperator @operator) => @operator switch
    {
        ConditionOperator.Not when Field == TranslationTerms.Complete => "in",
        ConditionOperator.Is => "is",
        ConditionOperator.Not => "is not",
        ConditionOperator.Before => "before",
        ConditionOperator.Contains => "contains",
        ConditionOperator.Filled => "is not empty",
        _ => Field == EntryCondition.Assured ? "never" : "is empty",
    };

    /// <summary>Returns the label of a value.</summary>
    public string LabelOf(string value, VocabularySet vocabularies) => Field switch
    {
        EntryPlaces.Language or TranslationTerms.Complete => EntryFormView.LanguageName(value),
        EntryPlaces.State => States.Parse(value)?.Name ?? value,
        EntryPlaces.County => Counties.Parse(value)?.FullName ?? value,
        EntryPlaces.City or EntryPlaces.Zip or EntryCondition.Slug => value,
        _ when IsDay => DateOnly.TryParseExact(value, "yyyy-MM-dd", out var day) ? Forms.DisplayFormat.Date(day) : value,
        _ => vocabularies.Find(Field, value)?.Label ?? value,
    };

    /// <summary>Returns the codes that a text means: the code itself, or what people call it. Empty if nothing has that name.</summary>
    public IReadOnlyList<string> CodesOf(string text, VocabularySet vocabularies)
    {
        text = text.Trim();
        return Field switch
        {
            EntryPlaces.Language => [LanguageNames.Find(text) ?? text],
            // An entry without any text to translate lacks no language.
            TranslationTerms.Complete => [LanguageNames.Find(text) ?? text, TranslationTerms.Any],
            EntryPlaces.State => States.Parse(text) is { } state ? [state.Code] : [],
            EntryPlaces.County => Counties.Parse(text) is { } county ? [county.Code] : [.. Counties.Match(text, null).Select(c => c.Code)],
            EntryPlaces.City or EntryCondition.Slug => [text],
            EntryPlaces.Zip => [EntryPlaces.ZipOf(text)],
            _ when IsDay => DateOnly.TryParseExact(text, "yyyy-MM-dd", out _) ? [text] : [],
            _ => OfVocabulary(text, vocabularies),
        };
    }

    /// <summary>The list of names for what can be typed: the id of a data list on the page; null if the page has none.</summary>
    public string? NamesId => Field switch
    {
        EntryPlaces.Language or TranslationTerms.Complete => "languages",
        EntryPlaces.State => "states",
        EntryPlaces.County => "counties",
        EntryCondition.Slug => null,
        _ => "filter-names",
    };

    /// <summary>Returns the code of the value that a person means by a text, as the form's pickers take it; or what is wrong with the text.</summary>
    public (string? Code, string? Problem) Resolve(string text, VocabularySet vocabularies)
    {
        if (Field == EntryPlaces.Zip)
        {
            return PlaceRules.IsZipOrZipPlus4(text.Trim()) ? (EntryPlaces.ZipOf(text), null) : (null, "Enter a ZIP code, such as 33130.");
        }

        if (Field == EntryCondition.Slug)
        {
            return text.Trim().ToLowerInvariant().Replace(' ', '-') is { Length: > 0 } part ? (part, null) : (null, "Enter a part of a web address.");
        }

        var picker = Field switch
        {
            EntryPlaces.Language or TranslationTerms.Complete => Picker.Languages,
            EntryPlaces.State => Picker.USStates,
            EntryPlaces.County => Picker.USCounties,
            _ => null,
        };
        if (picker is not null)
        {
            return picker.Find(text) is { } code ? (code, null) : (null, picker.Problem(text) ?? EnterName);
        }

        if (TermPicker.Of(vocabularies, Field) is not { } terms)
        {
            return (null, EnterName);
        }

        var (codes, unknown) = terms.Read(text);
        return unknown.Count > 0 ? (null, terms.Problem(unknown))
            : codes switch
            {
                [] => (null, EnterName),
                [var only] => (only, null),
                _ => (null, $"“{text.Trim()}” means {string.Join(" and ", codes.Select(c => LabelOf(c, vocabularies)))}. Enter one of them."),
            };
    }

    /// <summary>A term's code, and those of the terms that were merged into it.</summary>
    private IReadOnlyList<string> OfVocabulary(string text, VocabularySet vocabularies)
    {
        var terms = vocabularies.Find(Field)?.Terms ?? [];
        var found = terms.FirstOrDefault(t => t.Code == text) ?? terms.FirstOrDefault(t => string.Equals(t.Label, text, StringComparison.OrdinalIgnoreCase));
        return found is null ? [] : [found.Code, .. terms.Where(t => t.MergedInto == found.Code).Select(t => t.Code)];
    }
}

/// <summary>A condition as it stands in the address: "languages:empty", "tags:not:sample", "assured:before:2026-01-01".</summary>
/// <param name="Field">The field.</param>
/// <param name="Operator">What must hold.</param>
/// <param name="Value">The value's code; null if the operator needs none.</param>
public sealed record GridCondition(GridField Field, ConditionOperator Operator, string? Value = null)
{
    /// <summary>Reads a condition; null if it is none.</summary>
    public static GridCondition? Parse(string text)
    {
        var parts = text.Split(':', 3);
        if (GridField.Find(parts[0]) is not { } field || parts.Length < 2 || OperatorOf(parts[1]) is not { } @operator || !field.Operators.Contains(@operator))
        {
            return null;
        }

        var value = parts.Length == 3 && parts[2].Trim() is { Length: > 0 } given ? given : null;
        return @operator is ConditionOperator.Empty or ConditionOperator.Filled ? new GridCondition(field, @operator)
            : value is null || field.IsDay && !DateOnly.TryParseExact(value, "yyyy-MM-dd", out _) ? null
            : new GridCondition(field, @operator, value);
    }

    /// <summary>The condition for the database; null if no entry can have the value.</summary>
    public EntryCondition For(VocabularySet vocabularies) => Value is null
        ? new EntryCondition(Field.Field, Operator)
        : new EntryCondition(Field.Field, Operator, Field.CodesOf(Value, vocabularies) is { Count: > 0 } codes ? codes : [Value]);

    /// <summary>The condition in words, such as "Languages is empty".</summary>
    public string Words(VocabularySet vocabularies) =>
        $"{Field.Label} {Field.Words(Operator)}{(Value is null ? "" : " " + Field.LabelOf(Value, vocabularies))}";

    /// <inheritdoc/>
    public override string ToString() => $"{Field.Code}:{CodeOf()}{(Value is null ? "" : ":" + Value)}";

    private string CodeOf() => Operator switch
    {
        ConditionOperator.Empty when Field.Field == EntryCondition.Assured => "never",
        _ => Operator.ToString().ToLowerInvariant(),
    };

    private static ConditionOperator? OperatorOf(string code) => code switch
    {
        "is" => ConditionOperator.Is,
        "not" => ConditionOperator.Not,
        "empty" or "never" => ConditionOperator.Empty,
        "filled" => ConditionOperator.Filled,
        "contains" => ConditionOperator.Contains,
        "before" => ConditionOperator.Before,
        _ => null,
    };
}
