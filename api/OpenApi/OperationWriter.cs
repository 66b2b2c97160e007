using System.Globalization;
using System.Text.Json.Nodes;
using FastEndpoints;
using FluentValidation;
using FluentValidation.Validators;
using HealthEquity.Api.Entries;
using HealthEquity.Api.Exports;
using HealthEquity.Api.Feed;
using HealthEquity.Api.Parameters;
using HealthEquity.Api.Search;
using HealthEquity.Directory.Entries;
using HealthEquity.Search.Index;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace HealthEquity.Api.OpenApi;

/// <summary>
/// Describes an endpoint in the OpenAPI document, from its parameters, validation rules, summary and declared responses.
/// </summary>
public sealed class OperationWriter(XmlSummaries summaries, DirectoryVocabularies vocabularies, IServiceProvider services) : IOpenApiOperationTransformer
{
    private const string Json = "application/json";

    /// <inheritdoc/>
    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var endpoint = context.Description.ActionDescriptor.EndpointMetadata.OfType<EndpointDefinition>().FirstOrDefault();
        if (endpoint is null)
        {
            return Task.CompletedTask;
        }

        var document = context.Document!;
        var schemas = new SchemaBook(document, summaries);
        operation.OperationId = endpoint.EndpointType.Name;
        operation.Summary = endpoint.EndpointSummary?.Summary;
        operation.Description = endpoint.EndpointSummary?.Description;
        operation.Tags = new HashSet<OpenApiTagReference> { new(endpoint.EndpointType.Namespace!.Split('.')[^1], document) };
        operation.Parameters = [];
        operation.RequestBody = null;
        if (endpoint.ReqDtoType is { } request)
        {
            DescribeRequest(operation, context, document, request, Rules(endpoint));
        }

