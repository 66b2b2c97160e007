using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Geography;
using HealthEquity.Search.Columns;
using HealthEquity.Search.Text;

namespace HealthEquity.Search.Index;

/// <summary>Runs one query: every condition produces a set of ordinals, and the result is their intersection.</summary>
internal ref struct SearchRun
{
    /// <summary>With fewer exact matches than this, similar spellings are tried.</summary>
    private const int FuzzyThreshold = 3;

    private readonly DirectorySnapshot _snapshot;
    private readonly IndexColumns _columns;
    private readonly SearchWorkspace _workspace;
    private readonly SearchQuery _query;
    private readonly List<(SearchField Field, ulong[] Holders)> _fieldFilters = [];
    private Span<float> _chords;
    private QuestionRun _question;
    private bool _hasText;
    private bool _fuzzy;

    /// <summary>Prepares a query.</summary>
    public SearchRun(DirectorySnapshot snapshot, SearchWorkspace workspace, SearchQuery query)
    {
        _snapshot = snapshot;
        _columns = snapshot.Columns;
        _workspace = workspace;
        _query = query;
    }

    /// <summary>Runs the query.</summary>
    public SearchResult Answer()
    {
        if (_query.Sort == SearchSort.Distance && _query.Near is null && _query.Places.Count == 0)
        {
            throw new ArgumentException("Sorting by distance requires a place.");
        }

        ReadFieldFilters();
        var others = AllButFields();
        if (_query.IsUnderstood)
        {
            if (_query.Places.Count > 0)
            {
                _chords = _workspace.Chords(_snapshot.Ordinals);
                foreach (var place in _query.Places)
                {
                    _columns.Points.Chords(place.Point, _chords);
                }
            }

            _question = new QuestionRun(_snapshot, _workspace, _query, _chords, Matching(others, ignoredField: null));
            Bitmap.And(others, _question.Matches());
            _fuzzy = _question.IsFuzzy;
        }

        var matches = Matching(others, ignoredField: null);
        var total = Bitmap.Count(matches);
        return new SearchResult
        {
            Total = total,
            Hits = Page(matches, total),
            Facets = [.. Facets(others, matches)],
            Fuzzy = _fuzzy,
            Radius = _query.IsUnderstood ? _question.Radius : null,
            Dropped = _query.IsUnderstood ? _question.Dropped : [],
        };
    }

    /// <summary>The matches of every condition except filters on fields.</summary>
    private Span<ulong> AllButFields()
    {
        var matches = _workspace.Set();
        _snapshot.Alive.CopyTo(matches);
        MatchText(matches);
        MatchNear(matches);
        MatchPeople(matches);
        MatchDays(matches);
        if (_query.OpenAt is { } moment)
        {
            var open = _workspace.Set();
            _columns.Opening.OpenAt(moment, open, _snapshot.Ordinals);
            Bitmap.And(matches, open);
        }

        return matches;
    }

    private void MatchText(Span<ulong> matches)
    {
        if (string.IsNullOrWhiteSpace(_query.Text) || _query.Question is not null)
        {
            return;
        }

        var (snapshot, workspace) = (_snapshot, _workspace);
        var units = TextQueryParser.Read(_columns.Text, _workspace.Stemmers, _query.Text, _query.Language, ServingZip);
        if (units.Count == 0)
        {
            return;
        }

        _hasText = true;
        var hits = _workspace.Set();
        var found = _workspace.Text.Run(units, _snapshot.Ordinals, _snapshot.Alive, namesOnly: false, hits);
        if (found < FuzzyThreshold && AddFuzzyMatches(units, found))
        {
            var more = _workspace.Set();
            if (_workspace.Text.Run(units, _snapshot.Ordinals, _snapshot.Alive, namesOnly: false, more) > found)
            {
                _fuzzy = true;
                hits = more;
            }
        }

        Bitmap.And(matches, hits);

        ulong[]? ServingZip(string zip)
        {
            if (!ZipCodes.TryGet(zip, out _))
            {
                return null;
            }

            var serving = workspace.SetArray();
            snapshot.Columns.Served.Serving(zip, serving.AsSpan(0, snapshot.Alive.Length), workspace.Set());
            return serving;
        }
    }

    /// <summary>Adds similar spellings to unknown and rare words, or to all words if they never occur together.</summary>
    private readonly bool AddFuzzyMatches(List<TextUnit> units, int found)
    {
        const int rare = 2;
        var doubtful = units.Where(u => !u.IsExact && u.Frequency <= rare).ToList();
        if (doubtful.Count == 0 && found == 0)
        {
            doubtful = units.Where(u => !u.IsExact).ToList();
        }

        var added = false;
        foreach (var unit in doubtful)
        {
            added |= TextQueryParser.AddFuzzy(_columns.Text, unit, anyFrequency: found == 0);
        }

        return added;
    }

    private void MatchNear(Span<ulong> matches)
    {
        if (_query.Near is not { } place)
        {
            return;
        }

        _chords = _workspace.Chords(_snapshot.Ordinals);
        _columns.Points.Chords(place, _chords);
        if (_query.RadiusMiles is { } radius)
        {
            var limit = PointColumn.SquaredChord(radius);
            foreach (var ordinal in Bitmap.Each(matches))
            {
                if (_chords[ordinal] > limit)
                {
                    Bitmap.Clear(matches, ordinal);
                }
            }
        }
    }

    private readonly void MatchPeople(Span<ulong> matches)
    {
        if (_query.ServesZip.Count > 0)
        {
            var serving = _workspace.Set();
            foreach (var zip in _query.ServesZip)
            {
                var one = _workspace.Set();
                _columns.Served.Serving(zip, one, _workspace.Set());
                Bitmap.Or(serving, one);
            }

            Bitmap.And(matches, serving);
        }

        if (_query.Age is { } age)
        {
            var ages = _columns.Ages.Items;
            foreach (var ordinal in Bitmap.Each(matches))
            {
                if (age < ages[ordinal].Youngest || age > ages[ordinal].Oldest)
                {
                    Bitmap.Clear(matches, ordinal);
                }
            }
        }
    }

    private readonly void MatchDays(Span<ulong> matches)
    {
        if (_query.AssuredSince is { } since)
        {
            var assured = _columns.Assured.Items;
            foreach (var ordinal in Bitmap.Each(matches))
            {
                if (assured[ordinal] == IndexColumns.NoDay || assured[ordinal] < since.DayNumber)
                {
                    Bitmap.Clear(matches, ordinal);
                }
            }
        }

        if (_query.From is not null || _query.To is not null)
        {
            var events = _workspace.Set();
            foreach (var (ordinal, days) in _columns.Events.Items)
            {
                if (ordinal < _snapshot.Ordinals && Bitmap.Has(matches, ordinal) && days.TakesPlace(_query.From, _query.To))
                {
                    Bitmap.Set(events, ordinal);
                }
            }

            Bitmap.And(matches, events);
        }
    }

    private readonly void ReadFieldFilters()
    {
        if (_query.Kinds.Count > 0)
        {
            Add(SearchFields.Kind, _query.Kinds.Select(k => k.Code()));
        }

        foreach (var filter in _query.Terms)
        {
            Add(filter.Field, filter.Values);
        }
    }

    private readonly void Add(SearchField field, IEnumerable<string> values)
    {
        var holders = _workspace.SetArray();
        var vocabularies = _columns.Vocabularies;
        _columns.Field(field).OrInto(holders.AsSpan(0, _snapshot.Alive.Length), values.Select(v => field.ResolveMergedCode(vocabularies, v)));
        _fieldFilters.Add((field, holders));
    }

    private readonly Span<ulong> Matching(Span<ulong> others, SearchField? ignoredField)
    {
        var matches = _workspace.Set();
        others.CopyTo(matches);
        foreach (var (field, holders) in _fieldFilters)
        {
            if (field != ignoredField)
            {
                Bitmap.And(matches, holders);
            }
        }

        return matches;
    }

    private readonly List<FacetCounts> Facets(Span<ulong> others, Span<ulong> matches)
    {
        var facets = new List<FacetCounts>(_query.Facets.Count);
        foreach (var field in _query.Facets)
        {
            var isFiltered = _fieldFilters.Exists(f => f.Field == field);
            facets.Add(new FacetCounts(field, _columns.Field(field).CountIn(isFiltered ? Matching(others, field) : matches)));
        }

        return facets;
    }

    private readonly List<SearchHit> Page(Span<ulong> matches, int total)
    {
        if (_query.Take <= 0 || _query.Skip >= total)
        {
            return [];
        }

        var ordinals = _query.Sort switch
        {
            SearchSort.Name => Walk(_snapshot.State.NameOrder, matches),
            SearchSort.Distance => Nearest(matches, total),
            SearchSort.Relevance when _query.IsUnderstood => BestAnswers(matches, total),
            SearchSort.Relevance when _hasText => BestMatches(matches, total),
            _ => Walk(_snapshot.State.VerifiedOrder, matches),
        };
        var hits = new List<SearchHit>(ordinals.Count);
        foreach (var ordinal in ordinals)
        {
            var isNear = !_chords.IsEmpty && !float.IsPositiveInfinity(_chords[ordinal]);
            hits.Add(new SearchHit(_snapshot.EntryAt(ordinal), isNear ? PointColumn.Miles(_chords[ordinal]) : null));
        }

        return hits;
    }

    private readonly List<int> Walk(int[] order, Span<ulong> matches)
    {
        var page = new List<int>(Math.Min(_query.Take, 128));
        var toSkip = _query.Skip;
        foreach (var ordinal in order)
        {
            if (!Bitmap.Has(matches, ordinal) || toSkip-- > 0)
            {
                continue;
            }

            page.Add(ordinal);
            if (page.Count == _query.Take)
            {
                break;
            }
        }

        return page;
    }

    private readonly List<int> BestAnswers(Span<ulong> matches, int total)
    {
        var best = new TopHits(Math.Min(_query.Skip + _query.Take, total));
        var assured = _columns.Assured.Items;
        foreach (var ordinal in Bitmap.Each(matches))
        {
            best.Add(_question.Key(ordinal, assured[ordinal]), ordinal);
        }

        return best.BestFirst(_query.Skip);
    }

    private readonly List<int> BestMatches(Span<ulong> matches, int total)
    {
        var best = new TopHits(Math.Min(_query.Skip + _query.Take, total));
        var scores = _workspace.Text.Scores;
        var assured = _columns.Assured.Items;
        foreach (var ordinal in Bitmap.Each(matches))
        {
            best.Add(TopHits.Key(scores[ordinal], assured[ordinal]), ordinal);
        }

        return best.BestFirst(_query.Skip);
    }

    /// <summary>Nearest first; entries without a location last.</summary>
    private readonly List<int> Nearest(Span<ulong> matches, int total)
    {
        var best = new TopHits(Math.Min(_query.Skip + _query.Take, total));
        var assured = _columns.Assured.Items;
        foreach (var ordinal in Bitmap.Each(matches))
        {
            best.Add(TopHits.NearestKey(_chords[ordinal], assured[ordinal]), ordinal);
        }

        return best.BestFirst(_query.Skip);
    }
}
