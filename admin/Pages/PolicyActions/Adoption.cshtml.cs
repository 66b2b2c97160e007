using System.Globalization;
using HealthEquity.Admin.Access;
using HealthEquity.Admin.Directory;
using HealthEquity.Admin.EntryForms;
using HealthEquity.Admin.Pages.Shared;
using HealthEquity.Admin.Wording;
using HealthEquity.Directory.Adoptions;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Geography;
using HealthEquity.Directory.Vocabularies;
using HealthEquity.Store.Curators;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Entries;
using HealthEquity.Store.Reviews;
using Microsoft.AspNetCore.Mvc;

namespace HealthEquity.Admin.Pages.PolicyActions;

/// <summary>The fields of the form.</summary>
public sealed record AdoptionInput
{
    public string? Name { get; set; }

    public string? Level { get; set; }

    public string? State { get; set; }

    public string? Fips { get; set; }

    public string? Status { get; set; }

    public DateOnly? Since { get; set; }

    public string? Note { get; set; }

    public DateOnly? StatusAsOf { get; set; }

    public List<string> Provisions { get; set; } = [];

    public string? Departures { get; set; }

    public string? SourceName { get; set; }

    public string? SourceUrl { get; set; }

    public DateOnly? RetrievedOn { get; set; }

    /// <summary>Returns what the form shows for an adoption.</summary>
    internal static AdoptionInput Of(AdoptionEdit edit) => new()
    {
        Name = edit.Jurisdiction.Name,
        Level = edit.Jurisdiction.Level,
        State = edit.Jurisdiction.State,
        Fips = edit.Jurisdiction.Fips,
        Status = edit.Status,
        Since = edit.Since,
        Note = edit.Note,
        StatusAsOf = edit.StatusAsOf,
        Provisions = [.. edit.Provisions],
        Departures = edit.Departures,
        SourceName = edit.Source.Name,
        SourceUrl = edit.Source.Url,
        RetrievedOn = edit.Source.RetrievedOn,
    };

    /// <summary>Returns the edit. What the form does not show of the source stays.</summary>
    internal AdoptionEdit ToEdit(Source? source) => new()
    {
        Jurisdiction = new Jurisdiction { Name = Text(Name) ?? "", Level = Text(Level) ?? "", State = Text(State) is { } state ? States.Parse(state)?.Code ?? state.ToUpperInvariant() : null, Fips = Text(Fips) },
        Status = Text(Status) ?? "",
        Since = Since,
        Note = Text(Note),
        StatusAsOf = StatusAsOf,
        Provisions = [.. Provisions],
        Departures = Text(Departures),
        Source = (source ?? new Source { Name = "" }) with { Name = Text(SourceName) ?? "", Url = Text(SourceUrl), RetrievedOn = RetrievedOn },
    };

    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

/// <summary>
/// Adds or changes one adoption of a policy action. It is saved as a draft of the action and goes through the usual review. A change is based
/// on the revision that the form showed; if somebody changed the same adoption since, nothing is overwritten.
/// </summary>
[AtLeast(CuratorRole.Curator)]
public sealed class AdoptionModel(EntryStore entries, ReviewStore reviews, PolicyDrafts drafts, DirectoryRules rules) : ConsolePage
{
    [BindProperty(SupportsGet = true), FromRoute]
    public Guid? Id { get; set; }

    /// <summary>The action, if the address does not name it.</summary>
    [BindProperty(SupportsGet = true), FromQuery(Name = "action")]
    public Guid? Chosen { get; set; }

    /// <summary>The slug of the jurisdiction; null for a new one.</summary>
    [BindProperty(SupportsGet = true), FromQuery]
    public string? Place { get; set; }

    /// <summary>The position of the adoption in the action; null to add one.</summary>
    [BindProperty(SupportsGet = true), FromQuery]
    public int? At { get; set; }

    /// <summary>The address to return to.</summary>
    [BindProperty(SupportsGet = true), FromQuery]
    public string? Back { get; set; }

