using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Geography;
using HealthEquity.Store.Settings;

namespace HealthEquity.Admin.EntryForms;

/// <summary>
/// Fills in defaults from the department's settings: area, languages, and time zone. A part with nothing but defaults counts as blank,
/// such as hours with only a time zone or a location with only a state.
/// </summary>
public sealed class FormDefaults(DirectorySettings settings)
{
    private const string Language = "language";

    private readonly State? _state = States.Find(settings.DefaultState);

    /// <summary>The time zone from the settings; if that is UTC, the state's time zone.</summary>
    private string Zone => settings.TimeZone == "UTC" ? _state?.TimeZone ?? "" : settings.TimeZone;

    /// <summary>Creates the form for a new entry.</summary>
    public EntryForm CreateForm(EntryKind kind)
    {
        var form = SetDefaults(EntryForm.Blank(kind));
        form.Find(Language)!.Text = settings.Languages.Count > 0 ? settings.Languages[0] : "en";
        FillEmptyFields(form.Root);
        // The county replaces the state; both together would mean the whole state.
        var county = Counties.Find(_state?.Code, settings.DefaultCounty);
        form.Fill(county is null ? "serviceArea.states" : "serviceArea.counties", county?.Code ?? _state?.Code ?? "");
        return form;
    }

    /// <summary>Sets the default of every field. Does not change any input.</summary>
    public EntryForm SetDefaults(EntryForm form)
    {
        foreach (var part in form.Root.All())
        {
            part.SettingsDefault = part.Field.Name switch
            {
                "timeZone" => Zone,
                "stateProvince" => _state?.Code ?? "",
                Language when part.Path.StartsWith("translations[", StringComparison.Ordinal) && settings.Languages.Contains(part.Text) => part.Text,
                _ => "",
            };
        }

        return form;
    }

    /// <summary>Fills the defaults into a part that was just added.</summary>
    public void FillAddedPart(EntryForm form, FormPart added)
    {
        SetDefaults(form);
        if (added.Parts.FirstOrDefault(p => p.Field.Name == Language) is { Text: "" } language && added.Path.StartsWith("translations[", StringComparison.Ordinal))
        {
            var taken = form.Root.All().Where(p => p.Field.Name == Language).Select(p => p.Text).ToList();
            language.SettingsDefault = settings.Languages.FirstOrDefault(l => !taken.Contains(l)) ?? "";
        }

        FillEmptyFields(added);
    }

    private static void FillEmptyFields(FormPart root)
    {
        foreach (var part in root.All().Where(p => p.Text.Length == 0 && p.SettingsDefault.Length > 0))
        {
            part.Text = part.SettingsDefault;
        }
    }
}
