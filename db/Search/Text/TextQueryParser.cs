using System.Text;
using System.Text.RegularExpressions;
using HealthEquity.Directory.Geography;
using HealthEquity.Directory.Text;

namespace HealthEquity.Search.Text;

/// <summary>Parses the text of a query into units to search for.</summary>
internal sealed partial class TextQueryParser
{
    private const float OwnLanguageStem = 0.9f;
    private const float OtherLanguageStem = 0.7f;
    private const float Concept = 0.6f;
    private const float Prefix = 0.8f;
    private const float FuzzyMatch = 0.6f;

    private readonly TextIndex _index;
    private readonly string _language;
    private readonly Func<string, ulong[]?> _servingZip;
    private readonly Stemmers _stemmers;
    private readonly List<TextUnit> _units = [];
    private readonly List<string> _ignored = [];

    private TextQueryParser(TextIndex index, Stemmers stemmers, string? language, Func<string, ulong[]?> servingZip)
    {
        _index = index;
        _stemmers = stemmers;
        _language = Stemmers.Primary(language);
        _servingZip = servingZip;
    }

    /// <summary>The units of a text; empty if it has no searchable words.</summary>
    /// <param name="index">The index.</param>
    /// <param name="stemmers">The stemmers.</param>
    /// <param name="text">The query text.</param>
    /// <param name="language">The reader's language.</param>
    /// <param name="servingZip">Returns the entries that serve a ZIP code; null if the number is not a ZIP code.</param>
    public static List<TextUnit> Read(TextIndex index, Stemmers stemmers, string text, string? language, Func<string, ulong[]?> servingZip)
    {
        var parser = new TextQueryParser(index, stemmers, language, servingZip);
        parser.Read(Folding.Compose(text));
        return parser._units;
    }

    /// <summary>The units of words that were already told apart: each as it stands, phone numbers as one.</summary>
    /// <param name="index">The index.</param>
    /// <param name="stemmers">The stemmers.</param>
    /// <param name="text">The words, composed.</param>
    /// <param name="language">The reader's language.</param>
    public static List<TextUnit> Words(TextIndex index, Stemmers stemmers, string text, string? language)
    {
        var question = new TextQueryParser(index, stemmers, language, static _ => null);
        if (text.AsSpan().ContainsAnyInRange('0', '9') && Phone().Match(text) is { Success: true } phone && phone.Length == text.Length)
        {
            question.AddPhone(text);
            return question._units;
        }

        var tokens = new List<Token>();
        Tokenizer.Split(text, tokens);
        foreach (var token in tokens.Where(t => t.Form != TokenForm.Joined).SelectMany(t => Parts(text, t)))
        {
            // A loose accent is a word to the tokenizer, and nothing once it is folded.
            if (Folding.Fold(text.AsSpan(token.Start, token.Length)) is { Length: > 0 } word)
            {
                question._units.Add(question.WordUnit(word, isPrefix: false, token.Form == TokenForm.Pair));
            }
        }

        return question._units;
    }

    /// <summary>"287g" is written "287(g)", and "I765" "I-765": a number and the letters at its end or head are two words.</summary>
    private static IEnumerable<Token> Parts(string text, Token token)
    {
        var word = text.AsSpan(token.Start, token.Length);
        var digits = word.IndexOfAnyInRange('0', '9');
        var letters = word.IndexOfAnyExceptInRange('0', '9');
        var cut = digits == 0 ? letters : digits;
        return digits < 0 || letters < 0 || cut <= 0 || (digits == 0 ? word[cut..].ContainsAnyInRange('0', '9') : word[cut..].ContainsAnyExceptInRange('0', '9'))
            ? [token]
            : [token with { Length = cut }, new Token(token.Start + cut, token.Length - cut, token.Form)];
    }

    /// <summary>Where phone numbers stand in a text.</summary>
    internal static IEnumerable<(int Start, int Length)> Phones(string text) =>
        text.AsSpan().ContainsAnyInRange('0', '9') ? Phone().Matches(text).Select(m => (m.Index, m.Length)) : [];

    /// <summary>The search terms of a phone number: the national number and its last seven digits.</summary>
    public static IEnumerable<string> PhoneTerms(string number)
    {
        var digits = National(number);
        yield return digits;
        if (digits.Length >= 10)
        {
            yield return digits[^7..];
        }
    }

