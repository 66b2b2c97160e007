using System.Text.RegularExpressions;
using HealthEquity.Directory.Entries;

namespace HealthEquity.Formats.Sources;

/// <summary>
/// What the name of a service says about its kind. A wrong kind does harm: a family that looks for a lawyer must never be sent to the police. So
/// an agency that enforces, prosecutes or judges is neither an attorney nor a provider, even if its name contains "immigration", and counseling
/// about food, debt or a mortgage is not mental health care.
/// </summary>
public static partial class ServiceWords
{
    /// <summary>The tag for entries whose kind a person must decide.</summary>
    public const string ToBeSorted = "toBeSorted";

    /// <summary>True for enforcement agencies, prosecutors, police, jails, courts and consulates.</summary>
    public static bool IsAuthority(params IEnumerable<string?> names) => names.Any(n => n is not null && (Authority().IsMatch(Defenders().Replace(n, " ")) || Acronym().IsMatch(n)));

    /// <summary>True for the web or email addresses of federal enforcement and immigration agencies and of police departments.</summary>
    public static bool IsAuthorityAddress(params IEnumerable<string?> addresses) => addresses.Any(a => a is not null && AuthorityHost().IsMatch(a));

    /// <summary>The number of words about mental health.</summary>
    public static int Mental(string text) => MentalWords().Count(OtherCounseling().Replace(text, " "));

    /// <summary>The number of words about law.</summary>
    public static int Legal(string text) => LegalWords().Count(text);

    /// <summary>True if the text mentions counseling or therapy, but only kinds that are not mental health care.</summary>
    public static bool IsOnlyOtherCounseling(string text) => OtherCounseling().IsMatch(text) && Mental(text) == 0;

    /// <summary>True if a person must decide whether the service is not an organization.</summary>
    public static bool IsDoubtful(string text) => OtherCounseling().IsMatch(text) || MentalWords().IsMatch(text) || LegalWords().IsMatch(text);

    /// <summary>The reason why a service with these names can't be of a kind; null if it can.</summary>
    public static string? WhyNot(EntryKind kind, string name, params IEnumerable<string?> more) =>
        kind is not (EntryKind.Attorney or EntryKind.Provider) ? null
        : IsAuthority(more.Append(name)) ? "It looks like an enforcement agency, a prosecutor, a court or a consulate."
        : kind == EntryKind.Provider && IsOnlyOtherCounseling(name) ? "It looks like counseling about something other than mental health."
        : null;

    [GeneratedRegex(@"\b(mental|behaviou?ral health|psych\w*|therap(y|ies|ists?)|counsel(l?ing|l?ors?)|suicide|grief|trauma|depression|anxiety|substance (ab)?use|addictions?|salud mental|terapia)\b", RegexOptions.IgnoreCase)]
    private static partial Regex MentalWords();

    [GeneratedRegex(@"\b(legal|law|lawyers?|attorneys?|immigration|asylum|citizenship|naturali[sz]ation|deportation|visas?|inmigraci[oó]n|abogad[oa]s?)\b", RegexOptions.IgnoreCase)]
    private static partial Regex LegalWords();

