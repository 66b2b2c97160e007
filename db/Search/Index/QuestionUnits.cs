using HealthEquity.Directory.Vocabularies;
using HealthEquity.Search.Questions;
using HealthEquity.Search.Text;

namespace HealthEquity.Search.Index;

/// <summary>What a part of a question asks of entries.</summary>
internal enum QuestionRole
{
    /// <summary>A kind of entry: a therapist, a lawyer, a card.</summary>
    Kind,

    /// <summary>A kind that is said together with a need ("hotline"): it ranks a little, for the need says more.</summary>
    KindOfNeed,

    /// <summary>What help is needed with.</summary>
    Need,

    /// <summary>For whom, at what cost, how: it ranks and does not exclude.</summary>
    Wish,
}

/// <summary>The parts of a question by what they ask of entries.</summary>
internal sealed class QuestionUnits
{
    private static readonly string[] Kinds = ["kind", "providerType", "attorneyType", "organizationType"];

    private static readonly string[] Needs = ["specialty", "practiceArea", "situation", "evaluation", "function", "materialType", "eventType", "theme", "help", "crisis"];

    // What people ask that is answered by what institutions do.
    private static readonly string[] PublicSituations = ["schoolIce", "hospitalIce", "schoolBullying", "benefitsFear"];

    /// <summary>How much the words of a need count where they stand in an entry's text.</summary>
    public const float NeedFactor = 0.25f;

    private const float BeingTyped = 0.4f;

    private QuestionUnits()
    {
    }

    /// <summary>The terms of each part, by what the part asks.</summary>
    public List<(QuestionRole Role, IReadOnlyList<MeaningTerm> Terms)> Meanings { get; } = [];

    /// <summary>True when a kind was said for itself ("lawyer"): then only entries of that kind, or that do what it does, answer.</summary>
    public bool NamesKind { get; private set; }

    /// <summary>True when a kind was said, for itself or together with a need.</summary>
    public bool SaysKind { get; private set; }

    /// <summary>True when something is needed.</summary>
    public bool NamesNeed { get; private set; }

    /// <summary>True when there are wishes.</summary>
    public bool NamesWish { get; private set; }

    /// <summary>The words that are looked for as they stand; each may be a run of characters of a script without spaces.</summary>
    public List<TextUnit> Words { get; } = [];

    /// <summary>
    /// Words that are left of what people say ("member" of "family member"), and slips of the pen, beside a need or a kind that was
    /// understood: they rank and need not be found.
    /// </summary>
    public List<TextUnit> LooseWords { get; } = [];

    /// <summary>The words of what was understood, and of a place: they count in names, and a little elsewhere.</summary>
    public List<(TextUnit Unit, float Factor)> Understood { get; } = [];

    /// <summary>For each term that was understood, the words of its English label.</summary>
    public List<List<TextUnit>> Labels { get; } = [];

    /// <summary>Languages that the question asks for.</summary>
    public List<string> Languages { get; } = [];

    /// <summary>Immigration status policies that the question asks for.</summary>
    public List<string> Status { get; } = [];

    /// <summary>How a policy action ranks: high for who asks about policy, low for a person's need.</summary>
    public float PolicyFactor { get; private set; } = 1;

    /// <summary>True when similar spellings were added to a word.</summary>
    public bool IsFuzzy { get; private set; }

    /// <summary>Reads the units of a question.</summary>
    public static QuestionUnits Of(SearchQuery query, TextIndex index, Stemmers stemmers, VocabularySet vocabularies)
    {
        var (units, question) = (new QuestionUnits(), query.Question!);
        var isPersonal = false;
        foreach (var part in question.Parts)
        {
            if (part.IsWord)
            {
                units.AddWord(part, question, index, stemmers, query.Language);
            }
            else if (part.Meanings.Count > 0)
            {
                units.AddMeanings(part);
                isPersonal |= part.Meanings.Any(m => m is { Axis: "specialty" or "practiceArea" or "situation" or "help" or "evaluation" } or { Axis: "kind", Code: "attorney" })
                    || (part.Meanings.Any(m => m is { Axis: "kind", Code: "provider" }) && !part.Meanings.Any(m => Array.IndexOf(Needs, m.Axis) >= 0));
                var hasNeed = part.Meanings.Any(m => Array.IndexOf(Needs, m.Axis) >= 0);
                units.AddLabels(part, index, stemmers, vocabularies);
                units.AddUnderstood(part.Text, hasNeed ? NeedFactor : 0.1f, index, stemmers, query.Language);
            }
        }

        if (units is { NamesKind: false, NamesNeed: false })
        {
            units.Words.AddRange(units.LooseWords);
            units.LooseWords.Clear();
        }

        foreach (var place in query.Places.Where(p => p.MayBeName && p.Start >= 0))
        {
            units.AddUnderstood(question.Text.Substring(place.Start, place.Length), 0.05f, index, stemmers, query.Language);
        }

        var isPublic = question.Meanings.Any(m => m.Axis == "situation" && Array.IndexOf(PublicSituations, m.Code) >= 0);
        units.PolicyFactor = question.IsAboutPolicy ? 1.1f : isPersonal && !isPublic ? 0.3f : 1;
        return units;
    }

