using HealthEquity.Admin.Access;
using HealthEquity.Admin.Branding;
using HealthEquity.Admin.Directory;
using HealthEquity.Admin.EntryForms;
using HealthEquity.Admin.Pages.Shared;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Geography;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Entries;
using HealthEquity.Store.Suggestions;
using Microsoft.AspNetCore.Mvc;

namespace HealthEquity.Admin.Pages.Entries;

/// <summary>What writing a new entry and editing one share: the form, its buttons, what is kept of it while it is not saved.</summary>
[RequestFormLimits(ValueCountLimit = 50_000, KeyLengthLimit = 512, ValueLengthLimit = 1 << 20)]
public abstract class EntryFormPage(DirectoryRules rules, SuggestionStore suggestions, TimeProvider clock) : ConsolePage
{
    /// <summary>The name under which the author's remark is posted, and kept with the text.</summary>
    public const string NoteName = "_note";

    /// <summary>The name under which the ids of suggestions that saving settles are posted, and kept with the text.</summary>
    public const string SettlesName = "_settles";

    /// <summary>The name under which the preview's language is posted.</summary>
    public const string PreviewLanguageName = "_language";

    /// <summary>Why a text is not kept.</summary>
    protected const string OtherWindow = "Another window of yours has kept another text of this entry.";

    protected TimeProvider Clock { get; } = clock;

    protected DirectoryRules Rules { get; } = rules;

    public EntryFormView View { get; private set; } = null!;

    /// <summary>The revision that the form was written on; 0 for a new entry.</summary>
    public int BasedOn { get; protected set; }

    /// <summary>What the author says of the change.</summary>
    public string Note { get; protected set; } = "";

    /// <summary>What the public says, to be read beside the form.</summary>
    public IReadOnlyList<Suggestion> Suggestions { get; protected set; } = [];

    /// <summary>The suggestions that saving settles.</summary>
    public IReadOnlyList<Guid> Settles { get; protected set; } = [];

    /// <summary>When what the form shows was typed, where it was not saved.</summary>
    public DateTimeOffset? UnsavedAt { get; protected set; }

    /// <summary>The stamp of the kept text on which the form stands; 0 for none.</summary>
    public long Kept { get; protected set; }

    /// <summary>The text can be saved though it breaks rules, to be finished later.</summary>
    public bool MaySaveUnfinished { get; private set; }

    /// <summary>The languages that the form has texts in, its own first: codes with names.</summary>
    public IEnumerable<(string Code, string Name)> PreviewLanguages
    {
        get
        {
            var translations = View.Form.Find("translations")?.Parts.Select(p => View.Form.Find($"{p.Path}.language")?.Text) ?? [];
            return translations.Prepend(View.Form.Find("language")?.Text).Where(c => !string.IsNullOrWhiteSpace(c)).Distinct().Select(c => (c!, EntryFormView.LanguageName(c!)));
        }
    }

    /// <summary>The entry's id; empty for a new one.</summary>
    protected abstract Guid EntryId { get; }

    /// <summary>What the unsaved text is kept under.</summary>
    protected abstract string DraftKey { get; }

    protected abstract EntryKind FormKind { get; }

    /// <summary>Where the form goes.</summary>
    public virtual string Action(string? handler = null) => Request.Path + (handler is null ? "" : $"?handler={handler}");

    /// <summary>Saves the entry and says where to go next; null when it was refused.</summary>
    protected abstract Task<IActionResult?> SaveAsync(Entry entry, bool submit);

    /// <summary>Reads what the page needs before a form is looked at.</summary>
    protected virtual Task LoadAsync() => Task.CompletedTask;

    /// <summary>Keeps what is typed, without saving it; called every few seconds.</summary>
    public async Task<IActionResult> OnPostAutosaveAsync()
    {
        await LoadAsync();
        ReadOwnFields();
        return await KeepAsync(await PostedAsync())
            ? new JsonResult(new { kept = Kept })
            : new JsonResult(new { message = $"{OtherWindow} What you type here is not kept: save it, or copy it." }) { StatusCode = StatusCodes.Status409Conflict };
    }

