using System.Globalization;

namespace HealthEquity.Api.Site.Texts;

/// <summary>Which form of a phrase a whole number takes in the languages of the pages (Unicode CLDR, plural rules for cardinals).</summary>
public static class PluralRules
{
    /// <summary>The forms that a language has, the general one last.</summary>
    public static IReadOnlyList<string> FormsOf(string language) => language.Split('-')[0] switch
    {
        "zh" or "vi" or "ko" => ["other"],
        "ar" => ["zero", "one", "two", "few", "many", "other"],
        "ru" or "uk" => ["one", "few", "many", "other"],
        _ => ["one", "other"],
    };

    /// <summary>The form for a number. A number with a fraction is written with one decimal.</summary>
    public static string FormOf(string language, double number)
    {
        if (number != Math.Floor(number))
        {
            return language.Split('-')[0] switch
            {
                "fr" or "pt" => number < 2 ? "one" : "other",
                "fa" => number < 1 ? "one" : "other",
                "tl" => (long)Math.Round(number * 10) % 10 is 4 or 6 or 9 ? "other" : "one",
                _ => "other",
            };
        }

        var n = (long)Math.Abs(number);
        var (tens, units) = (n % 100, n % 10);
        return language.Split('-')[0] switch
        {
            "zh" or "vi" or "ko" => "other",
            "fr" or "pt" or "fa" => n is 0 or 1 ? "one" : "other",
            "tl" => n is 1 or 2 or 3 || units is not (4 or 6 or 9) ? "one" : "other",
            "ar" => n switch
            {
                0 => "zero",
                1 => "one",
                2 => "two",
                _ when tens is >= 3 and <= 10 => "few",
                _ when tens is >= 11 and <= 99 => "many",
                _ => "other",
            },
            "ru" or "uk" => (units, tens) switch
            {
                (1, not 11) => "one",
                ( >= 2 and <= 4, not (>= 12 and <= 14)) => "few",
                _ => "many",
            },
            _ => n == 1 ? "one" : "other",
        };
    }

    /// <summary>A number as people write it in a language; digits are Western in all of them, as on telephones.</summary>
    public static string Write(string language, double number)
    {
        var format = (NumberFormatInfo)CultureInfo.GetCultureInfo(language == "ht" ? "fr" : language).NumberFormat.Clone();
        format.DigitSubstitution = DigitShapes.None;
        return number.ToString(number == Math.Floor(number) ? "N0" : "N1", format);
    }
}
