using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace HealthEquity.Admin.Forms;

/// <summary>Lists a form's errors with a link to each field. Takes the focus when the page opens. Renders nothing if there are no errors.</summary>
[HtmlTargetElement("error-summary", TagStructure = TagStructure.WithoutEndTag)]
public sealed class ErrorSummaryTagHelper : TagHelper
{
    [HtmlAttributeNotBound, ViewContext]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var problems = (from field in ViewContext.ModelState
                        from error in field.Value.Errors
                        select (field.Key, error.ErrorMessage)).ToList();
        if (problems.Count == 0)
        {
            output.SuppressOutput();
            return;
        }

        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("id", "error-summary");
        output.Attributes.SetAttribute("class", "error-summary");
        output.Attributes.SetAttribute("role", "alert");
        output.Attributes.SetAttribute("tabindex", "-1");
        output.Attributes.Add(new TagHelperAttribute("autofocus"));
        output.Content.AppendHtml(Element("h2", problems.Count == 1 ? "There is 1 problem" : $"There are {problems.Count} problems"));
        var list = new TagBuilder("ul");
        foreach (var (key, message) in problems)
        {
            var item = new TagBuilder("li");
            item.InnerHtml.AppendHtml(key.Length == 0 ? Element("span", message) : Link(key, message));
            list.InnerHtml.AppendHtml(item);
        }

        output.Content.AppendHtml(list);
    }

    private static TagBuilder Link(string key, string message)
    {
        var link = Element("a", message);
        link.MergeAttribute("href", "#" + TagBuilder.CreateSanitizedId(key, "_"));
        return link;
    }

    private static TagBuilder Element(string name, string text)
    {
        var element = new TagBuilder(name);
        element.InnerHtml.Append(text);
        return element;
    }
}
