using HealthEquity.Admin.Pages.Shared;
using HealthEquity.Directory.Vocabularies;
using HealthEquity.Store.Vocabularies;

namespace HealthEquity.Admin.Pages.Vocabularies;

/// <summary>Lists all vocabularies.</summary>
public sealed class IndexModel : ConsolePage
{
    public IReadOnlyList<Vocabulary> Vocabularies { get; private set; } = [];

    public async Task OnGetAsync()
    {
        var set = await ReadAsync(s => VocabularyStore.ReadAsync(s, Cancellation));
        Vocabularies = [.. set.All.OrderBy(v => v.Label, StringComparer.CurrentCulture)];
    }
}
