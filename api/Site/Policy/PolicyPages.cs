using System.Diagnostics.CodeAnalysis;
using HealthEquity.Api.Site.EntryPages;
using HealthEquity.Api.Site.Layout;
using HealthEquity.Api.Site.Texts;
using HealthEquity.Directory.Adoptions;
using HealthEquity.Directory.Codebook;
using HealthEquity.Directory.Entries;
using Microsoft.AspNetCore.Html;

namespace HealthEquity.Api.Site.Policy;

/// <summary>What the pages about policy share.</summary>
/// <param name="Frame">What all pages share.</param>
/// <param name="Text">The reader's language.</param>
/// <param name="Words">Codes as words.</param>
/// <param name="Actions">All actions in the reader's language.</param>
/// <param name="Query">What was asked for.</param>
/// <param name="Search">The query string of the address, with its question mark; empty for none.</param>
public sealed record PolicyShell(SiteFrame Frame, SiteText Text, PolicyWords Words, IReadOnlyList<PolicyAction> Actions, PolicyQuery Query, string Search);

/// <summary>What every page about policy shows.</summary>
public abstract class PolicyPage : SitePage
{
    private readonly IReadOnlyList<PolicyAction> _actions;

    /// <summary>Fills in what all pages share.</summary>
    /// <param name="shell">What they share.</param>
    /// <param name="title">The title.</param>
    /// <param name="path">The address without the language.</param>
    [SetsRequiredMembers]
    protected PolicyPage(PolicyShell shell, string title, string path)
        : base(shell.Frame, shell.Text)
    {
        (Title, Path, Words, Search) = (title, path, shell.Words, shell.Search);
        _actions = shell.Actions;
        (AsOf, Error) = (shell.Query.AsOf, shell.Query.HasBadDay ? shell.Text["policy.badDay"] : null);
    }

    /// <summary>Codes as words.</summary>
    public PolicyWords Words { get; }

    /// <summary>The day whose state is shown; null for today.</summary>
    public DateOnly? AsOf { get; }

    /// <summary>What is wrong with what was asked; null for nothing.</summary>
    public string? Error { get; }

    /// <summary>The same view as a CSV file.</summary>
    public string Csv => To($"{Path}.csv") + Search;

    /// <inheritdoc/>
    public override bool HasTables => true;

    private string Search { get; }

    /// <summary>The address of a place's page.</summary>
    public string ToPlace(PolicyPlace place) => To($"/policy/places/{place.Slug}") + Day('?');

    /// <summary>The address of an action's page.</summary>
    public string ToAction(string slug) => To($"/{EntryKind.PolicyAction.Path()}/{slug}") + Day('?');

    /// <summary>The chosen day as a parameter; empty for today.</summary>
    public string Day(char before) => AsOf is { } day ? $"{before}asOf={day:yyyy-MM-dd}" : "";

    /// <summary>The page's own direction, for words inside a text in another language.</summary>
    public string OwnDirection => DirectionOf(Text);

    /// <summary>The language of one of an action's texts, such as "name" or "provisions.text", where it is not the page's.</summary>
    public string? LanguageOf(string slug, string field) => _actions.FirstOrDefault(a => a.Slug == slug)?.Fallbacks?.GetValueOrDefault(field);

    /// <summary>The direction of one of an action's texts, where it is not in the page's language.</summary>
    public string? DirectionOf(string slug, string field) => LanguageOf(slug, field) is { } language ? DirectionOf(Languages.FirstOrDefault(l => l.Language == language)) : null;

    /// <summary>The status of an adoption, and since when: "In force, Oct 5, 2017".</summary>
    public string StatusOf(AdoptionRow row) => row.Since is { } day
        ? Text.Fill("policy.statusSince", ("status", Words.Status(row.Status, Text)), ("date", Text.Day(day)))
        : Words.Status(row.Status, Text);

    private static string DirectionOf(SiteText? text) => text?.IsRightToLeft == true ? "rtl" : "ltr";
}

/// <summary>A choice in a form: one value of a list.</summary>
/// <param name="Name">The parameter.</param>
/// <param name="Label">What it is called.</param>
/// <param name="Options">The values and their words, the chosen one marked.</param>
public sealed record PolicyChoice(string Name, string Label, IReadOnlyList<PolicyOption> Options);

