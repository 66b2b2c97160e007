using System.Globalization;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Vocabularies;
using HealthEquity.Search.Text;

namespace HealthEquity.Formats.Hsds.Writing;

/// <summary>Text for HSDS members that are fields in our entries.</summary>
internal sealed class HsdsTexts(VocabularySet vocabularies)
{
    public string Label(string vocabulary, string code) => vocabularies.Find(vocabulary, code)?.Label ?? code;

    public string? Licenses(ServiceEntry entry) => Joined(entry switch
    {
        Provider provider => provider.Licenses.Select(l => $"{Label(VocabularyNames.LicenseType, l.Type)} {l.State} {l.Number}"),
        Attorney attorney => attorney.BarAdmissions.Select(b => $"Bar of {b.State} {b.Number}"),
        _ => [],
    });

    public string? Accreditations(ServiceEntry entry) => entry is not Attorney attorney ? null : Joined(
    [
        attorney.DojAccreditation is { } accreditation ? $"DOJ accreditation: {Label(VocabularyNames.DojAccreditation, accreditation.Level)}" : null,
        attorney.RecognizedOrganization is { } organization ? $"DOJ-recognized organization: {organization}" : null,
    ]);

    public string? Fees(Cost? cost) => cost is null
        ? null
        : Joined([.. cost.Options.Select(code => Label(VocabularyNames.Cost, code)), Insurers(cost), Range(cost), cost.Note]);

    public string? Eligibility(Eligibility? eligibility) => eligibility is null
        ? null
        : Joined(
        [
            .. eligibility.Populations.Select(code => Label(VocabularyNames.Population, code)),
            .. eligibility.Conditions.Select(code => Label(VocabularyNames.Eligibility, code)),
            eligibility.ImmigrationStatus == "unknown" ? null : $"Immigration status: {Label(VocabularyNames.ImmigrationStatus, eligibility.ImmigrationStatus)}",
            eligibility.Note,
        ]);

    /// <summary>The note of a language: how it is spoken, and our note.</summary>
    public string? LanguageNote(LanguageOffered language) => Joined([.. language.How.Select(how => Label(VocabularyNames.LanguageService, how)), language.Note]);

    /// <summary>Languages with interpretation or translation.</summary>
    public string? Interpretation(IReadOnlyList<LanguageOffered> languages) => Joined(
        from language in languages
        let ways = language.How.Where(how => how != "staff").Select(how => Label(VocabularyNames.LanguageService, how)).ToList()
        where ways.Count > 0
        select $"{LanguageName(language.Language)} ({string.Join(", ", ways)})");

    /// <summary>The English name of a language, independent of the machine; the tag if unknown.</summary>
    public static string LanguageName(string tag) => (LanguageNames.Of(tag) ?? LanguageNames.Of(LanguageCode(tag)))?[0] ?? tag;

    /// <summary>The ISO 639 code at the start of a BCP-47 tag (RFC 5646, 2.2.1).</summary>
    public static string LanguageCode(string tag) => tag.Split('-')[0];

    public static string? Insurers(Cost cost) => cost.Insurers.Count == 0 ? null : $"Insurance: {string.Join(", ", cost.Insurers)}";

    public static string? Range(Cost cost) => (cost.FeeMinimum, cost.FeeMaximum) switch
    {
        ({ } low, { } high) when low == high => string.Create(CultureInfo.InvariantCulture, $"USD {low:0.##}"),
        ({ } low, { } high) => string.Create(CultureInfo.InvariantCulture, $"USD {low:0.##} to {high:0.##}"),
        ({ } low, null) => string.Create(CultureInfo.InvariantCulture, $"from USD {low:0.##}"),
        (null, { } high) => string.Create(CultureInfo.InvariantCulture, $"up to USD {high:0.##}"),
        _ => null,
    };

    public static string? Joined(IEnumerable<string?> parts) => string.Join("; ", parts.Where(p => !string.IsNullOrEmpty(p))) is { Length: > 0 } text ? text : null;

    public static List<T>? Some<T>(IEnumerable<T> items) => items.ToList() is { Count: > 0 } list ? list : null;
}
