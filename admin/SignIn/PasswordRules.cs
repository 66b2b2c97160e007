using System.Collections.Frozen;
using HealthEquity.Store.Curators;
using Microsoft.AspNetCore.Identity;

namespace HealthEquity.Admin.SignIn;

/// <summary>
/// Requires long and uncommon passwords. Follows NIST SP 800-63B: a minimum length and a list of common passwords, but no rules about
/// kinds of characters. The check is local.
/// </summary>
internal sealed class PasswordRules : IPasswordValidator<Curator>
{
    public const int MinLength = 12;

    /// <summary>Limits the time to hash a password.</summary>
    public const int MaxLength = 200;

    private const int MinDistinctCharacters = 5;

    private static readonly FrozenSet<string> Common = ReadCommon();

    public Task<IdentityResult> ValidateAsync(UserManager<Curator> manager, Curator user, string? password) =>
        Task.FromResult(Problem(user, password ?? "") is { } problem
            ? IdentityResult.Failed(new IdentityError { Code = "Password", Description = problem })
            : IdentityResult.Success);

    /// <summary>Returns the problem with a password; null if it is acceptable.</summary>
    public static string? Problem(Curator user, string password)
    {
        var plain = Plain(password);
        return password switch
        {
            { Length: < MinLength } => $"Choose a password of at least {MinLength} characters. A few unrelated words are easy to remember.",
            { Length: > MaxLength } => $"Choose a password of at most {MaxLength} characters.",
            _ when password.Distinct().Count() < MinDistinctCharacters || IsRepeated(plain) => "Choose a password without repeated characters or words.",
            _ when IsRun(password) => "Choose a password that is not a sequence of letters or digits.",
            _ when NamesOf(user).Any(n => plain.Contains(n, StringComparison.Ordinal)) => "Choose a password that does not contain your name.",
            _ when IsMadeOfCommon(plain, words: 2) => "Choose a less common password.",
            _ => null,
        };
    }

    /// <summary>Returns only the letters, with common substitutions reversed: "P@ssw0rd2024!" becomes "password".</summary>
    private static string Plain(string password)
    {
        var core = password.Trim().TrimEnd([.. "0123456789!?.*#$%&_-+ "]).TrimStart([.. "0123456789!?.*#%&_-+ "]);
        return string.Concat(core.Select(ReverseSubstitution).Where(char.IsLetter));
    }

    private static char ReverseSubstitution(char letter) => letter switch
    {
        '0' => 'o',
        '1' or '!' => 'i',
        '3' => 'e',
        '4' or '@' => 'a',
        '5' or '$' => 's',
        '7' => 't',
        _ => char.ToLowerInvariant(letter),
    };

    private static bool IsRepeated(string plain) =>
        plain.Length > 0 && Enumerable.Range(1, plain.Length / 2)
            .Any(length => plain.Length % length == 0 && plain.Chunk(length).All(c => c.AsSpan().SequenceEqual(plain.AsSpan(0, length))));

    private static bool IsRun(string password)
    {
        var steps = password.Zip(password.Skip(1), (a, b) => b - a).ToList();
        return steps.Count(step => step is 1 or -1 or 0) > steps.Count * 2 / 3;
    }

    /// <summary>Returns whether the text consists of at most the given number of common words. An empty text had no letters at all.</summary>
    private static bool IsMadeOfCommon(string plain, int words) =>
        plain.Length == 0
        || (words > 0 && Enumerable.Range(1, plain.Length).Any(length => Common.Contains(plain[..length]) && IsMadeOfCommon(plain[length..], words - 1)));

    private static IEnumerable<string> NamesOf(Curator user) =>
        user.DisplayName.Split(' ').Append(user.UserName.Split('@')[0])
            .Select(name => string.Concat(name.Where(char.IsLetter)).ToLowerInvariant())
            .Where(name => name.Length > 3);

    private static FrozenSet<string> ReadCommon()
    {
        using var stream = typeof(PasswordRules).Assembly.GetManifestResourceStream("HealthEquity.Admin.SignIn.CommonPasswords.txt")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);
    }
}
