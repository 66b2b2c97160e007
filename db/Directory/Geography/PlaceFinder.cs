using System.Collections.Frozen;

namespace HealthEquity.Directory.Geography;

/// <summary>Finds the places in one question. See README.md beside this file for the rules.</summary>
internal ref struct PlaceFinder
{
    /// <summary>The most words of a name.</summary>
    private const int MaxWords = 6;

    private const int MaxAlternatives = 8;

    private static readonly FrozenSet<string> CountyWords = FrozenSet.Create(StringComparer.Ordinal, "county", "parish", "co", "condado", "cnty", "borough", "municipio");

    private readonly PlaceIndex _index;
    private readonly PlaceQuestion _question;
    private readonly ReadOnlySpan<PlaceWord> _words;
    private readonly List<PlaceFinding> _found = [];

    public PlaceFinder(PlaceIndex index, ReadOnlySpan<PlaceWord> words)
    {
        _index = index;
        _words = words;
        _question = new PlaceQuestion(words);
    }

    /// <summary>The places, in the order in which they are named.</summary>
    public IReadOnlyList<PlaceMatch> Find()
    {
        for (var i = 0; i < _words.Length;)
        {
            i += TryZip(i) is > 0 and var zip ? zip
                : _words[i].Has(PlaceWordMarks.Unparted) ? PlaceRuns.Find(_index, _words[i], i, _question.PrepositionBefore(i), _found)
                : TryNames(i) is > 0 and var name ? name
                : TryCode(i) is > 0 and var code ? code
                : 1;
        }

        if (_found.Count == 0)
        {
            return [];
        }

        PlaceContext.Apply(_index, _found);
        var matches = new List<PlaceMatch>(_found.Count);
        foreach (var finding in _found)
        {
            if (finding.Confidence >= 0.5)
            {
                matches.Add(Match(finding));
            }
        }

        return matches;
    }

    private readonly PlaceMatch Match(PlaceFinding finding)
    {
        var end = finding.First + finding.Count;
        var (first, last) = (_words[finding.First], _words[end - 1]);
        var inRun = finding.RunLength > 0;
        var others = new List<Place>();
        var place = finding.Zip ?? _index.Place(finding.Entities[0]);
        for (var i = 1; i < finding.Entities.Count && others.Count < MaxAlternatives; i++)
        {
            var other = _index.Place(finding.Entities[i]);
            if (other.Label != place.Label && !others.Exists(o => o.Label == other.Label))
            {
                others.Add(other);
            }
        }

        return new PlaceMatch
        {
            FirstWord = finding.First,
            WordCount = finding.Count,
            Start = first.Start + finding.RunStart,
            Length = inRun ? finding.RunLength : last.Start + last.Length - first.Start,
            Place = place,
            Alternatives = others,
            Confidence = Math.Round(finding.Confidence, 2),
            HasPreposition = finding.Preposition || _question.PostpositionAt(end),
            NamesState = finding.State is not null,
            IsContext = finding.IsContext,
            MayBeName = finding.MayBeName,
        };
    }

    private readonly int TryZip(int i)
    {
        var word = _words[i];
        if (word.Folded.Length != 5 || word.Has(PlaceWordMarks.Counted) || !int.TryParse(word.Folded, out _) || _index.Zip(word.Folded) is not { } zip || _question.IsHouseNumber(i))
        {
            return 0;
        }

        // "33130-1234"
        var count = i + 1 < _words.Length && _words[i + 1].Folded.Length == 4 && _words[i + 1].Start == word.Start + 6 && int.TryParse(_words[i + 1].Folded, out _) ? 2 : 1;
        _found.Add(new PlaceFinding { First = i, Count = count, Zip = zip, State = zip.State, Confidence = 0.95, Preposition = _question.PrepositionBefore(i) });
        return count;
    }

    private int TryCode(int i)
    {
        var word = _words[i];
        if (!StateCodes.IsCode(word.Folded))
        {
            return 0;
        }

        var preposition = _question.PrepositionBefore(i);
        if (!StateCodes.CountsAlone(_words, i, _question.HasCase, preposition))
        {
            return 0;
        }

        var code = word.Folded.ToUpperInvariant();
        _found.Add(new PlaceFinding
        {
            First = i,
            Count = 1,
            State = code,
            Entities = [_index.EntityOfState(code)],
            Confidence = preposition || !StateCodes.IsWord(word.Folded) ? word.Has(PlaceWordMarks.AllCapitals) && _question.HasCase ? 0.9 : 0.75 : 0.65,
            Preposition = preposition,
        });
        return 1;
    }

    private int TryNames(int i)
    {
        Span<(int Name, int Words)> names = stackalloc (int, int)[MaxWords];
        var found = Names(i, names);
        while (found-- > 0)
        {
            if (TryName(i, names[found].Words, names[found].Name) is > 0 and var words)
            {
                return words;
            }
        }

        return _words[i].Has(PlaceWordMarks.AfterApostrophe) || _words[i].Folded.FirstOrDefault() >= '\u0400' ? TryInflected(i) : 0;
    }

    // The names that begin with a word, the shortest first.
    private readonly int Names(int i, Span<(int Name, int Words)> names)
    {
        Span<char> key = stackalloc char[PlaceKey.MaxLength];
        var (found, length, hash) = (0, 0, PlaceKey.EmptyHash);
        for (var next = i; next < _words.Length && next < i + MaxWords; next++)
        {
            var word = PlaceKey.Canonical(_words[next].Folded);
            if (word.Length == 0 || length + word.Length + 1 > key.Length || (next > i && _words[next].Has(PlaceWordMarks.AfterComma | PlaceWordMarks.AfterBreak)))
            {
                break;
            }

            if (length > 0)
            {
                key[length++] = ' ';
            }

            word.CopyTo(key[length..]);
            length += word.Length;
            hash = PlaceKey.Add(hash, word);
            if (_index.Find(hash, key[..length]) is > 0 and var name)
            {
                names[found++] = (name, next - i + 1);
            }
        }

        return found;
    }

    private int TryInflected(int i)
    {
        foreach (var form in PlaceInflection.Forms(_words[i].Folded))
        {
            if (_index.Find(PlaceKey.Canonical(form)) is > 0 and var name && TryName(i, 1, name, attached: true) is > 0 and var words)
            {
                return words;
            }
        }

        return 0;
    }

    private int TryName(int i, int count, int name, bool attached = false)
    {
        var entities = new List<int>(4);
        _index.Entities(name, entities);
        var finding = new PlaceFinding { First = i, Count = count, Entities = entities, Name = name, Preposition = attached || _question.PrepositionBefore(i) };
        var isCode = count == 1 && StateCodes.IsCode(_words[i].Folded);
        if (isCode && !_question.CountsAsTwoLetters(i, finding.Preposition))
        {
            return 0;
        }

        TakeCountyWord(finding);
        TakeState(finding);
        if (finding.State is null && (_question.IsPerson(i) || !CountsAlone(finding, isCode)))
        {
            return 0;
        }

        Weigh(finding, isCode);
        _found.Add(finding);
        return finding.Count;
    }

    // "Orange County", "condado de Orange", "Cook Co"
    private readonly void TakeCountyWord(PlaceFinding finding)
    {
        var (first, end) = (finding.First, finding.First + finding.Count);
        var after = end < _words.Length && CountyWords.Contains(_words[end].Folded) && !_words[end].Has(PlaceWordMarks.AfterComma | PlaceWordMarks.AfterBreak)
            && (_words[end].Folded != "co" || !_words[end].Has(PlaceWordMarks.AllCapitals));
        var before = first > 0 && _words[first - 1].Folded is "condado" or "parroquia" ? 1
            : first > 1 && _words[first - 1].Folded is "de" or "of" && _words[first - 2].Folded is "condado" or "county" or "parish" ? 2 : 0;
        if (!after && before == 0)
        {
            return;
        }

        var index = _index;
        var counties = finding.Entities.FindAll(e => index.Kind(e) == PlaceKind.County);
        if (counties.Count > 0)
        {
            // The people of a county decide between counties: a short name's order is that of towns.
            counties.Sort((a, b) => index.Population(b).CompareTo(index.Population(a)));
            finding.Entities.RemoveAll(e => index.Kind(e) == PlaceKind.County);
            finding.Entities.InsertRange(0, counties);
            finding.IsCounty = true;
            finding.Preposition |= before > 0 && _question.PrepositionBefore(first - before);
            (finding.First, finding.Count) = (first - before, finding.Count + before + (after ? 1 : 0));
        }
    }

    // The state after the name: "Houston, TX", "Springfield Missouri", "portland or" at the end.
    private readonly void TakeState(PlaceFinding finding)
    {
        var at = finding.First + finding.Count;
        if (at >= _words.Length || _words[at].Has(PlaceWordMarks.AfterBreak | PlaceWordMarks.Unparted))
        {
            return;
        }

        var (state, count) = StateCodes.IsCode(_words[at].Folded) ? (_words[at].Folded.ToUpperInvariant(), 1) : StateName(at);
        if (state is null || (_words[at].Folded.Length > 2 && LongestName(at) > count))
        {
            // "Denver, Colorado Springs"
            return;
        }

        var index = _index;
        var inState = finding.Entities.FindAll(e => index.StateOf(e) == state && index.Kind(e) != PlaceKind.State);
        var comma = _words[at].Has(PlaceWordMarks.AfterComma);
        if (count == 1 && _words[at].Folded.Length == 2)
        {
            var last = at == _words.Length - 1 || _words[at + 1].Has(PlaceWordMarks.AfterBreak | PlaceWordMarks.AfterComma) || _question.IsZip(at + 1);
            var capitals = _words[at].Has(PlaceWordMarks.AllCapitals) && _question.HasCase;
            if (!capitals && !(comma && last) && StateCodes.IsWord(_words[at].Folded) && !(last && inState.Count > 0))
            {
                return;
            }
        }

        if (inState.Count == 0)
        {
            return;
        }

        // With its state, a name without "County" is the town's: "Marion, IN".
        var towns = finding.IsCounty ? [] : inState.FindAll(e => index.Kind(e) != PlaceKind.County);
        finding.Entities.RemoveAll(inState.Contains);
        finding.Entities.InsertRange(0, [.. towns, .. inState.Except(towns)]);
        finding.State = state;
        finding.Count += count;
    }

    private readonly int LongestName(int at)
    {
        Span<(int Name, int Words)> names = stackalloc (int, int)[MaxWords];
        var found = Names(at, names);
        return found == 0 ? 0 : names[found - 1].Words;
    }

    private readonly (string? State, int Count) StateName(int at)
    {
        Span<char> key = stackalloc char[PlaceKey.MaxLength];
        var length = 0;
        (string?, int) state = (null, 0);
        for (var next = at; next < _words.Length && next < at + 3 && !(next > at && _words[next].Has(PlaceWordMarks.AfterComma | PlaceWordMarks.AfterBreak)); next++)
        {
            var word = PlaceKey.Canonical(_words[next].Folded);
            if (length + word.Length + 1 > key.Length)
            {
                break;
            }

            if (length > 0)
            {
                key[length++] = ' ';
            }

            word.CopyTo(key[length..]);
            length += word.Length;
            if (_index.Find(key[..length]) is > 0 and var name && _index.StateNamed(name) is { } code)
            {
                state = (code, next - at + 1);
            }
        }

        return state;
    }

    private readonly bool CountsAlone(PlaceFinding finding, bool isCode)
    {
        var first = _words[finding.First];
        var kind = _index.Kind(finding.Entities[0]);
        if (finding.IsCounty || isCode || kind is PlaceKind.State or PlaceKind.Region)
        {
            return !_question.IsRoad(finding.First, finding.First + finding.Count) || finding.Preposition;
        }

        var people = _index.Rank(finding.Name);
        var capital = first.Has(PlaceWordMarks.Capitalized) && _question.HasCase && finding.First > 0 && !first.Has(PlaceWordMarks.AfterBreak);
        var small = _question.HasCase && !first.Has(PlaceWordMarks.Capitalized) && first.Folded[0] < '\u0370' && _question.HasCapitals();
        if (_question.IsRoad(finding.First, finding.First + finding.Count) || first.Folded.Length < 2 || !char.IsLetter(first.Folded[0]))
        {
            return false;
        }

        if (kind == PlaceKind.County)
        {
            // "door", "brazos": the short name of a county is often a word.
            var large = _index.Population(finding.Entities[0]);
            return people == PlaceIndex.EverydayRank || (_index.Strength(finding.Name) == NameStrength.Name && large >= (capital || finding.Count > 1 ? 50_000 : 400_000));
        }

        return _index.Strength(finding.Name) switch
        {
            NameStrength.StateOnly => false,
            NameStrength.Word when finding.Preposition => people >= (capital ? 500 : 5_000) && !small && (finding.Count == 1 || first.Has(PlaceWordMarks.Capitalized)),
            NameStrength.Word => (capital && people >= 15_000) || (finding.Count == _words.Length && people >= 50_000)
                || (finding.First + finding.Count == _words.Length && people >= 200_000),
            _ when finding.Count > 1 => finding.Preposition || people >= (capital ? 300 : 500),
            _ when finding.Preposition => !small || people >= 5_000,
            _ => people >= (small ? 20_000 : capital ? 500 : 5_000) || first.Folded[0] >= '\u0370',
        };
    }

    private readonly void Weigh(PlaceFinding finding, bool isCode)
    {
        var end = finding.First + finding.Count;
        var confidence = finding.State is not null ? 0.97 : finding.Preposition ? 0.9 : 0.8;
        if (finding.State is null && _index.Kind(finding.Entities[0]) is not (PlaceKind.State or PlaceKind.Region))
        {
            var people = _index.Population(finding.Entities[0]);
            confidence -= people < 1_000 ? 0.2 : people < 10_000 ? 0.1 : 0;
            confidence -= HasRival(finding.Entities, people) ? 0.1 : 0;
            confidence -= _index.Strength(finding.Name) == NameStrength.Word ? 0.15 : 0;
            confidence -= isCode ? 0.05 : 0;
        }

        finding.MayBeName = finding.State is null && _question.MayBeName(finding.First, end);
        finding.Confidence = Math.Max(0.5, confidence - (finding.MayBeName && !finding.Preposition ? 0.3 : 0));
    }

    // Another place of the name, elsewhere and not much smaller.
    private readonly bool HasRival(List<int> entities, int people)
    {
        for (var i = 1; i < entities.Count && i < 4; i++)
        {
            if (_index.Population(entities[i]) > people / 3)
            {
                var (first, other) = (_index.Place(entities[0]), _index.Place(entities[i]));
                if (first.MilesTo(other.Latitude, other.Longitude) > 60)
                {
                    return true;
                }
            }
        }

        return false;
    }
}
