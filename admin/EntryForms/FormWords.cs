using System.Reflection;
using System.Text;
using System.Text.Json;

namespace HealthEquity.Admin.EntryForms;

/// <summary>What the form calls its fields and what it says beside them. A field that is not named here is called as its record calls it.</summary>
public static partial class FormWords
{
    private const string Who = "Who or what it is";
    private const string Contact = "How to reach them";
    private const string Where = "Where";
    private const string When = "When";
    private const string ForWhom = "Who it is for";
    private const string Help = "What help there is";
    private const string CostHeading = "Cost";
    private const string Credentials = "Credentials";
    private const string Action = "What to do";
    private const string Adoption = "Who has adopted it";
    private const string Editions = "Editions";
    private const string Vetting = "Vetting";
    private const string Texts = "In other languages";

    /// <summary>The headings, in the order of the form.</summary>
    public static IReadOnlyList<string> Groups { get; } =
        [Who, Contact, Where, When, ForWhom, Help, CostHeading, Credentials, Action, Adoption, Editions, Texts, Vetting];

    /// <summary>The words for one field.</summary>
    /// <param name="Label">What it is called.</param>
    /// <param name="Help">What to write in it.</param>
    /// <param name="Long">It takes more than a line.</param>
    /// <param name="Item">What one of the repeated parts is called.</param>
    public sealed record Words(string Label, string? Help = null, bool Long = false, string? Item = null);

    /// <summary>The words for a member, such as <c>Phone.Number</c>.</summary>
    public static Words? Find(string member) => ByMember.GetValueOrDefault(member);

    /// <summary>The heading under which a top-level field stands.</summary>
    public static string GroupOf(string field) => GroupByField.GetValueOrDefault(field, Who);

    /// <summary>A member's name as words: "PostalCode" as "Postal code".</summary>
    public static string Spaced(string name)
    {
        var words = new StringBuilder();
        foreach (var c in name)
        {
            words.Append(char.IsUpper(c) && words.Length > 0 ? $" {char.ToLowerInvariant(c)}" : c);
        }

        return words.ToString();
    }

    /// <summary>A rule's name for a field as its JSON path: <c>Phones[0].Number</c> as <c>phones[0].number</c>.</summary>
    public static string JsonPath(string property) => string.Join('.', property.Split('.').Select(JsonNamingPolicy.CamelCase.ConvertName));

    /// <summary>The codes are those that the same entry gives its own provisions.</summary>
    internal static bool OwnCodes(PropertyInfo property) =>
        property is { Name: "Provisions", DeclaringType.Name: nameof(Adoption) };

    private static readonly Dictionary<string, string> GroupByField = new()
    {
        ["phones"] = Contact,
        ["emails"] = Contact,
        ["website"] = Contact,
        ["links"] = Contact,
        ["url"] = Contact,
        ["registrationUrl"] = Contact,
        ["locations"] = Where,
        ["location"] = Where,
        ["serviceArea"] = Where,
        ["remoteService"] = Where,
        ["hours"] = When,
        ["intakeHours"] = When,
        ["capacity"] = When,
        ["startsAt"] = When,
        ["endsAt"] = When,
        ["allDay"] = When,
        ["timeZone"] = When,
        ["recurrence"] = When,
        ["languages"] = ForWhom,
        ["eligibility"] = ForWhom,
        ["audiences"] = ForWhom,
        ["actors"] = ForWhom,
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
        ["translations"] = Texts,
        ["sources"] = Vetting,
        ["consent"] = Vetting,
        ["internalNotes"] = Vetting,
    };
}
