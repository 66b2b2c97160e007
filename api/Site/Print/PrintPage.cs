using System.Text.RegularExpressions;
using HealthEquity.Api.Site.Layout;
using HealthEquity.Api.Site.Lists;
using HealthEquity.Api.Site.Texts;
using HealthEquity.Formats.QrCodes;

namespace HealthEquity.Api.Site.Print;

/// <summary>A sheet for paper: places, one or two languages side by side, or pocket cards.</summary>
/// <param name="frame">What all pages share.</param>
/// <param name="text">The strings in the reader's language.</param>
public sealed partial class PrintPage(SiteFrame frame, SiteText text) : SitePage(frame, text)
{
    /// <inheritdoc/>
    public override string OwnStyles => Files.PaperStyles;

    /// <summary>What was chosen.</summary>
    public required PrintOptions Options { get; init; }

    /// <summary>The sheet in each of its languages, the reader's first.</summary>
    public required IReadOnlyList<PrintColumn> Columns { get; init; }

    /// <summary>Where the live list is, without https://.</summary>
    public required string LiveAddress { get; init; }

    /// <summary>The address in parts between which a line may end.</summary>
    public IEnumerable<string> LiveAddressParts => PartOfAddress().Matches(LiveAddress).Select(m => m.Value);

    /// <summary>The key of what the QR code is for.</summary>
    public string CodeKey => IsOne ? "print.scanEntry" : "print.scan";

    /// <summary>True if one entry has the sheet to itself, under its own name.</summary>
    public required bool IsOne { get; init; }

    /// <summary>The QR code of that address.</summary>
    public required QrPicture Code { get; init; }

    /// <summary>True if the form is sent by POST, because it holds what somebody typed.</summary>
    public required bool IsPrivate { get; init; }

    /// <summary>The values that the form sends again.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Asked { get; init; }

    [GeneratedRegex("[^/?&,]*[/?&,]+|[^/?&,]+")]
    private static partial Regex PartOfAddress();
}

/// <summary>The choices for paper.</summary>
/// <param name="Second">The second language; null for none.</param>
/// <param name="IsLarge">Whether the type is large.</param>
/// <param name="IsCards">Whether it makes pocket cards.</param>
public sealed record PrintOptions(string? Second, bool IsLarge, bool IsCards);

/// <summary>The sheet in one language.</summary>
/// <param name="Text">The strings in that language.</param>
/// <param name="Heading">The title.</param>
/// <param name="Made">The date on which it was made, in words.</param>
public sealed record PrintColumn(SiteText Text, ForeignText Heading, string Made)
{
    /// <summary>A curator's note; null for none.</summary>
    public ForeignText? Note { get; init; }

    /// <summary>What was taken down, merged or not checked for too long.</summary>
    public IReadOnlyList<string> Notices { get; init; } = [];

    /// <summary>Whom to call in danger: names and numbers.</summary>
    public IReadOnlyList<(string Name, string Number)> Hotlines { get; init; } = [];

    /// <summary>Rights, in short sentences.</summary>
    public IReadOnlyList<string> Rights { get; init; } = [];

    /// <summary>The places; the same in each language.</summary>
    public IReadOnlyList<PrintedPlace> Places { get; init; } = [];
}

/// <summary>A number on paper.</summary>
/// <param name="Words">The number, and how to use it if not by a call.</param>
/// <param name="Label">What it is for, as the entry says it; null for nothing.</param>
public sealed record PrintedPhone(string Words, string? Label);

/// <summary>A text on paper.</summary>
/// <param name="Html">The rendered text, without any HTML of its own; null for none.</param>
/// <param name="Language">Its language, where it is not the column's.</param>
public sealed record PrintedText(string? Html, string? Language);

/// <summary>A place on paper.</summary>
/// <param name="Name">Its name.</param>
/// <param name="About">What it is and where.</param>
public sealed record PrintedPlace(string Name, string About)
{
    /// <summary>What marks an invented entry, in the language of its column; null for a real one.</summary>
    public string? SampleTag { get; init; }

    /// <summary>A curator's note; null for none.</summary>
    public ForeignText? Note { get; init; }

    /// <summary>What it says, in full; empty where it shares the sheet with others.</summary>
    public IReadOnlyList<PrintedText> Texts { get; init; } = [];

    /// <summary>How to call it, the best first.</summary>
    public IReadOnlyList<PrintedPhone> Phones { get; init; } = [];

    /// <summary>Address, hours, languages, cost and the rest.</summary>
    public IReadOnlyList<string> Lines { get; init; } = [];

    /// <summary>When it was checked, as a date; null for what is not checked by phone.</summary>
    public string? Checked { get; init; }
}
