using FluentValidation.Results;
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

/// <summary>Base class for creating and editing entries: the form, its buttons, and autosave.</summary>
[RequestFormLimits(ValueCountLimit = 50_000, KeyLengthLimit = 512, ValueLengthLimit = 1 << 20)]
public abstract class EntryFormPage(DirectoryRules rules, SuggestionStore suggestions, TimeProvider clock) : ConsolePage
{
    /// <summary>The field name of the author's note.</summary>
    public const string NoteName = "_note";

    /// <summary>The field name of the ids of suggestions that saving settles.</summary>
    public const string SettlesName = "_settles";

    /// <summary>The field name of the preview language.</summary>
    public const string PreviewLanguageName = "_language";

    /// <summary>The reason why autosave is blocked.</summary>
    protected const string OtherWindow = "You have other unsaved changes to this entry in another window.";

    protected TimeProvider Clock { get; } = clock;

    protected DirectoryRules Rules { get; } = rules;

    public EntryFormView View { get; private set; } = null!;

    /// <summary>The revision that the form is based on; 0 for a new entry.</summary>
    public int BasedOn { get; protected set; }

    /// <summary>The author's note about the change.</summary>
    public string Note { get; protected set; } = "";

    /// <summary>The suggestions shown next to the form.</summary>
    public IReadOnlyList<Suggestion> Suggestions { get; protected set; } = [];

    /// <summary>The suggestions that saving settles.</summary>
    public IReadOnlyList<Guid> Settles { get; protected set; } = [];

    /// <summary>The time of the unsaved draft in the form; null for none.</summary>
    public DateTimeOffset? UnsavedAt { get; protected set; }

    /// <summary>The stamp of the autosaved draft that the form is based on; 0 for none.</summary>
    public long Kept { get; protected set; }

    /// <summary>Whether the entry can be saved with validation errors.</summary>
    public bool MaySaveUnfinished { get; private set; }

    /// <summary>The languages of the form's texts, original language first, as codes with names.</summary>
    public IEnumerable<(string Code, string Name)> PreviewLanguages
    {
        get
        {
            var translations = View.Form.Find("translations")?.Parts.Select(p => View.Form.Find($"{p.Path}.language")?.Text) ?? [];
            return translations.Prepend(View.Form.Find("language")?.Text).Where(c => !string.IsNullOrWhiteSpace(c)).Distinct().Select(c => (c!, EntryFormView.LanguageName(c!)));
        }
    }

    /// <summary>The entry's id; empty for a new entry.</summary>
    protected abstract Guid EntryId { get; }

    /// <summary>The key of the autosaved draft.</summary>
    protected abstract string DraftKey { get; }

    protected abstract EntryKind FormKind { get; }

    /// <summary>Returns the form's action URL.</summary>
    public virtual string Action(string? handler = null) => Request.PathBase + Request.Path + (handler is null ? "" : $"?handler={handler}");

    /// <summary>Saves the entry and returns the next page; null if it was refused.</summary>
    protected abstract Task<IActionResult?> SaveAsync(Entry entry, bool submit);

    /// <summary>Loads the data that the page needs.</summary>
    protected virtual Task LoadAsync() => Task.CompletedTask;

    /// <summary>The heading of the only section that the form shows; null if it shows all.</summary>
    public virtual string? Heading => null;

    /// <summary>The saved entry; null for a new one.</summary>
    public virtual EntryRow? Saved => null;

    /// <summary>Where to go without saving. What was typed stays as unsaved changes.</summary>
    public virtual string CancelAddress => Request.PathBase + "/entries";

    /// <summary>Creates the form from posted values.</summary>
    protected virtual Task<EntryForm> FormOfAsync(FormValues posted) => Task.FromResult(EntryForm.Of(FormKind, posted));

