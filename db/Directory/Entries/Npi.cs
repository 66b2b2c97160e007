namespace HealthEquity.Directory.Entries;

/// <summary>
/// National Provider Identifiers: ten digits, the last of which is a check digit. It is the Luhn check digit of the number with the prefix
/// 80840 for US health applications (45 CFR 162.406; CMS, NPI check digit).
/// </summary>
public static class Npi
{
    // What the prefix 80840 adds to the sum of digits.
    private const int PrefixSum = 24;

    /// <summary>True for ten digits that start with 1 or 2 and end with the correct check digit.</summary>
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
