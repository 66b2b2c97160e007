using HealthEquity.Api.Site.Texts;
using HealthEquity.Store.Settings;

namespace HealthEquity.Api.Site.Layout;

/// <summary>What every page shows around its own content.</summary>
/// <param name="frame">What all pages share.</param>
/// <param name="text">The strings in the reader's language.</param>
public abstract class SitePage(SiteFrame frame, SiteText text)
{
    /// <summary>The strings in the reader's language.</summary>
    public SiteText Text { get; } = text;

    /// <summary>All languages of the pages.</summary>
    public IReadOnlyList<SiteText> Languages => frame.Languages;

    /// <summary>The department.</summary>
    public SiteSettings Site => frame.Settings;

    /// <summary>Addresses of the style sheet and the script, with their versions.</summary>
    public SiteFiles Files => frame.Files;

    /// <summary>The page's title, before the department's name.</summary>
    public required string Title { get; init; }

    /// <summary>The page's address without the language, such as "/providers/clinica-del-sol"; where other languages are found.</summary>
    public string Path { get; init; } = "";

    /// <summary>
    /// What was asked, as the form packs it: the language chooser then asks the same again by POST, so that it stands in no address. Null
    /// for a page that an address is enough for.
    /// </summary>
    public virtual string? Repeat => null;

    /// <summary>Whether search engines may list it.</summary>
    public bool MayBeIndexed { get; init; } = true;

    /// <summary>What search engines and messengers say about the page.</summary>
    public virtual string Description => Text["about.what"];

    /// <summary>
    /// True for a page that has its style sheet in itself, so that a first visit waits for one answer alone. Others link to it, and
    /// so do all pages of embeds, of which the script needs the content alone.
    /// </summary>
    public virtual bool HasInlineStyles => true;

    /// <summary>True for a page with wide tables and filters, which has a style sheet more.</summary>
    public virtual bool HasTables => false;

    /// <summary>The address of rules for this page alone; null for none.</summary>
    public virtual string? OwnStyles => null;

    /// <summary>The address of a script for this page alone; null for none.</summary>
    public virtual string? OwnScript => null;

    /// <summary>What the page is embedded in; null for a page of its own.</summary>
    public Embedding? Embed { get; init; }

    /// <summary>The origins to which the page posts its height, separated by spaces; null for none.</summary>
    public string? HeightOrigins => Embed is not null && Site.HeightOrigins.Count > 0 ? string.Join(' ', Site.HeightOrigins) : null;

    /// <summary>The address of a page in the reader's language.</summary>
    public string To(string path) => To(path, Text.Language);

    /// <summary>The address of a page in a language.</summary>
    public string To(string path, string language) => Embed?.To(path, language) ?? $"{Files.Root}/{language}{path}";

    /// <summary>The address of this page in a language.</summary>
    public virtual string InLanguage(string language) => To(Path, language);

    /// <summary>Where a link opens: in a window of its own where it leads from an embed to anything else; else null.</summary>
    public string? TargetOf(string? link) =>
        Embed is not null && link is not null && (link.StartsWith("http", StringComparison.Ordinal) || (link.StartsWith('/') && !link.StartsWith(Files.Root + Embedding.Path, StringComparison.Ordinal))) ? "_blank" : null;

    /// <summary>The address of a page for people to whom a link is sent: never that of an embed.</summary>
    public string ToShared(string path) => $"{Files.Root}/{Text.Language}{path}";
}
