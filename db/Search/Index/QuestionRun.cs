using HealthEquity.Search.Columns;

namespace HealthEquity.Search.Index;

/// <summary>
/// Finds and ranks the entries that answer a question, or that a place has. Most of what is asked must be there; when nothing has it,
/// words are left out first, then the need, and the place last.
/// </summary>
internal ref partial struct QuestionRun
{
    private const float Somewhere = 0.88f;
    private const float OrganizationSomewhere = 0.65f;
    private const float Open = 1.2f;
    private const float NamePoints = 200;
    private const int FewResults = 3;

    private readonly DirectorySnapshot _snapshot;
    private readonly IndexColumns _columns;
    private readonly SearchWorkspace _workspace;
    private readonly SearchQuery _query;
    private readonly QuestionUnits? _units;
    private readonly PlaceRun _place;
    private readonly bool _hasPlace;
    private readonly ReadOnlySpan<ulong> _candidates;
    private readonly Span<ulong> _kinds;
    private readonly Span<ulong> _ownKinds;
    private readonly Span<ulong> _needs;
    private readonly Span<ulong> _saidNeeds;
    private readonly Span<ulong> _wishes;
    private readonly Span<ulong> _words;
    private readonly Span<ulong> _someWords;
    private readonly Span<ulong> _names;
    private readonly Span<ulong> _everywhere;
    private readonly Span<ulong> _policies;
    private readonly Span<ulong> _organizations;
    private readonly Span<ulong> _open;
    private readonly PreferenceRun _preferences;
    private readonly List<DroppedPart> _dropped = [];

    /// <summary>Scores every entry.</summary>
    /// <param name="snapshot">The directory.</param>
    /// <param name="workspace">The arrays.</param>
    /// <param name="query">The query.</param>
    /// <param name="chords">How far each entry is from the places; not used without any.</param>
    /// <param name="candidates">Those that satisfy every filter: by these it is decided what is left out, and how far to go.</param>
    public QuestionRun(DirectorySnapshot snapshot, SearchWorkspace workspace, SearchQuery query, ReadOnlySpan<float> chords, ReadOnlySpan<ulong> candidates)
    {
        _candidates = candidates;
        _snapshot = snapshot;
        _columns = snapshot.Columns;
        _workspace = workspace;
        _query = query;
        _hasPlace = query.Places.Count > 0;
        _place = _hasPlace ? new PlaceRun(snapshot, workspace, query.Places, chords, withTexts: query.Question is not null) : default;
        _kinds = workspace.Set();
        _ownKinds = workspace.Set();
        _needs = workspace.Set();
        _wishes = workspace.Set();
        _words = workspace.Set();
        _someWords = workspace.Set();
        _names = workspace.Set();
        _saidNeeds = workspace.Set();
        _policies = workspace.Set();
        _columns.Field(SearchFields.Kind).OrInto(_policies, ["policyAction"]);
        _organizations = workspace.Set();
        _columns.Field(SearchFields.Kind).OrInto(_organizations, ["organization"]);
        if (query.PreferOpenAt is { } moment)
        {
            _open = workspace.Set();
            _columns.Opening.OpenAt(moment, _open, snapshot.Ordinals);
        }

        _everywhere = workspace.Set();
        _columns.Served.Nationwide(_everywhere);
        _columns.Field(SearchFields.Kind).OrInto(_everywhere, ["material", "policyAction", "event"]);
        workspace.Question.Begin(snapshot.Ordinals);
        _units = query.Question is null ? null : QuestionUnits.Of(query, _columns.Text, workspace.Stemmers, _columns.Vocabularies);
        _preferences = new PreferenceRun(_columns, workspace, query, _units);
        if (_units is not null)
        {
            ScoreMeanings(_units);
            ScoreWords(_units);
        }
    }

    /// <summary>True when a word was matched by its similar spelling.</summary>
    public readonly bool IsFuzzy => _units?.IsFuzzy == true || _query.Question?.IsCorrected == true;

    /// <summary>What had to be left out.</summary>
    public readonly IReadOnlyList<DroppedPart> Dropped => _dropped;

    /// <summary>How far the search went.</summary>
    public SearchRadius? Radius { get; private set; }

    /// <summary>The entries that answer.</summary>
    public Span<ulong> Matches()
    {
        var strict = Strict();
        if (_units is { LooseWords.Count: > 0 } && !TellsAStory && IsNamed(strict))
        {
            // Somebody is called so: then the words are of a name.
            Bitmap.And(strict, _someWords);
        }

        var matches = InPlace(strict, out var count);
        if (_units is null)
        {
            return matches;
        }

        if (count < FewResults && _units.Words.Count > 0 && !TellsAStory && !(count > 0 && IsNamed(matches)))
        {
            // Whoever has all of the words still comes first, by score.
            var radius = Radius;
            var wider = InPlace(WithoutWords(), out var more);
            if (more > count)
            {
                matches = wider;
                count = more;
                _dropped.Add(DroppedPart.Words);
            }
            else
            {
                Radius = radius;
            }
        }

        if (count == 0 && _units is { NamesNeed: true, NamesKind: true })
        {
            matches = InPlace(_kinds, out count);
            Drop(DroppedPart.Need, count);
        }

        if (count == 0 && _hasPlace)
        {
            matches = WithoutWords();
            count = Bitmap.CountBoth(matches, _candidates);
            Drop(DroppedPart.Place, count);
        }

        if (count == 0)
        {
            // Nobody has it all: then those that have something of it, in the place.
            matches = InPlace(Anything(), out count);
            Drop(DroppedPart.Need, count);
        }

        return matches;
    }

    /// <summary>What orders an entry among the matches: more is better.</summary>
    public readonly ulong Key(int ordinal, int day)
    {
        var score = 1f;
        if (_units is not null)
        {
            score += _workspace.Question.Scores[ordinal];
            if (_units.PolicyFactor != 1 && Bitmap.Has(_policies, ordinal))
            {
                score *= _units.PolicyFactor;
            }
        }

        var isNamed = Bitmap.Has(_names, ordinal);
        if (_hasPlace && !isNamed)
        {
            score *= _place.Nearness(ordinal);
        }
        else if (!_hasPlace && _units is not null && !Bitmap.Has(_everywhere, ordinal))
        {
            // With no place known, who helps everywhere is the better guess; people look for care and lawyers nearby all the same.
            score *= Bitmap.Has(_organizations, ordinal) ? OrganizationSomewhere : Somewhere;
        }

        if (!_open.IsEmpty && Bitmap.Has(_open, ordinal))
        {
            score *= Open;
        }

        if (isNamed)
        {
            score += NamePoints;
        }

        var fits = isNamed || _units is not { SaysKind: true } || Bitmap.Has(_ownKinds, ordinal);
        return ((ulong)_preferences.Tier(ordinal, fits) << 56) | ((ulong)BitConverter.SingleToUInt32Bits(score) << 24) | (uint)(day & 0xFFFFFF);
    }

    private readonly void Drop(DroppedPart part, int found)
    {
        if (found > 0)
        {
            _dropped.Add(part);
        }
    }

    /// <summary>True for a sentence from which a need or a kind was understood: its other words rank, and need not be found.</summary>
    private readonly bool TellsAStory => _query.Question?.IsSentence == true && _units is not null && (_units.NamesKind || _units.NamesNeed);

    /// <summary>Those that have the kind, the need and most of the words.</summary>
    private readonly Span<ulong> Strict()
    {
        var strict = WithoutWords();
        if (_units is { Words.Count: > 0 } && !TellsAStory)
        {
            Bitmap.And(strict, _words);
        }

        return strict;
    }

    /// <summary>Those that have the kind and the need; with neither, those that have one of the words at least.</summary>
    private readonly Span<ulong> WithoutWords()
    {
        var matches = _workspace.Set();
        _snapshot.Alive.AsSpan(0, matches.Length).CopyTo(matches);
        if (_units is null)
        {
            return matches;
        }

        if (_units.NamesKind)
        {
            Bitmap.And(matches, _kinds);
        }

        if (_units.NamesNeed)
        {
            // Who says so in words has it too, though no field says it.
            var needs = _workspace.Set();
            _needs.CopyTo(needs);
            Bitmap.Or(needs, _saidNeeds);
            Bitmap.And(matches, needs);
        }

        if (_units is { NamesKind: false, NamesNeed: false })
        {
            if (_units.Words.Count > 0)
            {
                Bitmap.And(matches, _someWords);
            }
            else if (_units.NamesWish)
            {
                Bitmap.And(matches, _wishes);
            }
        }

        return matches;
    }

    /// <summary>Those that have anything of what was asked.</summary>
    private readonly Span<ulong> Anything()
    {
        var any = _workspace.Set();
        _kinds.CopyTo(any);
        Bitmap.Or(any, _needs);
        Bitmap.Or(any, _saidNeeds);
        Bitmap.Or(any, _wishes);
        Bitmap.Or(any, _someWords);
        Bitmap.And(any, _snapshot.Alive);
        return any;
    }

    /// <summary>True when one of the matches has all the words in its name: then that is what was asked for.</summary>
    private readonly bool IsNamed(ReadOnlySpan<ulong> matches)
    {
        var named = _workspace.Set();
        _names.CopyTo(named);
        Bitmap.And(named, matches);
        return Bitmap.CountBoth(named, _candidates) > 0;
    }

    private Span<ulong> InPlace(ReadOnlySpan<ulong> answering, out int count)
    {
        var matches = _workspace.Set();
        if (!_hasPlace)
        {
            answering.CopyTo(matches);
            OrNames(matches);
            count = Bitmap.CountBoth(matches, _candidates);
            return matches;
        }

        var nearby = _workspace.Set();
        var widest = _place.IsState ? 1 : _query.RadiusMiles is null ? PlaceRun.Radii.Count + 1 : 1;
        for (var step = 0; step < widest; step++)
        {
            double? miles = _place.IsState || step == PlaceRun.Radii.Count ? null : _query.RadiusMiles ?? PlaceRun.Radii[step];
            nearby.Clear();
            var all = _place.Within(miles, nearby);
            Bitmap.And(nearby, answering);
            answering.CopyTo(matches);
            Bitmap.And(matches, all);
            Radius = new SearchRadius(miles, IsWidened: step > 0, IsState: miles is null);
            if (Bitmap.CountBoth(nearby, _candidates) >= PlaceRun.Enough)
            {
                break;
            }
        }

        OrNames(matches);
        count = Bitmap.CountBoth(matches, _candidates);
        return matches;
    }

    /// <summary>What is called so is found wherever it is, unless the place was plainly said.</summary>
    private readonly void OrNames(Span<ulong> matches)
    {
        if (!_hasPlace || _query.Places.Any(p => p.MayBeName))
        {
            var named = _workspace.Set();
            _names.CopyTo(named);
            Bitmap.And(named, _snapshot.Alive);
            Bitmap.Or(matches, named);
        }
    }
}
