using System.Text.RegularExpressions;
using FluentValidation;
using FluentValidation.Results;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Text;

namespace HealthEquity.Directory.Rules;

/// <summary>
/// Rules shared by many fields. Each message continues from the field's name, which <see cref="EntryValidator{T}"/>
/// puts in front: "'website' is not a web address. …".
/// </summary>
internal static partial class EntryRules
{
    /// <summary>One line of text.</summary>
    public static IRuleBuilderOptions<T, string?> Line<T>(this IRuleBuilder<T, string?> rule, int maximum) => rule
        .Must(v => v is null || v.Trim().Length > 0).WithMessage("is empty. Enter a value or leave it out.")
        .Must(v => v is null || v.Length <= maximum).WithMessage($"must be {maximum:N0} characters or fewer.")
        .Must(v => v is null || v == v.Trim()).WithMessage("starts or ends with a space. Remove the space.")
        .Must(v => v is null || !v.Any(char.IsControl)).WithMessage("contains a line break, tab or other control character. Put it on one line.")
        .Readable();

    /// <summary>Multiline text, Markdown.</summary>
    public static IRuleBuilderOptions<T, string?> Text<T>(this IRuleBuilder<T, string?> rule, int maximum) => rule
        .Must(v => v is null || v.Trim().Length > 0).WithMessage("is empty. Enter a value or leave it out.")
        .Must(v => v is null || v.Length <= maximum).WithMessage($"must be {maximum:N0} characters or fewer.")
        .Must(v => v is null || !v.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t')))
        .WithMessage("contains an invisible control character. Remove it.")
        .Readable();

    /// <summary>Half characters and noncharacters, which no format for documents can contain.</summary>
    private static IRuleBuilderOptions<T, string?> Readable<T>(this IRuleBuilder<T, string?> rule) => rule
        .Must(v => v is null || v.Any(char.IsControl) || UnicodeText.IsXml(v))
        .WithMessage("contains a broken character. Remove it, and enter it again.");

    /// <summary>An absolute web address, http or https.</summary>
    public static IRuleBuilderOptions<T, string?> WebAddress<T>(this IRuleBuilder<T, string?> rule) => rule
        .Must(v => v is null || IsWebAddress(v))
        .WithMessage("is not a web address. Enter the full address, such as https://example.org/page, in 2,000 characters or fewer.");

    /// <summary>A BCP-47 tag.</summary>
    public static IRuleBuilderOptions<T, string?> ValidLanguageTag<T>(this IRuleBuilder<T, string?> rule) => rule
        .Must(v => v is null || LanguageTag.IsValid(v))
        .WithMessage((_, v) => LanguageTag.Canonical(v!) is { } canonical
            ? $"is not the standard form of this language tag. Use '{canonical}'."
            : "is not a known language tag (BCP 47). Use a code such as es, ht, pt-BR, zh-Hans or mam.");

    /// <summary>An IANA time zone.</summary>
    public static IRuleBuilderOptions<T, string?> TimeZone<T>(this IRuleBuilder<T, string?> rule) => rule
        .Must(v => v is null || TimeZoneInfo.TryFindSystemTimeZoneById(v, out var zone) && zone.HasIanaId)
        .WithMessage("is not an IANA time zone. Use one such as America/New_York, America/Chicago or America/Los_Angeles.");

    /// <summary>A number issued by a state board or bar.</summary>
    public static IRuleBuilderOptions<T, string?> RegistryNumber<T>(this IRuleBuilder<T, string?> rule) => rule
        .Must(v => v is null || RegistryNumberShape().IsMatch(v) && v.Any(char.IsAsciiDigit))
        .WithMessage("is not a license or bar number. Copy it from the registry: letters, digits, spaces, '.', '/', '#' and '-', with at least one digit, up to 30 characters.");

    /// <summary>A date that is not in the future.</summary>
    public static IRuleBuilderOptions<T, DateOnly?> NotInFuture<T>(this IRuleBuilder<T, DateOnly?> rule, TimeProvider? clock) => rule
        // One day of tolerance: it may already be tomorrow in another time zone.
        .Must(v => v is null || clock is null || v <= DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime).AddDays(1))
        .WithMessage("is in the future. Enter the date it was done, as yyyy-MM-dd.");

    /// <summary>No duplicate items. Every duplicate after the first fails, at the member that identifies it.</summary>
    public static IRuleBuilderOptionsConditions<T, IReadOnlyList<TItem>> NoDuplicates<T, TItem>(
        this IRuleBuilder<T, IReadOnlyList<TItem>> rule, string member, Func<TItem, string> key) => rule.Custom((items, context) =>
        {
            var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
            foreach (var (index, item) in items.Index().Where(i => !seen.Add(key(i.Item))))
            {
                context.AddFailure(new ValidationFailure($"{context.PropertyPath}[{index}].{member}", "is a duplicate. Remove one of the two, or combine them."));
            }
        });

    /// <summary>These values mean "nothing" or "not known", so no other value may accompany them.</summary>
    public static IRuleBuilderOptions<T, IReadOnlyList<string>> Exclusive<T>(this IRuleBuilder<T, IReadOnlyList<string>> rule, params IReadOnlyList<string> codes) => rule
        .Must(list => list.Count < 2 || !list.Any(codes.Contains))
        .WithMessage($"can't combine {string.Join(" or ", codes)} with other values. Keep one or the other.");

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
