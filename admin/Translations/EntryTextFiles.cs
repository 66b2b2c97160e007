using System.Globalization;
using System.Text.RegularExpressions;
using HealthEquity.Admin.EntryForms;
using HealthEquity.Admin.Wording;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Translations;
using HealthEquity.Formats.Xliff;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Entries;
using HealthEquity.Store.Translations;

namespace HealthEquity.Admin.Translations;

/// <summary>What a file from a translator changes.</summary>
/// <param name="Values">The new texts of each entry, as <see cref="TranslateEntries"/> takes them.</param>
/// <param name="Texts">The number of new texts.</param>
/// <param name="Untranslated">The number of texts in the file that have no translation.</param>
/// <param name="Problems">What is left out, with the entry, the text and the remedy.</param>
public sealed record TranslationPlan(IReadOnlyDictionary<Guid, string> Values, int Texts, int Untranslated, IReadOnlyList<string> Problems);

/// <summary>The texts of entries as files for translators' tools (XLIFF 2), and what comes back.</summary>
public static partial class EntryTextFiles
{
    /// <summary>The maximum number of entries in a file from or for the console.</summary>
    public const int MaxEntries = 2_000;

    /// <summary>The maximum size of an uploaded file in megabytes.</summary>
    public const int MaxMegabytes = 16;

    private const int BatchSize = 250;

    /// <summary>
    /// Writes the texts of entries, one file for each language that entries are written in, English first. A translation whose original has
    /// changed since is left out, so that it is made again. Entries in the language itself, or without a text to translate, are left out.
    /// </summary>
    public static async Task<IReadOnlyList<XliffFile>> ExportAsync(DbSession session, IReadOnlyList<Guid> ids, string language, CancellationToken cancellation)
    {
        var stale = (await UnfinishedTexts.StaleAsync(session, language, cancellation)).ToHashSet();
        var units = new List<(string Source, TranslationUnit Unit)>();
        foreach (var batch in ids.Chunk(BatchSize))
        {
            var contents = await EntryContents.ReadAsync(session, batch, cancellation);
            foreach (var (id, entry) in batch.Where(contents.ContainsKey).Select(id => (id, contents[id])).Where(e => e.Item2.Language != language && LanguageTag.IsValid(e.Item2.Language)))
            {
                var outdated = stale.Contains(id) ? (await TranslationHistory.OutdatedAsync(session, id, entry, cancellation))[language].ToHashSet() : [];
                units.AddRange(UnitsOf(id, entry, language, outdated).Select(u => (entry.Language, u)));
            }
        }

        var files = units.GroupBy(u => u.Source, u => u.Unit).Select(g => new XliffFile(language, [.. g]) { SourceLanguage = g.Key });
        return units.Count == 0 ? [new XliffFile(language, [])] : [.. files.OrderBy(f => f.SourceLanguage != XliffFile.English).ThenBy(f => f.SourceLanguage, StringComparer.Ordinal)];
    }

    /// <summary>Finds out what a file changes. Nothing is saved.</summary>
    public static async Task<TranslationPlan> PlanAsync(DbSession session, XliffFile file, CancellationToken cancellation)
    {
        var (values, problems) = (new Dictionary<Guid, string>(), new List<string>());
        var (texts, untranslated) = (0, 0);
        foreach (var batch in file.Units.GroupBy(u => u.Part).Chunk(BatchSize))
        {
            var known = await EntryContents.ReadAsync(session, batch.Select(p => Guid.TryParse(p.Key, out var id) ? id : Guid.Empty), cancellation);
            foreach (var part in batch)
            {
                if (!Guid.TryParse(part.Key, out var id) || !known.TryGetValue(id, out var entry))
                {
                    problems.Add($"{part.Key}: the directory has no such entry. Export the file again.");
                    continue;
                }

                if (entry.Language != file.SourceLanguage)
                {
                    problems.Add($"{entry.Name}: it is written in {LanguageLabels.Of(entry.Language)}, and the file is from {LanguageLabels.Of(file.SourceLanguage)}. Export the file again.");
                    continue;
                }

                untranslated += part.Count(u => string.IsNullOrWhiteSpace(u.Target));
                var offered = OffersOf(entry, file.Language, part, problems);
                texts += offered.Count;
                if (offered.Count > 0)
                {
                    values[id] = TranslateEntries.WriteValue(offered);
                }
            }
        }

        return new TranslationPlan(values, texts, untranslated, problems);
    }

