using System.Globalization;
using HealthEquity.Api.Feed;
using HealthEquity.Api.Problems;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Geography;

namespace HealthEquity.Api.Parameters;

/// <summary>Reads a value of a parameter: checks its type and code, and normalizes the spelling of the code.</summary>
public sealed class ParameterValues(DirectoryVocabularies vocabularies)
{
    /// <summary>Reads a value.</summary>
    /// <param name="set">The parameters of the request.</param>
    /// <param name="parameter">The parameter.</param>
    /// <param name="text">The value as text.</param>
    /// <param name="value">The value, of the parameter's type.</param>
    /// <returns>The error and how to fix it, or null.</returns>
    public string? Read(ParameterSet set, Parameter parameter, string text, out object? value)
    {
        value = null;
        text = text.Trim();
        if (parameter.ValueType == typeof(int))
        {
            return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
                ? Found(number, out value)
                : $"{Quoted.Of(text)} is not a whole number.";
        }

        if (parameter.ValueType == typeof(long))
        {
            return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
                ? Found(number, out value)
                : $"{Quoted.Of(text)} is not a whole number.";
        }

        if (parameter.ValueType == typeof(double))
        {
            return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
                ? Found(number, out value)
                : $"{Quoted.Of(text)} is not a number.";
        }

        if (parameter.ValueType == typeof(bool))
        {
            return bool.TryParse(text, out var truth) ? Found(truth, out value) : $"{Quoted.Of(text)} must be true or false.";
        }

        if (parameter.ValueType == typeof(DateOnly))
        {
            return DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
                ? Found(day, out value)
                : $"{Quoted.Of(text)} is not a date. Write it as 2026-01-31.";
        }

        return parameter.ValueType.IsEnum ? ReadChoice(parameter, text, out value) : ReadText(set, parameter, text, out value);
    }

    private static string? ReadChoice(Parameter parameter, string text, out object? value)
    {
        var choice = parameter.Choices.FirstOrDefault(c => c.Equals(text, StringComparison.OrdinalIgnoreCase));
        value = choice is null ? null : Enum.Parse(parameter.ValueType, choice, ignoreCase: true);
        return choice is null ? NotOneOf(text, parameter.Choices) : null;
    }

    private string? ReadText(ParameterSet set, Parameter parameter, string text, out object? value)
    {
        value = null;
        if (text.Length > parameter.About.MaxLength)
        {
            return $"is longer than {parameter.About.MaxLength} characters.";
        }

        if (parameter.About.Vocabulary is { } vocabulary)
        {
            return ReadTerm(parameter.About, vocabulary, text, out value);
        }

        switch (parameter.About.Codes)
        {
            case CodeSet.State:
                return OneOf(text, vocabularies.States, out value);
            case CodeSet.Facet:
                return OneOf(text, set.Facets, out value);
            case CodeSet.Kind:
                return OneOf(text, [.. EntryKinds.All.Select(k => k.Code())], out value);
            case CodeSet.County:
                return ReadCounty(text, out value);
            case CodeSet.Zip when text.Length != 5 || text.Any(c => !char.IsAsciiDigit(c)):
                return $"{Quoted.Of(text)} is not a ZIP code. Write five digits, such as 33101.";
            case CodeSet.Language:
                return LanguageTag.Canonical(text) is { } tag
                    ? Found(tag, out value)
                    : $"{Quoted.Of(text)} is not a language tag. Write one such as es, ht or zh-Hans.";
            default:
                return Found(text, out value);
        }
    }

    private static string? ReadCounty(string text, out object? value)
    {
        value = Counties.Parse(text)?.Code ?? Counties.All.FirstOrDefault(c => c.Name.Equals(text, StringComparison.OrdinalIgnoreCase))?.Name;
        return value is not null ? null : NotOneOf(text, text.Contains(':') ? [.. Counties.All.Select(c => c.Code)] : [.. Counties.All.Select(c => c.Name).Distinct()]);
    }

    private string? ReadTerm(ParameterAttribute about, string vocabulary, string text, out object? value)
    {
        if (about.True is { } yes && text.Equals("true", StringComparison.OrdinalIgnoreCase))
        {
            text = yes;
        }
        else if (about.False is { } no && text.Equals("false", StringComparison.OrdinalIgnoreCase))
        {
            text = no;
        }

        return OneOf(text, vocabularies.Codes(vocabulary), out value);
    }

    private static string? OneOf(string text, IReadOnlyList<string> codes, out object? value)
    {
        value = codes.FirstOrDefault(c => c.Equals(text, StringComparison.OrdinalIgnoreCase));
        return value is null ? NotOneOf(text, codes) : null;
    }

    private static string NotOneOf(string text, IReadOnlyList<string> codes) =>
        Nearest.Of(text, codes) is { } nearest
            ? $"Unknown value {Quoted.Of(text)}. Did you mean '{nearest}'?"
            : $"Unknown value {Quoted.Of(text)}. Use one of {string.Join(", ", codes.Take(12))}{(codes.Count > 12 ? "…" : "")}.";

    private static string? Found(object found, out object? value)
    {
        value = found;
        return null;
    }
}
