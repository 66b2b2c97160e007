using HealthEquity.Api.Feed;
using HealthEquity.Api.Site.EntryPages;
using HealthEquity.Api.Site.Layout;
using HealthEquity.Api.Site.Texts;
using HealthEquity.Directory.Adoptions;
using HealthEquity.Directory.Codebook;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Vocabularies;
using HealthEquity.Formats.Tables;
using RazorSlices;

namespace HealthEquity.Api.Site.Policy;

/// <summary>The pages about policy: what can be done, who has done it, and what similar places did. Each view is also a CSV file.</summary>
public sealed class PolicyAnswers(SiteFrame frame, PublishedDirectory directory, PolicyTracker tracker, PolicyWords words, EntryPageAnswers entries)
{
    private const int PlacesPerPage = 100;

    /// <summary>The actions by theme.</summary>
    public Task ShowIndexAsync(HttpContext context, SiteText text, bool csv)
    {
        if (NotReady(context, text) is { } waiting)
        {
            return waiting;
        }

        var (shell, query) = Shell(context, text);
        var all = tracker.Actions(text);
        var shown = all.Where(action => query.Allows("theme", action.Theme) && query.Allows("actor", action.Actors)
            && query.Allows("instrument", action.Instrument) && query.Allows("direction", action.Direction)).ToList();
        var rows = PolicyTracker.RowsOf(shown, query.AsOf);
        if (csv)
        {
            return PolicyTables.Actions(shown, rows).SendAsync(context, "policy-actions");
        }

        var adopters = rows.Where(row => AdoptionStatuses.Stands(row.Status)).ToLookup(row => row.PolicyAction.Slug, row => PolicyPlace.SlugOf(row.Jurisdiction), StringComparer.Ordinal);
        IReadOnlyList<PolicyChoice> choices =
        [
            words.Choice("theme", text["policy.theme"], VocabularyNames.PolicyTheme, all.Select(a => a.Theme), query.Value("theme"), text),
            words.Choice("actor", text["policy.actor"], VocabularyNames.PolicyActor, all.SelectMany(a => a.Actors), query.Value("actor"), text),
            words.Choice("instrument", text["policy.instrument"], VocabularyNames.PolicyInstrument, all.Select(a => a.Instrument).OfType<string>(), query.Value("instrument"), text),
            DirectionChoice(all.Select(a => a.Direction), query, text),
        ];
        IReadOnlyList<PolicyTheme> themes =
        [
            .. shown.GroupBy(action => action.Theme, StringComparer.Ordinal).Select(theme => new PolicyTheme(
                words.Of(VocabularyNames.PolicyTheme, theme.Key, text), [.. theme.Select(action => (action, adopters[action.Slug!].Distinct().Count()))]))
                .OrderBy(theme => theme.Name, StringComparer.InvariantCultureIgnoreCase),
        ];
        return SendAsync(context, ShowActions.Create(new PolicyIndexPage(shell, choices, themes, MapOf(rows, query.Direction), query.Direction)), query);
    }

    /// <summary>One action.</summary>
    public Task ShowActionAsync(HttpContext context, SiteText text, string slug)
    {
        var csv = slug.EndsWith(".csv", StringComparison.Ordinal);
        if (!directory.IsReady || tracker.Actions(text).FirstOrDefault(a => a.Slug == (csv ? slug[..^4] : slug)) is not { } action)
        {
            // A former slug redirects, an action that was taken down says so.
            return entries.ShowAsync(context, text, EntryKind.PolicyAction, slug);
        }

        var (shell, query) = Shell(context, text);
        var rows = PolicyTracker.RowsOf([action], query.AsOf);
        return csv
            ? AdoptionTables.Adoptions(rows).SendAsync(context, action.Slug!)
            : SendAsync(context, ShowAction.Create(new PolicyActionPage(shell, action, PolicyPlace.All(rows), MapOf(rows))), query);
    }