    // "Foreclosure prevention counseling", "counseling for debt", "physical therapy".
    [GeneratedRegex(
        """
        \b(nutrition(al|ist)?|diet(ary|etic|s)?|foreclosure|credit|debt|housing|mortgage|rent(al|er)?|tenant|landlord|home\s?(buyer|owner|ownership)s?|eviction|financial|budget(ing)?|money|bankruptcy|tax|
        career|job|employment|vocational|work(force)?|college|academic|education(al)?|school|admissions?|scholarship|student\sloan|legal|genetics?|pre-?natal|pregnancy|options|lactation|breast-?feeding|contracept\w+|birth\scontrol|
        family\splanning|weight|diabetes|insurance|medicare|medicaid|benefits?|retirement|energy|utility|consumer|business|small\sbusiness|loan|reverse\smortgage|hiv\stest(ing)?|test(ing)?|vaccin\w+|travel|health\sinsurance)\b
        ([\s,/&-]+(and|or|prevention|education|related|avoidance|intervention|management|repair|default|delinquency|loss|mitigation|purchase|planning|assistance|services?|crisis|guidance))*[\s,/&-]+(counsel(l?ing|l?ors?)|therap(y|ies|ists?))\b
        |\bcounsel(l?ing|l?ors?)[\s,:-]+(\b(services?|for|on|in|about|and)\b[\s,:-]*)*(nutrition|foreclosure|credit|debt|housing|mortgage|homebuyers?|financ\w+|budget|bankruptcy|tax|career|employment|college|genetic|lactation|insurance)\w*\b
        |\b(physical|occupational|speech|respiratory|radiation|aquatic|massage|infusion|hormone|nutrition(al)?|oxygen|hyperbaric|rehabilitation|rehab)([\s,/&-]+(and|or|physical|occupational|speech|language))*[\s,/&-]+therap(y|ies|ists?)\b
        """,
        RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex OtherCounseling();

    // Those who defend people in a court or at a border are not the court. CASA volunteers are appointed by one.
    [GeneratedRegex(@"\b((court|judicially)[\s-]?appointed special advocates?|public defenders?|(against|after|from|survivors of|victims of|families of|rights in) (the )?(police|deportation|detention|ice raids?)|(\w+ )?courts? (defen[sc]e|representation|help|accompaniment|navigat\w+|advoca\w+|watch|support|assistance)|court (street|avenue|ave|road|place|square)|(supreme|district|superior|circuit|county) court (street|bar|clinic|self[- ]help))\b", RegexOptions.IgnoreCase)]
    private static partial Regex Defenders();

    [GeneratedRegex(
        """
        \blaw\s+enforcement\b|\bpolice\b|\bpolic[ií]a\b|\bsheriff\S*|\bconstables?\b|\bmarshals?\b|\btroopers?\b|\b(highway|state|border)\s+patrol\b
        |\bimmigration\s*(and|&|\+)\s*(customs|naturali[sz]ation\s+service)|\bcustoms\s*(and|&|\+|enforcement)|\bcitizenship\s*(and|&|\+)\s*immigration\s+services?\b|\benforcement\s*(and|&)\s*removal\b|\bimmigration\s+enforcement\b
        |\bhomeland\s+security\b|\bdepartment\s+of\s+(justice|public\s+safety|corrections?|immigration)\b|\bdept\.?\s+of\s+(justice|public\s+safety|corrections?)\b|\bexecutive\s+office\s+for\s+immigration\s+review\b
        |\bfederal\s+bureau\s+of\s+(investigation|prisons)\b|\bbureau\s+of\s+(prisons|alcohol)\b|\bdrug\s+enforcement\b|\bsecret\s+service\b
        |\bprosecut\w+|\b(district|state'?s?|commonwealth'?s?|county|city|united\s+states|u\.?\s?s\.?|prosecuting)\s+attorney\b(?!s)|\battorneys?'?\s+general\b|\b(procuradur[ií]a|fiscal[ií]a)\b
        |\bprobation\b|\bparole\b|\b(jail|prison|correctional)\b|\b(detention|processing|removal)\s+(center|facility)\b|\bcoroner\b
        |\b(immigration|superior|district|circuit|county|municipal|family|juvenile|probate|supreme|appeals?|appellate|drug|traffic|small\s+claims|criminal|civil|trial|justice|magistrate|tribal|bankruptcy|federal|state|city|town|village|housing|mental\s+health|veterans?|surrogate'?s?|orphans'?|chancery|common\s+pleas|domestic\s+relations|treatment|night|youth|teen)\s+courts?\b
        |\bcourts?\s+(of|clerk|administrat\w+)\b|\bcourthouse\b|\bclerk\s+of\s+(the\s+)?(\w+\s+){0,2}courts?\b|\bjudicial\s+(circuit|district|branch|council)\b|\b(judge|magistrate)'?s?\s+(office|chambers?)\b|\bcourts?\s*$
        |\bconsulates?\b|\bconsulado\b|\bconsular\b|\bembass(y|ies)\b|\bembajada\b
        """,
        RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Authority();

    // "ICE", not "ice".
    [GeneratedRegex(@"\b(I\.?C\.?E\.?|ICE/ERO|ERO|CBP|USCIS|EOIR|DHS/ICE|FBI|DEA|ATF|USMS|FDLE)\b(?! cream| rink| skating| hockey)")]
    private static partial Regex Acronym();

    [GeneratedRegex(@"(^|[/@.])((ice|cbp|uscis|dhs|fbi|dea|atf|justice|usdoj|usmarshals|uscourts|bop)\.gov|[\w.-]*(police|sheriff|prosecutor|districtattorney|stateattorney|courts?)[\w-]*\.(gov|us|org|com|net))\b", RegexOptions.IgnoreCase)]
    private static partial Regex AuthorityHost();
}
