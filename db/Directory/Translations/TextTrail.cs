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
    /// <param name="moves">What <see cref="MovesOf"/> returns for the versions, if it is known.</param>
    public static IReadOnlyList<TextTrail> Of(IReadOnlyList<(Revision? Revision, Entry Entry)> versions, string language, IReadOnlyList<MovedTexts>? moves = null)
    {
        moves ??= MovesOf(versions);
        var tracks = new Dictionary<string, Track>(StringComparer.Ordinal);
        var (own, text) = (new Dictionary<string, string>(StringComparer.Ordinal), new Dictionary<string, string>(StringComparer.Ordinal));
        (Entry? Entry, Translation? Translation) last = default;
        foreach (var (number, (revision, entry)) in versions.Index())
        {
            var (ownNow, translation) = (TranslatableTexts.Of(entry).ToDictionary(t => t.Path, t => t.Text, StringComparer.Ordinal), TranslatableTexts.Find(entry, language));
            var textNow = translation is null ? [] : TranslatableTexts.Of(translation);
            var moved = number == 0 ? null : moves[number - 1];
            // A translation that was dated anew counts as read again as a whole.
            var isReadAgain = translation is not null && (last.Translation is null || IsOnlyDatedAnew(last.Translation, translation));
            var next = new Dictionary<string, Track>(StringComparer.Ordinal);
            foreach (var path in ownNow.Keys.Union(textNow.Keys))
            {
                var words = textNow.GetValueOrDefault(path);
                var origin = OriginOf(path, words, moved, text);
                var track = next[path] = origin is not null && tracks.TryGetValue(origin, out var known) ? known.Copy() : new Track();
                var former = origin is null ? null : own.GetValueOrDefault(origin);
                if (ownNow.TryGetValue(path, out var original) && former != original)
                {
                    track.Changed(revision);
                }

                if (words is not null && (origin is null || text.GetValueOrDefault(origin) != words))
                {
                    track.Made(revision, translation!.Provenance, original);
                }
                else if (words is not null && isReadAgain)
                {
                    track.ReadAgain(original);
                }
            }

            (tracks, own, text, last) = (next, ownNow, textNow, (entry, translation));
        }

        return last.Entry is null ? [] : [.. TranslatableTexts.Of(last.Entry).Select(t => (tracks.GetValueOrDefault(t.Path) ?? new Track()).Of(t, text.GetValueOrDefault(t.Path)))];
    }

    /// <summary>Where texts went from each version to the next.</summary>
    public static IReadOnlyList<MovedTexts> MovesOf(IReadOnlyList<(Revision? Revision, Entry Entry)> versions) =>
        [.. versions.Zip(versions.Skip(1), (before, after) => MovedTexts.Between(before.Entry, after.Entry))];

    /// <summary>
    /// Where a text and its translation were in the version before; null if the text is new. A translation that stayed behind when its
    /// original moved has its own place as its origin.
    /// </summary>
    private static string? OriginOf(string path, string? words, MovedTexts? moved, Dictionary<string, string> text)
    {
        var source = moved is null ? path : moved.SourceOf(path);
        return words is null || (source is not null && text.GetValueOrDefault(source) == words) || text.GetValueOrDefault(path) != words ? source : path;
    }

    private static bool IsOnlyDatedAnew(Translation old, Translation now) =>
        old.TranslatedOn != now.TranslatedOn && old with { TranslatedOn = now.TranslatedOn, Provenance = now.Provenance, Texts = now.Texts } == now && old.Texts.SequenceEqual(now.Texts);

    private sealed class Track
    {
        private readonly List<Revision> _changes = [];

        public Track()
        {
        }

        private Track(Track other) => (_changes, _madeFor, _provenance, _written) = ([.. other._changes], other._madeFor, other._provenance, other._written);

        private string? _madeFor;

        private string? _provenance;

        private Revision? _written;

        public Track Copy() => new(this);

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
