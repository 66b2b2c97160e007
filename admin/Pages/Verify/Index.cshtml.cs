using HealthEquity.Admin.Access;
using HealthEquity.Admin.Directory;
using HealthEquity.Admin.Pages.Entries;
using HealthEquity.Admin.Pages.Shared;
using HealthEquity.Admin.Wording;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Geography;
using HealthEquity.Directory.Vocabularies;
using HealthEquity.Store.BulkChanges;
using HealthEquity.Store.Calls;
using HealthEquity.Store.Curators;
using HealthEquity.Store.Entries;
using HealthEquity.Store.Verification;
using Microsoft.AspNetCore.Mvc;

namespace HealthEquity.Admin.Pages.Verify;

/// <summary>The calls to make, most urgent first, with what the curator did today and what the coming weeks bring.</summary>
[AtLeast(CuratorRole.Curator)]
public sealed class IndexModel(CallQueue queue, CallStore calls, CallForecast forecast, DirectoryRules rules, DirectoryHealth health) : ConsolePage
{
    private const int PageSize = 50;
    private const int MaxCountyNames = 400;
    private const int MaxAlike = 8;

    /// <summary>The code of the kind; empty for all.</summary>
    [BindProperty(SupportsGet = true), FromQuery]
    public string? Kind { get; set; }

    /// <summary>The county's name; empty for all.</summary>
    [BindProperty(SupportsGet = true), FromQuery]
    public string? County { get; set; }

    /// <summary>The risk; empty for all.</summary>
    [BindProperty(SupportsGet = true), FromQuery]
    public CallRisk? Risk { get; set; }

    /// <summary>"me", "nobody", a curator's id; empty for everyone.</summary>
    [BindProperty(SupportsGet = true), FromQuery]
    public string? Assigned { get; set; }

    [BindProperty(SupportsGet = true), FromQuery]
    public int Number { get; set; } = 1;

    public IReadOnlyList<QueuedCall> Calls { get; private set; } = [];

    /// <summary>The cities and phone numbers of the calls, which tell branches apart.</summary>
    public GridCells Cells { get; private set; } = null!;

    public int Count { get; private set; }

    public bool HasMore => Number * PageSize < Count;

    /// <summary>What the curator did today, latest first. The note is the entry's name.</summary>
    public IReadOnlyList<VerificationRecord> Done { get; private set; } = [];

    public Forecast Forecast { get; private set; } = null!;

    public ActorNames Names { get; private set; } = null!;

    public VocabularySet Vocabularies { get; private set; } = null!;

    /// <summary>The counties that have entries, for the datalist.</summary>
    public IReadOnlyList<string> CountyNames { get; private set; } = [];

    /// <summary>The number of the curator's own calls, which can be handed over.</summary>
    public int MineCount { get; private set; }

    public async Task OnGetAsync()
    {
        Number = Math.Clamp(Number, 1, int.MaxValue / PageSize);
        Vocabularies = await rules.VocabulariesAsync(Cancellation);
        await using var session = await Database.OpenAsync(Cancellation);
        var found = Filter() is { } filter ? await queue.ListAsync(session, filter, Cancellation) : [];
        (Count, Calls) = (found.Count, [.. found.Skip((Number - 1) * PageSize).Take(PageSize)]);
        Cells = new GridCells(await EntryContents.ReadPublishedAsync(session, Calls.Select(c => c.EntryId), Cancellation), Vocabularies);
        MineCount = await queue.CountOwnAsync(session, User.CuratorId(), Cancellation);
        Done = await queue.DoneTodayAsync(session, User.CuratorId(), Cancellation);
        Forecast = await forecast.ReadAsync(session, Cancellation);
        Names = await ActorNames.ReadAsync(session, Cancellation);
        CountyNames = [.. (health.Last?.Counties ?? []).Take(MaxCountyNames).Select(c => Counties.Parse(c.Heading)?.FullName).OfType<string>()];
    }