    /// <summary>The entry as the public would see it, of what is typed: for the panel beside the form, or as a page of its own.</summary>
    public async Task<IActionResult> OnPostPreviewAsync()
    {
        await LoadAsync();
        var form = await PostedAsync();
        var vocabularies = await Rules.VocabulariesAsync(Cancellation);
        var view = PreviewView.Of(form.Read(Rules.Validate, out _), vocabularies, Request.Form[PreviewLanguageName]);
        return Partial(Request.Form["_panel"] == "true" ? "_Preview" : "_PreviewPage", view);
    }

    public async Task<IActionResult> OnPostDiscardAsync()
    {
        await Database.TransactAsync(s => AutosavedDrafts.DeleteAsync(s, User.CuratorId(), DraftKey, Cancellation), Cancellation);
        Notice = "What was typed and not saved is gone.";
        return Redirect(Request.Path);
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        await Rules.VocabulariesAsync(Cancellation);
        ReadOwnFields();
        var form = await PostedAsync();
        if (Request.Form["_command"] is [{ Length: > 0 } command, ..])
        {
            FillPlaces(form);
            var next = form.Apply(command);
            if (next is not null && command.StartsWith("add:", StringComparison.Ordinal))
            {
                (await ProposalsAsync()).Add(form, next);
            }

            // What was sent when the session had run out is an unsaved text like any other from now on.
            if (command == "show" && !await KeepAsync(form))
            {
                form.Root.Errors.Add($"{OtherWindow} What you see here is not kept: save it, or copy it.");
            }

            return await ShowAsync(form, FirstControl(next));
        }

        FillPlaces(form);
        var entry = form.Read(Rules.Validate, out var readable);
        var intent = Request.Form["_intent"].ToString();
        if (!readable || (form.Errors.Any() && intent != "unfinished"))
        {
            MaySaveUnfinished = readable;
            await KeepAsync(form);
            return await ShowAsync(form, focus: null);
        }

        if (await SaveAsync(entry, intent == "submit") is { } done)
        {
            return done;
        }

        form.Root.Errors.AddRange(ModelState.Values.SelectMany(v => v.Errors).Select(e => e.ErrorMessage));
        return await ShowAsync(form, focus: null);
    }

    /// <summary>Shows the form.</summary>
    protected async Task<IActionResult> ShowAsync(EntryForm form, string? focus)
    {
        var vocabularies = await Rules.VocabulariesAsync(Cancellation);
        var warnings = await WarningsAsync(form);
        View = new EntryFormView(form, vocabularies, warnings) { FocusId = focus };
        return Page();
    }

    /// <summary>
    /// Keeps what is typed in the form as this curator's unsaved text, unless another window has kept another one since the form was
    /// opened.
    /// </summary>
    /// <returns>False when it was not kept.</returns>
    protected async Task<bool> KeepAsync(EntryForm form)
    {
        var values = form.Values();
        values.Set(NoteName, Note);
        KeepSettles(values, Settles);
        var draft = new AutosavedDraft
        {
            DraftKey = DraftKey,
            Kind = FormKind.Code(),
            Body = values.ToJson(),
            BasedOn = BasedOn,
            SavedAt = Clock.GetUtcNow(),
        };
        var kept = await Database.TransactAsync(s => AutosavedDrafts.TrySaveAsync(s, User.CuratorId(), draft, Kept, Cancellation), Cancellation);
        Kept = kept ? draft.Stamp : Kept;
        return kept;
    }

    /// <summary>What the department's settings propose.</summary>
    protected async Task<FormProposals> ProposalsAsync() =>
        new(await Department.SettingsAsync(Cancellation));

