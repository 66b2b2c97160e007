using HealthEquity.Search.Text;

namespace HealthEquity.Admin.EntryForms;

/// <summary>The console's names of languages.</summary>
public static class LanguageLabels
{
    private static readonly (string Code, string Name)[] Common =
    [
        ("en", "English"), ("es", "Spanish"), ("ht", "Haitian Creole"), ("pt-BR", "Portuguese (Brazil)"), ("fr", "French"),
        ("zh-Hans", "Chinese (simplified)"), ("zh-Hant", "Chinese (traditional)"), ("vi", "Vietnamese"), ("ko", "Korean"), ("tl", "Tagalog"),
        ("ru", "Russian"), ("uk", "Ukrainian"), ("ar", "Arabic"), ("fa", "Persian"), ("prs", "Dari"), ("ps", "Pashto"), ("ur", "Urdu"),
        ("hi", "Hindi"), ("bn", "Bengali"), ("pa", "Punjabi"), ("ne", "Nepali"), ("so", "Somali"), ("am", "Amharic"), ("ti", "Tigrinya"),
        ("sw", "Swahili"), ("my", "Burmese"), ("km", "Khmer"), ("hmn", "Hmong"), ("pl", "Polish"), ("quc", "K'iche'"), ("mam", "Mam"),
        ("kjb", "Q'anjob'al"), ("kek", "Q'eqchi'"), ("mix", "Mixtec"), ("zap", "Zapotec"), ("nah", "Nahuatl"), ("ase", "American Sign Language"),
    ];

    private static readonly Dictionary<string, string> ByCode = Common.ToDictionary(l => l.Code, l => l.Name, StringComparer.Ordinal);

    private static readonly Dictionary<string, string> ByName = Common.ToDictionary(l => l.Name, l => l.Code, StringComparer.OrdinalIgnoreCase);

    /// <summary>The names to choose from: the common ones first.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        .. Common.Select(l => l.Name),
        .. LanguageNames.All.Where(l => !ByCode.ContainsKey(l.Key)).Select(l => l.Value[0]).Order(StringComparer.Ordinal),
    ];

    /// <summary>Returns a language's English name, or its code if the language is unknown.</summary>
    public static string Of(string code) => ByCode.GetValueOrDefault(code) ?? LanguageNames.Of(code)?[0] ?? code;

    /// <summary>Returns the code for one of the console's names; null if it is none.</summary>
    public static string? Find(string name) => ByName.GetValueOrDefault(name);
}