    /// <summary>
    /// What a term is called in English counts a little: most entries say of themselves, in their names, what no field of theirs does
    /// ("Children's Guidance Center").
    /// </summary>
    private void AddLabels(QuestionPart part, TextIndex index, Stemmers stemmers, VocabularySet vocabularies)
    {
        foreach (var meaning in part.Meanings.Where(m => m.Axis is "specialty" or "population" or "practiceArea" or "modality"))
        {
            if (MeaningTerms.FieldOf(meaning) is { Vocabulary: { } vocabulary } && vocabularies.Find(vocabulary, meaning.Code) is { } term)
            {
                Labels.Add([.. TextQueryParser.Words(index, stemmers, term.Label, "en").Where(u => u.Word.Length > 3 && !Concepts.Shipped.IsIgnored(u.Word)).Select(English)]);
            }
        }
    }

    /// <summary>The word in English alone: "refugees" is no refuge, as it would be in Spanish.</summary>
    private static TextUnit English(TextUnit unit)
    {
        unit.Alternatives.RemoveAll(a => a.Postings.Term[0] == Concepts.Mark
            || (a.Postings.Term.Contains(Stemmers.Mark) && !a.Postings.Term.EndsWith("en", StringComparison.Ordinal)));
        return unit;
    }

    private void AddMeanings(QuestionPart part)
    {
        if (part.Meanings.All(m => m.Axis == "language"))
        {
            // "Haitian" is of people too: then the language is a wish, and decides nothing.
            Languages.AddRange(part.Meanings.Select(m => m.Code));
        }

        if (part.Meanings.All(m => m.Axis == "immigrationStatus"))
        {
            Status.AddRange(part.Meanings.Select(m => m.Code));
        }

        var needs = Terms(part, m => Array.IndexOf(Needs, m.Axis) >= 0);
        var kinds = Terms(part, m => Array.IndexOf(Kinds, m.Axis) >= 0);
        var wishes = Terms(part, m => Array.IndexOf(Needs, m.Axis) < 0 && Array.IndexOf(Kinds, m.Axis) < 0 && m.Axis is not ("openNow" or Meaning.Place));
        SaysKind |= kinds.Count > 0;
        NamesKind |= kinds.Count > 0 && needs.Count == 0;
        NamesNeed |= needs.Count > 0;
        NamesWish |= wishes.Count > 0;
        Add(needs.Count == 0 ? QuestionRole.Kind : QuestionRole.KindOfNeed, kinds);
        Add(QuestionRole.Need, needs);
        Add(QuestionRole.Wish, wishes);

        void Add(QuestionRole role, List<MeaningTerm> terms)
        {
            if (terms.Count > 0)
            {
                Meanings.Add((role, terms));
            }
        }
    }

    private static List<MeaningTerm> Terms(QuestionPart part, Func<Meaning, bool> isOf) => [.. part.Meanings.Where(isOf).SelectMany(MeaningTerms.Of)];

    private void AddWord(QuestionPart part, ReadQuestion question, TextIndex index, Stemmers stemmers, string? language)
    {
        foreach (var unit in TextQueryParser.Words(index, stemmers, part.Text, language))
        {
            var isGuessed = false;
            if (unit.Frequency == 0 && !unit.IsExact && !part.IsKnown)
            {
                // Nobody uses it: it may be the beginning of a word that is being typed, or a slip of the pen.
                var isLast = part.End == question.Text.TrimEnd().Length;
                if (!(isLast && AddLonger(unit, index)) && !question.IsSentence)
                {
                    IsFuzzy |= isGuessed = TextQueryParser.AddFuzzy(index, unit, anyFrequency: true);
                }
            }

            // A telephone number is no word of a list.
            (isGuessed || (part.IsKnown && part.Text.Any(char.IsLetter)) ? LooseWords : Words).Add(unit);
        }
    }

    private static bool AddLonger(TextUnit unit, TextIndex index)
    {
        const int shortest = 3;
        if (unit.Word.Length < shortest)
        {
            return false;
        }

        foreach (var longer in index.StartingWith(unit.Word))
        {
            unit.Add(longer, BeingTyped);
        }

        return unit.Frequency > 0;
    }

    private void AddUnderstood(string text, float factor, TextIndex index, Stemmers stemmers, string? language) =>
        Understood.AddRange(TextQueryParser.Words(index, stemmers, text, language).Where(u => !Concepts.Shipped.IsIgnored(u.Word)).Select(u => (u, factor)));
}
