using HealthEquity.Search.Columns;

namespace HealthEquity.Search.Index;

/// <summary>
/// Puts entries that speak a language, or that have an immigration status policy, before those that do not say, and those before the
/// rest. Nobody is left out.
/// </summary>
internal ref struct PreferenceRun
{
    private readonly Span<ulong> _speaks;
    private readonly Span<ulong> _saysLanguage;
    private readonly Span<ulong> _status;
    private readonly Span<ulong> _restricted;
    private readonly bool _hasLanguage;
    private readonly bool _hasStatus;

    /// <summary>Prepares the sets.</summary>
    public PreferenceRun(IndexColumns columns, SearchWorkspace workspace, SearchQuery query, QuestionUnits? units)
    {
        var languages = query.PreferredLanguages.Count > 0 ? query.PreferredLanguages : units?.Languages ?? [];
        if (languages.Count > 0)
        {
            _hasLanguage = true;
            _speaks = workspace.Set();
            _saysLanguage = workspace.Set();
            var column = columns.Field(SearchFields.Language);
            column.OrInto(_speaks, languages);
            foreach (var (_, _, holders) in column.Values.Items)
            {
                holders.OrInto(_saysLanguage);
            }
        }

        var status = query.PreferredStatus.Count > 0 ? query.PreferredStatus : units?.Status ?? [];
        if (status.Count > 0)
        {
            _hasStatus = true;
            _status = workspace.Set();
            _restricted = workspace.Set();
            var column = columns.Field(SearchFields.ImmigrationStatus);
            column.OrInto(_status, status.Contains("notAsked") ? [.. status, "notRequired"] : status);
            column.OrInto(_restricted, ["notAsked", "notRequired", "restricted"]);
        }
    }

    /// <summary>True when anything is preferred.</summary>
    public readonly bool Any => _hasLanguage || _hasStatus;

    /// <summary>The rank of an entry, from 0; 15 is the best.</summary>
    /// <param name="ordinal">The entry.</param>
    /// <param name="fits">True when it is of the kind asked for: no other is preferred for its language.</param>
    public readonly int Tier(int ordinal, bool fits)
    {
        var tier = 0;
        if (_hasLanguage)
        {
            tier += 4 * (Bitmap.Has(_speaks, ordinal) ? fits ? 2 : 1 : Bitmap.Has(_saysLanguage, ordinal) ? 0 : 1);
        }

        if (_hasStatus)
        {
            tier += Bitmap.Has(_status, ordinal) ? fits ? 2 : 1 : Bitmap.Has(_restricted, ordinal) ? 0 : 1;
        }

        return tier;
    }
}
