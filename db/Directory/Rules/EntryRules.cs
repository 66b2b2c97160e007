using System.Text.RegularExpressions;
using FluentValidation;
using FluentValidation.Results;
using HealthEquity.Directory.Entries;

namespace HealthEquity.Directory.Rules;

/// <summary>
/// The rules that fields of many kinds share. A message reads on from the field's name, which <see cref="EntryValidator{T}"/>
/// puts before it: "'website' is not a web address: …".
/// </summary>
internal static partial class EntryRules
{
    /// <summary>One line of text.</summary>
    public static IRuleBuilderOptions<T, string?> Line<T>(this IRuleBuilder<T, string?> rule, int maximum) => rule
        .Must(v => v is null || v.Trim().Length > 0).WithMessage("is empty: fill it in, or leave it out.")
        .Must(v => v is null || v.Length <= maximum).WithMessage($"is longer than {maximum:N0} characters: shorten it.")
        .Must(v => v is null || v == v.Trim()).WithMessage("begins or ends with a space: take it off.")
        .Must(v => v is null || !v.Any(char.IsControl)).WithMessage("has a line break, a tab or another control character: write it on one line.");

    /// <summary>Text of several lines, Markdown.</summary>
    public static IRuleBuilderOptions<T, string?> Text<T>(this IRuleBuilder<T, string?> rule, int maximum) => rule
        .Must(v => v is null || v.Trim().Length > 0).WithMessage("is empty: fill it in, or leave it out.")
        .Must(v => v is null || v.Length <= maximum).WithMessage($"is longer than {maximum:N0} characters: shorten it.")
        .Must(v => v is null || !v.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t')))
        .WithMessage("has a control character that cannot be seen: take it out.");

    /// <summary>A web address, absolute, http or https.</summary>
    public static IRuleBuilderOptions<T, string?> WebAddress<T>(this IRuleBuilder<T, string?> rule) => rule
        .Must(v => v is null || IsWebAddress(v))
        .WithMessage("is not a web address: write it whole, such as https://example.org/page, in at most 2,000 characters.");

    /// <summary>A BCP-47 tag.</summary>
    public static IRuleBuilderOptions<T, string?> LanguageTagged<T>(this IRuleBuilder<T, string?> rule) => rule
        .Must(v => v is null || LanguageTag.IsValid(v))
        .WithMessage((_, v) => LanguageTag.Canonical(v!) is { } canonical
            ? $"is a language tag written otherwise: write '{canonical}'."
            : "is not a known language tag (BCP 47): write a code such as es, ht, pt-BR, zh-Hans or mam.");

    /// <summary>An IANA time zone.</summary>
    public static IRuleBuilderOptions<T, string?> TimeZone<T>(this IRuleBuilder<T, string?> rule) => rule
        .Must(v => v is null || TimeZoneInfo.TryFindSystemTimeZoneById(v, out var zone) && zone.HasIanaId)
        .WithMessage("is not an IANA time zone: write one such as America/New_York, America/Chicago or America/Los_Angeles.");

    /// <summary>A number that a state's board or bar gave.</summary>
    public static IRuleBuilderOptions<T, string?> RegistryNumber<T>(this IRuleBuilder<T, string?> rule) => rule
        .Must(v => v is null || RegistryNumberShape().IsMatch(v) && v.Any(char.IsAsciiDigit))
        .WithMessage("is not a number that a board gives: copy it from the register; letters, digits, spaces, '.', '/', '#' and '-', at least one digit, at most 30 characters.");

    /// <summary>A day that has come.</summary>
    public static IRuleBuilderOptions<T, DateOnly?> NotAfterToday<T>(this IRuleBuilder<T, DateOnly?> rule, TimeProvider? clock) => rule
        // A day's grace: it is tomorrow already somewhere.
        .Must(v => v is null || clock is null || v <= DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime).AddDays(1))
        .WithMessage("lies in the future: write the day on which it was done, as yyyy-MM-dd.");

    /// <summary>Items that say the same: each but the first fails, at the member that says it.</summary>
    public static IRuleBuilderOptionsConditions<T, IReadOnlyList<TItem>> Once<T, TItem>(
        this IRuleBuilder<T, IReadOnlyList<TItem>> rule, string member, Func<TItem, string> said) => rule.Custom((items, context) =>
        {
            var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
            foreach (var (index, item) in items.Index().Where(i => !seen.Add(said(i.Item))))
            {
                context.AddFailure(new ValidationFailure($"{context.PropertyPath}[{index}].{member}", "stands a second time: take one of the two out, or join them."));
            }
        });

    /// <summary>A list in which these values, which mean "nothing" or "not known", stand alone or not at all.</summary>
    public static IRuleBuilderOptions<T, IReadOnlyList<string>> StandAlone<T>(this IRuleBuilder<T, IReadOnlyList<string>> rule, params IReadOnlyList<string> codes) => rule
        .Must(list => list.Count < 2 || !list.Any(codes.Contains))
        .WithMessage($"says {string.Join(" or ", codes)} beside other values: keep the one or the others.");

    private static bool IsWebAddress(string value) =>
        value.Length <= 2000
        && !value.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c is '<' or '>' or '"')
        && Uri.TryCreate(value, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp)
        && uri.UserInfo.Length == 0
        && HostShape().IsMatch(uri.IdnHost);

    [GeneratedRegex(@"^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+([a-z]{2,63}|xn--[a-z0-9-]+)\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex HostShape();

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9 ./#-]{0,29}\z")]
    private static partial Regex RegistryNumberShape();
}
