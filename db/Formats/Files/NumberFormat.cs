using System.Globalization;
using System.Text.RegularExpressions;

namespace HealthEquity.Formats.Files;

/// <summary>The number format of a workbook cell, where it changes the meaning of the number (ECMA-376, 18.8.30).</summary>
internal sealed partial class NumberFormat
{
    private readonly bool _day;
    private readonly bool _time;
    private readonly string? _digits;

    private NumberFormat(bool day, bool time, string? digits)
    {
        _day = day;
        _time = time;
        _digits = digits;
    }

    /// <summary>No format.</summary>
    public static NumberFormat Plain { get; } = new(false, false, null);

    /// <summary>A built-in format, by number.</summary>
    public static NumberFormat BuiltIn(string id) => int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        ? number switch
        {
            >= 14 and <= 17 or >= 27 and <= 31 or 36 or >= 50 and <= 58 => new NumberFormat(true, false, null),
            22 => new NumberFormat(true, true, null),
            >= 18 and <= 21 or >= 32 and <= 35 or >= 45 and <= 47 => new NumberFormat(false, true, null),
            _ => Plain,
        }
        : Plain;

    /// <summary>A custom format of the workbook.</summary>
    public static NumberFormat Of(string code)
    {
        var first = NonDigits().Replace(code.Split(';')[0], "").ToLowerInvariant();
        // Formats such as 00000 and 00000-0000 keep the leading zeros of ZIP codes.
        return Digits().IsMatch(first)
            ? new NumberFormat(false, false, first)
            : new NumberFormat(first.AsSpan().IndexOfAny('y', 'd') >= 0, first.AsSpan().IndexOfAny('h', 's') >= 0, null);
    }

    /// <summary>Formats a number.</summary>
    /// <param name="number">The number; for a date, the days since the workbook's first day.</param>
    /// <param name="from1904">True if days are counted from 1904, as on early Macs.</param>
    public string Show(double number, bool from1904)
    {
        if ((_day || _time) && number is >= 0 and < 2_958_466)
        {
            return Moment(number, from1904);
        }

        var plain = Math.Abs(number) is < 1e15 and (> 1e-9 or 0) ? ((decimal)number).ToString(CultureInfo.InvariantCulture) : number.ToString("R", CultureInfo.InvariantCulture);
        return _digits is not null && plain.All(char.IsAsciiDigit) ? Filled(plain, _digits) : plain;
    }

    private string Moment(double number, bool from1904)
    {
        // Excel counts February 29, 1900, which did not exist.
        var days = from1904 ? number + 1462 : number < 60 ? number + 1 : number;
        var moment = new DateTime(1899, 12, 30).AddMinutes(Math.Round(days * 24 * 60));
        return (_day, moment.TimeOfDay > TimeSpan.Zero) switch
        {
            (true, false) => moment.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            (true, true) => moment.ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture),
            _ => moment.ToString("HH:mm", CultureInfo.InvariantCulture),
        };
    }

    private static string Filled(string digits, string form)
    {
        var places = form.Count(c => c == '0');
        if (digits.Length > places)
        {
            return digits;
        }

        var next = 0;
        var padded = digits.PadLeft(places, '0');
        return string.Concat(form.Select(c => c == '0' ? padded[next++] : c));
    }

    [GeneratedRegex("^0{3,}(-0+)*$")]
    private static partial Regex Digits();

    /// <summary>Texts in quotes, colors and languages in brackets, escaped characters.</summary>
    [GeneratedRegex("\"[^\"]*\"|\\[[^\\]]*\\]|\\\\.|_.|\\*.")]
    private static partial Regex NonDigits();
}
