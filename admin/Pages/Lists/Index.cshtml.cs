using HealthEquity.Admin.Pages.Shared;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Lists;
using Microsoft.AspNetCore.Mvc;

namespace HealthEquity.Admin.Pages.Lists;

/// <summary>Lists the curated lists, and creates new ones.</summary>
public sealed class IndexModel(CuratedListStore store) : ConsolePage
{
    [BindProperty]
    public string Title { get; set; } = "";

    public IReadOnlyList<CuratedList> Lists { get; private set; } = [];

    /// <summary>The directory's languages.</summary>
    public IReadOnlyList<string> Languages { get; private set; } = ["en"];

    public Task OnGetAsync() => LoadAsync();

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        var id = Guid.Empty;
        if (await TryAsync(async s => id = await CreateAsync(s)))
        {
            return RedirectToPage("/Lists/Edit", new { id });
        }

        return Page();
    }

    private Task<Guid> CreateAsync(HealthEquity.Store.Databases.DbSession session)
    {
        var title = Title.Trim();
        if (title.Length == 0)
        {
            throw new RefusedException("Enter a title.") { Field = nameof(Title) };
        }

        RefusedException.IfLonger(title, CuratedListStore.MaxTitleLength, "The title");
        return store.CreateAsync(session, FreeSlug(title), new ListContent { Titles = new Dictionary<string, string> { [Languages[0]] = title } }, Actor, Cancellation);
    }

    /// <summary>An address made from the title, with a number if another list has it. The curator can change it until the list is public.</summary>
    private string FreeSlug(string title)
    {
        var slug = Slug.From(title);
        slug = slug.Length == 0 ? "list" : slug[..Math.Min(slug.Length, CuratedListStore.MaxSlugLength - 4)].Trim('-');
        var taken = Lists.Select(l => l.Slug).ToHashSet(StringComparer.Ordinal);
        return Enumerable.Range(1, taken.Count + 1).Select(n => n == 1 ? slug : $"{slug}-{n}").First(s => !taken.Contains(s));
    }

    private async Task LoadAsync()
    {
        Languages = (await Department.SettingsAsync(Cancellation)).Languages is { Count: > 0 } languages ? languages : ["en"];
        var today = await Department.TodayAsync(Cancellation);
        Lists = await ReadAsync(s => CuratedListStore.ListAsync(s, today, Cancellation));
    }
}
