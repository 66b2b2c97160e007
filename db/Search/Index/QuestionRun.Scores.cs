using HealthEquity.Search.Columns;

namespace HealthEquity.Search.Index;

// What each part of a question adds to the score of an entry.
internal ref partial struct QuestionRun
{
    private const float KindPoints = 30;
    private const float NeedPoints = 40;
    private const float WishPoints = 9;
    private const float WordPoints = 22;
    private const float LabelPoints = 6;
    private const float OwnKind = 0.7f;
    private const int MostOfTheWords = 60;

    private readonly void ScoreMeanings(QuestionUnits units)
    {
        var scores = _workspace.Question;
        foreach (var (role, terms) in units.Meanings)
        {
            var points = role switch
            {
                QuestionRole.Kind => KindPoints,
                QuestionRole.KindOfNeed => KindPoints / 3,
                QuestionRole.Need => NeedPoints,
                _ => WishPoints,
            };
            // The best first: whoever has several of the terms gets the points of the best.
            var counted = _workspace.Set();
            foreach (var (term, worth) in terms.Select(t => (t, t.Field == SearchFields.Language ? 1 : points * t.Weight)).OrderByDescending(t => t.Item2))
            {
                var holders = _columns.Field(term.Field).Find(term.Field.ResolveMergedCode(_columns.Vocabularies, term.Value));
                scores.AddOnce(holders, worth, _candidates, counted);
                if (role is QuestionRole.Kind or QuestionRole.KindOfNeed && term.Weight >= OwnKind)
                {
                    holders?.OrInto(_ownKinds);
                }
            }

            Bitmap.Or(
                role switch
                {
                    QuestionRole.Kind or QuestionRole.KindOfNeed => _kinds,
                    QuestionRole.Need => _needs,
                    _ => _wishes,
                },
                counted);
        }
    }

    private readonly void ScoreWords(QuestionUnits units)
    {
        var scores = _workspace.Question;
        var count = _snapshot.Ordinals;
        var names = units.Words.Count + units.LooseWords.Count;
        foreach (var (unit, factor) in units.Understood)
        {
            // What most entries say tells them not apart, and is long to go through.
            if (unit.IsEverywhere(count))
            {
                if (factor >= QuestionUnits.NeedFactor)
                {
                    foreach (var (postings, _) in unit.Alternatives)
                    {
                        postings.OrInto(_saidNeeds);
                    }
                }

                continue;
            }

            names++;
            var rarity = unit.Rarity(count);
            foreach (var (postings, fit) in unit.Alternatives)
            {
                scores.Raise(postings, rarity * fit * factor, most: NeedPoints * factor);
            }

            scores.Add(share: 0, isName: true, factor >= QuestionUnits.NeedFactor ? _saidNeeds : []);
        }

        foreach (var unit in units.Labels.SelectMany(l => l).Where(u => !u.IsEverywhere(count)))
        {
            foreach (var (postings, fit) in unit.Alternatives)
            {
                scores.Raise(postings, fit * unit.Rarity(count) / 4, LabelPoints);
            }

            scores.Add(share: 0, isName: false, []);
        }

        // A word that nobody uses asks for as much as half of a rare one.
        var most = TellsAStory ? WordPoints / 3 : units.NamesKind || units.NamesNeed ? WordPoints : float.MaxValue;
        var total = units.Words.Sum(w => w.Frequency == 0 ? MathF.Log(1 + count) / 2 : w.Rarity(count));
        foreach (var unit in units.Words)
        {
            var rarity = unit.Rarity(count);
            foreach (var (postings, fit) in unit.Alternatives)
            {
                scores.Raise(postings, rarity * fit, most);
            }

            scores.Add(share: (int)MathF.Ceiling(100 * rarity / total), isName: true, _someWords);
        }

        foreach (var unit in units.LooseWords)
        {
            foreach (var (postings, fit) in unit.Alternatives)
            {
                scores.Raise(postings, unit.Rarity(count) * fit, most);
            }

            scores.Add(share: 0, isName: true, _someWords);
        }

        scores.AtLeast(MostOfTheWords, units.Words.Count > 0 ? _words : [], names > 1 ? names : int.MaxValue, _names);
    }
}
