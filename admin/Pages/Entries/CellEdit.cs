using FluentValidation.Results;
using HealthEquity.Admin.EntryForms;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Vocabularies;
using Microsoft.Extensions.Primitives;

namespace HealthEquity.Admin.Pages.Entries;

/// <summary>A control in a cell's editor.</summary>
/// <param name="Label">The label.</param>
/// <param name="Type">The type of the control.</param>
/// <param name="Values">The text, or the chosen codes.</param>
public sealed record CellControl(string Label, FieldType Type, IReadOnlyList<string> Values)
{
    /// <summary>The options of a choice.</summary>
    public IReadOnlyList<FormOption> Options { get; init; } = [];

    /// <summary>The help text.</summary>
    public string? Help { get; init; }

    /// <summary>Names that were typed and are unknown; null if terms can't be typed.</summary>
    public string? Typed { get; init; }

    /// <summary>The errors.</summary>
    public IReadOnlyList<string> Errors { get; init; } = [];
}

/// <summary>
/// Edits the field of one cell, where one value is one control. It is read and validated as a part of the entry's form; all other fields stay
/// as they were saved.
/// </summary>
public sealed class CellEdit
{
    private const string Languages = "languages";

    private readonly Entry _entry;
    private readonly VocabularySet _vocabularies;
    private readonly EntryForm _form;
    private readonly List<FormPart> _parts = [];
    private readonly List<string> _languageErrors = [];
    private string _languages = "";

    private CellEdit(string column, Entry entry, VocabularySet vocabularies)
    {
        (Column, _entry, _vocabularies) = (column, entry, vocabularies);
        _form = EntryForm.Of(entry).WithCurrentTerms(vocabularies);
        _languages = string.Join(", ", LanguagesOf(entry)?.Select(Picker.Languages.Show) ?? []);
        foreach (var path in Paths(column, entry))
        {
            // The first phone number or email address of an entry that has none.
            if (_form.Root.All().All(p => p.Path != path))
            {
                _form.Apply($"add:{path[..path.IndexOf('[', StringComparison.Ordinal)]}");
            }

            _parts.Add(_form.Root.All().First(p => p.Path == path));
        }
    }

    /// <summary>The column of the list.</summary>
    public string Column { get; }

    /// <summary>Errors that belong to no control.</summary>
    public List<string> Errors { get; } = [];

    /// <summary>The controls.</summary>
    public IReadOnlyList<CellControl> Controls => Column == Languages
        ? [new CellControl(EntrySearch.AllColumns[Languages], FieldType.Line, [_languages]) { Help = "Names, separated by commas.", Errors = _languageErrors }]
        : [.. _parts.Select(ControlOf)];

    /// <summary>Whether the column's field can be edited in the cell of an entry.</summary>
    public static bool CanEdit(string column, Entry entry) => column == Languages ? LanguagesOf(entry) is not null : Paths(column, entry).Count > 0;

    /// <summary>Returns the editor of a cell; null if the field can't be edited there.</summary>
    public static CellEdit? Of(string column, Entry entry, VocabularySet vocabularies) =>
        CanEdit(column, entry) ? new CellEdit(column, entry, vocabularies) : null;

    /// <summary>Takes over what somebody typed.</summary>
    /// <param name="posted">Returns the posted values of the control with that number.</param>
    public void Take(Func<int, StringValues> posted)
    {
        _languages = posted(0).ToString();
        foreach (var (index, part) in _parts.Index())
        {
            var values = posted(index).OfType<string>().Where(v => v.Length > 0).ToList();
            if (part.Field.Type == FieldType.Choices)
            {
                if (CanType(part))
                {
                    // What is no code was typed by name.
                    var offered = new EntryFormView(_form, _vocabularies, []).Options(part).Select(o => o.Code).ToList();
                    part.Text = string.Join('\n', values.Except(offered));
                    values = [.. values.Intersect(offered)];
                }

                // The order stays, so that an untouched choice makes no change.
                var before = part.Chosen.Where(values.Contains).ToList();
                part.Chosen.Clear();
                part.Chosen.AddRange(before.Concat(values.Except(before)));
                _form.ChooseTyped(_vocabularies);
            }
            else
            {
                part.Text = string.Join('\n', values).ReplaceLineEndings("\n");
            }
        }
    }