    private static IEnumerable<TranslationUnit> UnitsOf(Guid id, Entry entry, string language, HashSet<string> outdated)
    {
        var translated = TranslatableTexts.In(entry, language);
        return Named(entry).Select(t => new TranslationUnit(t.Id, t.Text.Text, outdated.Contains(t.Text.Path) ? null : translated.GetValueOrDefault(t.Text.Path))
        {
            Part = id.ToString("D"),
            PartName = entry.Name,
            Context = $"{EntryLabels.Kind(entry.Kind)} “{entry.Name}”: {TextLabels.Of(entry, t.Text.Path)}.",
            MaxLength = TranslatableTexts.MaxLength(t.Text.Path) is < 1_000 and var most ? most : 0,
        });
    }

    private static Dictionary<string, OfferedText> OffersOf(Entry entry, string language, IEnumerable<TranslationUnit> units, List<string> problems)
    {
        var (byId, translated) = (Named(entry).ToDictionary(t => t.Id, t => t.Text, StringComparer.Ordinal), TranslatableTexts.In(entry, language));
        var offered = new Dictionary<string, OfferedText>(StringComparer.Ordinal);
        foreach (var unit in units.Where(u => !string.IsNullOrWhiteSpace(u.Target)))
        {
            // A text that was moved in its list since is found by its content.
            var text = byId.GetValueOrDefault(unit.Id) is { } inPlace && XliffFile.Clean(inPlace.Text) == unit.Source ? inPlace
                : byId.Values.Where(t => t.Path.Contains('[', StringComparison.Ordinal) && XliffFile.Clean(t.Text) == unit.Source).ToList() is [var movedText] ? movedText
                : byId.GetValueOrDefault(unit.Id);
            var target = TranslatableTexts.Clean(unit.Target)!;
            if (ProblemOf(entry, language, text, unit, target) is { } problem)
            {
                problems.Add($"{entry.Name}, {(text is null ? unit.Id : TextLabels.Of(entry, text.Path))}: {problem}");
            }
            else if (target != TranslatableTexts.Clean(translated.GetValueOrDefault(text!.Path)))
            {
                offered[text.Path] = new OfferedText(text.Text, target);
            }
        }

        return offered;
    }

    private static string? ProblemOf(Entry entry, string language, TranslatableText? text, TranslationUnit unit, string target)
    {
        if (text is null)
        {
            return "the entry has no such text. Export the file again.";
        }

        var (wanted, given) = (XliffFile.PlaceholdersOf(text.Text), XliffFile.PlaceholdersOf(target));
        var (blanks, filled) = (Blank().Count(text.Text), Blank().Count(target));
        return language == entry.Language ? "the entry is written in this language."
            : unit.Source != XliffFile.Clean(text.Text) ? "the original has changed since the file was exported. Export it again."
            : wanted.Except(given).FirstOrDefault() is { } lost ? $"the placeholder {lost} is missing. Put it where the value belongs."
            : given.Except(wanted).FirstOrDefault() is { } unknown ? $"the placeholder {unknown} is unknown. Remove it."
            : filled < blanks ? string.Create(CultureInfo.InvariantCulture, $"{blanks - filled} of {blanks} blanks in brackets are missing. Put them where the reader fills something in.")
            : target.Length > TranslatableTexts.MaxLength(text.Path) ? $"the translation has {target.Length:N0} characters; there is room for {TranslatableTexts.MaxLength(text.Path):N0}. Shorten it."
            : null;
    }

    /// <summary>The texts with their names in a file, which are XML names: "steps[0]" is "steps.0".</summary>
    private static IEnumerable<(string Id, TranslatableText Text)> Named(Entry entry) => TranslatableTexts.Of(entry).Where(t => !t.IsOptional)
        .Select(t => (Id: NotInName().Replace(t.Path.Replace('[', '.').Replace("]", "", StringComparison.Ordinal), "_"), Text: t)).DistinctBy(t => t.Id);

    [GeneratedRegex(@"[^A-Za-z0-9._-]")]
    private static partial Regex NotInName();

    // What a reader of a model text fills in: "[name of the district]". A Markdown link is none.
    [GeneratedRegex(@"\[[^\]\n]+\](?!\()")]
    private static partial Regex Blank();
}