    /// <summary>The form as it was kept, and the remark with it.</summary>
    protected EntryForm TakeUp(AutosavedDraft kept)
    {
        (UnsavedAt, Kept) = (kept.SavedAt, kept.Stamp);
        var values = FormValues.FromJson(kept.Body);
        Note = values.First(NoteName);
        Settles = ReadSettles(values);
        return EntryForm.Of(FormKind, values);
    }

    /// <summary>Settles what the curator says is settled by this, of what the page shows and is still open.</summary>
    protected async Task SettleAsync(DbSession session, string done)
    {
        foreach (var suggestion in Suggestions.Where(s => s.State == "open" && Settles.Contains(s.SuggestionId)))
        {
            await suggestions.SettleAsync(session, suggestion.SuggestionId, Actor, done, Cancellation);
        }
    }

    /// <summary>The suggestions that saving settles, as they were posted or kept.</summary>
    internal static IReadOnlyList<Guid> ReadSettles(FormValues values) =>
        [.. values.Every(SettlesName).Select(text => Guid.TryParse(text, out var id) ? id : Guid.Empty).Where(id => id != Guid.Empty)];

    /// <summary>Keeps with a text which suggestions it settles.</summary>
    internal static void KeepSettles(FormValues values, IEnumerable<Guid> settles)
    {
        foreach (var id in settles)
        {
            values.Add(SettlesName, id.ToString());
        }
    }

    private async Task<EntryForm> PostedAsync() => (await ProposalsAsync()).Mark(EntryForm.Of(FormKind, FormValues.From(Request.Form)));

    private async Task<IReadOnlyList<EntryWarning>> WarningsAsync(EntryForm form)
    {
        // Read from a copy: looking for warnings must not put errors beside fields that nobody has sent yet.
        var entry = (await ProposalsAsync()).Mark(EntryForm.Of(FormKind, form.Values())).Read(_ => new(), out _);
        return entry.Name.Length == 0
            ? []
            : await EntryWarningsAsync(entry);
    }

    private async Task<IReadOnlyList<EntryWarning>> EntryWarningsAsync(Entry entry)
    {
        var today = await Department.TodayAsync(Cancellation);
        return await ReadAsync(s => EntryWarnings.FindAsync(s, EntryId, entry, today, Cancellation));
    }

    private void ReadOwnFields()
    {
        BasedOn = int.TryParse(Request.Form["_basedOn"], out var number) ? number : 0;
        Kept = long.TryParse(Request.Form["_kept"], out var stamp) ? stamp : 0;
        Note = Request.Form[NoteName].ToString();
        Settles = ReadSettles(FormValues.From(Request.Form));
    }

    /// <summary>A ZIP code says in which county, and roughly where, a place lies; what is typed already stays.</summary>
    private static void FillPlaces(EntryForm form)
    {
        foreach (var place in form.Root.All().Where(p => p.Field.Type == FieldType.Part && p.Field.Fields.Any(f => f.Name == "postalCode")).ToList())
        {
            if (ZipCodes.TryGet(form.Find($"{place.Path}.postalCode")?.Text, out var area))
            {
                form.Fill($"{place.Path}.county", area.County?.Name ?? "");
                form.Fill($"{place.Path}.stateProvince", area.County?.State ?? "");
                // Two decimals, about a kilometer: a ZIP code knows no better.
                if (form.Find($"{place.Path}.latitude")?.Text == "" && form.Find($"{place.Path}.longitude")?.Text == "")
                {
                    form.Fill($"{place.Path}.latitude", area.Latitude.ToString("0.##", null));
                    form.Fill($"{place.Path}.longitude", area.Longitude.ToString("0.##", null));
                }
            }
        }
    }

    /// <summary>Where to go on: the part's first control, or the part itself where it has none.</summary>
    private static string? FirstControl(FormPart? part) => part is null ? null : part.All()
        .FirstOrDefault(p => p.Field.Type is not (FieldType.Part or FieldType.List or FieldType.Choices))?.ElementId ?? EntryFormView.Target(part);
}
