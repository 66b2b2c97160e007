using System.Net;
using System.Text.RegularExpressions;
using HealthEquity.Admin.EntryForms;

namespace HealthEquity.Tests.Admin.Pages.Entries;

/// <summary>Reads the values that a browser without JavaScript would post from a form.</summary>
internal static partial class FormOnPage
{
    /// <summary>Reads the values of a form.</summary>
    /// <param name="html">The page.</param>
    /// <param name="from">A text in or before the form. The default is the entry form.</param>
    public static FormValues Read(string html, string from = "id=\"entry-form\"")
    {
        var start = html.IndexOf(from, StringComparison.Ordinal);
        Assert.True(start >= 0, "the page has no such form: " + html[..Math.Min(html.Length, 2000)]);
        var form = html[start..html.IndexOf("</form>", start, StringComparison.Ordinal)];
        // Forms with an explicit action must request the antiforgery token.
        Assert.Contains("name=\"formToken\"", form, StringComparison.Ordinal);
        var values = new FormValues();
        foreach (Match control in Control().Matches(form))
        {
            var attributes = Attribute().Matches(control.Groups[2].Value).ToDictionary(a => a.Groups[1].Value, a => WebUtility.HtmlDecode(a.Groups[2].Value));
            if (attributes.TryGetValue("name", out var name))
            {
                Add(values, control, attributes, name);
            }
        }

        return values;
    }

    /// <summary>Converts the values to fields to post.</summary>
    public static (string Name, string Value)[] Fields(this FormValues values, params (string Name, string Value)[] more) =>
        [.. values.All.Where(v => v.Key != "formToken").Select(v => (v.Key, v.Value)), .. more];

    private static void Add(FormValues values, Match control, Dictionary<string, string> attributes, string name)
    {
        switch (control.Groups[1].Value)
        {
            case "textarea":
                var text = WebUtility.HtmlDecode(control.Groups[3].Value);
                values.Add(name, text.StartsWith('\n') ? text[1..] : text);
                break;
            case "select":
                var options = Option().Matches(control.Groups[3].Value);
                var chosen = options.FirstOrDefault(o => o.Value.Contains("selected", StringComparison.Ordinal)) ?? options.FirstOrDefault();
                values.Add(name, WebUtility.HtmlDecode(chosen?.Groups[1].Value ?? ""));
                break;
            case "input" when attributes.GetValueOrDefault("type") == "checkbox" && !control.Groups[2].Value.Contains("checked", StringComparison.Ordinal):
                break;
            case "input":
                values.Add(name, attributes.GetValueOrDefault("value", ""));
                break;
        }
    }

    [GeneratedRegex("""<(input|textarea|select)\b([^>]*)>(?:(?<=<(?:textarea|select)\b[^>]*>)(.*?)</(?:textarea|select)>)?""", RegexOptions.Singleline)]
    private static partial Regex Control();

    [GeneratedRegex("([a-z-]+)=\"([^\"]*)\"")]
    private static partial Regex Attribute();

    [GeneratedRegex("""<option[^>]*value="([^"]*)"[^>]*>""")]
    private static partial Regex Option();
}
