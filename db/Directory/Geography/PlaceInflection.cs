namespace HealthEquity.Directory.Geography;

/// <summary>What a word may be a form of, in languages that join prepositions to names or give names endings.</summary>
internal static class PlaceInflection
{
    /// <summary>The names that a folded word may be a form of.</summary>
    public static IEnumerable<string> Forms(string word)
    {
        if (word.Length < 4)
        {
            yield break;
        }

        switch (word[0])
        {
            case 'd' or 'l' or 'n': // French, Haitian Creole: d'Atlanta
                yield return word[1..];
                break;

            case >= '\u0400' and <= '\u052F': // Russian, Ukrainian
                foreach (var form in Cyrillic(word))
                {
                    yield return form;
                }

                break;

            case 'ب' or 'ل' or 'و' or 'ف': // Arabic: "in", "for", "and"
                yield return word[1..];
                if (word[1] == 'ا' && word[2] == 'ل')
                {
                    yield return word[3..];
                }

                break;

            case 'ا' when word[1] == 'ل':
                yield return word[2..];
                break;

            case 'በ' or 'ለ' or 'ከ' or 'የ': // Amharic: "in", "for", "from", "of"
                yield return word[1..];
                break;
        }
    }

    private static IEnumerable<string> Cyrillic(string word)
    {
        var stem = word[..^1];
        switch (word[^1])
        {
            case 'е' or 'у' or 'і' or 'ю':
                yield return stem; // Хьюстоне
                yield return stem + "а"; // Тампе, Атланту
                yield return stem + "я";
                yield return stem + "ь"; // Сиэтле has none; Миссуле
                break;
            case 'а' or 'ы':
                yield return stem;
                yield return stem + "а";
                break;
            case 'и' or 'ї':
                yield return stem + "я"; // Филадельфии
                yield return stem + "ь";
                yield return stem + "а";
                break;
            case 'м' when word.Length > 5:
                yield return word[..^2];
                break;
        }
    }
}
