using HealthEquity.Admin.Access;
using HealthEquity.Admin.Branding;
using HealthEquity.Admin.Pages.Shared;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Vocabularies;
using HealthEquity.Store.Curators;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Vocabularies;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace HealthEquity.Admin.Pages.Vocabularies;

/// <summary>Edits, retires, reinstates, or merges a term.</summary>
[AtLeast(CuratorRole.Administrator)]
public sealed class TermModel(VocabularyEditor editor, Department department) : ConsolePage
{
    [FromRoute]
    public string Name { get; set; } = "";

    [FromRoute]
    public string Code { get; set; } = "";

    [BindProperty]
    public string Label { get; set; } = "";

    [BindProperty]
    public string Definition { get; set; } = "";

    [BindProperty]
    public Dictionary<string, string?> Labels { get; set; } = [];

    [BindProperty]
    public string Into { get; set; } = "";

    public Vocabulary Vocabulary { get; private set; } = null!;

    public Term Term { get; private set; } = null!;

    public int Uses { get; private set; }

    /// <summary>The languages for labels: the directory's languages and those that the term already has.</summary>
    public IReadOnlyList<string> Languages { get; private set; } = [];

    public IEnumerable<SelectListItem> Others => Vocabulary.Terms
        .Where(t => !t.Retired && t.Code != Term.Code)
        .Select(t => new SelectListItem(t.Label, t.Code))
        .Prepend(new SelectListItem("Choose…", ""));

    public async Task OnGetAsync()
    {
        await LoadAsync();
        Show();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        var labels = Languages
            .Select(language => (Language: language, Text: Labels.GetValueOrDefault(language)?.Trim() ?? ""))
            .Where(l => l.Text.Length is > 0 and <= VocabularyEditor.MaxLabelLength)
            .ToDictionary(l => l.Language, l => l.Text);
        var term = Term with { Label = Label.Trim(), Definition = Definition.Trim(), Labels = labels };
        return await ChangeAsync(s => editor.RelabelAsync(s, Name, term, Actor, Cancellation), "Term saved.");
    }

    public Task<IActionResult> OnPostRetireAsync() =>
        ChangeAsync(s => editor.RetireAsync(s, Name, Code, Actor, Cancellation), "Term retired.");

    public Task<IActionResult> OnPostReinstateAsync() =>
        ChangeAsync(s => editor.ReinstateAsync(s, Name, Code, Actor, Cancellation), "Term reinstated.");

    public Task<IActionResult> OnPostMergeAsync() => ChangeAsync(
        s => Into.Length == 0
            ? throw new RefusedException("Choose the term to merge into.") { Field = nameof(Into) }
            : editor.MergeAsync(s, Name, Code, Into, Actor, Cancellation),
        "Term merged.");

    private async Task<IActionResult> ChangeAsync(Func<DbSession, Task> change, string notice)
    {
        if (await TryAsync(change))
        {
            Notice = notice;
            return RedirectToPage(new { Name, Code });
        }

        await LoadAsync();
        if (Label.Length == 0)
        {
            Show();
        }

        return Page();
    }

    private void Show()
    {
        Label = Term.Label;
        Definition = Term.Definition;
        Labels = Term.Labels.ToDictionary(l => l.Key, l => (string?)l.Value);
    }

    private async Task LoadAsync()
    {
        var set = await ReadAsync(s => VocabularyStore.ReadAsync(s, Cancellation));
        Vocabulary = set.Find(Name) ?? throw new NotFoundException("such vocabulary");
        Term = set.Find(Name, Code) ?? throw new NotFoundException("such term");
        Uses = (await ReadAsync(s => VocabularyEditor.CountUsesAsync(s, Vocabulary.Name, Cancellation))).GetValueOrDefault(Code);
        var settings = await department.SettingsAsync(Cancellation);
        Languages = [.. settings.Languages.Where(l => l != "en").Union(Term.Labels.Keys).Order(StringComparer.Ordinal)];
    }
}
