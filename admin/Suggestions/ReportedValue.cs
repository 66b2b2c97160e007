using System.Globalization;
using System.Text.RegularExpressions;
using HealthEquity.Admin.Comparing;
using HealthEquity.Admin.Forms;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Suggestions;
using PhoneNumbers;

namespace HealthEquity.Admin.Suggestions;

/// <summary>A value that a report contains, ready to accept with one click.</summary>
/// <param name="Path">The field, such as <c>phones[0].number</c>.</param>
/// <param name="Label">The field's label.</param>
/// <param name="Value">The value as it is stored.</param>
/// <param name="Shown">The value as people write it.</param>
public sealed partial record ReportedValue(string Path, string Label, string Value, string Shown)
{
    private static readonly PhoneNumberUtil Numbers = PhoneNumberUtil.GetInstance();

    /// <summary>Finds the value for the field that the report names; null if there is none, or more than one.</summary>
    public static ReportedValue? Find(Suggestion report, Entry entry)
    {
        var member = report.Field?.Split('.', '[')[0] ?? "";
        if (entry is not ServiceEntry service || ChangeView.Describe(entry.Kind, member).Field is null)
        {
            return null;
        }

        return member switch
        {
            "phones" when PhoneIn(report.Message) is { } number => Of(entry, PathOf(report.Field!, "phones", "number", service.Phones.Count), number, DisplayFormat.Phone(number)),
            "emails" when Single(Address().Matches(report.Message)) is { } address => Of(entry, PathOf(report.Field!, "emails", "address", service.Emails.Count), address, address),
            "website" when Single(Web().Matches(report.Message)) is { } site => Of(entry, "website", site.Contains("://", StringComparison.Ordinal) ? site : $"https://{site}", site),
            _ => null,
        };
    }

    /// <summary>Returns the entry with the value.</summary>
    public Entry ApplyTo(Entry entry)
    {
        var service = (ServiceEntry)entry;
        return Path.Split('.', '[')[0] switch
        {
            "phones" => service with { Phones = Replaced(service.Phones, p => p with { Number = Value, Extension = null }, () => new Phone { Number = Value }) },
            "emails" => service with { Emails = Replaced(service.Emails, e => e with { Address = Value }, () => new Email { Address = Value }) },
            _ => service with { Website = Value },
        };
    }

    private IReadOnlyList<T> Replaced<T>(IReadOnlyList<T> items, Func<T, T> change, Func<T> add)
    {
        var index = int.Parse(Index().Match(Path).Groups[1].Value, CultureInfo.InvariantCulture);
        return index < items.Count ? [.. items.Select((item, i) => i == index ? change(item) : item)] : [.. items, add()];
    }

    private static ReportedValue Of(Entry entry, string path, string value, string shown) => new(path, ChangeView.Describe(entry.Kind, path).Label, value, shown);

    /// <summary>The path of the item that the report names, of the first one, or of a new one. An item that does not exist is none.</summary>
    private static string PathOf(string field, string member, string part, int count)
    {
        var named = Index().Match(field) is { Success: true } match ? int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) : 0;
        return $"{member}[{(named < count ? named : 0)}].{part}";
    }

    private static string? PhoneIn(string message)
    {
        var found = Numbers.FindNumbers(message, "US").Select(n => Numbers.Format(n.Number, PhoneNumberFormat.E164)).Distinct().ToList();
        return found.Count == 1 ? found[0] : null;
    }

    private static string? Single(MatchCollection matches) => matches.Select(m => m.Value.TrimEnd('.', ',', ';', ')')).Distinct().ToList() is [var one] ? one : null;

    [GeneratedRegex(@"\[([0-9]{1,4})\]")]
    private static partial Regex Index();

    [GeneratedRegex(@"[^\s@,;<>()]+@[^\s@,;<>()]+\.[a-zA-Z]{2,}")]
    private static partial Regex Address();

    [GeneratedRegex(@"(?:https?://|www\.)[^\s<>""]+")]
    private static partial Regex Web();
}
