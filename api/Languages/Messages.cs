using System.Text.Json;

namespace HealthEquity.Api.Languages;

/// <summary>Messages in the reader's language, from <c>Messages.json</c>.</summary>
public sealed class Messages
{
    private const string Fallback = "en";

    private readonly Dictionary<string, Dictionary<string, string>> _texts;

    /// <summary>Reads the messages.</summary>
    public Messages()
    {
        using var stream = typeof(Messages).Assembly.GetManifestResourceStream("HealthEquity.Api.Languages.Messages.json")!;
        _texts = JsonSerializer.Deserialize<Dictionary<string, Dictionary<string, string>>>(stream)!;
    }

    /// <summary>A message in the best available language, and that language.</summary>
    public (string Text, string Language) Of(string code, LanguageChoice choice)
    {
        var texts = _texts[code];
        if (choice.First is null)
        {
            return (texts[Fallback], Fallback);
        }

        var best = texts.Keys.MinBy(choice.Rank)!;
        return choice.Rank(best) == int.MaxValue ? (texts[Fallback], Fallback) : (texts[best], best);
    }

    /// <summary>A message in a requested language; null if there is none.</summary>
    public string? Find(string code, LanguageChoice choice)
    {
        var texts = _texts.GetValueOrDefault(code);
        var best = texts?.Keys.MinBy(choice.Rank);
        return best is null ? null : choice.First is null ? texts!.GetValueOrDefault(Fallback) : choice.Rank(best) == int.MaxValue ? null : texts![best];
    }

    /// <summary>A message as a notice.</summary>
    public Notice Notice(string code, LanguageChoice choice)
    {
        var (text, language) = Of(code, choice);
        return new Notice { Code = code, Text = text, Language = language };
    }
}
