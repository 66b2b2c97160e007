using System.Globalization;
using HealthEquity.Admin.Access;
using HealthEquity.Admin.Directory;
using HealthEquity.Db;
using HealthEquity.Db.Curators;
using HealthEquity.Db.Entries;
using HealthEquity.Db.Exports;
using HealthEquity.Db.Storage;
using HealthEquity.Db.Vocabularies;
using Microsoft.AspNetCore.Mvc;

namespace HealthEquity.Admin.Pages.Entries;

/// <summary>One of the entries that were to be changed together.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Why">Why it refused; empty where it did not.</param>
public sealed record BulkItem(Guid Id, string Name, string Why);

/// <summary>What came of a change to many entries.</summary>
/// <param name="Done">What was done to those that did not refuse, such as "suspended".</param>
/// <param name="Changed">Those.</param>
/// <param name="Refused">Those that refused; nothing of them has changed.</param>
public sealed record BulkOutcome(string Done, IReadOnlyList<BulkItem> Changed, IReadOnlyList<BulkItem> Refused)
{
    /// <summary>"One entry", "12 entries".</summary>
    public static string Counted(int number) => number == 1 ? "One entry" : $"{number} entries";
}

/// <summary>All entries, drafts among them: found, sorted, chosen, and many changed at once.</summary>
public sealed class IndexModel(EditorialStores stores, DirectoryRules rules) : ConsolePage
{
    private const int PageSize = 50;
    private const int MostAtOnce = 500;

    /// <summary>The choice of everything, private members too, in the export's form.</summary>
    public const string EditorialView = "editorial";

    [BindProperty(SupportsGet = true), FromQuery(Name = "")]
    public EntrySearch Search { get; set; } = new();

    [BindProperty(SupportsGet = true), FromQuery]
    public int Number { get; set; } = 1;

    public IReadOnlyList<EntryRow> Rows { get; private set; } = [];

    public int Count { get; private set; }

    public ActorNames Names { get; private set; } = null!;

    public VocabularySet Vocabularies { get; private set; } = null!;

    public bool HasMore { get; private set; }

    /// <summary>The day that it is where the department is.</summary>
    public DateOnly Today { get; private set; }

