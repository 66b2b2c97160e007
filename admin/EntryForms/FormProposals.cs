using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Geography;
using HealthEquity.Store.Settings;

namespace HealthEquity.Admin.EntryForms;

/// <summary>
/// What the department's settings put into a form: its area, its languages, its time zone. A proposal that stands alone says
/// nothing: hours with a time zone and no times are no hours, and a place of which only the state is filled in is no place.
/// </summary>
public sealed class FormProposals(DirectorySettings settings)
{
    private const string Language = "language";

    private readonly State? _state = States.Find(settings.DefaultState);

    /// <summary>The zone of the settings; where that was left at UTC, in which nobody keeps office hours, the state's.</summary>
    private string Zone => settings.TimeZone == "UTC" ? _state?.TimeZone ?? "" : settings.TimeZone;

    /// <summary>The form of a new entry.</summary>
    public EntryForm Begin(EntryKind kind)
    {
        var form = Mark(EntryForm.Blank(kind));
        form.Find(Language)!.Text = settings.Languages.Count > 0 ? settings.Languages[0] : "en";
        Take(form.Root);
        // A county lies within its state: to name both would say the whole state.
        var county = Counties.Find(_state?.Code, settings.DefaultCounty);
        form.Fill(county is null ? "serviceArea.states" : "serviceArea.counties", county?.Code ?? _state?.Code ?? "");
        return form;
    }

    /// <summary>Says of each field of a form what would be proposed for it. What is typed stays.</summary>
    public EntryForm Mark(EntryForm form)
    {
        foreach (var part in form.Root.All())
        {
            part.Proposal = part.Field.Name switch
            {
                "timeZone" => Zone,
                "stateProvince" => _state?.Code ?? "",
                Language when part.Path.StartsWith("translations[", StringComparison.Ordinal) && settings.Languages.Contains(part.Text) => part.Text,
                _ => "",
            };
        }

        return form;
    }

    /// <summary>Fills in what is proposed for a part that was just added.</summary>
    public void Add(EntryForm form, FormPart added)
    {
        Mark(form);
        if (added.Parts.FirstOrDefault(p => p.Field.Name == Language) is { Text: "" } language && added.Path.StartsWith("translations[", StringComparison.Ordinal))
        {
            var taken = form.Root.All().Where(p => p.Field.Name == Language).Select(p => p.Text).ToList();
            language.Proposal = settings.Languages.FirstOrDefault(l => !taken.Contains(l)) ?? "";
        }

        Take(added);
    }

    private static void Take(FormPart root)
    {
        foreach (var part in root.All().Where(p => p.Text.Length == 0 && p.Proposal.Length > 0))
        {
            part.Text = part.Proposal;
        }
    }
}
