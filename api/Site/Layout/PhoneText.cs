using HealthEquity.Directory.Entries;

namespace HealthEquity.Api.Site.Layout;

/// <summary>Telephone numbers as people write them, and the links that use them.</summary>
public static class PhoneText
{
    /// <summary>"(305) 555-0142" for a number of North America, else the number as it is stored; with its extension.</summary>
    public static string Written(Phone phone)
    {
        var number = phone.Number is ['+', '1', .. { Length: 10 } national] ? $"({national[..3]}) {national[3..6]}-{national[6..]}" : phone.Number;
        return phone.Extension is { Length: > 0 } extension ? $"{number} ext. {extension}" : number;
    }

    /// <summary>The link that uses the number as its type says; null for a fax machine, which nobody can talk to.</summary>
    public static string? Link(Phone phone) => phone.Type switch
    {
        "fax" => null,
        "text" => $"sms:{phone.Number}",
        "whatsapp" => $"https://wa.me/{phone.Number.TrimStart('+')}",
        "signal" => $"https://signal.me/#p/{phone.Number}",
        _ => phone.Extension is { Length: > 0 } extension ? $"tel:{phone.Number},{extension}" : $"tel:{phone.Number}",
    };
}
