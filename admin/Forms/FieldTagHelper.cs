using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace HealthEquity.Admin.Forms;

/// <summary>
/// Renders a form field: label, hint, error, and control, linked for screen readers. Other attributes go to the control.
/// <code>&lt;field for="Input.Name" label="Name" hint="Shown to the public." autocomplete="off" /&gt;</code>
/// </summary>
[HtmlTargetElement("field", Attributes = "label")]
public sealed class FieldTagHelper : TagHelper
{
    /// <summary>The bound property.</summary>
    public ModelExpression? For { get; set; }

    /// <summary>The posted name, for a field without a bound property.</summary>
    public string? Name { get; set; }

    /// <summary>The value, for a field without a bound property.</summary>
    public string? Value { get; set; }

    public string Label { get; set; } = "";

    public string? Hint { get; set; }

    /// <summary>An input type, or "textarea", "select", or "checkbox".</summary>
    public string Type { get; set; } = "text";

    /// <summary>The options of a select.</summary>
    public IEnumerable<SelectListItem>? Items { get; set; }

    [HtmlAttributeNotBound, ViewContext]
    public ViewContext ViewContext { get; set; } = null!;

    /// <summary>The control's id, for a name that occurs more than once on the page. Errors are then stored under this id.</summary>
    public string? Id { get; set; }

    private string FullName => Name ?? ViewContext.ViewData.TemplateInfo.GetFullHtmlFieldName(For!.Name);

    private string ControlId => Id ?? TagBuilder.CreateSanitizedId(FullName, "_");

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var errors = ViewContext.ModelState.TryGetValue(Id ?? FullName, out var entry) ? entry.Errors : [];
        var passed = output.Attributes.ToList();
        output.Attributes.Clear();
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "field" + (Type == "checkbox" ? " check" : "") + (errors.Count > 0 ? " invalid" : ""));

        var label = Element("label", Label, ("for", ControlId));
        var control = Control(entry, errors.Count > 0);
        foreach (var attribute in passed)
        {
            control.MergeAttribute(attribute.Name, attribute.Value?.ToString() ?? "", replaceExisting: true);
        }

        var parts = new List<IHtmlContent>();
        parts.AddRange(Type == "checkbox" ? [control, label] : [label]);
        if (Hint is not null)
        {
            parts.Add(Element("p", Hint, ("class", "hint"), ("id", ControlId + "-hint")));
        }

        if (errors.Count > 0)
        {
            parts.Add(Element("p", string.Join(" ", errors.Select(e => e.ErrorMessage)), ("class", "error"), ("id", ControlId + "-error")));
        }

        parts.AddRange(Type == "checkbox" ? [Element("input", null, ("type", "hidden"), ("name", FullName), ("value", "false"))] : [control]);
        parts.ForEach(part => output.Content.AppendHtml(part));
    }

    private TagBuilder Control(ModelStateEntry? entry, bool invalid)
    {
        var value = entry?.AttemptedValue ?? Value ?? Text(For?.Model);
        var control = Type switch
        {
            "textarea" => Element("textarea", "\n" + value),
            "select" => Select(value),
            "checkbox" => Element("input", null, ("type", "checkbox"), ("value", "true")),
            // Never send a password back.
            "password" => Element("input", null, ("type", Type)),
            _ => Element("input", null, ("type", Type), ("value", value)),
        };
        if (Type == "checkbox" && value?.Split(',')[0].Equals("true", StringComparison.OrdinalIgnoreCase) == true)
        {
            control.MergeAttribute("checked", "checked");
        }

        control.MergeAttribute("id", ControlId);
        control.MergeAttribute("name", FullName);
        var described = string.Join(' ', new[] { Hint is null ? null : ControlId + "-hint", invalid ? ControlId + "-error" : null }.OfType<string>());
        if (described.Length > 0)
        {
            control.MergeAttribute("aria-describedby", described);
        }

        if (invalid)
        {
            control.MergeAttribute("aria-invalid", "true");
        }

        return control;
    }

    private TagBuilder Select(string? value)
    {
        var select = new TagBuilder("select");
        foreach (var item in Items ?? [])
        {
            var option = Element("option", item.Text, ("value", item.Value ?? item.Text));
            if (string.Equals(item.Value ?? item.Text, value ?? "", StringComparison.Ordinal))
            {
                option.MergeAttribute("selected", "selected");
            }

            select.InnerHtml.AppendHtml(option);
        }

        return select;
    }

    private static string? Text(object? model) => model switch
    {
        null => null,
        DateOnly day => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture),
        IFormattable value => value.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
        _ => model.ToString(),
    };

    private static TagBuilder Element(string name, string? text, params (string Name, string? Value)[] attributes)
    {
        var element = new TagBuilder(name);
        if (name == "input")
        {
            element.TagRenderMode = TagRenderMode.SelfClosing;
        }

        foreach (var (attribute, value) in attributes)
        {
            element.MergeAttribute(attribute, value);
        }

        if (text is not null)
        {
            element.InnerHtml.Append(text);
        }

        return element;
    }
}