    public AdoptionInput Input { get; private set; } = new();

    /// <summary>The revision that the form shows.</summary>
    public int Revision { get; private set; }

    public IReadOnlyList<PolicyDraft> Drafts { get; private set; } = [];

    /// <summary>The action; null until one is chosen.</summary>
    public PolicyDraft? Draft { get; private set; }

    /// <summary>The adoption as somebody else saved it meanwhile; null for no conflict.</summary>
    public Adoption? Conflict { get; private set; }

    /// <summary>Who saved it, and when.</summary>
    public Revision? ConflictBy { get; private set; }

    public ActorNames Names { get; private set; } = null!;

    public VocabularySet Vocabularies { get; private set; } = null!;

    /// <summary>The address to return to, if it is one of this console.</summary>
    public string ReturnTo => Back is { } back && Url.IsLocalUrl(back) ? back : Url.Page("Index")!;

    public async Task<IActionResult> OnGetAsync()
    {
        await LoadAsync();
        if (Draft is null)
        {
            return Id is null ? Page() : NotFound();
        }

        Revision = Draft.Row.LatestRevision;
        if (At is { } at)
        {
            if (at < 0 || at >= Draft.Action.Adoptions.Count)
            {
                return NotFound();
            }

            Input = AdoptionInput.Of(AdoptionEdit.Of(Draft.Action.Adoptions[at]));
        }
        else if (Place is not null && Drafts.SelectMany(d => d.Action.Adoptions).FirstOrDefault(a => PolicyPlace.SlugOf(a.Jurisdiction) == Place) is { Jurisdiction: var known })
        {
            Input = new AdoptionInput { Name = known.Name, Level = known.Level, State = known.State, Fips = known.Fips };
        }

        return Page();
    }

    /// <summary>Saves the adoption, with or without sending the action to review, or removes it.</summary>
    /// <param name="input">The fields.</param>
    /// <param name="revision">The revision that the form showed.</param>
    /// <param name="intent">save, submit, or remove.</param>
    public async Task<IActionResult> OnPostAsync([FromForm(Name = "Input")] AdoptionInput input, int revision, string? intent)
    {
        (Input, Revision) = (input, revision);
        await LoadAsync();
        if (Draft is not { } draft)
        {
            return NotFound();
        }

        var shown = revision == draft.Row.LatestRevision ? draft.Action : await ReadAsync(s => ReadRevisionAsync(s, draft.Row.EntryId, revision));
        if (!ModelState.IsValid || (At is { } position && (position < 0 || position >= shown.Adoptions.Count)))
        {
            return ModelState.IsValid ? NotFound() : Page();
        }

        var before = At is { } at ? shown.Adoptions[at] : null;
        var after = intent == "remove" ? null : input.ToEdit(before?.Source).Apply(before);
        if (await MergeAsync(draft, shown, before, after) is not { } merged || !Check(merged.Action, merged.At, after))
        {
            return Page();
        }

        var text = merged.Action with { Id = null, Slug = null };
        if (!await TryAsync(s => SaveAsync(s, draft.Row, text, intent == "submit")))
        {
            return Page();
        }

        Notice = (after is null ? "The adoption was removed" : "The adoption was saved") + $" in a draft of “{draft.Action.Name}”" + (intent == "submit" ? ", which was sent to review." : ".");
        return LocalRedirect(ReturnTo);
    }

    /// <summary>Returns the options of a vocabulary.</summary>
    public IEnumerable<Microsoft.AspNetCore.Mvc.Rendering.SelectListItem> Options(string vocabulary, string? current) =>
        (Vocabularies.Find(vocabulary)?.Terms ?? []).Where(t => !t.Retired || t.Code == current)
            .Select(t => new Microsoft.AspNetCore.Mvc.Rendering.SelectListItem(t.Label, t.Code)).Prepend(new("Choose…", ""));

