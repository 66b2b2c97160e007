namespace HealthEquity.Api.Parameters;

/// <summary>Describes the values of a parameter.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ParameterAttribute : Attribute
{
    /// <summary>The vocabulary of the values.</summary>
    public string? Vocabulary { get; init; }

    /// <summary>The set of codes, if there is no vocabulary.</summary>
    public CodeSet Codes { get; init; }

    /// <summary>The term for "true", in parameters that people expect to be yes or no.</summary>
    public string? True { get; init; }

    /// <summary>The term for "false".</summary>
    public string? False { get; init; }

    /// <summary>The name of the parameter, if a standard requires another than the camelCase property name.</summary>
    public string? Name { get; init; }

    /// <summary>The maximum length in characters.</summary>
    public int MaxLength { get; init; } = 200;

    /// <summary>An example value.</summary>
    public string? Example { get; init; }
}

/// <summary>Removes inherited parameters from a request.</summary>
/// <param name="properties">The properties to remove.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class OmitsAttribute(params string[] properties) : Attribute
{
    /// <summary>The removed properties.</summary>
    public IReadOnlyList<string> Properties { get; } = properties;
}

/// <summary>Sets of codes that are not vocabularies.</summary>
public enum CodeSet
{
    /// <summary>Any text.</summary>
    None,

    /// <summary>USPS codes of states and territories.</summary>
    State,

    /// <summary>Counties: "FL:Miami-Dade County", or only the name for counties in any state.</summary>
    County,

    /// <summary>Five-digit ZIP codes.</summary>
    Zip,

    /// <summary>BCP-47 language tags.</summary>
    Language,

    /// <summary>Names of the request's filters.</summary>
    Facet,

    /// <summary>Kinds of entry.</summary>
    Kind,

    /// <summary>Files of <see cref="Exports.DirectoryExports"/>.</summary>
    ExportFile,
}
