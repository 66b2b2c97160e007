using System.Text;
using HealthEquity.Directory.Entries;

namespace HealthEquity.Api.Site.EntryPages;

/// <summary>Writes an entry as a contact card (vCard 4.0, RFC 6350). Only what the page shows is in it.</summary>
public static class ContactCard
{
    private const int LongestLine = 75;

    /// <summary>The card.</summary>
    public static string Write(ServiceEntry entry)
    {
        var card = new StringBuilder();
        Line(card, "BEGIN", "VCARD");
        Line(card, "VERSION", "4.0");
        Line(card, "KIND", "org");
        Line(card, "FN", Text(entry.Name));
        Line(card, "ORG", Text(entry.Name));
        foreach (var phone in entry.Phones)
        {
            var type = phone.Type switch { "text" => "text", "fax" => "fax", "tty" => "textphone", _ => "voice" };
            Line(card, $"TEL;VALUE=uri;TYPE={type}", $"tel:{phone.Number}{(phone.Extension is { Length: > 0 } extension ? $";ext={extension}" : "")}");
        }

        foreach (var email in entry.Emails)
        {
            Line(card, "EMAIL", Text(email.Address));
        }

        foreach (var place in entry.Locations.Where(l => l is { Visibility: Visibility.Public, Address1: not null }))
        {
            Line(card, "ADR", string.Join(';', new[] { "", place.Address2, place.Address1, place.City, place.StateProvince, place.PostalCode, place.Country }.Select(p => Text(p ?? ""))));
        }

        if (entry.Website is { } website)
        {
            Line(card, "URL", website);
        }

        if (entry.Summary is { } summary)
        {
            Line(card, "NOTE", Text(summary));
        }

        if (entry.UpdatedAt is { } changed)
        {
            Line(card, "REV", changed.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", System.Globalization.CultureInfo.InvariantCulture));
        }

        Line(card, "END", "VCARD");
        return card.ToString();
    }

    private static string Text(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace(";", "\\;", StringComparison.Ordinal).Replace(",", "\\,", StringComparison.Ordinal)
            .Replace("\r", "", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    /// <summary>A line of more than 75 bytes goes on in the next one, after a space; a character is never cut in two.</summary>
    private static void Line(StringBuilder card, string name, string value)
    {
        var bytes = 0;
        foreach (var rune in $"{name}:{value}".EnumerateRunes())
        {
            if (bytes + rune.Utf8SequenceLength > LongestLine)
            {
                card.Append("\r\n ");
                bytes = 1;
            }

            card.Append(rune);
            bytes += rune.Utf8SequenceLength;
        }

        card.Append("\r\n");
    }
}
