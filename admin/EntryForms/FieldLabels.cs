using System.Reflection;
using System.Text;
using System.Text.Json;

namespace HealthEquity.Admin.EntryForms;

/// <summary>The label and help of one field.</summary>
/// <param name="Label">The label.</param>
/// <param name="Help">The help text.</param>
/// <param name="IsLong">Whether the text can have several lines.</param>
/// <param name="Item">The label of a list item.</param>
public sealed record FieldLabel(string Label, string? Help = null, bool IsLong = false, string? Item = null);

/// <summary>The form's labels, help texts, and headings. Fields without a label here get one from their property name.</summary>
public static partial class FieldLabels
{
    private const string General = "General";
    private const string Contact = "Contact";
    private const string Location = "Location";
    private const string Schedule = "Availability";
    private const string Audience = "Who it is for";
    private const string Help = "Services";
    private const string CostHeading = "Cost";
    private const string Credentials = "Credentials";
    private const string Action = "Action";
    private const string Adoption = "Adoptions";
    private const string Editions = "Editions";
    private const string Vetting = "Sources and notes";
    private const string Translations = "Translations";

    /// <summary>The headings, in the order of the form.</summary>
    public static IReadOnlyList<string> Groups { get; } =
        [General, Contact, Location, Schedule, Audience, Help, CostHeading, Credentials, Action, Adoption, Editions, Translations, Vetting];

    /// <summary>Finds the label of a member, such as <c>Phone.Number</c>.</summary>
    public static FieldLabel? Find(string member) => ByMember.GetValueOrDefault(member);

    /// <summary>Returns the heading of a top-level field.</summary>
    public static string GroupOf(string field) => GroupByField.GetValueOrDefault(field, General);

    /// <summary>Returns the code of a heading in addresses, such as "who-it-is-for".</summary>
    public static string SectionOf(string heading) => heading.ToLowerInvariant().Replace(' ', '-');

    /// <summary>Finds a heading by its code or by one of its fields, such as "contact" or "phones"; null if there is none.</summary>
    public static string? HeadingOf(string? section) => section is null ? null
        : Groups.FirstOrDefault(g => SectionOf(g) == section) ?? GroupByField.GetValueOrDefault(section);

    /// <summary>Splits a member name into words: "PostalCode" becomes "Postal code".</summary>
    public static string Spaced(string name)
    {
        var words = new StringBuilder();
        foreach (var c in name)
        {
            words.Append(char.IsUpper(c) && words.Length > 0 ? $" {char.ToLowerInvariant(c)}" : c);
        }

        return words.ToString();
    }

    /// <summary>Converts a property path to a JSON path: <c>Phones[0].Number</c> becomes <c>phones[0].number</c>.</summary>
    public static string JsonPath(string property) => string.Join('.', property.Split('.').Select(JsonNamingPolicy.CamelCase.ConvertName));

    /// <summary>Returns whether the options are the codes of the entry's own provisions.</summary>
    internal static bool UsesEntryCodes(PropertyInfo property) =>
        property is { Name: "Provisions", DeclaringType.Name: nameof(Adoption) };

    private static readonly Dictionary<string, string> GroupByField = new()
    {
        ["phones"] = Contact,
        ["emails"] = Contact,
        ["website"] = Contact,
        ["links"] = Contact,
        ["url"] = Contact,
        ["registrationUrl"] = Contact,
        ["locations"] = Location,
        ["location"] = Location,
        ["serviceArea"] = Location,
        ["remoteService"] = Location,
        ["hours"] = Schedule,
        ["intakeHours"] = Schedule,
        ["capacity"] = Schedule,
        ["startsAt"] = Schedule,
        ["endsAt"] = Schedule,
        ["allDay"] = Schedule,
        ["timeZone"] = Schedule,
        ["recurrence"] = Schedule,
        ["languages"] = Audience,
        ["eligibility"] = Audience,
        ["audiences"] = Audience,
        ["actors"] = Audience,
        ["cost"] = CostHeading,
        ["modalities"] = Help,
        ["specialties"] = Help,
        ["evaluations"] = Help,
        ["practiceAreas"] = Help,
        ["detainedDocket"] = Help,
        ["courts"] = Help,
        ["detentionCenters"] = Help,
        ["help"] = Help,
        ["intakePolicy"] = Help,
        ["functions"] = Help,
        ["npi"] = Credentials,
        ["licenses"] = Credentials,
        ["barAdmissions"] = Credentials,
        ["dojAccreditation"] = Credentials,
        ["recognizedOrganization"] = Credentials,
        ["ein"] = Credentials,
        ["legalStatus"] = Credentials,
        ["yearIncorporated"] = Credentials,
        ["instrument"] = Action,
        ["steps"] = Action,
        ["provisions"] = Action,
        ["modelText"] = Action,
        ["evidence"] = Action,
        ["adoptions"] = Adoption,
        ["editions"] = Editions,
        ["publisher"] = Editions,
        ["license"] = Editions,
        ["translations"] = Translations,
        ["sources"] = Vetting,
        ["consent"] = Vetting,
        ["internalNotes"] = Vetting,
    };
}
