using System.Collections.Frozen;
using HealthEquity.Store.Curators;
using Microsoft.AspNetCore.Identity;

namespace HealthEquity.Admin.SignIn;

/// <summary>
/// What a password must be: long, and not what is guessed first. NIST SP 800-63B asks for length and a list of common
/// passwords, and against rules about kinds of characters. Nothing is sent anywhere.
/// </summary>
internal sealed class PasswordRules : IPasswordValidator<Curator>
{
    public const int Shortest = 12;

    /// <summary>A longer one would only cost time to hash.</summary>
    public const int Longest = 200;

    private const int FewestDifferent = 5;

    private static readonly FrozenSet<string> Common = ReadCommon();

    public Task<IdentityResult> ValidateAsync(UserManager<Curator> manager, Curator user, string? password) =>
        Task.FromResult(Problem(user, password ?? "") is { } problem
            ? IdentityResult.Failed(new IdentityError { Code = "Password", Description = problem })
            : IdentityResult.Success);

    /// <summary>What is wrong with the password, or null.</summary>
    public static string? Problem(Curator user, string password)
    {
        var plain = Plain(password);
        return password switch
        {
            { Length: < Shortest } => $"Choose a password of at least {Shortest} characters. A few unrelated words are easy to remember.",
            { Length: > Longest } => $"Choose a password of at most {Longest} characters.",
            _ when password.Distinct().Count() < FewestDifferent || IsRepeated(plain) => "Choose a password that does not repeat itself.",
            _ when IsRun(password) => "Choose a password that is not a row of neighboring letters or digits.",
            _ when NamesOf(user).Any(n => plain.Contains(n, StringComparison.Ordinal)) => "Choose a password without your own name in it.",
            _ when IsMadeOfCommon(plain, words: 2) => "Choose another password: this one is among those that are tried first.",
            _ => null,
        };
    }

    /// <summary>Letters only, with the usual disguises taken off: "P@ssw0rd2024!" reads "password".</summary>
    private static string Plain(string password)
    {
        var core = password.Trim().TrimEnd([.. "0123456789!?.*#$%&_-+ "]).TrimStart([.. "0123456789!?.*#%&_-+ "]);
        return string.Concat(core.Select(Undisguise).Where(char.IsLetter));
    }

    private static char Undisguise(char letter) => letter switch
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

    /// <summary>Whether the text is nothing but common words, that many at most. An empty one was all digits and signs.</summary>
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
