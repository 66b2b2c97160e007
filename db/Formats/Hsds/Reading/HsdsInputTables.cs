using System.Collections.Frozen;

namespace HealthEquity.Formats.Hsds.Reading;

/// <summary>The tables and columns of HSDS 1.0 to 3.2, by the names of all versions (docs.openreferral.org, schema references).</summary>
internal static class HsdsInputTables
{
    public const string Organization = "organization";
    public const string Service = "service";
    public const string ServiceAtLocation = "service_at_location";
    public const string Location = "location";

    private static readonly string[] Lines =
    [
        "organization: name alternate_name description email url website tax_status tax_id year_incorporated legal_status logo uri parent_organization_id",
        "program: organization_id name alternate_name description",
        "service: organization_id program_id location_id name alternate_name description url email status interpretation_services application_process fees_description wait_time fees accreditations eligibility eligibility_description minimum_age maximum_age assured_date assurer_email licenses alert last_modified",
        "service_at_location: service_id location_id description",
        "location: organization_id service_id location_type url name alternate_name description transportation latitude longitude external_identifier external_identifier_type",
        "phone: location_id service_id organization_id contact_id service_at_location_id number extension type language description department",
        "contact: organization_id service_id service_at_location_id location_id name title department email phone",
        "address: location_id attention address_1 address_2 city region state_province postal_code country address_type",
        "physical_address: location_id organization_id attention address_1 address_2 address_3 address_4 city region state_province postal_code country",
        "postal_address: location_id organization_id attention address_1 address_2 address_3 address_4 city region state_province postal_code country",
        "schedule: service_id location_id service_at_location_id valid_from valid_to dtstart timezone until count wkst freq interval byday byweekno bymonthday byyearday description opens_at closes_at schedule_link attending_type notes original_text",
        "regular_schedule: service_id location_id service_at_location_id weekday opens_at closes_at original_text",
        "holiday_schedule: service_id location_id service_at_location_id closed opens_at closes_at start_date end_date",
        "language: service_id location_id phone_id language name code note",
        "accessibility: location_id accessibility description details url",
        "eligibility: service_id eligibility",
        "taxonomy: name description uri version parent_id parent_name vocabulary",
        "taxonomy_term: code name term description parent_id taxonomy language taxonomy_id term_uri vocabulary",
        "service_taxonomy: service_id taxonomy_id taxonomy_term_id taxonomy_detail",
        "service_attribute: service_id taxonomy_term_id",
        "attribute: link_id taxonomy_term_id link_type link_entity value label",
        "service_area: service_id service_at_location_id service_area name description extent extent_type uri",
        "cost_option: service_id valid_from valid_to option currency amount amount_description",
        "payment_accepted: service_id payment",
        "required_document: service_id document uri",
        "funding: organization_id service_id source",
        "url: label url organization_id service_id",
        "organization_identifier: organization_id identifier_scheme identifier_type identifier",
        // Our own profile (api/Hsds/profile.json).
        "health_equity: service_id kind slug alternate_names check_due_on immigration_status immigration_status_evidence capacity_status capacity_as_of remote_service remote_states time_zone language_services npi doj_accreditation doj_accreditation_expires_on doj_accreditation_renewal_pending detained_docket",
        "health_equity_credential: service_id credential type number state status expires_on url supervisor",
        // Known tables without data for entries.
        "service_capacity: service_id unit_id available maximum description updated",
        "unit: name scheme identifier uri",
        "metadata: resource_id resource_type last_action_date last_action_type field_name previous_value replacement_value updated_by",
        "meta_table_description: name language character_set",
    ];

    private static readonly FrozenDictionary<string, FrozenSet<string>> Columns = Lines.Select(l => l.Split(": ")).ToFrozenDictionary(
        l => l[0], l => l[1].Split(' ').Append("id").ToFrozenSet(StringComparer.OrdinalIgnoreCase), StringComparer.Ordinal);

    // Other names of tables: plural or former ones.
    private static readonly FrozenDictionary<string, string> Names = new Dictionary<string, string>
    {
        ["accessibility_for_disabilities"] = "accessibility",
        ["accessibility_for_disability"] = "accessibility",
        ["services_at_location"] = ServiceAtLocation,
        ["mail_address"] = "postal_address",
        ["other_attribute"] = "attribute",
        ["link_taxonomy"] = "attribute",
        ["payments_accepted"] = "payment_accepted",
        ["payment"] = "payment_accepted",
        ["holiday"] = "holiday_schedule",
    }.ToFrozenDictionary();

    /// <summary>The table for a file name; null if the standard has none.</summary>
    public static string? Of(string fileName)
    {
        var stem = Path.GetFileNameWithoutExtension(fileName).Trim().ToLowerInvariant().Replace('-', '_').Replace(' ', '_');
        // "services_taxonomy", "services_at_location": any of the words can be plural.
        return Find(stem) ?? Find(Singular(stem)) ?? Find(string.Join('_', stem.Split('_').Select(Singular)));
    }

    /// <summary>True if any version of the standard has this column in the table.</summary>
    public static bool Has(string table, string column) => Columns[table].Contains(column);

    /// <summary>The version that a set of tables belongs to, if it can be detected.</summary>
    public static string Version(IReadOnlySet<string> tables) =>
        tables.Overlaps(["address", "attribute", "cost_option", "url", "organization_identifier", "unit"]) ? "3.x"
        : tables.Overlaps(["regular_schedule", "holiday_schedule"]) ? "1.x"
        : tables.Overlaps(["schedule", "taxonomy_term", "service_attribute"]) ? "2.x"
        : tables.Overlaps(["physical_address", "postal_address", "service_taxonomy", "eligibility"]) ? "1.x"
        : "3.x";

    private static string? Find(string name) => Columns.ContainsKey(name) ? name : Names.GetValueOrDefault(name);

    private static string Singular(string name) =>
        name.EndsWith("ies", StringComparison.Ordinal) ? name[..^3] + "y"
        : name.EndsWith("sses", StringComparison.Ordinal) ? name[..^2]
        : name.EndsWith('s') && !name.EndsWith("ss", StringComparison.Ordinal) ? name[..^1]
        : name;
}
