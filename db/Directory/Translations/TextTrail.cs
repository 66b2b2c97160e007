using HealthEquity.Directory.Entries;

namespace HealthEquity.Directory.Translations;

/// <summary>What happened to one text of an entry and its translation.</summary>
public sealed record TextTrail
{
    /// <summary>Where the text is in the entry.</summary>
    public required string Path { get; init; }

    /// <summary>The text in the entry's own language, as it is now.</summary>
    public required string Original { get; init; }

    /// <summary>True for the name of a person or an organization, which usually stays as it is.</summary>
    public bool IsOptional { get; init; }

    /// <summary>The translation; null for none.</summary>
    public string? Text { get; init; }

    /// <summary>The original as it was when the translation was made or read again; null if there was none.</summary>
    public string? MadeFor { get; init; }

    /// <summary>How the translation was made at the time.</summary>
    public string? Provenance { get; init; }

    /// <summary>The revision that brought the translation; null if it is not saved yet.</summary>
    public Revision? Written { get; init; }

    /// <summary>The revisions that have changed the original since, oldest first.</summary>
    public IReadOnlyList<Revision> Changes { get; init; } = [];

    /// <summary>True if the translation is missing.</summary>
    public bool IsMissing => Text is null && !IsOptional;

    /// <summary>True if the original was changed after the translation was made.</summary>
    public bool IsStale => Text is not null && MadeFor != Original;

    /// <summary>The texts of the last version, in the order of the entry.</summary>
    /// <param name="versions">The versions of an entry, oldest first. The last one may be what is being edited now.</param>
    /// <param name="language">The translation's language.</param>
    public static IReadOnlyList<TextTrail> Of(IEnumerable<(Revision? Revision, Entry Entry)> versions, string language)
    {
        var tracks = new Dictionary<string, Track>(StringComparer.Ordinal);
        var (own, text) = (new Dictionary<string, string>(StringComparer.Ordinal), new Dictionary<string, string>(StringComparer.Ordinal));
        (Entry? Entry, Translation? Translation) last = default;
        foreach (var (revision, entry) in versions)
        {
            var (ownNow, translation) = (TranslatableTexts.Of(entry).ToDictionary(t => t.Path, t => t.Text, StringComparer.Ordinal), TranslatableTexts.Find(entry, language));
            var textNow = translation is null ? [] : TranslatableTexts.Of(translation);
            foreach (var path in ownNow.Keys.Where(p => own.GetValueOrDefault(p) != ownNow[p]))
            {
                TrackOf(path).Changed(revision);
            }

            // A translation that was dated anew counts as read again as a whole.
            var isReadAgain = translation is not null && (last.Translation is null || IsOnlyDatedAnew(last.Translation, translation));
            foreach (var (path, words) in textNow)
            {
                if (text.GetValueOrDefault(path) != words)
                {
                    TrackOf(path).Made(revision, translation!.Provenance, ownNow.GetValueOrDefault(path));
                }
                else if (isReadAgain)
                {
                    TrackOf(path).ReadAgain(ownNow.GetValueOrDefault(path));
                }
            }

            (own, text, last) = (ownNow, textNow, (entry, translation));
        }

        return last.Entry is null ? [] : [.. TranslatableTexts.Of(last.Entry).Select(t => TrackOf(t.Path).Of(t, text.GetValueOrDefault(t.Path)))];

        Track TrackOf(string path) => tracks.TryGetValue(path, out var track) ? track : tracks[path] = new Track();
    }

    private static bool IsOnlyDatedAnew(Translation old, Translation now) =>
        old.TranslatedOn != now.TranslatedOn && old with { TranslatedOn = now.TranslatedOn, Provenance = now.Provenance, Texts = now.Texts } == now && old.Texts.SequenceEqual(now.Texts);

    private sealed class Track
    {
        private readonly List<Revision> _changes = [];

        private string? _madeFor;

        private string? _provenance;

        private Revision? _written;

        public void Changed(Revision? revision)
        {
            if (revision is not null)
            {
                _changes.Add(revision);
            }
        }

        public void Made(Revision? revision, string provenance, string? original)
        {
            (_written, _provenance) = (revision, provenance);
            ReadAgain(original);
        }

        public void ReadAgain(string? original)
        {
            _madeFor = original;
            _changes.Clear();
        }

        public TextTrail Of(TranslatableText original, string? text) => new()
        {
            Path = original.Path,
            Original = original.Text,
            IsOptional = original.IsOptional,
            Text = text,
            MadeFor = text is null ? null : _madeFor,
            Provenance = text is null ? null : _provenance,
            Written = text is null ? null : _written,
            Changes = [.. _changes],
        };
    }
}
