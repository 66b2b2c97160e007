using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using HealthEquity.Directory.Text;

namespace HealthEquity.Formats.OpeningHours;

/// <summary>Splits a text about hours into tokens. Fails on an unknown word, because it could change the meaning of the others.</summary>
internal sealed partial class HoursTokens
{
    private readonly string _text;
    private readonly List<HoursToken> _tokens = [];
    private int _at;

    private HoursTokens(string text) => _text = text;

    /// <summary>The tokens of a text; null if one is unknown.</summary>
    /// <param name="plain">The result of <see cref="Plain"/>.</param>
    public static IReadOnlyList<HoursToken>? Read(string plain)
    {
        var reader = new HoursTokens(plain);
        while (reader._at < plain.Length)
        {
            if (!reader.Next())
            {
                return null;
            }
        }

        return reader._tokens;
    }

    /// <summary>The text without accents, with one kind of dash and space.</summary>
    public static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var letter in UnicodeText.Normalized(text, NormalizationForm.FormKD))
        {
            switch (CharUnicodeInfo.GetUnicodeCategory(letter))
            {
                case UnicodeCategory.NonSpacingMark or UnicodeCategory.Format:
                    break;
                case UnicodeCategory.DashPunctuation:
                    plain.Append('-');
                    break;
                case UnicodeCategory.SpaceSeparator:
                    plain.Append(' ');
                    break;
                default:
                    plain.Append(letter is '\u2212' or '~' ? '-' : letter);
                    break;
            }
        }

        return plain.ToString();
    }

    private bool Next() => Mark() || Phrase() || Time() || Word();

    private bool Mark()
    {
        HoursPart? part = _text[_at] switch
        {
            '-' => HoursPart.Until,
            ',' or '&' or '+' => HoursPart.And,
            '/' => HoursPart.Stroke,
            ';' or '\n' or '\r' or '|' or '•' or '·' or '(' or ')' or '[' or ']' => HoursPart.Break,
            ' ' or '\t' or ':' or '.' or '*' => null,
            _ => (HoursPart)(-1),
        };
        if (part == (HoursPart)(-1))
        {
            return false;
        }

        if (part is { } mark)
        {
            _tokens.Add(new HoursToken(mark, _at, IsDash: true));
        }

        _at++;
        return true;
    }

    private bool Phrase() =>
        Take(HoursWords.Always(), HoursPart.Always) || Take(HoursWords.AllDay(), HoursPart.AllDay) || Take(HoursWords.Noted(), HoursPart.Noted)
        || Take(HoursWords.Vague(), HoursPart.Vague) || Take(HoursWords.Closed(), HoursPart.Closed) || MultiWordDays();

    private bool Take(Regex phrase, HoursPart part)
    {
        if (phrase.Match(_text, _at) is not { Success: true, Length: > 0 } match)
        {
            return false;
        }

        _tokens.Add(new HoursToken(part, _at));
        _at += match.Length;
        return true;
    }

    private bool MultiWordDays()
    {
        if (HoursWords.MultiWordDays().Match(_text, _at) is not { Success: true } match)
        {
            return false;
        }

        var days = HoursWords.Find(match.Value.ToLowerInvariant());
        return days.Count > 0 && Add(new HoursToken(HoursPart.Days, _at) { Days = days }, match.Length);
    }

    private bool Time()
    {
        if (HoursWords.NamedTime().Match(_text, _at) is { Success: true } named)
        {
            return Add(Named(named.Value), named.Length);
        }

        return HoursWords.Time().Match(_text, _at) is { Success: true } match && Clock(match) is { } time
            && Add(new HoursToken(HoursPart.Time, _at) { Time = time }, match.Length);
    }

    private HoursToken Named(string word) => new(HoursPart.Time, _at)
    {
        Time = word.ToLowerInvariant() is "midnight" or "medianoche" or "minuit" or "meia-noite" ? ClockTime.AtMidnight : ClockTime.AtNoon,
    };

    private static ClockTime? Clock(Match match)
    {
        var written = match.Groups["h"].Value;
        var hour = int.Parse(written, NumberStyles.None, CultureInfo.InvariantCulture);
        var close = match.Groups["close"].Value;
        var said = close.Length > 0 ? close : match.Groups["m"].Value;
        var minute = said.Length > 0 ? int.Parse(said, NumberStyles.None, CultureInfo.InvariantCulture) : 0;
        var half = (match.Groups["half"].Value.ToLowerInvariant(), match.Groups["part"].Value.ToLowerInvariant()) switch
        {
            ("a", _) or (_, "de la manana") => DayHalf.Morning,
            ("p", _) or (_, "de la tarde") or (_, "de la noche") => DayHalf.Afternoon,
            (_, "noon") or (_, "midnight") => DayHalf.Named,
            _ => DayHalf.Unsaid,
        };
        if (minute > 59 || hour > 24 || (hour == 24 && minute > 0) || (half is DayHalf.Morning or DayHalf.Afternoon && hour is 0 or > 12))
        {
            return null;
        }

        if (half == DayHalf.Named)
        {
            return (hour, minute) != (12, 0) ? null : match.Groups["part"].Value.StartsWith('n') ? ClockTime.AtNoon : ClockTime.AtMidnight;
        }

        var isMilitary = close.Length > 0 && half == DayHalf.Unsaid;
        // "930" without a colon or am/pm may not be a time.
        return isMilitary && written.Length < 2
            ? null
            : new ClockTime(hour, minute, half, isMilitary || match.Groups["french"].Success || hour is 0 or > 12, written.Length == 2 && written[0] == '0' && said.Length > 0);
    }

    private bool Word()
    {
        if (HoursWords.Word().Match(_text, _at) is not { Success: true } match)
        {
            return false;
        }

        var word = match.Value.ToLowerInvariant();
        if (HoursWords.Zone(match.Value) is { } zone)
        {
            return Add(new HoursToken(HoursPart.Zone, _at) { Zone = zone }, match.Length);
        }

        if (Days(match.Value, word) is { Count: > 0 } days)
        {
            return Add(new HoursToken(HoursPart.Days, _at) { Days = days }, match.Length);
        }

        if (HoursWords.Until().IsMatch(word))
        {
            return Add(new HoursToken(HoursPart.Until, _at), match.Length);
        }

        if (HoursWords.And().IsMatch(word))
        {
            return Add(new HoursToken(HoursPart.And, _at), match.Length);
        }

        _at += match.Length;
        return HoursWords.Filler().IsMatch(word);
    }

    private IReadOnlyList<DayOfWeek> Days(string written, string word) => written switch
    {
        "M" when !HasLetter('L') => [DayOfWeek.Monday],
        "L" when HasLetter('V') => [DayOfWeek.Monday],
        "V" when HasLetter('L') => [DayOfWeek.Friday],
        "W" => [DayOfWeek.Wednesday],
        "F" => [DayOfWeek.Friday],
        // "T" alone means Tuesday if the text has another word for Thursday.
        "T" when Thursday().IsMatch(_text) => [DayOfWeek.Tuesday],
        _ when HoursWords.Row().IsMatch(written) && HoursWords.DayLetters(written) is { Count: > 0 } row && HoursWords.Find(word).Count == 0 => row,
        _ => HoursWords.Find(word),
    };

    private bool HasLetter(char letter) => Regex.IsMatch(_text, $@"(?<!\p{{L}}){letter}(?!\p{{L}})", RegexOptions.CultureInvariant, Regex.InfiniteMatchTimeout);

    private bool Add(HoursToken token, int length)
    {
        _tokens.Add(token);
        _at += length;
        return true;
    }

    [GeneratedRegex(@"(?<!\p{L})(TH|R|Th|Thu|Thur|Thurs|Thursday)(?!\p{L})")]
    private static partial Regex Thursday();
}