    /// <summary>All places of the tracker.</summary>
    public Task ShowPlacesAsync(HttpContext context, SiteText text, bool csv)
    {
        if (NotReady(context, text) is { } waiting)
        {
            return waiting;
        }

        var (shell, query) = Shell(context, text);
        var all = tracker.Rows(text, query.AsOf);
        var shown = all.Where(row => query.Allows("state", row.Jurisdiction.State) && query.Allows("level", row.Jurisdiction.Level) && query.Allows("direction", row.PolicyAction.Direction)).ToList();
        return csv
            ? AdoptionTables.Adoptions(shown).SendAsync(context, "policy-adoptions")
            : SendAsync(context, ShowPlaces.Create(new PolicyPlacesPage(shell, [.. PlaceChoices(all, query, text), DirectionChoice(all.Select(r => r.PolicyAction.Direction), query, text)], PolicyPlace.All(shown), MapOf(shown, query.Direction), query.Direction)), query);
    }

    /// <summary>One place.</summary>
    public Task ShowPlaceAsync(HttpContext context, SiteText text, string slug)
    {
        var csv = slug.EndsWith(".csv", StringComparison.Ordinal);
        if (NotReady(context, text) is { } waiting)
        {
            return waiting;
        }

        var (shell, query) = Shell(context, text);
        var places = PolicyPlace.All(tracker.Rows(text, query.AsOf));
        if (places.FirstOrDefault(p => p.Slug == (csv ? slug[..^4] : slug)) is not { } place)
        {
            return entries.MissingAsync(context, text, text["policy.noPlace"], text["policy.noPlaceText"], StatusCodes.Status404NotFound);
        }

        var next = NextSteps.Of(places, place.Jurisdiction.Level, place.Jurisdiction.State, place);
        return csv
            ? AdoptionTables.Adoptions(place.Rows).SendAsync(context, place.Slug)
            : SendAsync(context, ShowPlace.Create(new PolicyPlacePage(shell, place, next)), query);
    }

    /// <summary>What a place could do next that is not in the tracker.</summary>
    public Task ShowNextAsync(HttpContext context, SiteText text, bool csv)
    {
        if (NotReady(context, text) is { } waiting)
        {
            return waiting;
        }

        var (shell, query) = Shell(context, text);
        var all = tracker.Rows(text, query.AsOf);
        var next = query.Value("level") is { } level ? NextSteps.Of(PolicyPlace.All(all), level, query.Value("state"), self: null) : [];
        return csv
            ? PolicyTables.Next(next).SendAsync(context, "policy-next")
            : SendAsync(context, ShowNext.Create(new PolicyNextPage(shell, PlaceChoices(all, query, text), next)), query);
    }

    /// <summary>Two places beside each other.</summary>
    public Task ShowComparisonAsync(HttpContext context, SiteText text, bool csv)
    {
        if (NotReady(context, text) is { } waiting)
        {
            return waiting;
        }

        var (shell, query) = Shell(context, text);
        var places = PolicyPlace.All(tracker.Rows(text, query.AsOf));
        var (first, second) = (Find("first"), Find("second"));
        var comparison = first is not null && second is not null ? PolicyComparison.Of(first, second) : null;
        if (csv && comparison is not null)
        {
            return PolicyTables.Comparison(comparison).SendAsync(context, $"{first!.Slug}-{second!.Slug}");
        }

        return SendAsync(context, ShowComparison.Create(new PolicyComparisonPage(shell, [Choice("first", first), Choice("second", second)], comparison)), query);

        PolicyPlace? Find(string name) => query.Value(name) is { } slug ? places.FirstOrDefault(p => p.Slug == slug) : null;

        PolicyChoice Choice(string name, PolicyPlace? chosen) => new(
            name, text[$"policy.{name}"], [new("", "–", chosen is null), .. places.Select(p => new PolicyOption(p.Slug, p.Name, p == chosen))]);
    }

