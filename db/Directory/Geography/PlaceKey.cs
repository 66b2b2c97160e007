using System.Runtime.CompilerServices;
using System.Text;
using HealthEquity.Directory.Text;

namespace HealthEquity.Directory.Geography;

/// <summary>
/// The form in which names are compared: folded words with one space between, and one short form for words that are often
/// shortened, so that "Saint Louis", "St. Louis" and "st louis" are the same.
/// </summary>
internal static class PlaceKey
{
    /// <summary>The hash of no words.</summary>
    public const uint EmptyHash = 2166136261;

    /// <summary>The most characters of a name.</summary>
    public const int MaxLength = 80;

    /// <summary>The one form of a folded word.</summary>
    public static string Canonical(string folded) => Short(folded) ?? folded;

    /// <summary>The hash after one more word.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static uint Add(uint hash, ReadOnlySpan<char> word)
    {
        hash = hash == EmptyHash ? hash : (hash ^ ' ') * 16777619;
        foreach (var c in word)
        {
            hash = (hash ^ c) * 16777619;
        }

        return hash;
    }

    /// <summary>Writes a name's key.</summary>
    /// <returns>How many characters it has.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Write(ReadOnlySpan<char> name, Span<char> key)
    {
        var (length, i) = (0, 0);
        while (i < name.Length)
        {
            if (!IsLetter(name[i]))
            {
                i++;
                continue;
            }

            var start = i;
            while (i < name.Length && (IsLetter(name[i]) || name[i] is '\'' or '\u2019'))
            {
                i++;
            }

            if (TryWriteAscii(name[start..i], key, ref length))
            {
                continue;
            }

            var word = Canonical(Folding.Fold(name[start..i]));
            if (length + word.Length + 1 > key.Length)
            {
                break;
            }

            if (length > 0)
            {
                key[length++] = ' ';
            }

            word.CopyTo(key[length..]);
            length += word.Length;
        }

        return length;
    }

    /// <summary>A name's key.</summary>
    public static string Of(ReadOnlySpan<char> name)
    {
        Span<char> key = stackalloc char[MaxLength];
        return key[..Write(name, key)].ToString();
    }

    // A word of ASCII letters: no string needed.
    private static bool TryWriteAscii(ReadOnlySpan<char> word, Span<char> key, ref int length)
    {
        if (length + word.Length + 1 > key.Length || word.Contains('\'') || !Ascii.IsValid(word))
        {
            return false;
        }

        if (length > 0)
        {
            key[length++] = ' ';
        }

        Ascii.ToLower(word, key[length..], out var written);
        if (Short(key.Slice(length, written)) is { } form)
        {
            form.CopyTo(key[length..]);
            written = form.Length;
        }

        length += written;
        return true;
    }

    private static string? Short(ReadOnlySpan<char> folded) => folded.Length is < 2 or > 8 ? null : folded switch
    {
        "saint" => "st",
        "sainte" => "ste",
        "fort" => "ft",
        "mount" => "mt",
        "north" or "no" => "n",
        "south" or "so" => "s",
        "east" => "e",
        "west" => "w",
        "heights" => "hts",
        "springs" => "spgs",
        "township" => "twp",
        "beach" => "bch",
        "centre" or "center" => "ctr",
        "village" => "vlg",
        "junction" => "jct",
        _ => null,
    };

    private static bool IsLetter(char c) => c < 0x80
        ? char.IsAsciiLetterOrDigit(c)
        : char.IsLetterOrDigit(c) || char.GetUnicodeCategory(c) is System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.SpacingCombiningMark;
}