    /// <summary>Autosaves the form as a draft. Called every few seconds.</summary>
    public async Task<IActionResult> OnPostAutosaveAsync()
    {
        await LoadAsync();
        ReadOwnFields();
        return await KeepAsync(await PostedAsync())
            ? new JsonResult(new { kept = Kept })
            : new JsonResult(new { message = $"{OtherWindow} Changes in this window are not backed up. Save or copy them." }) { StatusCode = StatusCodes.Status409Conflict };
    }

    /// <summary>Previews the form's content as the public would see it, in the panel or on a separate page.</summary>
    public async Task<IActionResult> OnPostPreviewAsync()
    {
        await LoadAsync();
        ReadOwnFields();
        var form = await PostedAsync();
        var vocabularies = await Rules.VocabulariesAsync(Cancellation);
        var entry = await FollowedAsync(form.Read(Rules.Validate, out _));
        var view = PreviewView.Of(entry, vocabularies, Request.Form[PreviewLanguageName], await OutdatedTextsAsync(entry));
        return Partial(Request.Form["_panel"] == "true" ? "_Preview" : "_PreviewPage", view);
    }

    public async Task<IActionResult> OnPostDiscardAsync()
    {
        await LoadAsync();
        await Database.TransactAsync(s => AutosavedDrafts.DeleteAsync(s, User.CuratorId(), DraftKey, Cancellation), Cancellation);
        Notice = "Unsaved changes discarded.";
        return Redirect(Request.PathBase + Request.Path + (Heading is null ? "" : $"?section={FieldLabels.SectionOf(Heading)}"));
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
                (await DefaultsAsync()).FillAddedPart(form, next);
            }

            // A form submitted after the session expired becomes a normal autosaved draft.
            if (command == "show" && !await KeepAsync(form))
            {
                form.Root.Errors.Add($"{OtherWindow} Changes in this window are not backed up. Save or copy them.");
            }