        DescribeAnswers(operation, context, schemas, endpoint);
        return Task.CompletedTask;
    }

    private void DescribeRequest(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, OpenApiDocument document, Type request, ILookup<string, IPropertyValidator> rules)
    {
        var inPath = context.Description.ParameterDescriptions.Where(p => p.Source?.Id == "Path").Select(p => p.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        inPath.UnionWith(context.Description.RelativePath!.Split('/').Where(s => s.StartsWith('{')).Select(s => s.Trim('{', '}')));
        var parameters = ParameterSet.Of(request).All;
        if (context.Description.HttpMethod == HttpMethods.Post)
        {
            var name = request.Name;
            if (document.Components?.Schemas?.ContainsKey(name) != true)
            {
                document.AddComponent(name, new OpenApiSchema
                {
                    Type = JsonSchemaType.Object,
                    Description = summaries.Of(request),
                    AdditionalPropertiesAllowed = false,
                    Required = parameters.Where(p => RulesOf(rules, p).OfType<INotEmptyValidator>().Any()).Select(p => p.Name).ToHashSet(),
                    Properties = parameters.Where(p => !inPath.Contains(p.Name)).ToDictionary(p => p.Name, p => (IOpenApiSchema)SchemaOf(p, rules, inBody: true)),
                });
            }

            operation.RequestBody = new OpenApiRequestBody
            {
                Required = true,
                Content = new Dictionary<string, OpenApiMediaType>
                {
                    [Json] = new OpenApiMediaType { Schema = new OpenApiSchemaReference(name, document), Example = BodyExample(request, parameters, inPath) },
                },
            };
            parameters = [.. parameters.Where(p => inPath.Contains(p.Name))];
        }

        foreach (var parameter in parameters)
        {
            var path = inPath.Contains(parameter.Name);
            var required = path || RulesOf(rules, parameter).OfType<INotEmptyValidator>().Any();
            operation.Parameters!.Add(new OpenApiParameter
            {
                Name = parameter.Name,
                In = path ? ParameterLocation.Path : ParameterLocation.Query,
                Required = required,
                Description = Describe(parameter),
                Schema = SchemaOf(parameter, rules, inBody: false),
                Style = path ? null : ParameterStyle.Form,
                Explode = !path,
                // /docs fills in every example. With all optional parameters filled in, a search finds nothing.
                Example = EntryExample(context, request, path) ?? (required ? ExampleOf(parameter) : null),
            });
        }
    }

    private OpenApiSchema SchemaOf(Parameter parameter, ILookup<string, IPropertyValidator> rules, bool inBody)
    {
        var one = ValueSchema(parameter, rules, inBody);
        var schema = parameter.IsList ? new OpenApiSchema { Type = JsonSchemaType.Array, Items = one, MaxItems = 50 } : one;
        schema.Description = inBody ? Describe(parameter) : null;
        return schema;
    }

    /// <remarks>No default in a body: client generators would treat the member as required.</remarks>
    private OpenApiSchema ValueSchema(Parameter parameter, ILookup<string, IPropertyValidator> rules, bool inBody)
    {
        var schema = (OpenApiSchema)new SchemaBook(new OpenApiDocument(), summaries).Of(parameter.ValueType);
        switch (parameter.About.Codes)
        {
            case CodeSet.Zip:
                schema.Pattern = "^[0-9]{5}$";
                break;
            case CodeSet.State:
                schema.Enum = [.. vocabularies.States.Select(s => (JsonNode)s)];
                break;
            case CodeSet.Kind:
                schema.Enum = [.. EntryKinds.All.Select(k => (JsonNode)k.Code())];
                break;
            case CodeSet.ExportFile:
                schema.Enum = [.. DirectoryExports.Files.Select(f => (JsonNode)f)];
                break;
            case CodeSet.Facet:
                schema.Enum = [.. ParameterSet.Of(parameter.Property!.ReflectedType!).Facets.Select(f => (JsonNode)f)];
                break;
            default:
                schema.MaxLength = parameter.ValueType == typeof(string) ? parameter.About.MaxLength : null;
                break;
        }

        foreach (var rule in RulesOf(rules, parameter))
        {
            Bound(schema, rule);
        }

        if (!inBody && parameter.ValueType.IsValueType && parameter.Property is { } property && Nullable.GetUnderlyingType(property.PropertyType) is null)
        {
            var standard = property.GetValue(Activator.CreateInstance(property.ReflectedType!));
            schema.Default = standard is Enum code ? parameter.Choices[Convert.ToInt32(code, CultureInfo.InvariantCulture)] : JsonValue.Create(standard) is { } value ? JsonNode.Parse(value.ToJsonString()) : null;
        }

        return schema;
    }

    private static void Bound(OpenApiSchema schema, IPropertyValidator rule)
    {
        switch (rule)
        {
            case IBetweenValidator between:
                schema.Minimum = Convert.ToString(between.From, CultureInfo.InvariantCulture);
                schema.Maximum = Convert.ToString(between.To, CultureInfo.InvariantCulture);
                break;
            case IComparisonValidator { Comparison: Comparison.GreaterThan, ValueToCompare: { } least }:
                schema.ExclusiveMinimum = Convert.ToString(least, CultureInfo.InvariantCulture);
                break;
            case IComparisonValidator { Comparison: Comparison.GreaterThanOrEqual, ValueToCompare: { } least }:
                schema.Minimum = Convert.ToString(least, CultureInfo.InvariantCulture);
                break;
            case IComparisonValidator { Comparison: Comparison.LessThanOrEqual, ValueToCompare: { } most }:
                schema.Maximum = Convert.ToString(most, CultureInfo.InvariantCulture);
                break;
            case ILengthValidator { Max: > 0 } length:
                schema.MaxLength = length.Max;
                break;
        }
    }

    private string? Describe(Parameter parameter)
    {
        var text = parameter.Field?.Description ?? summaries.Of(parameter.Property!);
        if (parameter.About.Vocabulary is { } vocabulary)
        {
            text = $"{text} Codes of the vocabulary \"{vocabulary}\": GET /v1/vocabularies/{vocabulary}.";
        }

        return ExampleOf(parameter) is { } example ? $"{text} Example: {(example is JsonArray list ? list[0] : example)}." : text;
    }

    /// <summary>A body that works when sent from /docs unchanged.</summary>
    private JsonObject BodyExample(Type request, IReadOnlyList<Parameter> parameters, HashSet<string> inPath)
    {
        if (parameters.Any(p => p.Name == "pageSize"))
        {
            return new JsonObject { ["pageSize"] = 5 };
        }

        // A file has no pages; one kind keeps it small.
        var shown = request.IsAssignableTo(typeof(ListRequest))
            ? parameters.Where(p => p.Field == SearchFields.Kind)
            : parameters.Where(p => !inPath.Contains(p.Name) && p.About.Example is not null);
        return new JsonObject(shown.Select(p => KeyValuePair.Create(p.Name, ExampleOf(p))));
    }

    /// <summary>An entry of the kind in the address.</summary>
    private static JsonNode? EntryExample(OpenApiOperationTransformerContext context, Type request, bool inPath) =>
        inPath && request == typeof(EntryRequest)
            ? EntryExamples.Of(EntryKinds.All.Single(k => context.Description.RelativePath!.Contains($"/{k.Path()}/", StringComparison.Ordinal)))
            : null;

    private JsonNode? ExampleOf(Parameter parameter)
    {
        var example = parameter.About.Example ?? (parameter.About.Vocabulary is { } v ? (vocabularies.Codes(v) is [var first, ..] ? first : null) : null);
        if (example is null || parameter.About.Example == "1" || parameter.ValueType.IsEnum)
        {
            return null;
        }

        JsonNode node = parameter.ValueType == typeof(string) || parameter.ValueType == typeof(DateOnly) ? example : JsonNode.Parse(example)!;
        return parameter.IsList ? new JsonArray(node) : node;
    }

    private static void DescribeAnswers(OpenApiOperation operation, OpenApiOperationTransformerContext context, SchemaBook schemas, EndpointDefinition endpoint)
    {
        var texts = endpoint.EndpointSummary?.Responses ?? [];
        operation.Responses = [];
        foreach (var answer in context.Description.SupportedResponseTypes.OrderBy(r => r.StatusCode))
        {
            var problem = answer.Type == typeof(Problems.Problem);
            operation.Responses[answer.StatusCode.ToString(CultureInfo.InvariantCulture)] = new OpenApiResponse
            {
                Description = texts.GetValueOrDefault(answer.StatusCode) ?? AnswerTexts.Of(answer.StatusCode),
                Headers = AnswerTexts.Headers(endpoint, answer.StatusCode, context.Description.HttpMethod == HttpMethods.Get),
                Content = answer.Type is null || answer.Type == typeof(void) ? null
                    : answer.Type == typeof(Stream) ? answer.ApiResponseFormats.ToDictionary(f => f.MediaType, _ => new OpenApiMediaType { Schema = File() })
                    : new Dictionary<string, OpenApiMediaType>
                    {
                        [problem ? Problems.Problem.MediaType : Json] = new OpenApiMediaType { Schema = schemas.Of(answer.Type) },
                    },
            };
        }
    }

    private static OpenApiSchema File() => new() { Type = JsonSchemaType.String, Format = "binary" };

    private static IEnumerable<IPropertyValidator> RulesOf(ILookup<string, IPropertyValidator> rules, Parameter parameter) =>
        parameter.Property is { } property ? rules[property.Name] : [];

    private ILookup<string, IPropertyValidator> Rules(EndpointDefinition endpoint)
    {
        var validator = endpoint.ValidatorType is null ? null : (IValidator)ActivatorUtilities.CreateInstance(services, endpoint.ValidatorType);
        return (validator?.CreateDescriptor().Rules ?? [])
            .Where(r => r.Member is not null)
            .SelectMany(r => r.Components.Select(c => (r.Member.Name, c.Validator)))
            .ToLookup(r => r.Name, r => r.Validator);
    }
}
