using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using HealthEquity.Api.Json;
using HealthEquity.Directory.Entries;
using Microsoft.OpenApi;

namespace HealthEquity.Api.OpenApi;

/// <summary>
/// The schemas of the answers, derived from the metadata that serializes them, so the document always matches: members that are never null are
/// required, null members are omitted, and members for curators only are excluded.
/// </summary>
/// <param name="document">The document to add the schemas to.</param>
/// <param name="summaries">The descriptions.</param>
/// <param name="options">The serializer options of the answers; by default those of this API.</param>
public sealed class SchemaBook(OpenApiDocument document, XmlSummaries summaries, JsonSerializerOptions? options = null)
{
    private readonly JsonSerializerOptions _options = options ?? ApiJson.Options;

    private const string Discriminator = "kind";

    /// <summary>Members that published entries always have, although drafts don't.</summary>
    private static readonly string[] AlwaysPublished = [nameof(Entry.Id), nameof(Entry.Slug), nameof(Entry.UpdatedAt)];

    /// <summary>The schema of a type: inline for simple types, by reference for records.</summary>
    public IOpenApiSchema Of(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(Entry))
        {
            return AnyKind();
        }

        if (Simple(type) is { } simple)
        {
            return simple;
        }

        if (ElementOf(type, typeof(IReadOnlyDictionary<,>), 1) is { } value)
        {
            return new OpenApiSchema { Type = JsonSchemaType.Object, AdditionalProperties = Of(value) };
        }

        if (ElementOf(type, typeof(IReadOnlyList<>), 0) is { } element)
        {
            return new OpenApiSchema { Type = JsonSchemaType.Array, Items = Of(element) };
        }

