using System.Text.RegularExpressions;
using HealthEquity.Admin.Comparing;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Translations;

namespace HealthEquity.Admin.Translations;

/// <summary>The labels of an entry's texts.</summary>
public static partial class TextLabels
{
    /// <summary>Returns the label of the text at a path, such as "Step 2" or "Provision 1: Text (judicial-warrant)".</summary>
    public static string Of(Entry entry, string path)
    {
        var match = OfProvision().Match(path);
        if (!match.Success || entry is not PolicyAction action)
        {
            return ChangeView.Describe(entry.Kind, path).Label;
        }

        var code = match.Groups["code"].Value;
        var place = action.Provisions.Index().FirstOrDefault(p => p.Item.Code == code).Index;
        return $"{ChangeView.Describe(entry.Kind, $"provisions[{place}]{match.Groups["rest"].Value}").Label} ({code})";
    }

    /// <summary>Returns whether a text has a single line.</summary>
    public static bool IsLine(string path) => path == TranslatableTexts.Name;

    // A provision is named by its code, so that its translation stays with it when the list is put in another order.
    [GeneratedRegex(@"^provisions\[(?<code>[^\]]*)\](?<rest>.*)$")]
    private static partial Regex OfProvision();
}
