using HealthEquity.Admin.Access;
using HealthEquity.Admin.Directory;
using HealthEquity.Admin.Hosting;
using HealthEquity.Admin.Pages.Shared;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Vocabularies;
using HealthEquity.Store.Curators;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Entries;
using HealthEquity.Store.Lists;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace HealthEquity.Admin.Pages.Lists;

/// <summary>An entry of the list in the form.</summary>
public sealed class ListRow
{
    public Guid Id { get; set; }

    public int Position { get; set; }

    public Dictionary<string, string?> Notes { get; set; } = [];
}

/// <summary>
/// Edits a curated list. Every button sends the whole form, so that nothing typed is lost: adding and removing save the list, which the public
/// does not see before a reviewer publishes it.
/// </summary>
public sealed class EditModel(CuratedListStore store, DirectoryRules rules, EditorialDirectory directory, IConfiguration configuration) : ConsolePage
{
    private const int MaxFound = 20;

    [FromRoute]
    public Guid Id { get; set; }

    [BindProperty]
    public int Version { get; set; }

    [BindProperty]
    public string Slug { get; set; } = "";

    [BindProperty]
    public string Audience { get; set; } = "";

    // Named, so that a form without them does not fill them with its other fields.
    [BindProperty(Name = nameof(Titles))]
    public Dictionary<string, string?> Titles { get; set; } = [];

    [BindProperty(Name = nameof(Notes))]
    public Dictionary<string, string?> Notes { get; set; } = [];

    [BindProperty(Name = nameof(Rows))]
    public List<ListRow> Rows { get; set; } = [];

    [BindProperty]
    public string Text { get; set; } = "";

    public CuratedList List { get; private set; } = null!;

    public DateOnly Today { get; private set; }

    /// <summary>The languages of the texts: the directory's, and those that the list already has.</summary>
    public IReadOnlyList<string> Languages { get; private set; } = [];

    /// <summary>The results of the search; null if nothing was searched.</summary>
    public IReadOnlyList<EntryRow>? Found { get; private set; }

    /// <summary>The number of all entries that the search finds.</summary>
    public int FoundCount { get; private set; }

    /// <summary>The addresses of the entries on the list and of those found; empty for none.</summary>
    public Dictionary<Guid, string> Places { get; } = [];

    public IEnumerable<SelectListItem> Audiences { get; private set; } = [];

    /// <summary>The address of the public pages, setting <c>PublicAddress</c>. Without it, null, except where both programs run with their defaults on one machine.</summary>
    public string? PublicAddress => configuration["PublicAddress"]?.TrimEnd('/') is { Length: > 0 } address ? address
        : $"{Request.Scheme}://{Request.Host}" == ConsoleApp.DefaultUrl ? ConsoleApp.DefaultPublicUrl : null;

    private IReadOnlyDictionary<Guid, ListedEntryState> States { get; set; } = new Dictionary<Guid, ListedEntryState>();

    public async Task OnGetAsync(string? text)
    {
        await LoadAsync();
        Show();
        Text = text ?? "";
        if (Text.Length > 0)
        {
            Found = await ReadAsync(FindAsync);
        }
    }

    /// <summary>Saves. Enter in the search field comes here too, so what was searched for is found afterwards.</summary>
    public Task<IActionResult> OnPostAsync() => ChangeAsync(_ => Task.CompletedTask, "List saved.", Text);

    public async Task<IActionResult> OnPostSearchAsync()
    {
        await LoadAsync();
        Sort();
        Found = await ReadAsync(FindAsync);
        return Page();
    }

    public Task<IActionResult> OnPostAddAsync(Guid add)
    {
        if (add != Guid.Empty && Rows.TrueForAll(r => r.Id != add))
        {
            Rows.Add(new ListRow { Id = add, Position = int.MaxValue });
        }

        return ChangeAsync(_ => Task.CompletedTask, "Entry added.", Text);
    }

    public Task<IActionResult> OnPostRemoveAsync(Guid remove)
    {
        Rows.RemoveAll(r => r.Id == remove);
        return ChangeAsync(_ => Task.CompletedTask, "Entry removed.");
    }

    [AtLeast(CuratorRole.Reviewer)]
    public Task<IActionResult> OnPostPublishAsync() => ChangeAsync(s => store.PublishAsync(s, Id, Actor, Cancellation), "List published.");

    [AtLeast(CuratorRole.Reviewer)]
    public async Task<IActionResult> OnPostWithdrawAsync()
    {
        await Database.TransactAsync(s => store.WithdrawAsync(s, Id, Actor, Cancellation), Cancellation);
        Notice = "List taken down.";
        return RedirectToPage(new { Id });
    }

    /// <summary>The state of an entry on the list.</summary>
    public ListedEntryState StateOf(Guid id) => States.GetValueOrDefault(id) ?? new ListedEntryState { EntryId = id, Name = "New entry", Listing = Listing.Published };

