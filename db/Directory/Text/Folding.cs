using System.Buffers;
using System.Globalization;
using System.Text;

namespace HealthEquity.Directory.Text;

/// <summary>
/// Folds words for comparison: lowercase, no accents, no Arabic or Hebrew vowel marks, one form of each Arabic letter and of
/// Ethiopic letters that sound alike, ASCII digits. Cyrillic and East Asian scripts are only lowercased.
/// </summary>
public static class Folding
{
    private const int LatinEnd = 0x0250;
    private const int LatinAdditional = 0x1E00;
    private const int LatinAdditionalEnd = 0x1F00;

    private static readonly string?[] Latin = Table(0x00C0, LatinEnd);
    private static readonly string?[] LatinMore = Table(LatinAdditional, LatinAdditionalEnd);

    // Characters that normalization never changes. Text with only these skips normalization.
    private static readonly SearchValues<char> Composed = SearchValues.Create(string.Concat(
        Enumerable.Range(0, char.MaxValue).Select(c => (char)c).Where(static c => c
            is < '\u0080'
            or (>= '\u00C0' and <= '\u00FF') // Latin, and its additions for Vietnamese
            or (>= '\u1EA0' and <= '\u1EF9')
            or 'Ă' or 'ă' or 'Đ' or 'đ' or 'Ĩ' or 'ĩ' or 'Ũ' or 'ũ' or 'Ơ' or 'ơ' or 'Ư' or 'ư' or '–' or '—' or '‘' or '’' or '“' or '”' or '•' or '¿' or '¡'
            or (>= '\u0400' and <= '\u045F') // Cyrillic
            or (>= '\u0621' and <= '\u063A') or (>= '\u0641' and <= '\u064A') // Arabic letters
            or (>= '\u3041' and <= '\u3093') or (>= '\u30A1' and <= '\u30FC') or (>= '\u4E00' and <= '\u9FA5') or '、' or '。' // Japanese, Han
            or (>= '\uAC00' and <= '\uD7A3')))); // Korean

    /// <summary>The text in composed form (NFKC): no combining marks where a composed letter exists, no wide forms.</summary>
    public static string Compose(string text) => text.AsSpan().ContainsAnyExcept(Composed) ? UnicodeText.Normalized(text, NormalizationForm.FormKC) : text;

    /// <summary>The folded form of a composed word; can be empty.</summary>
    public static string Fold(ReadOnlySpan<char> word)
    {
        if (Ascii.IsValid(word) && word.IndexOf('\'') < 0)
        {
            return string.Create(word.Length, word, static (target, source) => Ascii.ToLower(source, target, out _));
        }

        var folded = new StringBuilder(word.Length + 4);
        foreach (var c in word)
        {
            Append(folded, c);
        }

        return folded.ToString();
    }

    private static void Append(StringBuilder folded, char c)
    {
        switch (c)
        {
            case '\'' or '\u2019' or '\u02BC' or '\u0640' or '\u0670': // apostrophes, tatweel, superscript alef
            case >= '\u0300' and <= '\u036F': // combining accents
            case >= '\u0591' and <= '\u05C7': // Hebrew points
            case >= '\u064B' and <= '\u065F': // Arabic vowel marks
            case >= '\u06D6' and <= '\u06ED':
                break;
            case 'أ' or 'إ' or 'آ' or 'ٱ':
                folded.Append('ا');
                break;
            case 'ى' or 'ی' or 'ې' or 'ۍ': // the last two are Pashto
                folded.Append('ي');
                break;
            case 'ة':
                folded.Append('ه');
                break;
            case 'ک':
                folded.Append('ك');
                break;
            case 'ګ':
                folded.Append('گ');
                break;
            case 'ہ' or 'ھ' or 'ە':
                folded.Append('ه');
                break;
            case >= '\u1200' and <= '\u137F':
                folded.Append(Ethiopic(c));
                break;
            case 'ё' or 'Ё':
                folded.Append('е');
                break;
            case >= '\u00C0' and < (char)LatinEnd:
                folded.Append(Latin[c - 0xC0]);
                break;
            case >= (char)LatinAdditional and < (char)LatinAdditionalEnd:
                folded.Append(LatinMore[c - LatinAdditional]);
                break;
            default:
                folded.Append(char.IsDigit(c) ? (char)('0' + CharUnicodeInfo.GetDecimalDigitValue(c)) : char.ToLowerInvariant(c));
                break;
        }
    }

    /// <summary>Ethiopic letters that sound alike are written for each other: the rows of ሐ and ኀ for ሀ, of ሠ for ሰ, of ዐ for አ, of ፀ for ጸ.</summary>
    private static char Ethiopic(char c)
    {
        var row = c - (c & 7);
        var same = row switch
        {
            '\u1210' or '\u1280' => '\u1200',
            '\u1220' => '\u1230',
            '\u12D0' => '\u12A0',
            '\u1340' => '\u1338',
            _ => row,
        };
        var letter = (char)(same + (c & 7));

        // The first and the fourth of ሀ and of አ sound alike too.
        return letter switch
        {
            '\u1203' => '\u1200',
            '\u12A3' => '\u12A0',
            _ => letter,
        };
    }

    private static string?[] Table(int from, int to) => [.. Enumerable.Range(from, to - from).Select(c => FoldLatin((char)c))];

    private static string FoldLatin(char c) => char.ToLowerInvariant(c) switch
    {
        'đ' or 'ð' => "d",
        'ł' => "l",
        'ø' => "o",
        'æ' => "ae",
        'œ' => "oe",
        'ß' or 'ẞ' => "ss",
        'þ' => "th",
        'ı' => "i",
        'ħ' => "h",
        'ŧ' => "t",
        'ŋ' => "ng",
        var small => string.Concat(small.ToString().Normalize(NormalizationForm.FormD).Where(d => d is < '\u0300' or > '\u036F')),
    };
}