    /// <summary>The latest text with the change. Null for a conflict, which the page then shows.</summary>
    private async Task<(PolicyAction Action, int At)?> MergeAsync(PolicyDraft draft, PolicyAction shown, Adoption? before, Adoption? after)
    {
        var place = before?.Jurisdiction ?? after!.Jurisdiction;
        var slug = PolicyPlace.SlugOf(place);
        var isAddedTwice = before is null && draft.Of(slug).Any(a => shown.Adoptions.All(s => PolicyPlace.SlugOf(s.Jurisdiction) != slug));
        if (!isAddedTwice && AdoptionEdit.Replace(draft.Action, before, after) is { } merged)
        {
            return merged;
        }

        var (at, theirs) = draft.Of(slug).Select(a => ((int?)a.At, a.Adoption)).FirstOrDefault();
        (At, Conflict, Revision) = (at, theirs, draft.Row.LatestRevision);
        ConflictBy = await ReadAsync(s => EntryStore.ReadRevisionAsync(s, draft.Row.EntryId, Revision, Cancellation));
        ModelState.AddModelError("", theirs is null
            ? "Somebody removed this adoption since you opened it. Save again to add it."
            : "Somebody changed this adoption since you opened it. Compare both, then save again to replace theirs.");
        return null;
    }

    /// <summary>Adds the errors of this adoption to their fields. Errors elsewhere in the action don't matter here.</summary>
    private bool Check(PolicyAction action, int at, Adoption? after)
    {
        if (after is null)
        {
            return true;
        }

        var prefix = string.Create(CultureInfo.InvariantCulture, $"adoptions[{at}]");
        foreach (var failure in rules.Validate(action).Errors)
        {
            var path = FieldLabels.JsonPath(failure.PropertyName);
            if (path.StartsWith(prefix, StringComparison.Ordinal))
            {
                ModelState.AddModelError(FieldOf(path[prefix.Length..].TrimStart('.')), EntryForm.Sentence(failure.ErrorMessage, path));
            }
        }

        return ModelState.IsValid;
    }

    private static string FieldOf(string path) => path switch
    {
        "jurisdiction.name" => "Input.Name",
        "jurisdiction.level" => "Input.Level",
        "jurisdiction.state" => "Input.State",
        "jurisdiction.fips" => "Input.Fips",
        "status" => "Input.Status",
        "statusAsOf" => "Input.StatusAsOf",
        "departures" => "Input.Departures",
        "source.name" => "Input.SourceName",
        "source.url" => "Input.SourceUrl",
        "source.retrievedOn" or "source.checkAgainOn" => "Input.RetrievedOn",
        _ when path.EndsWith(".note", StringComparison.Ordinal) => "Input.Note",
        _ when path.StartsWith("history", StringComparison.Ordinal) => "Input.Since",
        _ => "",
    };

    private async Task SaveAsync(DbSession session, EntryRow row, PolicyAction text, bool submit)
    {
        var note = $"Adoption: {(Input.Name ?? "").Trim()}";
        var number = await entries.SaveAsync(session, row.EntryId, row.LatestRevision, text, Actor, note.Length > EntryStore.MaxNoteLength ? null : note, Cancellation);
        if (submit)
        {
            await reviews.SubmitAsync(session, row.EntryId, number, Actor, note, Cancellation);
        }
    }

    private async Task<PolicyAction> ReadRevisionAsync(DbSession session, Guid id, int revision) =>
        (PolicyAction)EntryJson.Read((await EntryStore.ReadRevisionAsync(session, id, revision, Cancellation)).Body);

    private async Task LoadAsync()
    {
        Vocabularies = await rules.VocabulariesAsync(Cancellation);
        await using var session = await Database.OpenAsync(Cancellation);
        Names = await ActorNames.ReadAsync(session, Cancellation);
        Drafts = await drafts.ReadAsync(session, Cancellation);
        Draft = Drafts.FirstOrDefault(d => d.Row.EntryId == (Id ?? Chosen));
    }
}
