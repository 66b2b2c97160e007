using System.Text.Json.Nodes;
using HealthEquity.Admin.Comparing;
using HealthEquity.Admin.Directory;
using HealthEquity.Admin.Pages.Shared;
using HealthEquity.Directory.Vocabularies;
using HealthEquity.Imports.Applying;
using Microsoft.AspNetCore.Mvc;

namespace HealthEquity.Admin.Pages.Imports;

/// <summary>An import conflict in readable form.</summary>
public sealed record ShownConflict(ImportConflict Conflict, string Label, string Ours, string Theirs, string Base);

/// <summary>
/// Lists and settles the fields that a source and a curator both changed. Each conflict is settled independently, so one failure does not
/// affect the others. Values from the source become drafts for review.
/// </summary>
[RequestFormLimits(ValueCountLimit = 5_000)]
public sealed class ConflictsModel(ImportConflicts conflicts, DirectoryRules rules) : ConsolePage
{
    private const int PageSize = 20;
    private const string Settling = "settle:";

    /// <summary>Only conflicts of this import; null for all.</summary>
    [BindProperty(SupportsGet = true), FromQuery]
    public Guid? Import { get; set; }

    [BindProperty(SupportsGet = true), FromQuery]
    public int Number { get; set; } = 1;

    public IReadOnlyList<ShownConflict> Items { get; private set; } = [];

    public int Count { get; private set; }

    public bool HasMore => Count > Number * PageSize;

    public Task OnGetAsync() => LoadAsync();

    /// <summary>Settles the selected conflicts, or with <paramref name="all"/> every conflict on the page.</summary>
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
            ModelState.AddModelError("", "Choose a value for at least one field.");
        }

        var settled = 0;
        foreach (var (id, theirs) in chosen)
        {
            settled += await TryAsync(s => conflicts.SettleAsync(s, id, theirs, Actor, Cancellation)) ? 1 : 0;
        }

        if (ModelState.IsValid)
        {
            Notice = settled == 1 ? "1 conflict settled." : $"{settled} conflicts settled.";
            return RedirectToPage(new { Import });
        }

        await LoadAsync();
        return Page();
    }

    /// <summary>Returns the URL of another page of the list.</summary>
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
        var (label, field) = ChangeView.Describe(conflict.Kind, conflict.Path);
        string Text(string? json) => json is null ? "" : ValueFormat.Of(field, JsonNode.Parse(json), vocabularies);
        return new ShownConflict(conflict, label, Text(conflict.Ours), Text(conflict.Theirs), Text(conflict.Base));
    }
}