    /// <summary>Places against provisions.</summary>
    public Task ShowMatrixAsync(HttpContext context, SiteText text, bool csv)
    {
        if (NotReady(context, text) is { } waiting)
        {
            return waiting;
        }

        var (shell, query) = Shell(context, text);
        var all = tracker.Rows(text, query.AsOf).Where(row => row.Provisions.Count > 0).ToList();
        var theme = query.Value("theme") ?? all.CountBy(row => row.PolicyAction.Theme).OrderByDescending(t => t.Value).ThenBy(t => t.Key, StringComparer.Ordinal).FirstOrDefault().Key;
        var matrix = PolicyMatrix.Of(
        [
            .. all.Where(row => (theme is "all" or null || row.PolicyAction.Theme == theme) && query.Allows("state", row.Jurisdiction.State) && query.Allows("level", row.Jurisdiction.Level)),
        ]);
        if (csv)
        {
            return AdoptionTables.Matrix(matrix).SendAsync(context, "policy-matrix");
        }

        var pages = Math.Max(1, (matrix.Rows.Count + PlacesPerPage - 1) / PlacesPerPage);
        var page = Math.Min(query.Page, pages);
        var themes = words.Choice("theme", text["policy.theme"], VocabularyNames.PolicyTheme, all.Select(r => r.PolicyAction.Theme), theme, text);
        IReadOnlyList<PolicyChoice> choices =
        [
            themes with { Options = [new("all", text["policy.all"], theme == "all"), .. themes.Options.Skip(1)] },
            .. PlaceChoices(all, query, text),
        ];
        var shown = matrix with { Rows = [.. matrix.Rows.Skip((page - 1) * PlacesPerPage).Take(PlacesPerPage)] };
        return SendAsync(context, ShowMatrix.Create(new PolicyMatrixPage(shell, choices, shown, page, pages)), query);
    }

    /// <summary>How adoptions are coded.</summary>
    public Task ShowCodebookAsync(HttpContext context, SiteText text, bool csv)
    {
        if (NotReady(context, text) is { } waiting)
        {
            return waiting;
        }

        var (shell, query) = Shell(context, text);
        return csv
            ? PolicyTables.Codebook(AdoptionCodebook.Shipped).SendAsync(context, "policy-codebook")
            : SendAsync(context, ShowCodebook.Create(new PolicyCodebookPage(shell, AdoptionCodebook.Shipped)), query);
    }

    private (PolicyShell Shell, PolicyQuery Query) Shell(HttpContext context, SiteText text)
    {
        var query = new PolicyQuery(context.Request);
        return (new PolicyShell(frame, text, words, tracker.Actions(text), query, context.Request.QueryString.ToString()), query);
    }

    private Task? NotReady(HttpContext context, SiteText text) =>
        directory.IsReady ? null : entries.MissingAsync(context, text, text["site.loading"], text["site.private"], StatusCodes.Status503ServiceUnavailable);

    private IReadOnlyList<PolicyChoice> PlaceChoices(IReadOnlyList<AdoptionRow> rows, PolicyQuery query, SiteText text) =>
    [
        words.Choice("level", text["policy.level"], VocabularyNames.JurisdictionLevel, rows.Select(r => r.Jurisdiction.Level), query.Value("level"), text),
        PolicyWords.StateChoice(rows.Select(r => r.Jurisdiction.State).OfType<string>(), query.Value("state"), text),
    ];

    private PolicyChoice DirectionChoice(IEnumerable<string> codes, PolicyQuery query, SiteText text) =>
        words.Choice("direction", text["policy.direction"], VocabularyNames.PolicyDirection, codes, query.Value("direction"), text);

    /// <summary>Places by state: of one direction where several are listed, so that protection and restriction are not added up.</summary>
    private static StateMap MapOf(IReadOnlyList<AdoptionRow> rows, string? direction = null) => StateMap.Of(
        rows.Where(row => row.Jurisdiction.State is not null && AdoptionStatuses.Stands(row.Status) && (direction is null || row.PolicyAction.Direction == direction))
            .Select(row => (State: row.Jurisdiction.State!, Place: PolicyPlace.SlugOf(row.Jurisdiction)))
            .Distinct()
            .CountBy(place => place.State)
            .ToDictionary(count => count.Key, count => count.Value, StringComparer.Ordinal));

    private static Task SendAsync(HttpContext context, RazorSlice slice, PolicyQuery query) =>
        context.SendPageAsync(slice, SiteAnswers.Shared, query.HasBadDay ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK);
}
