using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Geography;
using HealthEquity.Directory.Text;
using HealthEquity.Search.Columns;
using HealthEquity.Search.Text;

namespace HealthEquity.Search.Index;

/// <summary>Computes completions of the typed text.</summary>
internal sealed class CompletionRun
{
    private readonly DirectorySnapshot _snapshot;
    private readonly SearchWorkspace _workspace;
    private readonly string _language;
    private readonly string _tag;
    private readonly ulong[] _wanted;

    /// <summary>Prepares suggestions among entries of these kinds.</summary>
    public CompletionRun(DirectorySnapshot snapshot, SearchWorkspace workspace, string? language, IReadOnlyList<EntryKind> kinds)
    {
        _snapshot = snapshot;
        _workspace = workspace;
        _tag = language ?? "";
        _language = Stemmers.Primary(language);
        _wanted = workspace.SetArray();
        if (kinds.Count == 0)
        {
            snapshot.Alive.CopyTo(_wanted, 0);
            return;
        }

        snapshot.Columns.Field(SearchFields.Kind).OrInto(Wanted, kinds.Select(k => k.Code()));
        Bitmap.And(Wanted, snapshot.Alive);
    }

    private Span<ulong> Wanted => _wanted.AsSpan(0, _snapshot.Alive.Length);

    /// <summary>Returns suggestions: first terms and places, because they are few, then entries.</summary>
    public IReadOnlyList<Completion> Answer(string text, int take)
    {
        var prefix = FoldWords(text);
        if (take <= 0 || prefix.Length == 0)
        {
            return [];
        }

        var general = Labels(prefix).Concat(Places(prefix)).OrderByDescending(s => s.Count).ThenBy(s => s.Text, StringComparer.Ordinal).ToList();
        var entries = Entries(text, take);
        var generalCount = Math.Max(take - entries.Count, Math.Min(general.Count, (take + 1) / 2));
        return [.. general.Take(generalCount).Concat(entries).Take(take)];
    }

    private List<Completion> Entries(string text, int take)
    {
        var units = TextQueryParser.Read(_snapshot.Columns.Text, _workspace.Stemmers, text, _language, _ => null);
        var hits = _workspace.Set();
        if (units.Count == 0 || _workspace.Text.Run(units, _snapshot.Ordinals, Wanted, namesOnly: true, hits) == 0)
        {
            return [];
        }

        var best = new TopHits(take);
        foreach (var ordinal in Bitmap.Each(hits))
        {
            best.Add(TopHits.Key(_workspace.Text.Scores[ordinal], _snapshot.Columns.Assured[ordinal]), ordinal);
        }

        return best.BestFirst(0).ConvertAll(o => new Completion
        {
            Type = SuggestionType.Entry,
            Text = _snapshot.EntryAt(o).Name,
            Entry = _snapshot.EntryAt(o),
            Count = 1,
        });
    }

    /// <summary>Labels with a word that starts with the typed text, of terms that entries have.</summary>
    private IEnumerable<Completion> Labels(string prefix)
    {
        foreach (var label in _snapshot.Columns.Labels.StartingWith(prefix, _tag))
        {
            if (_snapshot.Columns.Field(label.Field).Find(label.Value)?.CountIn(Wanted) is { } count and > 0)
            {
                yield return new Completion { Type = SuggestionType.Term, Text = label.Text, Field = label.Field, Value = label.Value, Count = count };
            }
        }
    }

    private IEnumerable<Completion> Places(string prefix)
    {
        var (counties, cities) = (_snapshot.Columns.Field(SearchFields.County).Values, _snapshot.Columns.Cities.Values);
        foreach (var state in States.All.Where(s => FoldWords(s.Name).StartsWith(prefix, StringComparison.Ordinal)))
        {
            if (Place(SearchFields.State, state.Code, state.Name) is { } found)
            {
                yield return found;
            }
        }

        const int afterState = 3; // a county's code is "FL:Miami-Dade County"
        for (var i = 0; i < counties.Count; i++)
        {
            var (code, folded, _) = counties[i];
            if (folded.Length > afterState && folded.AsSpan(afterState).StartsWith(prefix) && Place(SearchFields.County, code, $"{code[afterState..]}, {code[..2]}") is { } found)
            {
                yield return found;
            }
        }

        for (var i = 0; i < cities.Count; i++)
        {
            var (city, folded, holders) = cities[i];
            if (folded.StartsWith(prefix, StringComparison.Ordinal) && holders.CountIn(Wanted) is var count and > 0)
            {
                yield return new Completion { Type = SuggestionType.Place, Text = city, Count = count };
            }
        }
    }

    private Completion? Place(SearchField field, string value, string text) =>
        _snapshot.Columns.Field(field).Find(value)?.CountIn(Wanted) is { } count and > 0
            ? new Completion { Type = SuggestionType.Place, Text = text, Field = field, Value = value, Count = count }
            : null;

    /// <summary>The folded words of a text, separated by one space.</summary>
    internal static string FoldWords(string text) => Folding.Fold(Folding.Compose(text.Trim()));
}
