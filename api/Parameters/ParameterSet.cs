using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;
using HealthEquity.Directory.Entries;
using HealthEquity.Search.Index;

namespace HealthEquity.Api.Parameters;

/// <summary>A parameter of a request: a property, or a search field to filter by.</summary>
public sealed class Parameter
{
    internal Parameter(SearchField field, string name)
    {
        Field = field;
        About = new ParameterAttribute
        {
            Vocabulary = field.Vocabulary,
            Codes = field.Codes switch
            {
                FieldCodes.Kind => CodeSet.Kind,
                FieldCodes.State => CodeSet.State,
                FieldCodes.County => CodeSet.County,
                FieldCodes.Language => CodeSet.Language,
                _ => CodeSet.None,
            },
            True = field.True,
            False = field.False,
            Example = field.Example,
        };
        Name = name;
        IsList = true;
        ValueType = typeof(string);
        Choices = [];
    }

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

    /// <summary>The property; null for a search field.</summary>
    public PropertyInfo? Property { get; }

    /// <summary>The search field; null for a property.</summary>
    public SearchField? Field { get; }

    /// <summary>The description of its values.</summary>
    public ParameterAttribute About { get; }

    /// <summary>Whether it can be repeated.</summary>
    public bool IsList { get; }

    /// <summary>The type of one value.</summary>
    public Type ValueType { get; }

    /// <summary>The values of an enumeration; empty for other types.</summary>
    public IReadOnlyList<string> Choices { get; }

    /// <summary>Sets the value in a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="value">The value, of the parameter's type; a list if it can be repeated.</param>
    public void Set(object request, object? value)
    {
        if (Field is not null)
        {
            ((IFilteredRequest)request).Filters[Field] = (IReadOnlyList<string>)value!;
        }
        else
        {
            Property!.SetValue(request, value);
        }
    }
}

/// <summary>
/// The parameters of a request type, read once: its properties and, for lists of entries, the search fields of its kinds. Binding, the refusal of
/// unknown names, the filters and the OpenAPI document all use them, so a new filter is one new declaration in <see cref="SearchFields"/>.
/// </summary>
public sealed class ParameterSet
{
    private static readonly ConcurrentDictionary<Type, ParameterSet> Known = new();

    private readonly FrozenDictionary<string, Parameter> _byName;

    private ParameterSet(Type request)
    {
        var leftOut = request.GetCustomAttribute<OmitsAttribute>()?.Properties ?? [];
        Kinds = request.GetCustomAttribute<ListOfAttribute>()?.Kinds ?? [];
        Filters = [.. SearchFields.All.Where(f => f.IsIn(Kinds)).Select(f => new Parameter(f, f.NameIn(Kinds)))];
        // Base classes first: shared parameters precede those of a kind.
        All =
        [
            .. request.GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(p => p.CanWrite && !leftOut.Contains(p.Name))
                .OrderBy(p => Depth(p.DeclaringType!))
                .Select(p => new Parameter(p)),
            .. Filters,
        ];
        _byName = All.ToFrozenDictionary(p => p.Name, StringComparer.OrdinalIgnoreCase);
        Facets = [.. Filters.Select(p => p.Name)];
    }

    /// <summary>The kinds in a list of entries; empty for other requests.</summary>
    public IReadOnlyList<EntryKind> Kinds { get; }

    /// <summary>All parameters, in documentation order.</summary>
    public IReadOnlyList<Parameter> All { get; }

    /// <summary>The filters.</summary>
    public IReadOnlyList<Parameter> Filters { get; }

    /// <summary>The names allowed in "facets".</summary>
    public IReadOnlyList<string> Facets { get; }

    /// <summary>The parameters of a request.</summary>
    public static ParameterSet Of(Type request) => Known.GetOrAdd(request, static r => new ParameterSet(r));

    /// <summary>The filter for a field; null if there is none.</summary>
    public Parameter? Filter(SearchField field) => Filters.FirstOrDefault(p => p.Field == field);

    /// <summary>The parameter with a name, ignoring case; null if there is none.</summary>
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