    public async Task OnGetAsync()
    {
        Today = await Department.TodayAsync(Cancellation);
        Vocabularies = await rules.VocabulariesAsync(Cancellation);
        var filter = Search.Filter(User.CuratorId());
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

    /// <summary>What came of a change to many entries, where some of them refused it.</summary>
    public BulkOutcome? Outcome { get; private set; }

    public Task<IActionResult> OnPostAssignAsync(List<Guid> chosen, Guid? curator) => EachAsync(
        chosen, (s, id) => stores.Entries.AssignAsync(s, id, curator, Actor, Cancellation), "assigned");

    public Task<IActionResult> OnPostSuspendAsync(List<Guid> chosen, string? reason)
    {
        if (string.IsNullOrWhiteSpace(reason))
        {
            ModelState.AddModelError("suspend-reason", "Say why you suspend them.");
        }

        return EachAsync(
            chosen, (s, id) => stores.Publisher.WithdrawAsync(s, id, Listing.Suspended, Actor, reason!, mergedInto: null, Cancellation), "suspended");
    }

    public async Task<IActionResult> OnPostTagAsync(List<Guid> chosen, string? tag)
    {
        var vocabularies = await rules.VocabulariesAsync(Cancellation);
        var term = tag is null ? null : vocabularies.Find(VocabularyNames.Tag, tag);
        if (term is not { Retired: false })
        {
            ModelState.AddModelError("new-tag", "Choose a tag.");
        }

        return await EachAsync(
            chosen,
            async (s, id) =>
            {
                var row = await EntryStore.ReadAsync(s, id, Cancellation);
                var entry = EntryJson.Read((await EntryStore.ReadRevisionAsync(s, id, row.LatestRevision, Cancellation)).Body);
                if (!entry.Tags.Contains(term!.Code))
                {
                    await stores.Entries.SaveAsync(s, id, row.LatestRevision, entry with { Tags = [.. entry.Tags, term.Code] }, Actor, $"Tagged “{term.Label}”.", Cancellation);
                }
            },
            "tagged, as drafts");
    }

    /// <summary>
    /// The chosen entries as a file, or everything that the search finds when none is chosen. Viewers get what the public reads, and
    /// whoever may edit gets the rest too, if they ask for it.
    /// </summary>
    [AtLeast(CuratorRole.Viewer)]
    public async Task<IActionResult> OnPostExportAsync(List<Guid> chosen, string? format, string? view)
    {
        IReadOnlyList<Guid> ids = [.. chosen.Distinct()];
        if (ids.Count == 0)
        {
            ids = await ReadAsync<IReadOnlyList<Guid>>(async session => [.. (await FindAllAsync(session)).Select(r => r.EntryId)]);
        }

        if (!ExportFormats.TryParse(format, out var file) || ids.Count > file.MostEntries())
        {
            ModelState.AddModelError("export-format", "Choose a format. An Excel sheet holds a million entries; CSV holds any number.");
            await OnGetAsync();
            return Page();
        }

        var ask = new ExportRequest
        {
            Format = file,
            View = view == EditorialView && User.IsAtLeast(CuratorRole.Curator) ? ExportView.Editorial : ExportView.Public,
            Kinds = chosen.Count == 0 && EntryKinds.TryParse(Search.Kind, out var kind) ? [kind] : EntryKinds.All,
            Ids = ids,
            FoundBy = chosen.Count > 0 ? "chosen" : Search.FilterNames is { Count: > 0 } names ? string.Join(", ", names) : "all",
        };
        await HttpContext.RequestServices.GetRequiredService<EntryExport>().SendAsync(Response, ask, Actor, Cancellation);
        return new EmptyResult();
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

    private Task<IReadOnlyList<EntryRow>> FindAllAsync(DbSession session) =>
        EntryFinder.FindAsync(session, Search.Filter(User.CuratorId()), Search.Sort, 0, int.MaxValue, Cancellation);

    /// <summary>What was sent in a field of the form below the list; empty when nothing was.</summary>
    public string Typed(string name) => Request.HasFormContentType ? Request.Form[name].ToString() : "";

    /// <summary>After a refusal the same entries are chosen as before, less those that are done.</summary>
    public bool StaysChosen(Guid id) =>
        Outcome?.Refused.Any(i => i.Id == id) ?? (Request.HasFormContentType && Request.Form["chosen"].Contains(id.ToString()));

    /// <summary>Does something to each chosen entry, each in a transaction of its own: one that refuses keeps no other from it.</summary>
    private async Task<IActionResult> EachAsync(List<Guid> chosen, Func<DbSession, Guid, Task> act, string done)
    {
        if (chosen.Count is 0 or > MostAtOnce)
        {
            ModelState.AddModelError("", chosen.Count == 0 ? "Choose at least one entry first." : $"Choose at most {MostAtOnce} entries at once.");
        }

        if (ModelState.ErrorCount > 0)
        {
            await OnGetAsync();
            return Page();
        }

        var changed = new List<BulkItem>();
        var refused = new List<BulkItem>();
        foreach (var id in chosen.Distinct())
        {
            try
            {
                await Database.TransactAsync(s => act(s, id), Cancellation);
                changed.Add(new BulkItem(id, "", ""));
            }
            catch (RefusedException refusal)
            {
                refused.Add(new BulkItem(id, "", refusal.Message));
            }
        }

        if (refused.Count == 0)
        {
            Notice = $"{BulkOutcome.Counted(changed.Count)} {done}.";
            return LocalRedirect(Request.Path + Search.Query(("number", Number > 1 ? Number.ToString(CultureInfo.InvariantCulture) : null)));
        }

        await OnGetAsync();
        Outcome = new BulkOutcome(done, await NamedAsync(changed), await NamedAsync(refused));
        return Page();
    }

    private Task<IReadOnlyList<BulkItem>> NamedAsync(List<BulkItem> items) => ReadAsync(async s =>
    {
        var named = new List<BulkItem>();
        foreach (var item in items)
        {
            var row = Rows.FirstOrDefault(r => r.EntryId == item.Id) ?? await EntryStore.FindAsync(s, item.Id, Cancellation);
            named.Add(item with { Name = row?.Name ?? item.Id.ToString() });
        }

        return (IReadOnlyList<BulkItem>)named;
    });

    private static string Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";
}
