using HealthEquity.Search.Columns;

namespace HealthEquity.Search.Index;

/// <summary>Which entries a place has, and how near each is: those located there, and those that serve it from elsewhere.</summary>
internal ref struct PlaceRun
{
    /// <summary>Fewer than this, and the search goes farther.</summary>
    public const int Enough = 5;

    /// <summary>How far a search goes, miles; after the last it goes through the state.</summary>
    public static readonly IReadOnlyList<double> Radii = [25, 50, 100];

    private const float HalfwayMiles = 20;
    private const float ServesLocally = 0.7f;
    private const float ServesState = 0.5f;
    private const float ServesNation = 0.42f;

    private readonly DirectorySnapshot _snapshot;
    private readonly SearchWorkspace _workspace;
    private readonly IReadOnlyList<SearchPlace> _places;
    private readonly ReadOnlySpan<float> _chords;
    private readonly Span<ulong> _local;
    private readonly Span<ulong> _state;
    private readonly Span<ulong> _everywhere;
    private readonly Span<ulong> _inside;
    private readonly double _reach;

    /// <summary>Prepares the sets of places.</summary>
    /// <param name="snapshot">The directory.</param>
    /// <param name="workspace">The arrays.</param>
    /// <param name="places">The places; one at least.</param>
    /// <param name="chords">How far each entry is from the nearest of them.</param>
    /// <param name="withTexts">True when materials and policy actions, which are nowhere, belong to every place.</param>
    public PlaceRun(DirectorySnapshot snapshot, SearchWorkspace workspace, IReadOnlyList<SearchPlace> places, ReadOnlySpan<float> chords, bool withTexts)
    {
        _snapshot = snapshot;
        _workspace = workspace;
        _places = places;
        _chords = chords;
        _local = workspace.Set();
        _state = workspace.Set();
        _everywhere = workspace.Set();
        _inside = workspace.Set();
        _reach = places.Max(p => p.Reach);
        IsState = places.All(p => p.Extent == PlaceExtent.State);
        var columns = snapshot.Columns;
        foreach (var place in places)
        {
            if (place.Extent == PlaceExtent.State)
            {
                columns.Served.SayTheyServeStates(place.States, _local);
                columns.Served.InStates(place.States, _inside);
            }
            else
            {
                columns.Served.SayTheyServe(place.Counties, place.Zip, _local);
                columns.Served.OnlyInCounties(place.Counties, _inside);
                columns.Served.SayTheyServeStates(place.States, _state);
                if (place.Extent == PlaceExtent.County)
                {
                    columns.Served.InCounties(place.Counties, _inside);
                }
            }
        }

        columns.Served.Nationwide(_everywhere);
        if (withTexts)
        {
            columns.Field(SearchFields.Kind).OrInto(_everywhere, ["material", "policyAction"]);
        }
    }

    /// <summary>True when the whole of the place is a state or more, so that there is no radius.</summary>
    public bool IsState { get; }

    /// <summary>The entries within so many miles and those that serve the place; with no radius, those of the state.</summary>
    /// <param name="miles">The radius; null for the state.</param>
    /// <param name="nearby">Receives those that are located there, or serve just that place.</param>
    /// <returns>Those, and those that serve the state or the nation.</returns>
    public readonly Span<ulong> Within(double? miles, Span<ulong> nearby)
    {
        _local.CopyTo(nearby);
        Bitmap.Or(nearby, _inside);
        if (!IsState)
        {
            var limit = PointColumn.SquaredChord((miles ?? Radii[^1]) + _reach);
            Bitmap.OrAtMost(nearby, _chords[.._snapshot.Ordinals], limit);

            if (miles is null)
            {
                _snapshot.Columns.Served.InStates(_places.SelectMany(p => p.States), nearby);
            }
        }

        var all = _workspace.Set();
        nearby.CopyTo(all);
        Bitmap.Or(all, _state);
        Bitmap.Or(all, _everywhere);
        return all;
    }

    /// <summary>How near an entry is, from 1, in the middle, toward 0.</summary>
    public readonly float Nearness(int ordinal)
    {
        var near = Bitmap.Has(_local, ordinal) ? ServesLocally
            : Bitmap.Has(_state, ordinal) ? ServesState
            : Bitmap.Has(_everywhere, ordinal) ? ServesNation
            : 0.05f;
        if (Bitmap.Has(_inside, ordinal))
        {
            // Of a county or a state all parts are equally good; those in the middle a little better.
            return Math.Max(near, float.IsPositiveInfinity(_chords[ordinal]) ? 0.9f : 1 / (1 + ((float)PointColumn.Miles(_chords[ordinal]) / 2000)));
        }

        if (float.IsPositiveInfinity(_chords[ordinal]))
        {
            return near;
        }

        var miles = (float)PointColumn.Miles(_chords[ordinal]) - (float)(_reach / 2);
        return Math.Max(near, 1 / (1 + (Math.Max(0, miles) / HalfwayMiles)));
    }
}
