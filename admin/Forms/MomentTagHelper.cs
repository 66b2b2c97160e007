using System.Globalization;
using HealthEquity.Admin.Branding;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace HealthEquity.Admin.Forms;

/// <summary>Shows a point in time in the department's time zone: <code>&lt;moment value="@row.OccurredAt" /&gt;</code></summary>
[HtmlTargetElement("moment", TagStructure = TagStructure.WithoutEndTag)]
public sealed class MomentTagHelper(Department department) : TagHelper
{
    /// <summary>The point in time. Null renders nothing.</summary>
    public DateTimeOffset? Value { get; set; }

    /// <summary>Whether to leave out the date, for something that happened a moment ago.</summary>
    public bool OnlyTime { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        if (Value is not { } moment)
        {
            output.SuppressOutput();
            return;
        }

        var settings = await department.SettingsAsync(CancellationToken.None);
        var zone = settings.Zone();
        var local = TimeZoneInfo.ConvertTime(moment, zone).DateTime;
        output.TagName = "time";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("datetime", moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        output.Content.Append((OnlyTime ? DisplayFormat.Time(TimeOnly.FromDateTime(local)) : DisplayFormat.DateTime(local)) + (zone.Id == "UTC" ? " UTC" : ""));
    }
}