    [GeneratedRegex(@"(?<![\d])(?:\+?1[\s.\-]*)?(?:\(\d{3}\)|\d{3})[\s.\-]*\d{3}[\s.\-]*\d{4}(?!\d)|(?<![\d\-])\d{3}[\s.\-]?\d{4}(?!\d)|\+\d[\d\s.\-()]{7,18}\d", RegexOptions.CultureInvariant)]
    private static partial Regex Phone();

    [GeneratedRegex(@"(?<![\d\-])(\d{5})(?:-\d{4})?(?![\d\-])", RegexOptions.CultureInvariant)]
    private static partial Regex Zip();

    /// <summary>The digits of a number, without the North American country code 1.</summary>
    private static string National(string number)
    {
        var digits = string.Concat(number.Where(char.IsAsciiDigit));
        return digits is ['1', ..] and { Length: 11 } ? digits[1..] : digits;
    }

    private void Read(string text)
    {
        var rest = new StringBuilder(text);
        if (text.AsSpan().ContainsAnyInRange('0', '9'))
        {
            Extract(Zip(), AddZip);
            Extract(Phone(), AddPhone);
        }

        ReadWords(rest.ToString());
        if (_units.Count == 0)
        {
            // Only stop words: search for them.
            _units.AddRange(_ignored.Select(w => WordUnit(w, isPrefix: false)));
        }

        void Extract(Regex pattern, Func<string, bool> take)
        {
            foreach (Match match in pattern.Matches(rest.ToString()))
            {
                if (take(match.Value))
                {
                    rest.Remove(match.Index, match.Length).Insert(match.Index, " ", match.Length);
                }
            }
        }
    }

    private bool AddZip(string value)
    {
        var zip = value[..5];
        if (_servingZip(zip) is not { } serving)
        {
            return false;
        }

        var unit = new TextUnit { Word = zip, IsExact = true, Also = serving };
        unit.Add(_index.Find(zip), 1);
        _units.Add(unit);
        return true;
    }

    private bool AddPhone(string value)
    {
        var digits = National(value);
        var unit = new TextUnit { Word = digits, IsExact = true };
        unit.Add(_index.Find(digits), 1);
        _units.Add(unit);
        return true;
    }

    private void ReadWords(string text)
    {
        var tokens = new List<Token>();
        Tokenizer.Split(text, tokens);
        tokens.RemoveAll(t => t.Form == TokenForm.Joined);
        var words = tokens.ConvertAll(t => Folding.Fold(text.AsSpan(t.Start, t.Length)));
        var mixedCase = text.Any(char.IsLower);
        var taken = 0; // end of the text consumed by a phrase
        for (var i = 0; i < tokens.Count; i++)
        {
            var (token, word) = (tokens[i], words[i]);
            if (token.Start < taken || word.Length == 0)
            {
                continue;
            }

            var isLast = i == tokens.Count - 1 && token.End == text.TrimEnd('.', '?', '!').Length;
            if (PhraseAt(words, i) is { } phrase)
            {
                i += phrase.Words.Length - 1;
                taken = tokens[i].Form == TokenForm.Pair ? tokens[i].End : 0;
                AddPhrase(phrase);
                continue;
            }

            if (token.Form == TokenForm.Pair)
            {
                taken = AddPair(tokens, words, i, isLast);
                continue;
            }

            var isState = mixedCase && token.Length == 2 && IsStateCode(text.AsSpan(token.Start, 2));
            if (!isState && (Concepts.Shipped.IsIgnored(word) || (word.Length == 1 && char.IsLetter(word[0]) && tokens.Count > 1)))
            {
                _ignored.Add(word);
                continue;
            }

            _units.Add(WordUnit(word, isLast));
        }
    }

