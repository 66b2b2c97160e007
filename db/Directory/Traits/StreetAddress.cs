using System.Collections.Frozen;
using HealthEquity.Directory.Entries;

namespace HealthEquity.Directory.Traits;

/// <summary>
/// A street address in parts. Different spellings give the same parts: "100 N Main St Ste 4" and "100 North Main Street, Suite 4".
/// </summary>
/// <param name="Street">House number and street, such as "100 n main st".</param>
/// <param name="PostalCode">The first five digits of the ZIP code.</param>
/// <param name="Unit">The numbers and letters of the suite, floor and building in alphabetical order, such as "4"; empty for none.</param>
public sealed record StreetAddress(string Street, string PostalCode, string Unit)
{
    private static readonly FrozenDictionary<string, string> Numbers = new Dictionary<string, string>
    {
        ["one"] = "1",
        ["two"] = "2",
        ["three"] = "3",
        ["four"] = "4",
        ["five"] = "5",
        ["six"] = "6",
        ["seven"] = "7",
        ["eight"] = "8",
        ["nine"] = "9",
        ["ten"] = "10",
        ["first"] = "1st",
        ["second"] = "2nd",
        ["third"] = "3rd",
        ["fourth"] = "4th",
        ["fifth"] = "5th",
        ["sixth"] = "6th",
        ["seventh"] = "7th",
        ["eighth"] = "8th",
        ["ninth"] = "9th",
        ["tenth"] = "10th",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The address of a location; null without a street or a ZIP code.</summary>
    public static StreetAddress? Read(Location place)
    {
        var street = PostalText.Street(place.Address1 ?? "");
        if (street.Length == 0 || place.PostalCode is not { Length: >= 5 } zip)
        {
            return null;
        }

        var unit = PostalText.Unit(place.Address1 ?? "", place.Address2 ?? "").Select(u => Numbers.GetValueOrDefault(u, u)).Select(WithoutOrdinal);
        return new StreetAddress(
            string.Join(' ', street.Split(' ').Select(w => Numbers.GetValueOrDefault(w, w))),
            zip[..5],
            string.Join(' ', unit.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)));
    }

    /// <summary>Reads the text of <see cref="ToString"/>.</summary>
    public static StreetAddress Parse(string text) => text.Split('|') is [var street, var zip, var unit, ..] ? new(street, zip, unit) : new(text, "", "");

    /// <summary>The parts, separated by bars.</summary>
    public override string ToString() => $"{Street}|{PostalCode}|{Unit}";

    private static string WithoutOrdinal(string word) =>
        word.Length > 2 && char.IsAsciiDigit(word[0]) && word[^2..] is "st" or "nd" or "rd" or "th" ? word[..^2] : word;
}