            return await ShowAsync(form, FirstControl(next));
        }

        FillPlaces(form);
        var entry = form.Read(await ValidatorAsync(), out var readable);
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
        await CloseItemsAsync(form);
        View = new EntryFormView(form, vocabularies, warnings) { FocusId = focus, Outdated = await OutdatedTextsAsync(await CopyAsync(form)) };
        return Page();
    }

    /// <summary>Closes items of long lists that are as they were saved. A new entry has none.</summary>
    protected virtual Task CloseItemsAsync(EntryForm form) => Task.CompletedTask;

    /// <summary>The entry as it is saved: translations follow texts that were moved.</summary>
    protected virtual Task<Entry> FollowedAsync(Entry entry) => Task.FromResult(entry);

    /// <summary>Validates what the form is read as.</summary>
    protected virtual Task<Func<Entry, ValidationResult>> ValidatorAsync() => Task.FromResult<Func<Entry, ValidationResult>>(Rules.Validate);

    /// <summary>The paths of the texts whose translation is outdated, by language. A new entry has none.</summary>
    protected virtual Task<ILookup<string, string>?> OutdatedTextsAsync(Entry entry) => Task.FromResult<ILookup<string, string>?>(null);

    /// <summary>
    /// Stores the form as the curator's autosaved draft, unless another window has stored a different draft since the form was opened.
    /// </summary>
    /// <returns>False if the draft was not stored.</returns>
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

    /// <summary>Returns the defaults from the department's settings.</summary>
    protected async Task<FormDefaults> DefaultsAsync() =>
        new(await Department.SettingsAsync(Cancellation));

    /// <summary>Restores the form and note from an autosaved draft.</summary>
    protected EntryForm ResumeDraft(AutosavedDraft kept)
    {
        (UnsavedAt, Kept) = (kept.SavedAt, kept.Stamp);
        var values = FormValues.FromJson(kept.Body);
        Note = values.First(NoteName);
        Settles = ReadSettles(values);
        return EntryForm.Of(FormKind, values);
    }

    /// <summary>Settles the selected suggestions that are still open.</summary>
    protected async Task SettleAsync(DbSession session, string done)
    {
        foreach (var suggestion in Suggestions.Where(s => s.State == "open" && Settles.Contains(s.SuggestionId)))
        {
            await suggestions.SettleAsync(session, suggestion.SuggestionId, Actor, done, Cancellation);
        }
    }

    /// <summary>Reads the ids of the suggestions that saving settles.</summary>
    internal static IReadOnlyList<Guid> ReadSettles(FormValues values) =>
        [.. values.GetAll(SettlesName).Select(text => Guid.TryParse(text, out var id) ? id : Guid.Empty).Where(id => id != Guid.Empty)];

    /// <summary>Stores the ids of the suggestions that saving settles.</summary>
    internal static void KeepSettles(FormValues values, IEnumerable<Guid> settles)
    {
        foreach (var id in settles)
        {
            values.Add(SettlesName, id.ToString());
        }
    }

    private async Task<EntryForm> PostedAsync() =>
        (await DefaultsAsync()).SetDefaults(await FormOfAsync(FormValues.From(Request.Form))).ChooseTyped(await Rules.VocabulariesAsync(Cancellation));

    private async Task<IReadOnlyList<EntryWarning>> WarningsAsync(EntryForm form)
    {
        var entry = await CopyAsync(form);
        return entry.Name.Length == 0
            ? []
            : await EntryWarningsAsync(entry);
    }

    /// <summary>Reads the form's entry from a copy, which adds no errors to the form.</summary>
    protected async Task<Entry> CopyAsync(EntryForm form) =>
        (await DefaultsAsync()).SetDefaults(EntryForm.Of(FormKind, form.Values())).Read(_ => new(), out _);

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

    /// <summary>Fills in the county, state, and approximate coordinates from the ZIP code, and the time zone of hours. Keeps existing input.</summary>
    internal static void FillPlaces(EntryForm form)
    {
        foreach (var place in form.Root.All().Where(p => p.Field.Type == FieldType.Part && p.Field.Fields.Any(f => f.Name == "postalCode") && form.IsShown(p)).ToList())
        {
            if (ZipCodes.TryGet(form.Find($"{place.Path}.postalCode")?.Text, out var area))
            {
                form.Fill($"{place.Path}.county", area.County?.Name ?? "");
                form.Fill($"{place.Path}.stateProvince", area.County?.State ?? "");
                // Two decimals (about 0.6 miles) match the precision of a ZIP code.
                if (form.Find($"{place.Path}.latitude")?.Text == "" && form.Find($"{place.Path}.longitude")?.Text == "")
                {
                    form.Fill($"{place.Path}.latitude", area.Latitude.ToString("0.##", null));
                    form.Fill($"{place.Path}.longitude", area.Longitude.ToString("0.##", null));
                }
            }
        }

        FillTimeZones(form);
    }

    /// <summary>Fills in the time zone of opening times from the entry's place. Keeps existing input.</summary>
    private static void FillTimeZones(EntryForm form)
    {
        var place = form.Find("locations")?.Parts.FirstOrDefault(p => !p.IsBlank);
        string? Of(string member) => place?.Parts.FirstOrDefault(p => p.Field.Name == member)?.Text is { Length: > 0 } text ? text : null;
        foreach (var zone in form.Root.All().Where(p => p.Field.Name == "timeZone" && p.Text.Length == 0).ToList())
        {
            // Hours have a time zone beside their times; an event has one of its own.
            if (form.Find(zone.Path.Replace("timeZone", "times", StringComparison.Ordinal)) is { IsBlank: false })
            {
                form.Fill(zone.Path, place is null ? zone.SettingsDefault : TimeZones.Find(States.Parse(Of("stateProvince"))?.Code, Of("postalCode")) ?? "");
            }
        }
    }

    /// <summary>Returns the id of the part's first control, or of the part itself if it has none.</summary>
    private static string? FirstControl(FormPart? part) => part is null ? null : part.All()
        .FirstOrDefault(p => p.Field.Type is not (FieldType.Part or FieldType.List or FieldType.Choices))?.ElementId ?? EntryFormView.Target(part);
}