    private async Task<IActionResult> ChangeAsync(Func<DbSession, Task> then, string notice, string? search = null)
    {
        await LoadAsync();
        Sort();
        var saved = await TryAsync(async s =>
        {
            await store.SaveAsync(s, Id, Version, Slug.Trim(), Content(), Actor, Cancellation);
            await then(s);
        });
        if (saved)
        {
            Notice = notice;
            return string.IsNullOrEmpty(search) ? RedirectToPage(new { Id }) : RedirectToPage(null, null, new { Id, text = search }, "found");
        }

        // Saving again then replaces the other person's version, as the message says.
        if (ModelState.ContainsKey("conflict"))
        {
            ModelState.Remove(nameof(Version));
            Version = List.Version;
        }

        return Page();
    }

    private ListContent Content() => new()
    {
        Titles = Texts(Titles),
        Notes = Texts(Notes),
        Audience = Audience.Length == 0 ? null : Audience,
        Entries = [.. Rows.Select(r => new ListEntry { Id = r.Id, Notes = Texts(r.Notes) })],
    };

    private static Dictionary<string, string> Texts(Dictionary<string, string?> texts) =>
        texts.Where(t => !string.IsNullOrWhiteSpace(t.Value)).ToDictionary(t => t.Key, t => t.Value!);

    /// <summary>Puts the rows in the order of their numbers; of two with the same number, the one that stood first stays first.</summary>
    private void Sort()
    {
        Rows = [.. Rows.OrderBy(r => r.Position)];
        foreach (var (index, row) in Rows.Index())
        {
            row.Position = index + 1;
        }

        // The posted values stand under the old places.
        foreach (var key in ModelState.Keys.Where(k => k.StartsWith($"{nameof(Rows)}[", StringComparison.Ordinal)).ToList())
        {
            ModelState.Remove(key);
        }
    }

    private void Show()
    {
        (Version, Slug, Audience) = (List.Version, List.Slug, List.Content.Audience ?? "");
        (Titles, Notes) = (Typed(List.Content.Titles), Typed(List.Content.Notes));
        Rows = [.. List.Content.Entries.Select((e, i) => new ListRow { Id = e.Id, Position = i + 1, Notes = Typed(e.Notes) })];
    }

    private static Dictionary<string, string?> Typed(IReadOnlyDictionary<string, string> texts) => texts.ToDictionary(t => t.Key, t => (string?)t.Value);

    private async Task<IReadOnlyList<EntryRow>> FindAsync(DbSession session)
    {
        if (string.IsNullOrWhiteSpace(Text))
        {
            return [];
        }

        var among = await directory.FindAsync(session, Text.Trim(), kind: null, Cancellation);
        var filter = new EntryFilter { Text = among is null ? Text : null, Among = among, Listing = Listing.Published };
        var order = new EntryOrder(among is null ? EntrySort.Name : EntrySort.Relevance, Descending: false);
        (var found, FoundCount) = await EntryFinder.PageAsync(session, filter, order, 0, MaxFound, Cancellation);
        await LoadPlacesAsync(session, found.Select(e => e.EntryId));
        return found;
    }

    /// <summary>Where the entries are: branches often have one name.</summary>
    private async Task LoadPlacesAsync(DbSession session, IEnumerable<Guid> ids)
    {
        foreach (var (id, entry) in await EntryContents.ReadPublishedAsync(session, ids, Cancellation))
        {
            var place = entry is ServiceEntry service ? service.Locations.FirstOrDefault(l => l is { Visibility: Visibility.Public, City: not null }) : null;
            Places[id] = place is null ? "" : string.Join(", ", new[] { place.Address1, place.City, place.StateProvince }.Where(p => !string.IsNullOrEmpty(p)));
        }
    }

    private async Task LoadAsync()
    {
        Today = await Department.TodayAsync(Cancellation);
        await using var session = await Database.OpenAsync(Cancellation);
        List = await CuratedListStore.ReadAsync(session, Id, Today, Cancellation);
        States = (await CuratedListStore.StatesAsync(session, Id, Cancellation)).ToDictionary(s => s.EntryId);
        await LoadPlacesAsync(session, States.Keys);
        var own = List.Content;
        Languages =
        [
            .. (await Department.SettingsAsync(Cancellation)).Languages
                .Union(own.Titles.Keys).Union(own.Notes.Keys).Union(own.Entries.SelectMany(e => e.Notes.Keys)),
        ];
        var audience = (await rules.VocabulariesAsync(Cancellation)).Find(VocabularyNames.Audience);
        Audiences = (audience?.Terms ?? []).Where(t => !t.Retired || t.Code == own.Audience).Select(t => new SelectListItem(t.Label, t.Code)).Prepend(new SelectListItem("Everyone", ""));
    }
}
