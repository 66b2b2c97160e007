using HealthEquity.Admin.Access;
using HealthEquity.Admin.Pages.Shared;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Vocabularies;
using HealthEquity.Store.Curators;
using HealthEquity.Store.Vocabularies;
using Microsoft.AspNetCore.Mvc;

namespace HealthEquity.Admin.Pages.Vocabularies;

/// <summary>Lists a vocabulary's terms with their usage, and adds terms.</summary>
[AtLeast(CuratorRole.Administrator)]
public sealed class TermsModel(VocabularyEditor editor) : ConsolePage
{
    [FromRoute]
    public string Name { get; set; } = "";

    [BindProperty]
    public string Code { get; set; } = "";

    [BindProperty]
    public string Label { get; set; } = "";

    [BindProperty]
    public string Definition { get; set; } = "";

    public Vocabulary Vocabulary { get; private set; } = null!;

    public IReadOnlyDictionary<string, int> Uses { get; private set; } = new Dictionary<string, int>();

    public Task OnGetAsync() => LoadAsync();

    public async Task<IActionResult> OnPostAsync()
    {
        var term = new Term { Code = Code.Trim(), Label = Label.Trim(), Definition = Definition.Trim() };
        if (await TryAsync(s => editor.AddAsync(s, Name, term, Actor, Cancellation)))
        {
            Notice = $"Term “{term.Label}” added.";
            return RedirectToPage(new { Name });
        }

        await LoadAsync();
        return Page();
    }

    private async Task LoadAsync()
    {
        Vocabulary = (await ReadAsync(s => VocabularyStore.ReadAsync(s, Cancellation))).Find(Name) ?? throw new NotFoundException("such vocabulary");
        Uses = await ReadAsync(s => VocabularyEditor.CountUsesAsync(s, Vocabulary.Name, Cancellation));
    }
}
