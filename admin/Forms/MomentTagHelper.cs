using System.Globalization;
using HealthEquity.Admin.Branding;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace HealthEquity.Admin.Forms;

/// <summary>A moment in the department's time zone: <code>&lt;moment value="@row.OccurredAt" /&gt;</code></summary>
[HtmlTargetElement("moment", TagStructure = TagStructure.WithoutEndTag)]
public sealed class MomentTagHelper(Department department) : TagHelper
{
    /// <summary>The moment; nothing is shown for none.</summary>
    public DateTimeOffset? Value { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        if (Value is not { } moment)
        {
            output.SuppressOutput();
            return;
        }

        var settings = await department.SettingsAsync(CancellationToken.None);
        var zone = settings.Zone();
        var local = TimeZoneInfo.ConvertTime(moment, zone);
        output.TagName = "time";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("datetime", moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        output.Content.Append(local.ToString("d MMM yyyy, HH:mm", CultureInfo.GetCultureInfo("en-US")) + (zone.Id == "UTC" ? " UTC" : ""));
    }
}
