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
    public static bool IsAuthority(params IEnumerable<string?> names) => names.Any(n => n is not null && IsAuthorityName(n.Replace('’', '\'')));

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

    private static bool IsAuthorityName(string name) => Authority().IsMatch(Defenders().Replace(name, " ")) || Acronym().IsMatch(name);

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

    // Those who defend people in a court, a prison or at a border are not the court, and some people are called Sheriff. CASA volunteers are
    // appointed by a court; parole is also a way into the country.
    [GeneratedRegex(
        """
        \b((court|judicially)[\s-]?appointed\sspecial\sadvocates?|public\sdefenders?
        |(against|after|from|leaving|survivors\sof|victims\sof|families\sof|rights\sin)\s(the\s)?(police|deportation|detention|prison|jail|probation|parole|ice\sraids?)
        |(\w+\s)?courts?\s(defen[sc]e|representation|help(\s?desks?)?|accompaniment|navigat\w+|advoca\w+|watch|support|assistance|litigation|legal\s(clinics?|aid|help|services|project))
        |court\s(street|avenue|ave|road|place|square)|(supreme|district|superior|circuit|county)\scourt\s(street|avenue|ave|bar|clinic|self[-\s]help)
        |(prison|jail)\s(law\s(office|project|clinic)|legal|diversion|re-?entry|ministry)|police\s(reform|accountability|violence|brutality|misconduct)
        |(humanitarian|military|advance|cuban|haitian|ukrainian|afghan|chnv|re-?)[\s-]?parole|parole\sin\splace|parole\s(applications?|requests?|legal|help)
        |embassy\s(row|suites?)|customs\s(and|&)\s(international\s)?trade\slaw
        |(sheriff|marshall?|constable)s?,?\s((immigration|family|criminal|injury|trial)\s)?(law(?!\s+enforcement)|&\s(associates|partners)|esq|jd|ph\.?d|psy\.?d|lcsw|lmhc|lmft|lpc)
        |law\s(offices?|firm|group)\sof\s(\w+\.?\s){1,3}(sheriff|marshall?|constable|judge|court))\b
        """,
        RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace)]
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
        |\bconsulat(es?)?\b|\b(vice)?consulados?\b|\bconsular\b|\bconsul\s+(general|of|de)\b|\bhonorary\s+consul\b|\bc[oó]nsul\b(?!\s+law)|\bembass(y|ies)\b|\bembajadas?\b
        |\b(u\.?\s?s\.?|united\s+states|district|state|county|city)\s+attorneys'?\s+offices?\b|\bprincipal\s+legal\s+advis[oe]rs?\b|\b(corporation|county|city)\s+counsel\b|\bsolicitor\s+general\b|\b(city|county)\s+solicitor\b
        |\bboard\s+of\s+immigration\s+appeals\b|\b(immigration|administrative\s+law)\s+judges?\b|\b(deportation|detention|immigration|customs)\s+officers?\b|\bdetention\s+(and|&)\s+(removal|deportation)\b|\bport\s+of\s+entry\b|\binspectors?\s+general\b|\bnational\s+guard\b|\binvestigations?\s+(unit|division|bureau|section)\b|\bjustices?\s+of\s+the\s+peace\b|\bgrand\s+jury\b|\bbailiffs?\b|\bpre-?trial\s+services\b
        |\b287\s*\(?g\)?(?=\W|$)|\b(office|bureau|division|agency|secretary)\s+of\s+public\s+safety\b|\bpublic\s+safety\s+(department|dept|office|officers?|division|agency|bureau)\b|\btexas\s+rangers\b|\bfugitives?\s+(operations?|task|unit|teams?|squad)\b|\bwarrants?\s+(squad|unit|division)\b|\bfraud\s+(detection|unit)\b|\bintensive\s+supervision\b
        |\bministerio\s+p[uú]blico\b|\balguacil(es)?\b|\bcorte\s+(de|del|superior|suprema|federal|municipal)\b|\b(tribunal(es)?|juzgados?|juez|jueces)\b|\bseguridad\s+(nacional|p[uú]blica)\b|\bpatrulla\s+fronteriza\b|\bcontrol\s+de\s+aduanas\b|\bprocuradoria\b
        |\b(lapolis|konsila|tribinal)\b|cảnh\s+sát|lãnh\s+sự|tòa\s+án|领事馆|領事館|警察|警署|法院|法庭|检察|檢察|移民局|영사관|경찰|법원|검찰
        """,
        RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Authority();

    // "ICE", not "ice"; "DA's Office", not "da".
    [GeneratedRegex(@"\b(I\.?C\.?E\.?|ICE/ERO|ERO|OPLA|HSI|USBP|SWAT|(?!OPD|IPD)[A-Z]{1,4}PD|ISAP|CBP|USCIS|EOIR|DHS/ICE|FBI|DEA|ATF|USMS|FDLE|D\.?A\.?('s)?\s+(Office|Victim|Witness|Unit)|Office of the D\.?A)\b(?! cream| rink| skating| hockey)")]
    private static partial Regex Acronym();

    [GeneratedRegex(@"(^|[/@.])((ice|cbp|uscis|dhs|fbi|dea|atf|justice|usdoj|usmarshals|uscourts|bop)\.gov|[\w.-]*(police|sheriff|prosecutor|districtattorney|stateattorney|courts?)[\w-]*\.(gov|us|org|com|net))\b", RegexOptions.IgnoreCase)]
    private static partial Regex AuthorityHost();
}
