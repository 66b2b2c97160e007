using HealthEquity.Admin.Comparing;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Translations;

namespace HealthEquity.Admin.Pages.Reviews;

/// <summary>A translated text that a draft changes, beside its original: nobody can review one without the other.</summary>
/// <param name="Language">The language tag.</param>
/// <param name="Label">What the text is, such as "Summary".</param>
/// <param name="Original">The text in the entry's own language, as in the draft.</param>
/// <param name="Text">The translated text.</param>
public sealed record ReviewedTranslation(string Language, string Label, string Original, string Text)
{
    /// <summary>The translated texts that differ between two revisions.</summary>
    /// <param name="before">The public revision; null for an entry that was never public.</param>
    /// <param name="after">The draft.</param>
    public static IReadOnlyList<ReviewedTranslation> Of(Entry? before, Entry after)
    {
        var originals = TranslatableTexts.Of(after);
        return
        [
            .. from translation in after.Translations
               let old = before is null ? [] : TranslatableTexts.In(before, translation.Language)
               let texts = TranslatableTexts.Of(translation)
               from original in originals
               where texts.TryGetValue(original.Path, out var text) && old.GetValueOrDefault(original.Path) != text
               select new ReviewedTranslation(translation.Language, ChangeView.Describe(after.Kind, original.Path).Label, original.Text, texts[original.Path]),
        ];
    }
}
