using System.Text.Json;
using HealthEquity.Directory.Entries;

namespace HealthEquity.Admin.Verification;

/// <summary>What to say in a call, in the languages of the public pages. A translation that no speaker has reviewed is marked.</summary>
/// <param name="Language">The language, BCP-47.</param>
/// <param name="Texts">The sentences by code: hello, a group, bye.</param>
public sealed record CallScript(string Language, IReadOnlyDictionary<string, string> Texts)
{
    private const string File = "HealthEquity.Admin.Verification.Scripts.json";

    private const string Default = "en";

    // No speaker has reviewed the others yet.
    private static readonly string[] Reviewed = ["en"];

    private static readonly Lazy<IReadOnlyDictionary<string, Dictionary<string, string>>> All = new(Read);

    /// <summary>The languages that have a script.</summary>
    public static IEnumerable<string> Languages => All.Value.Keys;

    /// <summary>Whether a speaker has reviewed it.</summary>
    public bool IsReviewed => Reviewed.Contains(Language);

    /// <summary>Whether it is written from right to left.</summary>
    public bool IsRightToLeft => Language is "ar" or "fa";

    /// <summary>Returns the script in a language, or in English.</summary>
    public static CallScript In(string? language)
    {
        var found = language is not null && All.Value.ContainsKey(language) ? language : Default;
        return new CallScript(found, All.Value[found]);
    }

    /// <summary>Returns the languages for calling an entry: those of its first phone number, then its others, then English.</summary>
    public static IReadOnlyList<string> For(Entry entry)
    {
        var service = entry as ServiceEntry;
        var answered = service?.Phones is [var first, ..] ? first.Languages : [];
        var spoken = answered.Concat(service?.Languages.Select(l => l.Language) ?? []).Select(Known).OfType<string>();
        return [.. (answered.Count > 0 ? spoken.Append(Default) : spoken.Prepend(Default)).Distinct()];
    }

    /// <summary>Returns a sentence; null for none.</summary>
    public string? Say(string code, string department) => Texts.GetValueOrDefault(code)?.Replace("{department}", department, StringComparison.Ordinal);

    /// <summary>Returns the script's language for a tag such as "es-MX" or "zh".</summary>
    private static string? Known(string tag) =>
        All.Value.Keys.FirstOrDefault(k => k == tag) ?? All.Value.Keys.FirstOrDefault(k => k.Split('-')[0] == tag.Split('-')[0]);

    private static Dictionary<string, Dictionary<string, string>> Read()
    {
        using var file = typeof(CallScript).Assembly.GetManifestResourceStream(File)!;
        return JsonSerializer.Deserialize<Dictionary<string, Dictionary<string, string>>>(file)!;
    }
}
