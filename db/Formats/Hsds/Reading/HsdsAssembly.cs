using HealthEquity.Formats.Sources;

namespace HealthEquity.Formats.Hsds.Reading;

/// <summary>Assembles the rows of a package of any version into services, nested as in HSDS 3 JSON.</summary>
internal sealed class HsdsAssembly(HsdsRows rows, ICollection<RowFault> faults)
{
    // (list, table, column with the owner's id)
    private static readonly (string List, string Table)[] OfService =
    [
        ("schedules", "schedule"), ("schedules", "regular_schedule"), ("holidays", "holiday_schedule"), ("languages", "language"),
        ("service_areas", "service_area"), ("cost_options", "cost_option"), ("payments", "payment_accepted"), ("eligibilities", "eligibility"),
        ("required_documents", "required_document"), ("funding", "funding"), ("additional_urls", "url"), ("contacts", "contact"),
    ];

    // The columns with the owner's id, by table.
    private static readonly (string Table, string[] Owners)[] Owned =
    [
        ("eligibility", ["service_id"]), ("payment_accepted", ["service_id"]), ("required_document", ["service_id"]), ("cost_option", ["service_id"]), ("service_taxonomy", ["service_id"]),
        ("service_attribute", ["service_id"]), ("attribute", ["link_id"]), ("funding", ["service_id", "organization_id"]), ("url", ["service_id", "organization_id"]),
        ("service_area", ["service_id", "service_at_location_id"]), (HsdsInputTables.ServiceAtLocation, ["service_id"]), ("language", ["service_id", "location_id", "phone_id"]),
        ("schedule", ["service_id", "location_id", "service_at_location_id"]), ("regular_schedule", ["service_id", "location_id", "service_at_location_id"]),
        ("holiday_schedule", ["service_id", "location_id", "service_at_location_id"]), ("accessibility", ["location_id"]), ("address", ["location_id"]),
        ("physical_address", ["location_id", "organization_id"]), ("postal_address", ["location_id", "organization_id"]),
        ("phone", ["service_id", "location_id", "organization_id", "service_at_location_id", "contact_id"]), ("contact", ["service_id", "organization_id", "location_id", "service_at_location_id"]),
    ];

    public IEnumerable<HsdsThing> Things()
    {
        ReportRowsOfMissingServices();
        ReportRowsWithoutOwner();
        foreach (var row in rows.Services)
        {
            yield return Service(row);
        }

        foreach (var row in rows.WithoutServices)
        {
            yield return Organization(row, isAlone: true);
        }
    }

    private HsdsThing Service(SourceRow row)
    {
        var id = row["id"];
        var service = new HsdsThing(row, "", Values(row)) { Profile = HsdsProfileTables.Of(id, rows, faults) };
        foreach (var (list, table) in OfService)
        {
            service.Add(list, Things(table, "service_id", id));
        }

        service.Add("phones", Phones("service_id", id));
        service.Add("attributes", Terms(id));
        service.Add("program", Things("program", "id", row["program_id"]).Take(1));
        if (Named(row, "organization_id", HsdsInputTables.Organization) is { } organization)
        {
            service.Add("organization", Organization(organization, isAlone: false));
        }

        foreach (var place in rows.Where(HsdsInputTables.ServiceAtLocation, "service_id", id))
        {
            service.Add("service_at_locations", Place(place));
        }

        // HSDS 1.0 has no join table.
        if (Named(row, "location_id", HsdsInputTables.Location) is { } own)
        {
            service.Add("service_at_locations", At(row, own));
        }

        foreach (var location in rows.Where(HsdsInputTables.Location, "service_id", id))
        {
            service.Add("service_at_locations", At(row, location));
        }

        return service;
    }

    private HsdsThing Place(SourceRow row)
    {
        var (place, id) = (Thing(row), row["id"]);
        place.Add("phones", Phones("service_at_location_id", id));
        place.Add("schedules", Things("schedule", "service_at_location_id", id).Concat(Things("regular_schedule", "service_at_location_id", id)));
        place.Add("service_areas", Things("service_area", "service_at_location_id", id));
        place.Add("contacts", Things("contact", "service_at_location_id", id));
        if (Named(row, "location_id", HsdsInputTables.Location) is { } location)
        {
            place.Add(HsdsInputTables.Location, Location(location));
        }

        return place;
    }

    private HsdsThing At(SourceRow service, SourceRow location)
    {
        var place = new HsdsThing(service, "", new Dictionary<string, string>());
        place.Add(HsdsInputTables.Location, Location(location));
        return place;
    }

