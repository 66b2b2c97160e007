using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;

namespace HealthEquity.Api.Parameters;

/// <summary>One parameter of a request: a property, and what its values are.</summary>
public sealed class Parameter
{
    internal Parameter(PropertyInfo property)
    {
        Property = property;
        About = property.GetCustomAttribute<ParameterAttribute>() ?? new ParameterAttribute();
        Name = About.Name ?? JsonNamingPolicy.CamelCase.ConvertName(property.Name);
        IsList = property.PropertyType == typeof(IReadOnlyList<string>);
        ValueType = IsList ? typeof(string) : Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        Choices = ValueType.IsEnum ? [.. Enum.GetNames(ValueType).Select(JsonNamingPolicy.CamelCase.ConvertName)] : [];
    }

    /// <summary>The name in the query and in JSON.</summary>
    public string Name { get; }

    /// <summary>The property that holds it.</summary>
    public PropertyInfo Property { get; }

    /// <summary>What its values are.</summary>
    public ParameterAttribute About { get; }

    /// <summary>Whether it may be repeated.</summary>
    public bool IsList { get; }

    /// <summary>The type of one value.</summary>
    public Type ValueType { get; }

    /// <summary>The values of an enumeration; empty for other types.</summary>
    public IReadOnlyList<string> Choices { get; }
}

/// <summary>
/// The parameters of one kind of request, read once from its properties. Binding, the refusal of unknown names, the filters
/// and the OpenAPI document all take them from here, so that a new filter is one new property.
/// </summary>
public sealed class ParameterSet
{
    private static readonly ConcurrentDictionary<Type, ParameterSet> Known = new();

    private readonly FrozenDictionary<string, Parameter> _byName;

    private ParameterSet(Type request)
    {
        var leftOut = request.GetCustomAttribute<LeavesOutAttribute>()?.Properties ?? [];
        // Base classes first: what all lists share comes before a kind's own.
        All =
        [
            .. request.GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(p => p.CanWrite && !leftOut.Contains(p.Name))
                .OrderBy(p => Depth(p.DeclaringType!))
                .Select(p => new Parameter(p)),
        ];
        _byName = All.ToFrozenDictionary(p => p.Name, StringComparer.OrdinalIgnoreCase);
        Filters = [.. All.Where(p => p.About.Field is not null)];
        Facets = [.. Filters.Select(p => p.Name)];
    }

    /// <summary>All parameters, in the order in which they are documented.</summary>
    public IReadOnlyList<Parameter> All { get; }

    /// <summary>Those that filter on a field.</summary>
    public IReadOnlyList<Parameter> Filters { get; }

    /// <summary>The names that may be given to "facets".</summary>
    public IReadOnlyList<string> Facets { get; }

    /// <summary>The parameters of a request.</summary>
    public static ParameterSet Of(Type request) => Known.GetOrAdd(request, static r => new ParameterSet(r));

    /// <summary>The parameter of that name, whatever its case; null when there is none.</summary>
    public Parameter? Find(string name) => _byName.GetValueOrDefault(name);

    private static int Depth(Type type)
    {
        var depth = 0;
        for (var t = type; t.BaseType is { } parent; t = parent)
        {
            depth++;
        }

        return depth;
    }
}
