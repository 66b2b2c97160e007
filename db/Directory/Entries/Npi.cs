namespace HealthEquity.Directory.Entries;

/// <summary>
/// National Provider Identifiers: ten digits of which the last is a check digit, by the Luhn formula over the number with the
/// prefix 80840 for health applications in the United States (45 CFR 162.406; CMS, NPI check digit).
/// </summary>
public static class Npi
{
    // What the prefix 80840 adds to the sum of digits, whatever the number.
    private const int PrefixSum = 24;

    /// <summary>True for ten digits that begin with 1 or 2 and end with the right check digit.</summary>
    public static bool IsValid(string number) =>
        number.Length == 10 && number.All(char.IsAsciiDigit) && number[0] is '1' or '2' && CheckDigit(number[..9]) == number[9] - '0';

    /// <summary>The check digit of the first nine digits.</summary>
    public static int CheckDigit(string firstNine)
    {
        var sum = PrefixSum;
        for (var i = 0; i < 9; i++)
        {
            var digit = firstNine[i] - '0';
            var doubled = i % 2 == 0 ? digit * 2 : digit;
            sum += doubled / 10 + doubled % 10;
        }

        return (10 - sum % 10) % 10;
    }
}
