using HealthEquity.Directory.Comparison;
using HealthEquity.Directory.Entries;

namespace HealthEquity.Store.Starter;

/// <summary>An entry with what a newer release changed, as far as the department had not changed it.</summary>
/// <param name="Entry">The merged entry.</param>
/// <param name="Kept">The fields that both changed. They stay as the department has them.</param>
internal sealed record MergedStarter(Entry Entry, IReadOnlyList<MergeField> Kept);

/// <summary>A three-way merge of what shipped before, what the department has, and what ships now. The department always wins.</summary>
internal static class StarterMerge
{
    /// <summary>Merges the three versions.</summary>
    /// <param name="shipped">The release from which the entry was last taken.</param>
    /// <param name="here">The department's latest revision.</param>
    /// <param name="release">The release now.</param>
    public static MergedStarter Merge(Entry shipped, Entry here, Entry release)
    {
        var (original, mine, theirs) = (WithoutTexts(shipped), WithoutTexts(here), WithoutTexts(release));
        var kept = EntryMerge.Compare(original, mine, theirs).Where(f => f.Contested && !f.IsOrder).ToList();
        var merged = EntryMerge.Merge(original, mine, theirs, kept.ToDictionary(f => f.Path, _ => Take.Mine));
        return new MergedStarter(WithTexts(merged, new Versions(shipped, here, release), kept), kept);
    }

    private static Entry WithoutTexts(Entry entry) => entry with { Translations = [.. entry.Translations.Select(t => t with { Texts = [] })] };

    /// <summary>
    /// Translated texts name their text by its place, and places move when a list grows. So each follows the text that it translates.
    /// </summary>
    private static Entry WithTexts(Entry merged, Versions versions, List<MergeField> kept)
    {
        var texts = EntryTexts.Of(merged).DistinctBy(t => t.Path).ToList();
        return merged with
        {
            Translations = [.. merged.Translations.Select(t => t with
            {
                Texts = [.. texts.Select(x => (x.Path, Text: versions.Translate(t.Language, x.Path, x.Text, kept)))
                    .Where(x => x.Text is not null).Select(x => new TranslatedText { Path = x.Path, Text = x.Text! })],
            })],
        };
    }

    /// <summary>The translations of the three versions, by the text that they translate.</summary>
    private sealed class Versions(Entry shipped, Entry here, Entry release)
    {
        private readonly Dictionary<(string Language, string Member, string Text), string> _shipped = Index(shipped);
        private readonly Dictionary<(string Language, string Member, string Text), string> _here = Index(here);
        private readonly Dictionary<(string Language, string Member, string Text), string> _release = Index(release);

        public string? Translate(string language, string path, string text, List<MergeField> kept)
        {
            var key = (language, MemberOf(path), text);
            var (was, mine, theirs) = (_shipped.GetValueOrDefault(key), _here.GetValueOrDefault(key), _release.GetValueOrDefault(key));
            if (mine == was || mine == theirs)
            {
                // A text that the department does not have came with the release, and so does its translation.
                return theirs ?? mine;
            }

            if (mine is not null && theirs != was)
            {
                kept.Add(new MergeField($"translations[{language}].{path}", [], was, mine, theirs, Take.Mine));
            }

            return mine;
        }

        private static Dictionary<(string Language, string Member, string Text), string> Index(Entry entry)
        {
            var texts = EntryTexts.Of(entry).DistinctBy(t => t.Path).ToDictionary(t => t.Path, t => t.Text);
            var index = new Dictionary<(string Language, string Member, string Text), string>();
            foreach (var translation in entry.Translations)
            {
                foreach (var text in translation.Texts.Where(t => texts.ContainsKey(t.Path)))
                {
                    index.TryAdd((translation.Language, MemberOf(text.Path), texts[text.Path]), text.Text);
                }
            }

            return index;
        }

        /// <summary>A path without places: <c>adoptions.history.note</c>.</summary>
        private static string MemberOf(string path) =>
            string.Join('.', path.Split('.').Select(step => step.IndexOf('[', StringComparison.Ordinal) is >= 0 and var at ? step[..at] : step));
    }
}
