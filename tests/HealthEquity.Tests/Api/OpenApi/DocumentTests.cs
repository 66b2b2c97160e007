using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Starter;

namespace HealthEquity.Tests.Api.OpenApi;

public sealed class DocumentTests(DirectoryApi api)
{
    /// <summary>Set to 1 to accept a change of the contract: the snapshot is rewritten.</summary>
    private const string Rewrite = "HEALTHEQUITY_REWRITE_OPENAPI";

    [Fact]
    public async Task The_contract_matches_the_reviewed_snapshot()
    {
        var node = await api.SharedAsync();
        var served = (await node.Client.GetStringAsync("/openapi/v1.json")).ReplaceLineEndings("\n") + "\n";
        var snapshot = SnapshotPath();
        if (Environment.GetEnvironmentVariable(Rewrite) == "1")
        {
            await File.WriteAllTextAsync(snapshot, served, TestContext.Current.CancellationToken);
        }

        var reviewed = await File.ReadAllTextAsync(snapshot, TestContext.Current.CancellationToken);
        Assert.True(served == reviewed, $"The document differs from {Path.GetFileName(snapshot)}. If that is meant, run the tests once with {Rewrite}=1 and review the difference.");
    }

    [Fact]
    public async Task Every_operation_has_a_name_a_description_and_error_responses()
    {
        var document = await DocumentAsync(api);
        var names = new HashSet<string>();
        foreach (var (path, methods) in document["paths"]!.AsObject())
        {
            foreach (var (method, operation) in methods!.AsObject())
            {
                Assert.True(names.Add((string)operation!["operationId"]!), $"{method} {path}: the name is taken");
                Assert.NotEmpty((string)operation["summary"]!);
                var answers = operation["responses"]!.AsObject();
                Assert.Contains(operation["operationId"]!.ToString() == "AddSuggestion" ? "202" : "200", answers.Select(a => a.Key));
                Assert.Contains("400", answers.Select(a => a.Key));
                Assert.All(answers, a => Assert.NotEmpty((string)a.Value!["description"]!));
                Assert.All(
                    answers.Where(a => a.Key[0] is '4' or '5' && a.Value!["content"] is not null && !path.StartsWith("/health", StringComparison.Ordinal)),
                    a => Assert.NotNull(a.Value!["content"]!["application/problem+json"]));
            }
        }

        Assert.All(new[] { "ListProviders", "GetProvider", "SearchProviders", "SearchEntries", "ListChanges", "GetVocabulary", "ListAdoptions", "GetAdoptionMatrix" }, name => Assert.Contains(name, names));
    }

    [Fact]
    public async Task A_key_is_an_option_and_a_suggestion_needs_its_text()
    {
        var document = await DocumentAsync(api);
        var scheme = document["components"]!["securitySchemes"]!["partnerKey"]!;
        Assert.Equal("X-Api-Key", (string)scheme["name"]!);
        Assert.Equal("""[{},{"partnerKey":[]}]""", document["security"]!.ToJsonString());
        var body = document["components"]!["schemas"]!["AddSuggestionRequest"]!;
        Assert.Equal(["text"], body["required"]!.AsArray().Select(r => (string)r!));
        Assert.Equal(4000, (int)body["properties"]!["text"]!["maxLength"]!);
    }