        return Reference(type);
    }

    private OpenApiSchemaReference Reference(Type type)
    {
        var name = NameOf(type);
        if (document.Components?.Schemas?.ContainsKey(name) != true)
        {
            // Add the schema before filling it, because types can refer to themselves.
            var schema = new OpenApiSchema();
            document.AddComponent(name, schema);
            Fill(schema, type);
        }

        return new OpenApiSchemaReference(name, document);
    }

    /// <summary>The name of the schema of a type: <c>ProviderList</c> for a list of providers.</summary>
    public static string NameOf(Type type)
    {
        if (!type.IsGenericType)
        {
            return type.Name;
        }

        var outer = type.Name[..type.Name.IndexOf('`')];
        var inner = type.GetGenericArguments()[0].Name;
        return outer.StartsWith("Entry", StringComparison.Ordinal) ? inner + outer["Entry".Length..] : inner + outer;
    }

    private static OpenApiSchema? Simple(Type type)
    {
        if (type.IsEnum)
        {
            return new OpenApiSchema
            {
                Type = JsonSchemaType.String,
                Enum = [.. Enum.GetNames(type).Select(n => (JsonNode)JsonNamingPolicy.CamelCase.ConvertName(n)!)],
            };
        }

        return Type.GetTypeCode(type) switch
        {
            TypeCode.String => new OpenApiSchema { Type = JsonSchemaType.String },
            TypeCode.Boolean => new OpenApiSchema { Type = JsonSchemaType.Boolean },
            TypeCode.Int32 => new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32" },
            TypeCode.Int64 => new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int64" },
            TypeCode.Double => new OpenApiSchema { Type = JsonSchemaType.Number, Format = "double" },
            TypeCode.Decimal => new OpenApiSchema { Type = JsonSchemaType.Number, Format = "decimal" },
            // Local time without an offset, so not RFC 3339's date-time.
            TypeCode.DateTime => new OpenApiSchema { Type = JsonSchemaType.String, Pattern = @"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$", Examples = ["2026-11-12T09:00:00"] },
            _ when type == typeof(Guid) => new OpenApiSchema { Type = JsonSchemaType.String, Format = "uuid" },
            _ when type == typeof(DateOnly) => new OpenApiSchema { Type = JsonSchemaType.String, Format = "date" },
            _ when type == typeof(DateTimeOffset) => new OpenApiSchema { Type = JsonSchemaType.String, Format = "date-time" },
            _ when type == typeof(TimeOnly) => new OpenApiSchema { Type = JsonSchemaType.String, Pattern = @"^\d\d:\d\d$", Examples = ["08:30"] },
            _ => null,
        };
    }

    private void Fill(OpenApiSchema schema, Type type)
    {
        schema.Description = summaries.Of(type);
        if (!type.IsAssignableTo(typeof(Entry)))
        {
            AddMembers(schema, type, _ => true);
        }
        else if (type == typeof(Entry))
        {
            schema.Description = "An entry of the directory. Its kind determines its other members.";
            AddMembers(schema, typeof(Provider), p => p.DeclaringType == typeof(Entry));
            AddDiscriminator(schema);
        }
        else
        {
            var own = new OpenApiSchema();
            AddMembers(own, type.IsAbstract ? typeof(Provider) : type, p => p.DeclaringType == type);
            if (KindOf(type) is { } kind)
            {
                own.Properties![Discriminator] = new OpenApiSchema { Type = JsonSchemaType.String, Enum = [kind], Description = "The kind of entry." };
                own.Required!.Add(Discriminator);
            }

            schema.AllOf = [Reference(type.BaseType!), own];
        }
    }

    private void AddMembers(OpenApiSchema schema, Type type, Func<PropertyInfo, bool> belongs)
    {
        schema.Type = JsonSchemaType.Object;
        schema.Properties = new Dictionary<string, IOpenApiSchema>();
        schema.Required = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var member in _options.GetTypeInfo(type).Properties)
        {
            if (member.AttributeProvider is not PropertyInfo property || !belongs(property) || member.Get is null)
            {
                continue;
            }

            schema.Properties[member.Name] = Member(property);
            if (IsAlwaysThere(member, property))
            {
                schema.Required.Add(member.Name);
            }
        }
    }

    private IOpenApiSchema Member(PropertyInfo property)
    {
        var text = summaries.Of(property);
        var vocabulary = property.GetCustomAttribute<VocabularyAttribute>()?.Name;
        if (vocabulary is not null)
        {
            text = $"{text} A term of the vocabulary \"{vocabulary}\".";
        }

        var schema = Of(property.PropertyType);
        if (schema is OpenApiSchema inPlace)
        {
            inPlace.Description = text;
            return inPlace;
        }

        if (string.IsNullOrEmpty(text))
        {
            return schema;
        }

        // Many tools ignore siblings of a reference, so wrap it to keep the description.
        return new OpenApiSchema { AllOf = [schema], Description = text };
    }

    private static bool IsAlwaysThere(JsonPropertyInfo member, PropertyInfo property) =>
        (!member.IsGetNullable && Nullable.GetUnderlyingType(member.PropertyType) is null)
        || (property.DeclaringType == typeof(Entry) && AlwaysPublished.Contains(property.Name));

    private void AddDiscriminator(OpenApiSchema schema)
    {
        schema.Properties![Discriminator] = new OpenApiSchema { Type = JsonSchemaType.String, Description = summaries.Of(typeof(Entry).GetProperty(nameof(Entry.Kind))!) };
        schema.Required!.Add(Discriminator);
        schema.Discriminator = Choice();
    }

    /// <summary>
    /// An entry of any kind: exactly one of the six. NSwag uses the first choice as the type, so the first is the base type, whose
    /// discriminator leads to the six. <see cref="DocumentText"/> makes that choice match nothing, so other tools see only the six.
    /// </summary>
    private OpenApiSchema AnyKind() => new()
    {
        OneOf = [new OpenApiSchema { AllOf = [Reference(typeof(Entry))] }, .. Kinds.Select(k => Reference(k.DerivedType))],
        Discriminator = Choice(),
    };

    private OpenApiDiscriminator Choice() => new()
    {
        PropertyName = Discriminator,
        Mapping = Kinds.ToDictionary(k => (string)k.TypeDiscriminator!, k => Reference(k.DerivedType)),
    };

    private static IList<JsonDerivedType> Kinds => ApiJson.Options.GetTypeInfo(typeof(Entry)).PolymorphismOptions!.DerivedTypes;

    private static string? KindOf(Type type) => (string?)Kinds.FirstOrDefault(d => d.DerivedType == type).TypeDiscriminator;

    private static Type? ElementOf(Type type, Type generic, int argument) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == generic ? type.GetGenericArguments()[argument] : null;
}
