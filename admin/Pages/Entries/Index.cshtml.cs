using System.Globalization;
using System.Text;
using HealthEquity.Admin.Directory;
using HealthEquity.Db;
using HealthEquity.Db.Entries;
using HealthEquity.Db.Storage;
using HealthEquity.Db.Vocabularies;
using Microsoft.AspNetCore.Mvc;

namespace HealthEquity.Admin.Pages.Entries;

/// <summary>All entries, drafts among them: found, sorted, chosen, and many changed at once.</summary>
public sealed class IndexModel(EditorialStores stores, DirectoryRules rules) : ConsolePage
{
    private const int PageSize = 50;
    private const int MostAtOnce = 500;

    private static readonly string?[] Head =
        ["id", "kind", "slug", "name", "listing", "draft", "checkDueOn", "assuredOn", "capacityAsOf", "credentialExpiresOn", "assignedTo", "updatedAt"];

    [BindProperty(SupportsGet = true), FromQuery(Name = "")]
    public EntrySearch Search { get; set; } = new();

    [BindProperty(SupportsGet = true), FromQuery]
    public int Number { get; set; } = 1;

    public IReadOnlyList<EntryRow> Rows { get; private set; } = [];

    public int Count { get; private set; }

    public ActorNames Names { get; private set; } = null!;

    public VocabularySet Vocabularies { get; private set; } = null!;

    public bool HasMore { get; private set; }

    public DateOnly Today => DateOnly.FromDateTime(stores.Clock.GetUtcNow().UtcDateTime);

    public async Task OnGetAsync()
    {
        Vocabularies = await rules.VocabulariesAsync(Cancellation);
        var filter = Search.Filter(Access.ConsolePrincipal.CuratorId(User));
        await using var session = await Database.OpenAsync(Cancellation);
        Number = Math.Clamp(Number, 1, int.MaxValue / PageSize);
        var offset = (Number - 1) * PageSize;
        var found = await EntryFinder.FindAsync(session, filter, Search.Sort, offset, PageSize + 1, Cancellation);
        Rows = [.. found.Take(PageSize)];
        HasMore = found.Count > PageSize;
        // A page that is not full is the last one: nothing more need be counted.
        Count = HasMore || (Rows.Count == 0 && Number > 1) ? await EntryFinder.CountAsync(session, filter, Cancellation) : offset + Rows.Count;
        Names = await ActorNames.ReadAsync(session, Cancellation);
    }

    public Task<IActionResult> OnPostAssignAsync(List<Guid> chosen, Guid? curator) => EachAsync(
        chosen, (s, id) => stores.Entries.AssignAsync(s, id, curator, Actor, Cancellation), "assigned");

    public Task<IActionResult> OnPostSuspendAsync(List<Guid> chosen, string? reason) => EachAsync(
        chosen,
        async (s, id) =>
        {
            if (string.IsNullOrWhiteSpace(reason))
            {
                throw new RefusedException("Say why you suspend them.");
            }

            await stores.Publisher.WithdrawAsync(s, id, Listing.Suspended, Actor, reason, mergedInto: null, Cancellation);
        },
        "suspended");

    public async Task<IActionResult> OnPostTagAsync(List<Guid> chosen, string? tag)
    {
        var vocabularies = await rules.VocabulariesAsync(Cancellation);
        return await EachAsync(
            chosen,
            async (s, id) =>
            {
                if (tag is null || vocabularies.Find(VocabularyNames.Tag, tag) is not { Retired: false } term)
                {
                    throw new RefusedException("Choose a tag.");
                }

                var row = await EntryStore.ReadAsync(s, id, Cancellation);
                var entry = EntryJson.Read((await EntryStore.ReadRevisionAsync(s, id, row.LatestRevision, Cancellation)).Body);
                if (!entry.Tags.Contains(tag))
                {
                    await stores.Entries.SaveAsync(s, id, row.LatestRevision, entry with { Tags = [.. entry.Tags, tag] }, Actor, $"Tagged “{term.Label}”.", Cancellation);
                }
            },
            "tagged, as drafts");
    }

    /// <summary>The chosen entries as CSV, or everything that the search finds when none is chosen.</summary>
    [Access.AtLeast(Db.Curators.CuratorRole.Viewer)]
    public async Task<IActionResult> OnPostExportAsync(List<Guid> chosen)
    {
        await using var session = await Database.OpenAsync(Cancellation);
        Names = await ActorNames.ReadAsync(session, Cancellation);
        var rows = new List<EntryRow>();
        if (chosen.Count > 0)
        {
            foreach (var id in chosen.Distinct().Take(MostAtOnce))
            {
                rows.Add(await EntryStore.ReadAsync(session, id, Cancellation));
            }
        }
        else
        {
            rows.AddRange(await EntryFinder.FindAsync(session, Search.Filter(Access.ConsolePrincipal.CuratorId(User)), Search.Sort, 0, int.MaxValue, Cancellation));
        }

        return File(Encoding.UTF8.GetBytes("\ufeff" + string.Concat(rows.Select(Record).Prepend(Head).Select(cells => Csv.Row(cells)))), "text/csv; charset=utf-8", $"entries-{Today:yyyy-MM-dd}.csv");
    }

    /// <summary>What a column says of an entry.</summary>
    public string Cell(string column, EntryRow row) => column switch
    {
        "due" => Day(row.CheckDueOn),
        "assured" => Day(row.AssuredOn),
        "capacity" => Day(row.CapacityAsOf),
        "credential" => Day(row.CredentialExpiresOn),
        "assigned" => row.AssignedTo is null ? "" : Names.Of(row.AssignedTo),
        "slug" => row.Slug,
        _ => "",
    };

    private string?[] Record(EntryRow row) =>
    [
        row.EntryId.ToString(), row.Kind.Code(), row.Slug, row.Name, row.Listing.Code(), row.DraftState.Code(), Day(row.CheckDueOn), Day(row.AssuredOn),
        Day(row.CapacityAsOf), Day(row.CredentialExpiresOn), row.AssignedTo is null ? "" : Names.Of(row.AssignedTo),
        row.UpdatedAt.ToString("O", CultureInfo.InvariantCulture),
    ];

    private async Task<IActionResult> EachAsync(List<Guid> chosen, Func<DbSession, Guid, Task> act, string done)
    {
        var number = 0;
        if (chosen.Count == 0)
        {
            ModelState.AddModelError("", "Choose at least one entry first.");
        }

        foreach (var id in chosen.Distinct().Take(MostAtOnce).TakeWhile(_ => ModelState.ErrorCount == 0))
        {
            if (await TryAsync(s => act(s, id)))
            {
                number++;
            }
        }

        if (ModelState.ErrorCount > 0)
        {
            await OnGetAsync();
            return Page();
        }

        Notice = $"{number} {(number == 1 ? "entry" : "entries")} {done}.";
        return LocalRedirect(Request.Path + Search.Query(("number", Number > 1 ? Number.ToString(CultureInfo.InvariantCulture) : null)));
    }

    private static string Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";
}
