using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using HealthEquity.Api.Hsds;
using HealthEquity.Api.Parameters;
using HealthEquity.Tests.Store.Databases;
using NJsonSchema;

namespace HealthEquity.Tests.Api.Hsds;

/// <summary>Every answer for the whole starter directory, validated by our own rules and, if available, by the standard's schemas with our profile.</summary>
public sealed class HsdsAnswerTests(HsdsNode hsds) : IClassFixture<HsdsNode>
{
    private static readonly string[] Statuses = ["active", "inactive", "defunct", "temporarily closed"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Lists => new()
    {
        { "services?format=ndjson", "service.json" }, { "services?format=ndjson&full=true", "service.json" }, { "organizations?format=ndjson", "organization.json" },
        { "organizations?format=ndjson&full=true", "organization.json" }, { "organizations?format=ndjson&full_service=true", "organization.json" },
        { "service_at_locations?format=ndjson", "service_at_location.json" }, { "service_at_locations?format=ndjson&full=true", "service_at_location.json" },
        { "taxonomies?format=ndjson", "taxonomy.json" }, { "taxonomy_terms?format=ndjson", "taxonomy_term.json" },
    };

    [Theory, MemberData(nameof(Lists))]
    public async Task Every_document_follows_the_rules(string list, string schema)
    {
        var documents = await LinesAsync(await hsds.OpenAsync(), list);
        Assert.NotEmpty(documents);
        Assert.Empty(documents.SelectMany(d => Faults(d, schema.Split('.')[0])).Distinct());
        Assert.Distinct(documents.Select(d => (string?)d["id"]));
    }

    [Theory, MemberData(nameof(Lists))]
    public async Task Every_document_is_valid_by_the_standards_schema_with_our_patch(string list, string schema)
    {
        var folder = SharedFolder.Find("hsds/schema");
        Assert.SkipWhen(folder is null, "the standard's schemas (shared/hsds) are not here");
        var node = await hsds.OpenAsync();
        var patched = Path.Combine(Path.GetTempPath(), $"hsds-{Guid.NewGuid():N}");
        System.IO.Directory.CreateDirectory(patched);
        try
        {
            var schemas = await PatchedAsync(node, folder!);
            foreach (var (file, text) in schemas)
            {
                await File.WriteAllTextAsync(Path.Combine(patched, file), text.ToJsonString(), Cancellation);
            }

            var rules = await JsonSchema.FromFileAsync(Path.Combine(patched, schema), Cancellation);
            foreach (var document in await LinesAsync(node, list))
            {
                Assert.Empty(rules.Validate(document.ToJsonString()).Select(e => $"{document["name"]}: {e}"));
                Assert.Empty(Unnamed(document, schemas[schema], schemas, schema));
            }
        }
        finally
        {
            System.IO.Directory.Delete(patched, recursive: true);
        }
    }

    [Fact]
    public async Task Our_profile_does_not_conflict_with_the_standard()
    {
        var folder = SharedFolder.Find("hsds/schema");
        Assert.SkipWhen(folder is null, "the standard's schemas (shared/hsds) are not here");
        var patches = (await (await hsds.OpenAsync()).GetAsync("/hsds/profile"))["schemas"]!.AsObject();
        foreach (var (file, patch) in patches)
        {
            var standard = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder!, file), Cancellation))!["properties"]!.AsObject();
            Assert.Equal(["properties"], patch!.AsObject().Select(p => p.Key));
            Assert.Empty(patch["properties"]!.AsObject().Select(p => p.Key).Intersect(standard.Select(p => p.Key)));
        }
    }

    [Fact]
    public async Task An_entity_by_id_equals_the_one_in_the_full_list()
    {
        var node = await hsds.OpenAsync();
        foreach (var list in new[] { "services", "service_at_locations", "taxonomies", "taxonomy_terms" })
        {
            var full = (await LinesAsync(node, $"{list}?format=ndjson{(list.StartsWith("service", StringComparison.Ordinal) ? "&full=true" : "")}"))[^1];
            Assert.Equal(full.ToJsonString(), (await node.GetAsync($"/hsds/{list}/{full["id"]}")).ToJsonString());
        }

        var organization = (await LinesAsync(node, "organizations?format=ndjson&full_service=true"))[^1];
        Assert.Equal(organization.ToJsonString(), (await node.GetAsync($"/hsds/organizations/{organization["id"]}?full_service=true")).ToJsonString());
    }

    [Fact]
    public async Task Each_list_by_POST_is_the_same()
    {
        var node = await hsds.OpenAsync();
        foreach (var list in new[] { "services", "organizations", "service_at_locations", "taxonomies", "taxonomy_terms" })
        {
            var get = await node.GetAsync($"/hsds/{list}?search=family&per_page=3");
            var post = await node.Client.PostAsJsonAsync($"/hsds/{list}", new { search = "family", per_page = 3 }, Cancellation);
            Assert.Equal(get.ToJsonString(), (await post.Content.ReadFromJsonAsync<JsonObject>(Cancellation))!.ToJsonString());
        }
    }

    [Fact]
    public async Task The_OpenAPI_document_has_every_list_with_its_parameters()
    {
        var document = await (await hsds.OpenAsync()).GetAsync("/hsds/openapi.json");
        foreach (var (path, request) in new (string, Type)[]
        {
            ("services", typeof(HsdsServicesRequest)), ("organizations", typeof(HsdsOrganizationsRequest)),
            ("service_at_locations", typeof(HsdsServiceAtLocationsRequest)), ("taxonomies", typeof(HsdsTaxonomiesRequest)),
            ("taxonomy_terms", typeof(HsdsTaxonomyTermsRequest)),
        })
        {
            var taken = ParameterSet.Of(request).All.Select(p => p.Name).Order();
            var item = document["paths"]![$"/{path}"]!;
            Assert.Equal(taken, item["get"]!["parameters"]!.AsArray().Select(p => ((string)p!["$ref"]!).Split('/')[^1]).Order());
            Assert.Equal(taken, item["post"]!["requestBody"]!["content"]!["application/json"]!["schema"]!["properties"]!.AsObject().Select(p => p.Key).Order());
            Assert.NotNull(document["paths"]![$"/{path}/{{id}}"]);
        }
    }

    /// <remarks>Where a body has no example, /docs fills in every parameter with "string", and finds nothing.</remarks>
    [Fact]
    public async Task The_examples_of_the_OpenAPI_document_find_something()
    {
        var node = await hsds.OpenAsync();
        var paths = (await node.GetAsync("/hsds/openapi.json"))["paths"]!.AsObject();
        var bodies = paths.Where(p => p.Value!["post"] is not null).ToDictionary(p => p.Key, p => p.Value!["post"]!["requestBody"]!["content"]!["application/json"]!["example"]);
        Assert.Equal(5, bodies.Count);
        foreach (var (path, example) in bodies)
        {
            Assert.NotNull(example);
            var answer = await node.Client.PostAsJsonAsync($"/hsds{path}", example, Cancellation);
            Assert.True((int)(await answer.Content.ReadFromJsonAsync<JsonObject>(Cancellation))!["total_items"]! > 0, path);
        }
    }

    [Fact]
    public async Task The_OpenAPI_document_is_self_contained()
    {
        var text = await (await hsds.OpenAsync()).Client.GetStringAsync("/hsds/openapi.json", Cancellation);
        Assert.DoesNotContain("://", text, StringComparison.Ordinal);
        var document = JsonNode.Parse(text)!;
        foreach (Match reference in Regex.Matches(text, "\"\\$ref\":\"([^\"]+)\""))
        {
            var parts = reference.Groups[1].Value.Split('/');
            Assert.Equal("#", parts[0]);
            Assert.NotNull(parts.Skip(1).Aggregate((JsonNode?)document, (node, part) => node?[part]));
        }

        Assert.Equal("X-Api-Key", (string)document["components"]!["securitySchemes"]!["partnerKey"]!["name"]!);
        Assert.Matches((string)document["components"]!["parameters"]!["postcode"]!["schema"]!["pattern"]!, "33130");
    }

    [Theory, MemberData(nameof(Lists))]
    public async Task Every_document_matches_the_OpenAPI_document(string list, string schema)
    {
        var node = await hsds.OpenAsync();
        var check = new OpenApi.SchemaCheck(await node.GetAsync("/hsds/openapi.json"));
        var name = "Hsds" + string.Concat(schema.Split('.')[0].Split('_').Select(part => char.ToUpperInvariant(part[0]) + part[1..]));
        foreach (var document in await LinesAsync(node, list))
        {
            check.Check(new JsonObject { ["$ref"] = $"#/components/schemas/{name}" }, document, list);
        }
    }

    internal static async Task<List<JsonObject>> LinesAsync(Node node, string list) =>
        [.. (await node.Client.GetStringAsync($"/hsds/{list}", Cancellation)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!.AsObject())];

    /// <summary>Our own rules, which need no files: ids, no empty values, and pitfalls of the standard.</summary>
    private static IEnumerable<string> Faults(JsonObject document, string what)
    {
        var needed = what switch { "service" => new[] { "id", "name", "status" }, "organization" or "taxonomy" or "taxonomy_term" => ["id", "name", "description"], _ => ["id"] };
        foreach (var fault in needed.Where(n => document[n] is null).Select(n => $"{what} without {n}"))
        {
            yield return fault;
        }

        foreach (var (name, value) in document)
        {
            var wrong = (name, value) switch
            {
                (_, null) or (_, JsonArray { Count: 0 }) => true,
                ("id", _) or (_, JsonValue) when name == "id" || name.EndsWith("_id", StringComparison.Ordinal) => !Guid.TryParse((string?)value, out _),
                ("status", JsonValue) when what == "service" => !Statuses.Contains((string?)value),
                ("extension" or "timezone" or "amount" or "minimum_age" or "maximum_age" or "latitude" or "longitude", _) => value.GetValueKind() != JsonValueKind.Number,
                ("last_modified", _) => !Regex.IsMatch((string)value!, @"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$"),
                ("eligibility" or "eligibilities", _) => true,
                _ => false,
            };
            if (wrong)
            {
                yield return $"{what}.{name}: {value?.ToJsonString()}";
            }

            if (name == "health_equity")
            {
                continue;
            }

            foreach (var part in value is JsonArray list ? list.OfType<JsonObject>() : value is JsonObject one ? [one] : [])
            {
                foreach (var fault in Faults(part, name switch { "services" => "service", _ => name }))
                {
                    yield return fault;
                }
            }
        }
    }

    /// <summary>The standard's schemas, each with its patch from the profile (RFC 7396).</summary>
    private static async Task<Dictionary<string, JsonObject>> PatchedAsync(Node node, string folder)
    {
        var schemas = System.IO.Directory.GetFiles(folder, "*.json").ToDictionary(f => Path.GetFileName(f), f => JsonNode.Parse(File.ReadAllText(f))!.AsObject());
        var root = await node.GetAsync("/hsds");
        var profile = await node.GetAsync(new Uri((string)root["profile"]!).AbsolutePath);
        foreach (var (file, address) in profile["patches"]!.AsObject())
        {
            var response = await node.Client.GetAsync(new Uri((string)address!).AbsolutePath, Cancellation);
            Assert.Equal("application/merge-patch+json", response.Content.Headers.ContentType?.MediaType);
            Merge(schemas[file], (await response.Content.ReadFromJsonAsync<JsonObject>(Cancellation))!);
        }

        return schemas;
    }

    private static void Merge(JsonObject target, JsonObject patch)
    {
        foreach (var (name, value) in patch)
        {
            if (value is null)
            {
                target.Remove(name);
            }
            else if (value is JsonObject inner && target[name] is JsonObject outer)
            {
                Merge(outer, inner);
            }
            else
            {
                target[name] = value.DeepClone();
            }
        }
    }

    /// <summary>Members that are in no schema.</summary>
    private static IEnumerable<string> Unnamed(JsonObject document, JsonNode schema, Dictionary<string, JsonObject> schemas, string path)
    {
        if (schema["$ref"] is { } reference)
        {
            schema = schemas[(string)reference!];
        }

        foreach (var (name, value) in document)
        {
            if (schema["properties"]?[name] is not { } member)
            {
                yield return $"{path}.{name}";
                continue;
            }

            var parts = value is JsonArray list ? list.OfType<JsonObject>() : value is JsonObject one ? [one] : [];
            foreach (var fault in parts.SelectMany(part => Unnamed(part, value is JsonArray ? member["items"]! : member, schemas, $"{path}.{name}")))
            {
                yield return fault;
            }
        }
    }
}