    /// <summary>Returns the entry with the new value; null if it is refused. The controls then have the errors.</summary>
    /// <param name="validate">Validates an entry.</param>
    /// <param name="today">The current date.</param>
    public Entry? Apply(Func<Entry, ValidationResult> validate, DateOnly today)
    {
        var form = _form;
        if (Column == Languages)
        {
            if (WithLanguages() is not { } changed)
            {
                return null;
            }

            form = EntryForm.Of(changed).WithCurrentTerms(_vocabularies);
        }
        else if (Column == "availability" && _parts[0].Text != (_entry as ServiceEntry)?.Capacity?.Status)
        {
            form.Root.All().First(p => p.Path == "capacity.asOf").Text = today.ToString("yyyy-MM-dd", null);
        }
        else if (Column == "zip")
        {
            EntryFormPage.FillPlaces(form);
        }

        var saved = EntryForm.Of(_entry).WithCurrentTerms(_vocabularies);
        saved.Read(validate, out _);
        var known = saved.Errors.Select(e => (e.Part.Path, e.Error)).ToHashSet();
        var edited = form.Read(validate, out var readable);
        var errors = form.Errors.ToList();
        // Errors of other fields that were there before do not matter to a draft.
        Errors.AddRange(errors.Where(e => !IsOwn(e.Part) && !known.Contains((e.Part.Path, e.Error))).Select(e => e.Error));
        _languageErrors.AddRange(Column == Languages ? errors.Where(e => IsOwn(e.Part)).Select(e => e.Error) : []);
        if (!readable && errors.TrueForAll(e => !IsOwn(e.Part)))
        {
            Errors.Add("Another field of this entry is not complete. Edit the entry and correct it there.");
        }

        return Errors.Count == 0 && errors.TrueForAll(e => !IsOwn(e.Part)) ? edited : null;
    }

    private static IReadOnlyList<string>? LanguagesOf(Entry entry) => entry switch
    {
        ServiceEntry service => [.. service.Languages.Select(l => l.Language)],
        Event @event => @event.Languages,
        _ => null,
    };

    /// <summary>The fields of the form that the cell's editor contains.</summary>
    private static IReadOnlyList<string> Paths(string column, Entry entry) => (column, entry) switch
    {
        ("summary" or "tags", _) => [column],
        ("city", _) => PlaceOf(entry) is { } place ? [$"{place}.city"] : [],
        ("zip", _) => PlaceOf(entry) is { } place ? [$"{place}.postalCode"] : [],
        ("website", ServiceEntry) => [column],
        ("email", ServiceEntry) => ["emails[0].address"],
        ("phone", ServiceEntry service) => [$"{PhonesOf(service)}[0].number"],
        ("cost", ServiceEntry) => ["cost.options"],
        ("immigration", ServiceEntry) => ["eligibility.immigrationStatus", "eligibility.immigrationStatusEvidence"],
        ("availability", ServiceEntry) => ["capacity.status"],
        _ => [],
    };

    /// <summary>The path of the only location; null for none or several.</summary>
    private static string? PlaceOf(Entry entry) => entry switch
    {
        ServiceEntry { Locations.Count: 1 } => "locations[0]",
        Event { Location: not null } => "location",
        _ => null,
    };

    /// <summary>The path of the list with the number that the cell shows.</summary>
    private static string PhonesOf(ServiceEntry entry)
    {
        var place = entry.Phones.Count > 0 ? -1 : entry.Locations.ToList().FindIndex(l => l.Phones.Count > 0);
        return place < 0 ? "phones" : $"locations[{place}].phones";
    }

    private CellControl ControlOf(FormPart part) => new(
        part.Field.Label, part.Field.Type, part.Field.Type == FieldType.Choices ? part.Chosen : [EntryFormView.Shown(part)])
    {
        Options = part.Field.Type is FieldType.Choice or FieldType.Choices ? new EntryFormView(_form, _vocabularies, []).Options(part) : [],
        Help = part.Field.Help,
        Typed = CanType(part) ? part.Text : null,
        Errors = [.. _form.Errors.Where(e => part.Path == e.Part.Path || IsWithin(part.Path, e.Part.Path)).Select(e => e.Error)],
    };

    private bool CanType(FormPart part) =>
        part.Field is { Type: FieldType.Choices, Vocabulary: { } vocabulary } && _vocabularies.Find(vocabulary)?.Terms.Count > EntryFormView.LongList;

    private bool IsOwn(FormPart part) => Column == Languages
        ? part.Path == Languages || IsWithin(part.Path, Languages)
        : _parts.Exists(p => p.Path == part.Path || IsWithin(p.Path, part.Path));

    private static bool IsWithin(string path, string parent) =>
        parent.Length > 0 && path.Length > parent.Length && path.StartsWith(parent, StringComparison.Ordinal) && path[parent.Length] is '.' or '[';

    /// <summary>The entry with the languages as they were typed. A language that stays keeps what is known about it.</summary>
    private Entry? WithLanguages()
    {
        var codes = new List<string>();
        foreach (var name in _languages.Split([',', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (Picker.Languages.Problem(name) is { } problem)
            {
                _languageErrors.Add(problem);
            }
            else
            {
                codes.Add(Picker.Languages.Find(name)!);
            }
        }

        codes = [.. codes.Distinct()];
        return _languageErrors.Count > 0 ? null
            : _entry is ServiceEntry service ? service with { Languages = [.. codes.Select(c => service.Languages.FirstOrDefault(l => l.Language == c) ?? new LanguageOffered { Language = c })] }
            : (Event)_entry with { Languages = codes };
    }
}
