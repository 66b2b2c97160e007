namespace HealthEquity.Api.Parameters;

/// <summary>Says what the values of a parameter are, beyond their type: where they come from.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ParameterAttribute : Attribute
{
    /// <summary>The closed vocabulary that the values are taken from.</summary>
    public string? Vocabulary { get; init; }

    /// <summary>The codes that the values are taken from, where no vocabulary holds them.</summary>
    public CodeSet Codes { get; init; }

    /// <summary>The term that "true" stands for, in parameters that people expect to be yes or no.</summary>
    public string? True { get; init; }

    /// <summary>The term that "false" stands for.</summary>
    public string? False { get; init; }

    /// <summary>The parameter's name, where a standard wants another than the property's in camelCase.</summary>
    public string? Name { get; init; }

    /// <summary>The most characters that a text may have.</summary>
    public int Longest { get; init; } = 200;

    /// <summary>A value to show.</summary>
    public string? Example { get; init; }
}

/// <summary>Says which parameters a request does not take over from the one that it derives from.</summary>
/// <param name="properties">Their properties.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class LeavesOutAttribute(params string[] properties) : Attribute
{
    /// <summary>The properties that are no parameters here.</summary>
    public IReadOnlyList<string> Properties { get; } = properties;
}

/// <summary>Codes that come from elsewhere than the vocabularies.</summary>
public enum CodeSet
{
    /// <summary>None: any text.</summary>
    None,

    /// <summary>USPS codes of states and territories.</summary>
    State,

    /// <summary>Counties: "FL:Miami-Dade County", or the name alone for the counties of that name in any state.</summary>
    County,

    /// <summary>Five-digit ZIP codes.</summary>
    Zip,

    /// <summary>BCP-47 language tags.</summary>
    Language,

    /// <summary>Names of the request's own parameters that filter on a field.</summary>
    Facet,

    /// <summary>Kinds of entry.</summary>
    Kind,

    /// <summary>Files of <see cref="Exports.DirectoryExports"/>.</summary>
    ExportFile,
}