    /// <summary>Adds a character pair, unless it spans two known words. Returns the end of a known word.</summary>
    private int AddPair(List<Token> tokens, List<string> words, int i, bool isLast)
    {
        var (token, word) = (tokens[i], words[i]);
        var known = Concepts.Shipped.Of(word).Count > 0;
        if (Concepts.Shipped.IsIgnored(word))
        {
            _ignored.Add(word);
            return token.End;
        }

        var next = i + 1 < tokens.Count && tokens[i + 1].Form == TokenForm.Pair && tokens[i + 1].Start < token.End ? words[i + 1] : null;
        var acrossWords = !known && next is not null && (Concepts.Shipped.Of(next).Count > 0 || PhraseAt(words, i + 1) is not null);
        if (!acrossWords && !IsParticle(tokens, words, i))
        {
            _units.Add(WordUnit(word, isLast, isPair: true));
        }

        return known ? token.End : 0;
    }

    /// <summary>True for the last pair of a Korean word if it ends in a particle, which matches need not contain.</summary>
    private static bool IsParticle(List<Token> tokens, List<string> words, int i)
    {
        var endsRun = i + 1 == tokens.Count || tokens[i + 1].Start >= tokens[i].End;
        var beginsRun = i == 0 || tokens[i - 1].End <= tokens[i].Start;
        return endsRun && !beginsRun && words[i].Length == 2 && "을를이가은는에의와과도로".Contains(words[i][1], StringComparison.Ordinal);
    }

    private void AddPhrase(Concepts.Phrase phrase)
    {
        var unit = new TextUnit { Word = phrase.Concept, IsExact = true };
        unit.Add(_index.Find(phrase.Concept), 1);
        _units.Add(unit);
    }

    private static Concepts.Phrase? PhraseAt(List<string> words, int start) =>
        Concepts.Shipped.StartingWith(words[start]).FirstOrDefault(p =>
            start + p.Words.Length <= words.Count && p.Words.Index().All(w => words[start + w.Index] == w.Item));

    private static bool IsStateCode(ReadOnlySpan<char> letters) =>
        char.IsAsciiLetterUpper(letters[0]) && char.IsAsciiLetterUpper(letters[1]) && States.Find(letters.ToString()) is not null;

    private TextUnit WordUnit(string word, bool isPrefix, bool isPair = false)
    {
        var unit = new TextUnit { Word = word, IsPrefix = isPrefix, IsExact = isPair || char.IsAsciiDigit(word[0]) };
        AddForms(unit, word, 1);
        if (isPrefix && (word.Length > 1 || isPair))
        {
            foreach (var longer in _index.StartingWith(word))
            {
                if (longer.Term.Length > word.Length)
                {
                    unit.Add(longer, Prefix);
                }
            }
        }

        return unit;
    }

    /// <summary>Adds the word, its stems in all possible languages, and its concepts.</summary>
    private void AddForms(TextUnit unit, string word, float fit)
    {
        unit.Add(_index.Find(word), fit);
        var concepts = Concepts.Shipped.Of(word).ToList();
        foreach (var language in Stemmers.LanguagesOf(word[0]))
        {
            if (_stemmers.Term(word, language) is { } stem)
            {
                unit.Add(_index.Find(stem), fit * (language == _language || language == "en" ? OwnLanguageStem : OtherLanguageStem));
                concepts.AddRange(Concepts.Shipped.Of(stem).Where(c => !concepts.Contains(c)));
            }
        }

        foreach (var concept in concepts)
        {
            unit.Add(_index.Find(concept), fit * Concept);
        }
    }

    /// <summary>Adds words with a similar spelling. Returns false if there are none.</summary>
    /// <param name="index">The index.</param>
    /// <param name="unit">The unit to extend.</param>
    /// <param name="anyFrequency">False to add only words that are far more frequent: a rare name is not a typo.</param>
    public static bool AddFuzzy(TextIndex index, TextUnit unit, bool anyFrequency)
    {
        const int farMoreFrequent = 20;
        var (before, frequency) = (unit.Alternatives.Count, unit.Frequency);
        foreach (var (near, distance) in FuzzyTerms.Find(index, unit.Word, unit.IsPrefix))
        {
            if (anyFrequency || near.Count >= farMoreFrequent * frequency)
            {
                unit.Add(near, FuzzyMatch / distance);
                foreach (var concept in Concepts.Shipped.Of(near.Term))
                {
                    unit.Add(index.Find(concept), FuzzyMatch / distance * Concept);
                }
            }
        }

        return unit.Alternatives.Count > before;
    }
}
