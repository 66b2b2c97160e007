using System.Text.Json.Nodes;
using HealthEquity.Admin.Comparing;
using HealthEquity.Admin.Directory;
using HealthEquity.Admin.Pages.Shared;
using HealthEquity.Directory.Vocabularies;
using HealthEquity.Imports.Applying;
using Microsoft.AspNetCore.Mvc;

namespace HealthEquity.Admin.Pages.Imports;

/// <summary>A field that a source and a curator have both changed, as people read it.</summary>
public sealed record ShownConflict(ImportConflict Conflict, string Label, string Ours, string Theirs, string Base);

/// <summary>
/// Fields that a source and a curator have both changed. Each is settled by itself or many together: one refusal keeps no other from
/// being settled. What is taken from a source becomes a draft, for a reviewer like every text.
/// </summary>
[RequestFormLimits(ValueCountLimit = 5_000)]
public sealed class ConflictsModel(ImportConflicts conflicts, DirectoryRules rules) : ConsolePage
{
    private const int PageSize = 20;
    private const string Settling = "settle:";

    /// <summary>Conflicts of one import only.</summary>
    [BindProperty(SupportsGet = true), FromQuery]
    public Guid? Import { get; set; }

    [BindProperty(SupportsGet = true), FromQuery]
    public int Number { get; set; } = 1;

    public IReadOnlyList<ShownConflict> Items { get; private set; } = [];

    public int Count { get; private set; }

    public bool HasMore => Count > Number * PageSize;

    public Task OnGetAsync() => LoadAsync();

    /// <summary>Settles those for which something is chosen; with "all", every one that the page shows.</summary>
    public async Task<IActionResult> OnPostAsync(string? all)
    {
        await rules.VocabulariesAsync(Cancellation);
        var chosen = (from field in Request.Form
                      where field.Key.StartsWith(Settling, StringComparison.Ordinal)
                      let way = all is "ours" or "theirs" ? all : field.Value.ToString()
                      where way is "ours" or "theirs" && Guid.TryParse(field.Key.AsSpan(Settling.Length), out _)
                      select (Id: Guid.Parse(field.Key.AsSpan(Settling.Length)), Theirs: way == "theirs")).ToList();
        if (chosen.Count == 0)
        {
            ModelState.AddModelError("", "Choose for at least one field what is right.");
        }

        var settled = 0;
        foreach (var (id, theirs) in chosen)
        {
            settled += await TryAsync(s => conflicts.SettleAsync(s, id, theirs, Actor, Cancellation)) ? 1 : 0;
        }

        if (ModelState.IsValid)
        {
            Notice = settled == 1 ? "One field is settled." : $"{settled} fields are settled.";
            return RedirectToPage(new { Import });
        }

        await LoadAsync();
        return Page();
    }

    /// <summary>The address of another page of the list.</summary>
    public string PageAt(int number) => Url.Page("Conflicts", new { Import, Number = number })!;

    private async Task LoadAsync()
    {
        Number = Math.Clamp(Number, 1, int.MaxValue / PageSize);
        var vocabularies = await rules.VocabulariesAsync(Cancellation);
        await using var session = await Database.OpenAsync(Cancellation);
        Count = await ImportConflicts.CountAsync(session, Import, Cancellation);
        var found = await ImportConflicts.ListAsync(session, Import, (Number - 1) * PageSize, PageSize, Cancellation);
        Items = [.. found.Select(c => Shown(c, vocabularies))];
    }

    private static ShownConflict Shown(ImportConflict conflict, VocabularySet vocabularies)
    {
        var (label, field) = ChangeView.Called(conflict.Kind, conflict.Path);
        string Words(string? json) => json is null ? "" : ValueWords.Of(field, JsonNode.Parse(json), vocabularies);
        return new ShownConflict(conflict, label, Words(conflict.Ours), Words(conflict.Theirs), Words(conflict.Base));
    }
}