/// <summary>A value that can be chosen.</summary>
/// <param name="Value">The code.</param>
/// <param name="Label">The words.</param>
/// <param name="IsChosen">True for the one that is shown.</param>
public sealed record PolicyOption(string Value, string Label, bool IsChosen);

/// <summary>The choices of a page.</summary>
/// <param name="Page">The page.</param>
/// <param name="Choices">What can be chosen besides the day.</param>
public sealed record PolicyForm(PolicyPage Page, IReadOnlyList<PolicyChoice> Choices);

/// <summary>A map on a page.</summary>
/// <param name="Page">The page.</param>
/// <param name="Map">The map.</param>
/// <param name="Direction">The direction of what is counted, in words; null where it is clear.</param>
public sealed record PolicyMap(PolicyPage Page, StateMap Map, string? Direction = null);

/// <summary>What similar places did, on a page.</summary>
/// <param name="Page">The page.</param>
/// <param name="Steps">The actions.</param>
public sealed record PolicyNextList(PolicyPage Page, IReadOnlyList<NextStep> Steps);

/// <summary>All actions, by theme.</summary>
/// <param name="shell">What the pages share.</param>
/// <param name="choices">The filters.</param>
/// <param name="themes">The actions by theme, with the number of places that have adopted each.</param>
/// <param name="map">Places by state.</param>
/// <param name="direction">The direction of the actions that the map counts.</param>
[method: SetsRequiredMembers]
public sealed class PolicyIndexPage(
    PolicyShell shell, IReadOnlyList<PolicyChoice> choices, IReadOnlyList<PolicyTheme> themes, StateMap map, string direction) : PolicyPage(shell, shell.Text["policy.title"], "/policy")
{
    /// <summary>The filters.</summary>
    public IReadOnlyList<PolicyChoice> Choices => choices;

    /// <summary>The actions by theme.</summary>
    public IReadOnlyList<PolicyTheme> Themes => themes;

    /// <summary>Places by state.</summary>
    public StateMap Map => map;

    /// <summary>The direction of the actions that the map counts.</summary>
    public string Direction => direction;
}

/// <summary>The actions of a theme.</summary>
/// <param name="Name">The theme in words.</param>
/// <param name="Actions">The actions, each with the number of places where it stands.</param>
public sealed record PolicyTheme(string Name, IReadOnlyList<(PolicyAction Action, int Adopters)> Actions);

/// <summary>One action: what to do, the model text, and who has adopted it.</summary>
/// <param name="shell">What the pages share.</param>
/// <param name="action">The action in the reader's language.</param>
/// <param name="places">The places that adopted it, each with that adoption.</param>
/// <param name="map">The places on a map.</param>
[method: SetsRequiredMembers]
public sealed class PolicyActionPage(PolicyShell shell, PolicyAction action, IReadOnlyList<PolicyPlace> places, StateMap map)
    : PolicyPage(shell, action.Name, $"/{EntryKind.PolicyAction.Path()}/{action.Slug}")
{
    /// <summary>The action.</summary>
    public PolicyAction Action => action;

    /// <summary>The places that adopted it.</summary>
    public IReadOnlyList<PolicyPlace> Places => places;

    /// <summary>The places on a map.</summary>
    public StateMap Map => map;

    /// <summary>Markdown as HTML; it has no HTML of its own.</summary>
    public static HtmlString Html(string markdown) => new(EntrySections.Render(markdown));

    /// <summary>The language of one of its texts, where it is not the page's.</summary>
    public string? LanguageOf(string field) => LanguageOf(action.Slug!, field);

    /// <summary>The direction of one of its texts, where it is not in the page's language.</summary>
    public string? DirectionOf(string field) => DirectionOf(action.Slug!, field);
}

/// <summary>All places of the tracker.</summary>
/// <param name="shell">What the pages share.</param>
/// <param name="choices">The filters.</param>
/// <param name="places">The places, by state.</param>
/// <param name="map">Places by state.</param>
/// <param name="direction">The direction of the actions that the map counts.</param>
[method: SetsRequiredMembers]
public sealed class PolicyPlacesPage(PolicyShell shell, IReadOnlyList<PolicyChoice> choices, IReadOnlyList<PolicyPlace> places, StateMap map, string direction)
    : PolicyPage(shell, shell.Text["policy.places"], "/policy/places")
{
    /// <summary>The filters.</summary>
    public IReadOnlyList<PolicyChoice> Choices => choices;

    /// <summary>The places, by state.</summary>
    public IReadOnlyList<PolicyPlace> Places => places;

    /// <summary>Places by state.</summary>
    public StateMap Map => map;

    /// <summary>The direction of the actions that the map counts.</summary>
    public string Direction => direction;
}