    private HsdsThing Location(SourceRow row)
    {
        var (location, id) = (Thing(row), row["id"]);
        location.Add("addresses", Things("address", "location_id", id).Concat(Things("physical_address", "location_id", id)));
        location.Add("addresses", rows.Where("postal_address", "location_id", id).Select(r => Thing(r, ("address_type", "postal"))));
        // Phones and hours of one service at a location don't apply to the location as a whole.
        location.Add("phones", Phones("location_id", id).Where(p => p["service_id"] is null));
        location.Add("schedules", Things("schedule", "location_id", id).Concat(Things("regular_schedule", "location_id", id)).Where(s => s["service_id"] is null));
        location.Add("languages", Things("language", "location_id", id).Where(l => l["service_id"] is null));
        location.Add("accessibility", Things("accessibility", "location_id", id));
        location.Add("attributes", Terms(id));
        location.Add("contacts", Things("contact", "location_id", id));
        return location;
    }

    private HsdsThing Organization(SourceRow row, bool isAlone)
    {
        var id = row["id"];
        var organization = new HsdsThing(row, "", Values(row)) { IsOrganization = isAlone };
        organization.Add("phones", Phones("organization_id", id).Where(p => p["service_id"] is null && p["location_id"] is null && p["service_at_location_id"] is null));
        organization.Add("additional_websites", Things("url", "organization_id", id).Where(u => u["service_id"] is null));
        organization.Add("organization_identifiers", Things("organization_identifier", "organization_id", id));
        organization.Add("locations", rows.Where(HsdsInputTables.Location, "organization_id", id).Select(Location));
        organization.Add("attributes", isAlone ? Terms(id) : []);
        organization.Add("contacts", isAlone ? Things("contact", "organization_id", id) : []);
        return organization;
    }

    /// <summary>The terms of a service, from the tables of all versions.</summary>
    private IEnumerable<HsdsThing> Terms(string id)
    {
        var ties = rows.Where("attribute", "link_id", id)
            .Concat(rows.Where("service_taxonomy", "service_id", id))
            .Concat(rows.Where("service_attribute", "service_id", id));
        foreach (var tie in ties)
        {
            var attribute = Thing(tie);
            var named = tie["taxonomy_term_id"].Length > 0 ? tie["taxonomy_term_id"] : tie["taxonomy_id"];
            // HSDS 1.x calls a taxonomy term a taxonomy.
            var term = rows.Where("taxonomy_term", "id", named).Concat(rows.Where("taxonomy", "id", named)).FirstOrDefault();
            if (term is not null)
            {
                attribute.Add("taxonomy_term", Thing(term));
            }

            yield return attribute;
        }
    }

    /// <summary>The phones of an entity, without those of contacts, which are personal.</summary>
    private IEnumerable<HsdsThing> Phones(string column, string id)
    {
        foreach (var row in rows.Where("phone", column, id).Where(p => p["contact_id"].Length == 0))
        {
            var phone = Thing(row);
            phone.Add("languages", Things("language", "phone_id", row["id"]));
            yield return phone;
        }
    }

    private SourceRow? Named(SourceRow row, string column, string table)
    {
        if (row[column].Length == 0)
        {
            return null;
        }

        var found = rows.Where(table, "id", row[column]).FirstOrDefault();
        if (found is null)
        {
            faults.Add(new RowFault(row, column, row[column], $"The table '{table}' has no row with this id.", $"Correct the id, or add the row to '{table}'.") { Loaded = true });
        }

        return found;
    }

    /// <summary>Reports rows of missing services, which would otherwise be lost silently.</summary>
    private void ReportRowsOfMissingServices()
    {
        foreach (var table in OfService.Select(s => s.Table).Concat(["phone", HsdsInputTables.ServiceAtLocation, "service_taxonomy", "service_attribute", HsdsProfileTables.Profile, HsdsProfileTables.Credential]).Distinct())
        {
            foreach (var row in rows.All(table).Where(r => r["service_id"].Length > 0 && !rows.Where(HsdsInputTables.Service, "id", r["service_id"]).Any()))
            {
                faults.Add(new RowFault(row, "service_id", row["service_id"], "The table 'service' has no row with this id.", "Correct the id, or add the service."));
            }
        }
    }

    /// <summary>Reports rows without an owner.</summary>
    private void ReportRowsWithoutOwner()
    {
        foreach (var (table, owners) in Owned)
        {
            foreach (var row in rows.All(table).Where(r => Array.TrueForAll(owners, o => r[o].Length == 0)))
            {
                faults.Add(new RowFault(
                    row, owners[0], "", $"The row of '{table}' has no owner.", "Add the id of its owner, or remove the row."));
            }
        }
    }

    private IEnumerable<HsdsThing> Things(string table, string column, string id) => rows.Where(table, column, id).Select(r => Thing(r));

    private static HsdsThing Thing(SourceRow row, params (string Name, string Value)[] more) => new(row, "", Values(row, more));

    private static Dictionary<string, string> Values(SourceRow row, params (string Name, string Value)[] more)
    {
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (column, cell) in row.Header.Columns.Zip(row.Cells).Where(c => !string.IsNullOrWhiteSpace(c.Second)))
        {
            values.TryAdd(column.Trim(), cell);
        }

        foreach (var (name, value) in more)
        {
            values[name] = value;
        }

        return values;
    }
}
