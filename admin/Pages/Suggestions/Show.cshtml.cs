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

/// <summary>One suggestion: put into a draft field by field, or dismissed with a reason.</summary>
[AtLeast(CuratorRole.Curator)]
public sealed class ShowModel(EntryStore entries, DuplicateStore duplicates, SuggestionStore suggestions, DirectoryRules rules) : ConsolePage
{
    private static readonly FieldType[] Simple =
    [
        FieldType.Line, FieldType.Text, FieldType.Lines, FieldType.Date, FieldType.Time, FieldType.Moment, FieldType.Integer, FieldType.Number,
        FieldType.Choice, FieldType.Choices, FieldType.Flag,
    ];

    [BindProperty(SupportsGet = true), FromRoute]
    public Guid Id { get; set; }

    public Suggestion Item { get; private set; } = null!;

    public EntryRow? Row { get; private set; }

    /// <summary>The fields that can be put right here, with what stands in them.</summary>
    public IReadOnlyList<(FormPart Part, string Label)> Fields { get; private set; } = [];

    /// <summary>The field that is being put right.</summary>
    public FormPart? Chosen { get; private set; }

    /// <summary>What that field is called.</summary>
    public string Label => ChangeView.Called(Row!.Kind, Chosen!.Path).Label;

    /// <summary>What can be chosen in the field that is being put right.</summary>
    public IReadOnlyList<FormOption> Options { get; private set; } = [];

    public string? Reason { get; private set; }

    /// <summary>The suggestion is to stay open for more to be put right.</summary>
    public bool More { get; private set; }

    private Revision? Latest { get; set; }

    public async Task OnGetAsync(string? field) => await LoadAsync(field);

    /// <summary>Puts a new text into one field of a draft, and settles the suggestion unless more is to be done with it.</summary>
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
        Put(part, text, codes);
        var entry = form.Read(rules.Validate, out var readable);
        var errors = form.Errors.Where(e => e.Part.Path == part.Path || !readable).Select(e => e.Error).ToList();
        if (errors.Count > 0)
        {
            errors.ForEach(e => ModelState.AddModelError(part.Field.Type == FieldType.Choices ? "codes" : "text", e));
            Put(Chosen, text, codes);
            return Page();
        }

        var label = ChangeView.Called(Row.Kind, field).Label;
        var done = await TryAsync(async s =>
        {
            await entries.SaveAsync(s, Row.EntryId, basedOn, entry, Actor, $"{label}, as the public suggested.", Cancellation);
            await duplicates.DetectAsync(s, [Row.EntryId], Cancellation);
            if (!more)
            {
                await suggestions.SettleAsync(s, Id, Actor, "Put into a draft.", Cancellation);
            }
        });
        if (!done)
        {
            Put(Chosen, text, codes);
            return Page();
        }

        Notice = $"“{label}” is put right in a draft.";
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

    private static void Put(FormPart part, string? text, IEnumerable<string> codes)
    {
        part.Text = part.Field.Type == FieldType.Flag && text != FormPart.Yes ? "" : (text ?? "").ReplaceLineEndings("\n");
        part.Chosen.Clear();
        part.Chosen.AddRange(codes.Where(c => c.Length > 0).Distinct(StringComparer.Ordinal));
    }

    /// <summary>The public names a member, such as phones; its first field is where a curator begins.</summary>
    private FormPart? Within(string? member) => member is not { Length: > 0 } ? null : Fields.FirstOrDefault(f =>
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
            .Select(p => (p, ChangeView.Called(Row.Kind, p.Path).Label))];
        Chosen = Fields.FirstOrDefault(f => f.Part.Path == (field ?? Item.Field)).Part ?? Within(Item.Field);
        Options = Chosen is null ? [] : new EntryFormView(form, vocabularies, []).Options(Chosen);
    }
}
