using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Translations;
using HealthEquity.Store.Databases;

namespace HealthEquity.Store.Entries;

/// <summary>One text of an entry in a language, with its history and what people say about it.</summary>
/// <param name="Trail">What happened to it.</param>
/// <param name="Mark">The mark that holds for the text as it is now; null for none.</param>
public sealed record TextHistory(TextTrail Trail, TextMark? Mark)
{
    /// <summary>How the text was made; null if there is none.</summary>
    public string? Provenance => Trail.Text is null ? null : Mark?.Provenance ?? Trail.Provenance;

    /// <summary>Whether a person has compared the translation with the original as it is now.</summary>
    public bool IsReviewed => Mark?.ReviewedBy is not null;

    /// <summary>Whether the original was changed after the translation was made, and nobody has read the translation again since.</summary>
    public bool IsStale => Trail.IsStale && !IsReviewed;
}

/// <summary>Finds out from an entry's revisions what happened to its translated texts.</summary>
public static class TranslationHistory
{
    /// <summary>The paths of the texts that were changed after they were translated, by language.</summary>
    /// <param name="session">A session.</param>
    /// <param name="id">The entry's id.</param>
    /// <param name="now">The entry as it is being edited or shown.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    public static async Task<ILookup<string, string>> OutdatedAsync(DbSession session, Guid id, Entry now, CancellationToken cancellation)
    {
        var versions = (await VersionsAsync(session, id, cancellation)).Append((null, now)).ToList();
        var (marks, moves) = (await TextMarks.ReadAsync(session, id, cancellation), TextTrail.MovesOf(versions));
        return now.Translations.Select(t => t.Language).Distinct()
            .SelectMany(language => Of(versions, marks, language, moves).Where(t => t.IsStale).Select(t => (Language: language, t.Trail.Path)))
            .ToLookup(t => t.Language, t => t.Path);
    }

    /// <summary>All texts of the latest revision in a language, in the order of the entry.</summary>
    public static async Task<IReadOnlyList<TextHistory>> ReadAsync(DbSession session, Guid id, string language, CancellationToken cancellation) =>
        Of(await VersionsAsync(session, id, cancellation), await TextMarks.ReadAsync(session, id, cancellation), language, moves: null);

    private static async Task<IReadOnlyList<(Revision? Revision, Entry Entry)>> VersionsAsync(DbSession session, Guid id, CancellationToken cancellation) =>
        [.. (await EntryStore.ListRevisionsAsync(session, id, cancellation)).Reverse().Select(r => ((Revision?)r, EntryJson.Read(r.Body)))];

    private static IReadOnlyList<TextHistory> Of(IReadOnlyList<(Revision? Revision, Entry Entry)> versions, IReadOnlyList<TextMark> marks, string language, IReadOnlyList<MovedTexts>? moves)
    {
        // A mark holds for a text and its translation, wherever they are now.
        var known = marks.Where(m => m.Language == language).ToLookup(m => m.Pair, StringComparer.Ordinal);
        return [.. TextTrail.Of(versions, language, moves).Select(t => new TextHistory(t, MarkOf(t)))];

        TextMark? MarkOf(TextTrail trail) =>
            trail.Text is { } text ? known[TextMark.PairOf(trail.Original, text)].OrderBy(m => m.Path != trail.Path).FirstOrDefault() : null;
    }
}
