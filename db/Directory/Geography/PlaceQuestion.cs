using System.Collections.Frozen;

namespace HealthEquity.Directory.Geography;

/// <summary>What the words of a question say about a place that may stand among them.</summary>
internal readonly ref struct PlaceQuestion
{
    private static readonly FrozenSet<string> RoadEndings = FrozenSet.Create(
        StringComparer.Ordinal, "rd", "road", "ave", "avenue", "blvd", "boulevard", "hwy", "highway", "pkwy", "parkway", "ln", "lane", "dr", "drive", "ter", "terrace", "expy", "fwy", "tpke");

    // Words after a place that make an organization's name of it.
    private static readonly FrozenSet<string> NameEndings = FrozenSet.Create(
        StringComparer.Ordinal, "hospital", "university", "college", "institute", "memorial", "foundation", "isd", "academy", "house", "church", "ministries");

    // Words that make one together with "of" and a place.
    private static readonly FrozenSet<string> NameBeginnings = FrozenSet.Create(
        StringComparer.Ordinal, "university", "charities", "diocese", "archdiocese", "college", "society", "coalition", "service", "services", "association", "league", "u", "casa", "universidad");

    private readonly ReadOnlySpan<PlaceWord> _words;

    public PlaceQuestion(ReadOnlySpan<PlaceWord> words)
    {
        _words = words;
        var (letters, capitals) = (0, 0);
        foreach (var word in words)
        {
            if (char.IsLetter(word.Folded.FirstOrDefault()) && !word.Has(PlaceWordMarks.Unparted))
            {
                letters++;
                capitals += word.Has(PlaceWordMarks.AllCapitals) || (word.Length == 1 && word.Has(PlaceWordMarks.Capitalized)) ? 1 : 0;
            }
        }

        HasCase = letters == 1 || capitals < letters;
    }

    /// <summary>False when everything is in capitals: they say nothing then.</summary>
    public bool HasCase { get; }

    /// <summary>True when a preposition of place in a run of Han, Korean or Khmer stands before or after a name.</summary>
    public static bool HasPreposition(string run, int start, int length)
    {
        var before = run.AsSpan(0, start);
        var after = run.AsSpan(start + length);
        return before.EndsWith("在") || before.EndsWith("住") || before.EndsWith("到") || before.EndsWith("去") || before.EndsWith("នៅ") || before.EndsWith("ក្នុង") || before.EndsWith("ជិត")
            || after.StartsWith("附近") || after.StartsWith("地区") || after.StartsWith("地區") || after.StartsWith("에") || after.StartsWith("근처") || after.StartsWith("지역");
    }

    /// <summary>True when a preposition stands before the word, or before its article: "in the Bronx", "cerca de la Florida".</summary>
    public bool PrepositionBefore(int i)
    {
        if (i == 0 || _words[i].Has(PlaceWordMarks.AfterBreak))
        {
            return false;
        }

        return _words[i - 1].Has(PlaceWordMarks.Preposition)
            || (i > 1 && _words[i - 1].Folded is "the" or "la" or "el" or "los" or "las" && _words[i - 2].Has(PlaceWordMarks.Preposition));
    }

    /// <summary>True when the word after a name is a preposition of Hindi or Punjabi, which follow names.</summary>
    public bool PostpositionAt(int end) =>
        end < _words.Length && _words[end].Has(PlaceWordMarks.Preposition) && _words[end].Folded[0] is >= '\u0900' and <= '\u0A7F';

    /// <summary>True for a number that is no ZIP code: "10301 New Guinea Rd", "12345 dollars", "box 12345", "apt 10001".</summary>
    public bool IsHouseNumber(int i)
    {
        if (i > 0 && _words[i - 1].Folded is "box" or "apt" or "suite" or "ste" or "unit" or "room" or "form" or "case" or "id" or "hwy" or "highway" or "route" or "rd" or "apartado")
        {
            return true;
        }

        if (i + 1 < _words.Length && _words[i + 1].Folded is "dollars" or "dolares" or "usd" or "dola" or "people" or "personas")
        {
            return true;
        }

        for (var next = i + 1; next < _words.Length && next <= i + 5 && !_words[next].Has(PlaceWordMarks.AfterComma | PlaceWordMarks.AfterBreak); next++)
        {
            if (RoadEndings.Contains(_words[next].Folded) || (next > i + 1 && _words[next].Folded is "st" or "street" or "ct" or "court" or "way" or "pl" or "place" or "cir" or "circle" or "trl" or "trail"))
            {
                return true;
            }
        }

        return i + 1 < _words.Length && _words[i + 1].Folded is "calle" or "avenida";
    }

    /// <summary>"LA" is Los Angeles in capitals or last after "in"; "la" is a word.</summary>
    public bool CountsAsTwoLetters(int i, bool preposition)
    {
        var word = _words[i];
        return word.Folded == "dc"
            || (word.Folded == "la" && !word.Has(PlaceWordMarks.AfterComma)
                && ((word.Has(PlaceWordMarks.AllCapitals) && HasCase) || (i == _words.Length - 1 && i > 0 && _words[i - 1].Folded is "in" or "near" or "around")));
    }

    /// <summary>True for a number of five digits.</summary>
    public bool IsZip(int i) => _words[i].Folded.Length == 5 && int.TryParse(_words[i].Folded, out _);

    /// <summary>True when some word after the first has a capital, so that the writer uses them.</summary>
    public bool HasCapitals()
    {
        for (var i = 1; i < _words.Length; i++)
        {
            if (_words[i].Has(PlaceWordMarks.Capitalized) && _words[i].Folded is not "i" && !_words[i].Has(PlaceWordMarks.AfterBreak | PlaceWordMarks.AllCapitals))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>True after a title: "Dr. Austin".</summary>
    public bool IsPerson(int first) => first > 0 && _words[first - 1].Folded is "dr" or "dra" or "mr" or "mrs" or "sr" or "sra";

    /// <summary>True when the words may be an organization's name: "Miami Valley Hospital", "University of Miami".</summary>
    public bool MayBeName(int first, int end)
    {
        if (first > 1 && _words[first - 1].Folded is "of" or "de" && NameBeginnings.Contains(_words[first - 2].Folded))
        {
            return true;
        }

        for (var i = end; i < _words.Length && i < end + 3 && !_words[i].Has(PlaceWordMarks.AfterComma | PlaceWordMarks.AfterBreak | PlaceWordMarks.Preposition); i++)
        {
            if (i == end ? NameEndings.Contains(_words[i].Folded) : _words[i].Folded is "hospital" or "university" or "college")
            {
                return true;
            }
        }

        return end + 1 < _words.Length && (_words[end].Folded, _words[end + 1].Folded) is ("health" or "healthcare", "system" or "network") or ("medical" or "regional", "center" or "centre");
    }

    /// <summary>True when a name is a road's: "Orange Ave", "12 Houston St".</summary>
    public bool IsRoad(int first, int end) =>
        end < _words.Length && !_words[end].Has(PlaceWordMarks.AfterComma | PlaceWordMarks.AfterBreak)
        && (RoadEndings.Contains(_words[end].Folded) || (_words[end].Folded is "st" or "street" && first > 0 && char.IsAsciiDigit(_words[first - 1].Folded.FirstOrDefault())));
}
