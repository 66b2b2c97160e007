using HealthEquity.Admin.Forms;
using HealthEquity.Directory.Entries;
using PhoneNumbers;

namespace HealthEquity.Admin.EntryForms;

/// <summary>
/// Normalizes common input formats: "(305) 555-0142 x12" becomes +13055550142 with extension 12, and "example.org" becomes
/// https://example.org. Ambiguous input stays as it is, and validation reports it.
/// </summary>
internal static class InputNormalizer
{
    private static readonly PhoneNumberUtil Numbers = PhoneNumberUtil.GetInstance();

    private static readonly string[] Addresses = ["website", "url", "registrationUrl", "boardUrl", "registryUrl"];

    /// <summary>Normalizes all phone numbers and web addresses in a form.</summary>
    public static void Normalize(FormPart root)
    {
        foreach (var part in root.All())
        {
            if (part.Field.Record == typeof(Phone))
            {
                NormalizePhone(Of(part, "number"), Of(part, "extension"));
            }
            else if (part.Field.Type == FieldType.Line && Addresses.Contains(part.Field.Name))
            {
                part.Text = WithScheme(part.Text.Trim());
            }
        }
    }

    /// <summary>Returns a phone number as people write it, if it would be read as the same number.</summary>
    public static string ShowPhone(string number)
    {
        var shown = DisplayFormat.Phone(number);
        return Parse(shown) is { } parsed && Numbers.Format(parsed, PhoneNumberFormat.E164) == number ? shown : number;
    }

    private static FormPart Of(FormPart phone, string name) => phone.Parts.Single(p => p.Field.Name == name);

    private static void NormalizePhone(FormPart number, FormPart extension)
    {
        // Short codes stay as they are.
        if (number.Text.Count(char.IsAsciiDigit) < 7 || Parse(number.Text) is not { } parsed || Numbers.IsPossibleNumberWithReason(parsed) != PhoneNumberUtil.ValidationResult.IS_POSSIBLE)
        {
            return;
        }

        if (parsed.HasExtension)
        {
            if (extension.Text.Trim().Length > 0 && extension.Text.Trim() != parsed.Extension)
            {
                return;
            }

            extension.Text = parsed.Extension;
        }

        number.Text = Numbers.Format(parsed, PhoneNumberFormat.E164);
    }

    private static PhoneNumber? Parse(string text)
    {
        try
        {
            return Numbers.Parse(text, "US");
        }
        catch (NumberParseException)
        {
            return null;
        }
    }

    private static string WithScheme(string text) =>
        text.Contains("://", StringComparison.Ordinal) || text.Contains('@', StringComparison.Ordinal) || !text.Contains('.', StringComparison.Ordinal) || text.Any(char.IsWhiteSpace)
            ? text
            : $"https://{text}";
}
