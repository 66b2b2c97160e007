using System.Globalization;
using HealthEquity.Directory.Entries;

namespace HealthEquity.Api.Languages;

/// <summary>The requested languages, best first.</summary>
public sealed class LanguageChoice
{
    private const int Most = 5;

    private LanguageChoice(IReadOnlyList<string> tags) => Tags = tags;

    /// <summary>No language requested: every entry is in its own language.</summary>
    public static LanguageChoice None { get; } = new([]);

    /// <summary>Tags, best first.</summary>
    public IReadOnlyList<string> Tags { get; }

    /// <summary>The best language; null if none was requested.</summary>
    public string? First => Tags.Count > 0 ? Tags[0] : null;

    /// <summary>One language.</summary>
    /// <param name="tag">A BCP-47 tag.</param>
    public static LanguageChoice OfTag(string tag) => new([tag]);

    /// <summary>The language of the "lang" parameter, else of Accept-Language.</summary>
    public static LanguageChoice Of(string? lang, HttpRequest request)
    {
        if (lang is not null)
        {
            return new([lang]);
        }

        var header = request.Headers.AcceptLanguage.ToString();
        if (header.Length is 0 or > 400)
        {
            return None;
        }

        var tags = header.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(Weighted)
            .Where(t => t.Weight > 0 && t.Tag is not null)
            .OrderByDescending(t => t.Weight)
            .Select(t => t.Tag!)
            .Distinct()
            .Take(Most);
        return new([.. tags]);
    }

    /// <summary>The index of the first tag that matches a text in this language; int.MaxValue for none.</summary>
    public int Rank(string available)
    {
        for (var i = 0; i < Tags.Count; i++)
        {
            if (LanguageMatch.Serves(available, Tags[i]))
            {
                return i;
            }
        }

        return int.MaxValue;
    }

    private static (string? Tag, double Weight) Weighted(string item)
    {
        var parts = item.Split(';', 2, StringSplitOptions.TrimEntries);
        var tag = LanguageTag.Canonical(parts[0]);
        var weight = 1.0;
        if (parts.Length == 2
            && (!parts[1].StartsWith("q=", StringComparison.OrdinalIgnoreCase)
                || !double.TryParse(parts[1].AsSpan(2), NumberStyles.Float, CultureInfo.InvariantCulture, out weight)))
        {
            weight = 0;
        }

        return (tag, weight);
    }
}
