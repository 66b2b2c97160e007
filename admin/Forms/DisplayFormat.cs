using System.Globalization;
using System.Text.RegularExpressions;
using PhoneNumbers;

namespace HealthEquity.Admin.Forms;

/// <summary>Formats dates, times, and phone numbers for people.</summary>
public static partial class DisplayFormat
{
    private static readonly CultureInfo American = CultureInfo.GetCultureInfo("en-US");

    private static readonly PhoneNumberUtil PhoneUtil = PhoneNumberUtil.GetInstance();

    /// <summary>Formats a date, such as "Nov 28, 2026".</summary>
    public static string Date(DateOnly date) => date.ToString("MMM d, yyyy", American);

    /// <summary>Formats a date, or returns another text if there is none.</summary>
    public static string Date(DateOnly? date, string otherwise = "") => date is { } known ? Date(known) : otherwise;

    /// <summary>Formats a month in the form yyyy-MM, such as "Nov 2026".</summary>
    public static string Month(string month) => DateOnly.ParseExact(month, "yyyy-MM", CultureInfo.InvariantCulture).ToString("MMM yyyy", American);

    /// <summary>Formats a time of day, such as "8:30 AM".</summary>
    public static string Time(TimeOnly time) => time.ToString("h:mm tt", American);

    /// <summary>Formats a local date and time, such as "Nov 28, 2026, 8:30 AM".</summary>
    public static string DateTime(DateTime local) => local.ToString("MMM d, yyyy, h:mm tt", American);

    /// <summary>Formats the phone numbers within a text.</summary>
    public static string Phones(string text) => PhoneNumber().Replace(text, match => Phone(match.Value));

    /// <summary>Formats a phone number, such as "(305) 555-0142". Short codes and unreadable numbers stay as they are.</summary>
    public static string Phone(string number)
    {
        if (!number.StartsWith('+'))
        {
            return number;
        }

        try
        {
            var parsed = PhoneUtil.Parse(number, "US");
            return PhoneUtil.Format(parsed, parsed.CountryCode == 1 ? PhoneNumberFormat.NATIONAL : PhoneNumberFormat.INTERNATIONAL);
        }
        catch (NumberParseException)
        {
            return number;
        }
    }

    [GeneratedRegex(@"\+[1-9][0-9]{6,14}\b")]
    private static partial Regex PhoneNumber();
}
