using HealthEquity.Admin.Access;
using HealthEquity.Admin.Comparing;
using HealthEquity.Admin.Directory;
using HealthEquity.Admin.EntryForms;
using HealthEquity.Admin.Pages.Shared;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Curators;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Duplicates;
using HealthEquity.Store.Entries;
using HealthEquity.Store.Suggestions;
using Microsoft.AspNetCore.Mvc;

namespace HealthEquity.Admin.Pages.Suggestions;

/// <summary>Applies a suggestion to a draft, settles it, or dismisses it.</summary>
[AtLeast(CuratorRole.Curator)]
public sealed class ShowModel(EntryStore entries, DuplicateStore duplicates, SuggestionStore suggestions, DirectoryRules rules) : ConsolePage
{
    private static readonly FieldType[] Simple =
    [
        FieldType.Line, FieldType.Text, FieldType.Lines, FieldType.Date, FieldType.Time, FieldType.DateTime, FieldType.Integer, FieldType.Number,
        FieldType.Choice, FieldType.Choices, FieldType.Flag,
    ];

    [BindProperty(SupportsGet = true), FromRoute]
    public Guid Id { get; set; }

    public Suggestion Item { get; private set; } = null!;

    public EntryRow? Row { get; private set; }

    /// <summary>The fields that can be corrected here, with their current values.</summary>
    public IReadOnlyList<(FormPart Part, string Label)> Fields { get; private set; } = [];

    /// <summary>The field that is being corrected.</summary>
    public FormPart? Chosen { get; private set; }

    /// <summary>That field's label.</summary>
    public string Label => ChangeView.Describe(Row!.Kind, Chosen!.Path).Label;

    /// <summary>The options of the field that is being corrected.</summary>
    public IReadOnlyList<FormOption> Options { get; private set; } = [];

    public string? Reason { get; private set; }

    /// <summary>Whether the suggestion stays open for more corrections.</summary>
    public bool More { get; private set; }

    private Revision? Latest { get; set; }

    public async Task OnGetAsync(string? field) => await LoadAsync(field);

    /// <summary>Saves one corrected field as a draft, and settles the suggestion unless it stays open.</summary>
    public async Task<IActionResult> OnPostApplyAsync(string field, string? text, List<string> codes, int basedOn, bool more)
    {
        More = more;
        await LoadAsync(field);
        if (Row is null || Chosen is null)
        {
            return NotFound();
        }

        var form = EntryForm.Of(EntryJson.Read(Latest!.Body));
        var part = form.Find(field)!;
        SetValue(part, text, codes);
        var entry = form.Read(rules.Validate, out var readable);
        var errors = form.Errors.Where(e => e.Part.Path == part.Path || !readable).Select(e => e.Error).ToList();
        if (errors.Count > 0)
        {
            errors.ForEach(e => ModelState.AddModelError(part.Field.Type == FieldType.Choices ? "codes" : "text", e));
            SetValue(Chosen, text, codes);
            return Page();
        }

        var label = ChangeView.Describe(Row.Kind, field).Label;
        var done = await TryAsync(async s =>
        {
            await entries.SaveAsync(s, Row.EntryId, basedOn, entry, Actor, $"{label}: corrected after a suggestion.", Cancellation);
            await duplicates.DetectAsync(s, [Row.EntryId], Cancellation);
            if (!more)
            {
                await suggestions.SettleAsync(s, Id, Actor, "Added to a draft.", Cancellation);
            }
        });
        if (!done)
        {
            SetValue(Chosen, text, codes);
            return Page();
        }

        Notice = $"“{label}” was corrected in a draft.";
        return more ? RedirectToPage(new { id = Id }) : RedirectToPage("/Entries/Show", new { id = Row.EntryId });
    }

    public Task<IActionResult> OnPostSettleAsync(string? done) =>
        CloseAsync(null, s => suggestions.SettleAsync(s, Id, Actor, done, Cancellation), "Settled.");

    public Task<IActionResult> OnPostDismissAsync(string? reason) =>
        CloseAsync(reason, s => suggestions.DismissAsync(s, Id, Actor, reason ?? "", Cancellation), "Dismissed.");

    private async Task<IActionResult> CloseAsync(string? reason, Func<DbSession, Task> close, string notice)
    {
        if (await TryAsync(close))
        {
            Notice = notice;
            return RedirectToPage("Index");
        }

        Reason = reason;
        await LoadAsync(null);
        return Page();
    }

    private static void SetValue(FormPart part, string? text, IEnumerable<string> codes)
    {
        part.Text = part.Field.Type == FieldType.Flag && text != FormPart.Yes ? "" : (text ?? "").ReplaceLineEndings("\n");
        part.Chosen.Clear();
        part.Chosen.AddRange(codes.Where(c => c.Length > 0).Distinct(StringComparer.Ordinal));
        Picker.Resolve(part);
    }

    /// <summary>Returns the first field of the member that the suggestion names, such as phones.</summary>
    private FormPart? FirstFieldOf(string? member) => member is not { Length: > 0 } ? null : Fields.FirstOrDefault(f =>
        f.Part.Path.StartsWith(member + "[", StringComparison.OrdinalIgnoreCase) || f.Part.Path.StartsWith(member + ".", StringComparison.OrdinalIgnoreCase)).Part;

    private async Task LoadAsync(string? field)
    {
        var vocabularies = await rules.VocabulariesAsync(Cancellation);
        await using var session = await Database.OpenAsync(Cancellation);
        Item = await SuggestionStore.ReadAsync(session, Id, Cancellation);
        Row = Item.EntryId is { } entryId ? await EntryStore.FindAsync(session, entryId, Cancellation) : null;
        if (Row is null)
        {
            return;
        }

        Latest = await EntryStore.ReadRevisionAsync(session, Row.EntryId, Row.LatestRevision, Cancellation);
        var form = EntryForm.Of(EntryJson.Read(Latest.Body));
        Fields = [.. form.Root.All().Where(p => Simple.Contains(p.Field.Type) && !p.Field.Editorial && p.Path.Length > 0)
            .Select(p => (p, ChangeView.Describe(Row.Kind, p.Path).Label))];
        Chosen = Fields.FirstOrDefault(f => f.Part.Path == (field ?? Item.Field)).Part ?? FirstFieldOf(Item.Field);
        Options = Chosen is null ? [] : new EntryFormView(form, vocabularies, []).Options(Chosen);
    }
}