/// <summary>One place: everything it adopted, and what it could do next.</summary>
/// <param name="shell">What the pages share.</param>
/// <param name="place">The place.</param>
/// <param name="next">What similar places did.</param>
[method: SetsRequiredMembers]
public sealed class PolicyPlacePage(PolicyShell shell, PolicyPlace place, IReadOnlyList<NextStep> next)
    : PolicyPage(shell, place.Name, $"/policy/places/{place.Slug}")
{
    /// <summary>The place.</summary>
    public PolicyPlace Place => place;

    /// <summary>What similar places did.</summary>
    public IReadOnlyList<NextStep> Next => next;
}

/// <summary>What a place could do that is not in the tracker.</summary>
/// <param name="shell">What the pages share.</param>
/// <param name="choices">What it is, and where.</param>
/// <param name="next">What similar places did; empty until something was chosen.</param>
[method: SetsRequiredMembers]
public sealed class PolicyNextPage(PolicyShell shell, IReadOnlyList<PolicyChoice> choices, IReadOnlyList<NextStep> next)
    : PolicyPage(shell, shell.Text["policy.next"], "/policy/next")
{
    /// <summary>What it is, and where.</summary>
    public IReadOnlyList<PolicyChoice> Choices => choices;

    /// <summary>What similar places did.</summary>
    public IReadOnlyList<NextStep> Next => next;
}

/// <summary>Two places beside each other.</summary>
/// <param name="shell">What the pages share.</param>
/// <param name="choices">The two choices.</param>
/// <param name="comparison">The two places; null until both were chosen.</param>
[method: SetsRequiredMembers]
public sealed class PolicyComparisonPage(PolicyShell shell, IReadOnlyList<PolicyChoice> choices, PolicyComparison? comparison)
    : PolicyPage(shell, shell.Text["policy.compare"], "/policy/compare")
{
    /// <summary>The two choices.</summary>
    public IReadOnlyList<PolicyChoice> Choices => choices;

    /// <summary>The two places.</summary>
    public PolicyComparison? Comparison => comparison;
}

/// <summary>Places against provisions.</summary>
/// <param name="shell">What the pages share.</param>
/// <param name="choices">The filters.</param>
/// <param name="matrix">The matrix, with the places of this page.</param>
/// <param name="number">The page number, from 1.</param>
/// <param name="pages">How many pages there are.</param>
[method: SetsRequiredMembers]
public sealed class PolicyMatrixPage(PolicyShell shell, IReadOnlyList<PolicyChoice> choices, PolicyMatrix matrix, int number, int pages)
    : PolicyPage(shell, shell.Text["policy.matrix"], "/policy/matrix")
{
    /// <summary>The filters.</summary>
    public IReadOnlyList<PolicyChoice> Choices => choices;

    /// <summary>The matrix.</summary>
    public PolicyMatrix Matrix => matrix;

    /// <summary>The page number, from 1.</summary>
    public int Number => number;

    /// <summary>How many pages there are.</summary>
    public int Pages => pages;

    /// <summary>The address of another page of the same matrix.</summary>
    public string ToPage(int page) =>
        To(Path) + "?" + string.Concat(choices.SelectMany(c => c.Options.Where(o => o.IsChosen && o.Value.Length > 0).Select(o => $"{c.Name}={Uri.EscapeDataString(o.Value)}&"))) + $"page={page}" + Day('&');
}

/// <summary>How adoptions are coded.</summary>
/// <param name="shell">What the pages share.</param>
/// <param name="codebook">The codebook.</param>
[method: SetsRequiredMembers]
public sealed class PolicyCodebookPage(PolicyShell shell, AdoptionCodebook codebook) : PolicyPage(shell, shell.Text["policy.codebook"], "/policy/codebook")
{
    /// <summary>The codebook.</summary>
    public AdoptionCodebook Codebook => codebook;
}
