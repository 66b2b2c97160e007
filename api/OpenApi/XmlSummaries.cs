using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace HealthEquity.Api.OpenApi;

/// <summary>The summaries of types and properties, from the XML documentation files of the assemblies.</summary>
public sealed partial class XmlSummaries
{
    private readonly Dictionary<string, string> _texts = [];

    /// <summary>Reads the documentation of assemblies.</summary>
    public XmlSummaries(params Assembly[] assemblies)
    {
        foreach (var file in assemblies.Select(a => Path.ChangeExtension(a.Location, ".xml")).Where(File.Exists))
        {
            foreach (var member in XDocument.Load(file).Descendants("member"))
            {
                if (member.Attribute("name")?.Value is { } name && member.Element("summary") is { } summary)
                {
                    _texts[name] = Text(summary);
                }
            }
        }
    }

    /// <summary>The summary of a type.</summary>
    public string? Of(Type type) => _texts.GetValueOrDefault($"T:{Name(type)}");

    /// <summary>The summary of a property.</summary>
    public string? Of(PropertyInfo property) => _texts.GetValueOrDefault($"P:{Name(property.DeclaringType!)}.{property.Name}");

    /// <summary>The summary of an enumeration value.</summary>
    public string? OfValue(Type type, string value) => _texts.GetValueOrDefault($"F:{Name(type)}.{value}");

    private static string Name(Type type) => (type.IsGenericType ? type.GetGenericTypeDefinition() : type).FullName!.Replace('+', '.');

    /// <summary>Replaces references with the last part of their name, as in JSON.</summary>
    private static string Text(XElement summary)
    {
        foreach (var reference in summary.Descendants().Where(e => e.Attribute("cref") is not null).ToList())
        {
            var name = reference.Attribute("cref")!.Value.Split('(')[0].Split('.')[^1];
            reference.ReplaceWith(reference.Value.Length > 0 ? reference.Value : char.ToLowerInvariant(name[0]) + name[1..]);
        }

        return Spaces().Replace(summary.Value, " ").Trim();
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
