using System.Text.Json;
using System.Text.Json.Nodes;
using HealthEquity.Formats.Sources;

namespace HealthEquity.Formats.Hsds.Reading;

/// <summary>The profile of a service in our own package: its rows in <c>health_equity</c> and <c>health_equity_credential</c>, combined as in the API.</summary>
internal static class HsdsProfileTables
{
    public const string Profile = "health_equity";
    public const string Credential = "health_equity_credential";

    private const string Accreditation = "doj_accreditation";

    private static readonly string[] Texts = ["alternate_names", "remote_states"];

    /// <summary>The profile; null if the service has none.</summary>
    /// <param name="service">The service's id.</param>
    /// <param name="rows">The package.</param>
    /// <param name="faults">Receives errors.</param>
    public static JsonElement? Of(string service, HsdsRows rows, ICollection<RowFault> faults)
    {
        if (rows.Where(Profile, "service_id", service).FirstOrDefault() is not { } row)
        {
            return null;
        }

        var profile = new JsonObject();
        foreach (var column in row.Header.Columns.Where(c => c is not ("id" or "service_id") && !c.StartsWith(Accreditation, StringComparison.Ordinal) && row[c].Length > 0))
        {
            profile[column] = Texts.Contains(column) ? new JsonArray([.. row[column].Split("; ").Select(t => JsonValue.Create(t))])
                : column == "language_services" ? Json(row, column, faults)
                : row[column];
        }

        if (row[Accreditation].Length > 0)
        {
            profile[Accreditation] = Members(
                ("level", row[Accreditation]), ("expires_on", row[$"{Accreditation}_expires_on"]), ("renewal_pending", row[$"{Accreditation}_renewal_pending"] == "true"));
        }

        foreach (var (list, credential) in rows.Where(Credential, "service_id", service).Select(CredentialOf))
        {
            var all = profile[list] as JsonArray ?? [];
            all.Add(credential);
            profile[list] = all;
        }

        return JsonSerializer.SerializeToElement(profile);
    }

    private static (string List, JsonNode Credential) CredentialOf(SourceRow row) => row["credential"] == "barAdmission"
        ? ("bar_admissions", Members(("state", row["state"]), ("number", row["number"]), ("standing", row["status"]), ("registry_url", row["url"])))
        : ("licenses", Members(
            ("type", row["type"]), ("number", row["number"]), ("state", row["state"]), ("status", row["status"]), ("expires_on", row["expires_on"]),
            ("board_url", row["url"]), ("supervisor", row["supervisor"])));

    private static JsonObject Members(params (string Name, JsonNode Value)[] members) =>
        new(members.Where(m => m.Value.GetValueKind() != JsonValueKind.String || m.Value.ToString().Length > 0).Select(m => KeyValuePair.Create(m.Name, (JsonNode?)m.Value)));

    private static JsonNode? Json(SourceRow row, string column, ICollection<RowFault> faults)
    {
        try
        {
            return JsonNode.Parse(row[column]);
        }
        catch (JsonException fault)
        {
            faults.Add(new RowFault(row, column, row[column], $"The cell is not JSON: {fault.Message}", "Correct it, or leave it empty.") { Loaded = true });
            return null;
        }
    }
}