    /// <summary>Takes the ten most urgent calls that are nobody's, and opens the first.</summary>
    public async Task<IActionResult> OnPostTakeAsync()
    {
        var filter = Filter() ?? new CallFilter();
        var taken = await Database.TransactAsync(s => queue.TakeAsync(s, filter with { AssignedTo = null }, User.CuratorId(), Cancellation), Cancellation);
        var mine = await ReadAsync(s => queue.ListAsync(s, new CallFilter { AssignedTo = User.CuratorId() }, Cancellation));
        Notice = taken == 0 ? "No call that is nobody's matches." : taken == 1 ? "You took 1 call." : $"You took {taken} calls.";
        return mine.Count > 0 ? RedirectToPage("Call", new { id = mine[0].EntryId }) : RedirectToPage();
    }

    /// <summary>Hands the curator's calls over to another curator, or to nobody.</summary>
    public async Task<IActionResult> OnPostHandOverAsync(Guid? to)
    {
        var handed = 0;
        var done = await TryAsync(async session =>
        {
            var mine = await queue.ListAsync(session, new CallFilter { AssignedTo = User.CuratorId(), WithPlanned = true }, Cancellation);
            handed = await queue.HandOverAsync(session, mine.Select(c => c.EntryId), User.CuratorId(), to, Cancellation);
        });
        if (!done)
        {
            await OnGetAsync();
            return Page();
        }

        Notice = handed == 1 ? "1 call handed over." : $"{handed} calls handed over.";
        return RedirectToPage();
    }

    /// <summary>Takes the last call back.</summary>
    public async Task<IActionResult> OnPostUndoAsync(Guid call)
    {
        var entry = Guid.Empty;
        if (await TryAsync(async s => entry = await calls.UndoAsync(s, call, Actor, Cancellation)))
        {
            Notice = "The call was undone.";
            return RedirectToPage("Call", new { id = entry });
        }

        await OnGetAsync();
        return Page();
    }

    /// <summary>Spreads the due dates of weeks with too many calls. It is one bulk change.</summary>
    public async Task<IActionResult> OnPostSpreadAsync()
    {
        BulkChange? change = null;
        if (!await TryAsync(async s => change = await forecast.SpreadAsync(s, Actor, Cancellation)))
        {
            await OnGetAsync();
            return Page();
        }

        if (change is null)
        {
            Notice = "The calls are already spread as evenly as they can be.";
            return RedirectToPage();
        }

        return RedirectToPage("/BulkChanges/Show", new { id = change.BulkChangeId });
    }

    /// <summary>Returns the query for another page of the same list.</summary>
    public string Query(int number) => QueryString.Create(new Dictionary<string, string?>
    {
        ["kind"] = Kind,
        ["county"] = County,
        ["risk"] = Risk?.ToString(),
        ["assigned"] = Assigned,
        ["number"] = number > 1 ? number.ToString(System.Globalization.CultureInfo.InvariantCulture) : null,
    }.Where(p => !string.IsNullOrEmpty(p.Value))).ToString();

    /// <summary>The filter; null for an unknown place.</summary>
    private CallFilter? Filter()
    {
        var state = States.Parse(County);
        var counties = state is not null || string.IsNullOrWhiteSpace(County) ? [] : Counties.Match(County, state: null);
        if (state is null && !string.IsNullOrWhiteSpace(County) && counties.Count != 1)
        {
            var alike = counties.Union(Counties.StartingWith(County)).Take(MaxAlike).Select(c => c.FullName).ToList();
            ModelState.AddModelError(nameof(County), alike.Count switch
            {
                0 => $"Unknown county or state “{County}”. Enter a name such as Orange County, FL, or Florida.",
                1 => $"Unknown county or state “{County}”. Did you mean {alike[0]}?",
                _ => $"“{County}” can be {string.Join("; ", alike)}. Enter one of them.",
            });
            return null;
        }

        return new CallFilter
        {
            Kind = EntryKinds.TryParse(Kind, out var kind) ? kind : null,
            County = counties is [var county] ? county.Code : null,
            State = state?.Code,
            Risk = Risk,
            Unassigned = Assigned == "nobody",
            AssignedTo = Assigned == "me" ? User.CuratorId() : Guid.TryParse(Assigned, out var other) ? other : null,
        };
    }
}
