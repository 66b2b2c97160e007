using System.Text.RegularExpressions;
using FluentValidation;
using HealthEquity.Directory.Entries;
using PhoneNumbers;

namespace HealthEquity.Directory.Rules;

/// <summary>Validates a phone number.</summary>
public sealed partial class PhoneValidator : AbstractValidator<Phone>
{
    // 47 CFR 52 and FCC orders: the N11 codes, and 988 for suicide and crisis.
    private static readonly string[] ShortCodes = ["211", "311", "411", "511", "611", "711", "811", "911", "988"];

    /// <summary>Sets the rules for a phone number of each type.</summary>
    public PhoneValidator()
    {
        RuleFor(p => p.Number)
            .Must((phone, number) => IsShortCode(number, phone.Type) || IsDialable(number))
            .WithMessage("is not a valid phone number. Enter the area code and seven digits, such as (305) 555-0142 (in files +13055550142); for other countries, + and the country code; or a short code such as 988.");
        RuleFor(p => p.Extension)
            .Must(e => e is null || ExtensionShape().IsMatch(e))
            .WithMessage("is not an extension. Enter digits only, up to 11.");
        RuleFor(p => p.Label).Line(100);
        RuleForEach(p => p.Languages).ValidLanguageTag();
        RuleFor(p => p.DetentionDialCode)
            .Must(c => c is null || DialCodeShape().IsMatch(c))
            .WithMessage("is not a dial code. Enter digits, * and # only, up to 20 characters.");
    }

    /// <summary>True for a short code: three digits, or five or six digits for text messages.</summary>
    public static bool IsShortCode(string number, string type) =>
        ShortCodes.Contains(number) || type == "text" && TextCodeShape().IsMatch(number);

    private static bool IsDialable(string number)
    {
        if (!E164Shape().IsMatch(number))
        {
            return false;
        }

        try
        {
            var util = PhoneNumberUtil.GetInstance();
            var parsed = util.Parse(number, null);
            // 555-0100 to 555-0199 are reserved for examples (NANPA), so some metadata versions do not list them.
            return util.IsValidNumber(parsed) || FictitiousShape().IsMatch(number) && util.IsPossibleNumber(parsed);
        }
        catch (NumberParseException)
        {
            return false;
        }
    }

    [GeneratedRegex(@"^\+[1-9][0-9]{6,14}\z")]
    private static partial Regex E164Shape();

    [GeneratedRegex(@"^\+1[2-9][0-9]{2}55501[0-9]{2}\z")]
    private static partial Regex FictitiousShape();

    [GeneratedRegex(@"^[2-9][0-9]{4,5}\z")]
    private static partial Regex TextCodeShape();

    [GeneratedRegex(@"^[0-9]{1,11}\z")]
    private static partial Regex ExtensionShape();

    [GeneratedRegex(@"^[0-9*#]{1,20}\z")]
    private static partial Regex DialCodeShape();
}

/// <summary>Validates an email address.</summary>
internal sealed partial class EmailValidator : AbstractValidator<Email>
{
    public EmailValidator()
    {
        RuleFor(e => e.Address)
            .Must(a => a.Length <= 254 && AddressShape().IsMatch(a))
            .WithMessage("is not an email address. Enter it as name@example.org, without a display name or 'mailto:'.");
        RuleFor(e => e.Label).Line(100);
    }

    // RFC 5321 and 5322, without quoted names or comments.
    [GeneratedRegex(@"^(?=.{1,64}@)[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}\z")]
    private static partial Regex AddressShape();
}

/// <summary>Validates a link.</summary>
internal sealed class LinkValidator : AbstractValidator<Link>
{
    public LinkValidator()
    {
        RuleFor(l => l.Label).Line(150);
        RuleFor(l => l.Url).WebAddress();
    }
}