    [Fact]
    public async Task Every_parameter_and_member_has_a_type_and_a_description_and_no_editorial_member_is_shown()
    {
        var document = await DocumentAsync(api);
        foreach (var (path, methods) in document["paths"]!.AsObject())
        {
            foreach (var parameter in methods!.AsObject().SelectMany(m => m.Value!["parameters"]?.AsArray() ?? []))
            {
                Assert.True(parameter!["description"] is not null && parameter["schema"]!["type"] is not null, $"{path}: {parameter}");
            }
        }

        foreach (var (name, schema) in document["components"]!["schemas"]!.AsObject())
        {
            var members = schema!["properties"] ?? schema["allOf"]?[1]?["properties"];
            Assert.All(members?.AsObject() ?? [], m => Assert.True((m.Value!["description"] ?? m.Value["$ref"]) is not null, $"{name}.{m.Key} has no description"));
        }

        var text = document.ToJsonString();
        Assert.DoesNotContain("internalNotes", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\"consent\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain("replaced.", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answers_have_the_members_that_the_document_requires()
    {
        var document = await DocumentAsync(api);
        var node = await api.SharedAsync();
        foreach (var address in new[] { "/v1/providers?near=33101&facets=cost", "/v1/providers?specialty=trauma&modality=group", "/v1/adoptions", "/v1/adoptions/matrix", "/v1/changes", "/v1/vocabularies", "/v1/vocabularies/cost", "/v1/suggest?q=cl", "/v1/search", "/v1/events", "/v1/materials" })
        {
            var schema = document["paths"]![address.Split('?')[0] is "/v1/vocabularies/cost" ? "/v1/vocabularies/{name}" : address.Split('?')[0]]!["get"]!["responses"]!["200"]!["content"]!["application/json"]!["schema"]!;
            new SchemaCheck(document).Check(schema, await node.GetAsync(address), address);
        }
    }

    [Fact]
    public async Task An_entry_of_any_kind_is_one_of_the_six()
    {
        var document = await DocumentAsync(api);
        var schemas = document["components"]!["schemas"]!;
        foreach (var any in new[] { schemas["EntryList"]!["properties"]!["items"]!["items"]!, schemas["EntryWiderList"]!["properties"]!["items"]!["items"]!, schemas["Change"]!["properties"]!["entry"]! })
        {
            Assert.Equal("kind", (string)any["discriminator"]!["propertyName"]!);
            var kinds = any["discriminator"]!["mapping"]!.AsObject().Select(m => (string)m.Value!).Order();
            Assert.Equal(6, kinds.Count());
            Assert.Equal(kinds, any["oneOf"]!.AsArray().Select(o => (string?)o!["$ref"]).OfType<string>().Order());
            // The first, which NSwag uses as the type, matches nothing.
            Assert.Empty(any["oneOf"]![0]!["enum"]!.AsArray());
        }
    }

    [Fact]
    public async Task Headers_are_described_exactly_where_they_are_sent()
    {
        var node = await api.SharedAsync();
        foreach (var (path, methods) in (await DocumentAsync(api))["paths"]!.AsObject())
        {
            foreach (var (method, operation) in methods!.AsObject())
            {
                var answers = operation!["responses"]!.AsObject();
                Assert.True(path.StartsWith("/health", StringComparison.Ordinal) || answers["503"]!["headers"]!["Retry-After"] is not null, path);
                Assert.True(path.StartsWith("/health", StringComparison.Ordinal) || answers["429"]!["headers"]!["Retry-After"] is not null, path);
                if (method == "get" && !path.Contains('{'))
                {
                    var first = await node.Client.GetAsync(path + (path == "/v1/suggest" ? "?q=cl" : ""));
                    Assert.True((answers["200"]!["headers"]?["Link"] is not null) == first.Headers.Contains("Link"), $"{path}: Link");
                    Assert.True(answers.ContainsKey("304") == first.Headers.ETag is not null, $"{path}: 304");
                }

                Assert.True(method == "get" || answers["200"]?["headers"]?["Link"] is null, $"{method} {path}: Link");
            }
        }
    }

    [Fact]
    public async Task The_examples_in_the_documentation_return_results()
    {
        var document = await DocumentAsync(api);
        var node = await api.SharedAsync();
        foreach (var (path, methods) in document["paths"]!.AsObject())
        {
            foreach (var (method, operation) in methods!.AsObject())
            {
                var filled = (operation!["parameters"]?.AsArray() ?? [])
                    .Select(p => (Name: (string)p!["name"]!, InPath: (string)p["in"]! == "path", Value: (p["example"] ?? p["schema"]!["default"])?.ToString()))
                    .Where(p => p.Value is not null)
                    .ToList();
                Assert.True(filled.Count(p => !p.InPath) <= 5, $"{path} fills in {filled.Count}");
                if (path.Contains("idOrSlug", StringComparison.Ordinal) || path == "/v1/suggestions")
                {
                    continue;
                }

                var address = filled.Where(p => p.InPath).Aggregate(path, (a, p) => a.Replace($"{{{p.Name}}}", p.Value, StringComparison.Ordinal))
                    + "?" + string.Join('&', filled.Where(p => !p.InPath).Select(p => $"{p.Name}={p.Value}"));
                var body = operation["requestBody"]?["content"]!["application/json"]!["example"]?.ToJsonString();
                Assert.True(method == "get" || body is not null, $"{method} {path} has no example");
                var answer = method == "get" ? await node.Client.GetAsync(address) : await node.Client.PostAsync(address.TrimEnd('?'), new StringContent(body!, null, "application/json"));
                var text = await answer.Content.ReadAsStringAsync();
                Assert.True(answer.IsSuccessStatusCode, $"{method} {address}: {text}");
                Assert.DoesNotContain("\"totalItems\":0", text, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task The_example_of_each_kind_is_an_entry_that_the_starter_directory_has()
    {
        var paths = (await DocumentAsync(api))["paths"]!;
        var examples = EntryKinds.All.ToDictionary(k => k, k => (string?)paths[$"/v1/{k.Path()}/{{idOrSlug}}"]!["get"]!["parameters"]!.AsArray().Single(p => (string?)p!["name"] == "idOrSlug")!["example"]);
        Assert.Equal(
            examples.Select(e => (e.Key, e.Value)),
            StarterDirectory.Read().Where(s => examples[s.Entry.Kind] == s.Slug).Select(s => (s.Entry.Kind, (string?)s.Slug)).OrderBy(s => s.Kind));
    }

    [Fact]
    public async Task Addresses_of_the_API_refuse_unknown_parameters_and_pages_ignore_them()
    {
        var node = await api.SharedAsync();
        Assert.Equal("Unknown parameter. This document has none.", await node.ErrorAsync("/openapi/v1.json?version=1", "version"));
        foreach (var address in new[] { "/v1/providers", "/hsds", "/hsds/openapi.json", "/v1/vocabularies", "/health/ready", "/v1/exports/directory.csv" })
        {
            await node.ErrorAsync($"{address}?fbclid=x", "fbclid");
        }

        foreach (var address in new[] { "/", "/es", "/en/about", "/docs", "/problems", "/en/organizations/988-suicide-and-crisis-lifeline" })
        {
            var plain = await node.Client.GetAsync(address);
            Assert.Equal(plain.StatusCode, (await node.Client.GetAsync($"{address}?fbclid=x")).StatusCode);
        }
    }

    [Fact]
    public async Task A_suggestion_names_an_entry_or_the_kind_of_the_missing_one()
    {
        var body = (await DocumentAsync(api))["components"]!["schemas"]!["AddSuggestionRequest"]!;
        Assert.Equal("""{"not":{"required":["entry"]}}""", body["if"]!.ToJsonString());
        Assert.Equal("""{"required":["kind"]}""", body["then"]!.ToJsonString());
    }

    internal static async Task<JsonNode> DocumentAsync(DirectoryApi api) =>
        await (await api.SharedAsync()).GetAsync("/openapi/v1.json");

    internal static string SnapshotPath([CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "openapi.v1.json");
}

/// <summary>Validates an answer by the document: known members, required members, types.</summary>
internal sealed class SchemaCheck(JsonNode document)
{
    public void Check(JsonNode schema, JsonNode? value, string where)
    {
        if (schema["allOf"] is JsonArray { Count: 1 } wrapped)
        {
            schema = wrapped[0]!;
        }

        if (schema["$ref"] is { } reference)
        {
            schema = document["components"]!["schemas"]![((string)reference!).Split('/')[^1]]!;
        }

        if (schema["discriminator"] is { } choice && value?[(string)choice["propertyName"]!] is { } kind)
        {
            schema = document["components"]!["schemas"]![((string)choice["mapping"]![(string)kind!]!).Split('/')[^1]]!;
        }

        var members = new Dictionary<string, JsonNode>();
        var required = new HashSet<string>();
        Collect(schema, members, required);
        switch (value)
        {
            case JsonObject item when schema["additionalProperties"] is JsonObject:
                Assert.NotNull(item);
                break;
            case JsonObject item:
                Assert.All(required, name => Assert.True(item.ContainsKey(name), $"{where} lacks {name}"));
                Assert.All(item, m => Assert.True(members.ContainsKey(m.Key), $"{where} has {m.Key}, which the document does not know"));
                foreach (var (name, member) in item)
                {
                    Check(members[name], member, $"{where}/{name}");
                }

                break;
            case JsonArray list:
                Assert.Equal("array", (string)schema["type"]!);
                foreach (var element in list)
                {
                    Check(schema["items"]!, element, where);
                }

                break;
            default:
                var type = (string?)schema["type"] ?? (string?)schema["allOf"]?[0]?["type"];
                var expected = value!.GetValueKind() switch
                {
                    System.Text.Json.JsonValueKind.String => "string",
                    System.Text.Json.JsonValueKind.Number => "number",
                    _ => "boolean",
                };
                Assert.True(type == expected || (type == "integer" && expected == "number"), $"{where} is {expected}, the document says {type}");
                break;
        }
    }

    private void Collect(JsonNode schema, Dictionary<string, JsonNode> members, HashSet<string> required)
    {
        if (schema["$ref"] is { } reference)
        {
            schema = document["components"]!["schemas"]![((string)reference!).Split('/')[^1]]!;
        }

        foreach (var part in schema["allOf"]?.AsArray() ?? [])
        {
            Collect(part!, members, required);
        }

        foreach (var (name, member) in schema["properties"]?.AsObject() ?? [])
        {
            members[name] = member!;
        }

        required.UnionWith(schema["required"]?.AsArray().Select(r => (string)r!) ?? []);
    }
}
