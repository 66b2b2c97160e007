using System.Globalization;
using System.Text.RegularExpressions;
using HealthEquity.Directory.Codebook;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Starter;

namespace HealthEquity.Tests.Store.Starter;

/// <summary>Keeps what ships true: sources with dates, numbers that can be called, links that lead somewhere, texts that families can read.</summary>
public partial class StarterTruthTests
{
    private const double HighestGrade = 8;

    /// <summary>Fernández Huerta: 60 and more is a text for the seventh or eighth grade.</summary>
    private const double LowestEase = 60;

    /// <summary>Organizations that check reports of arrests and have a public number.</summary>
    private const int RapidResponseNetworks = 25;

    private const int NationalAndStateOrganizations = 60;

    private static readonly IReadOnlyList<StarterEntry> Facts = [.. StarterDirectory.Read().Where(s => !s.Entry.Tags.Contains("sample"))];

    private static readonly IReadOnlyList<(string Slug, Source Source)> Sources =
        [.. Facts.SelectMany(s => EntryMembers.Walk(s.Entry).SelectMany(v => SourcesIn(v.Value)).Select(source => (s.Slug, source)))];

    private static readonly IReadOnlyList<(string Slug, Organization Entry)> Organizations =
        [.. Facts.Where(s => s.Entry is Organization).Select(s => (s.Slug, (Organization)s.Entry))];

    [Fact]
    public void Every_source_says_when_it_was_read() =>
        Assert.Empty(Sources.Where(s => s.Source.RetrievedOn is null).Select(s => $"{s.Slug}: {s.Source.Name}"));

    /// <summary>HEALTHEQUITY_RELEASE is the day of a release (2027-02-01). Without it, the newest day on which a source was read counts.</summary>
    [Fact]
    public void Every_source_that_was_read_is_to_be_read_again_after_the_release()
    {
        var release = Environment.GetEnvironmentVariable("HEALTHEQUITY_RELEASE") is { Length: > 0 } day
            ? DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture)
            : Sources.Max(s => s.Source.RetrievedOn)!.Value;
        Assert.Empty(Sources.Where(s => s.Source.RetrievedOn is not null && !(s.Source.CheckAgainOn > release)).Select(s => $"{s.Slug}: {s.Source.Name}"));
    }

    /// <summary>Only a group's own site may stand for its page: some have no other.</summary>
    [Fact]
    public void Links_lead_to_the_page_that_is_meant()
    {
        var links = Facts.SelectMany(s => EntryMembers.Walk(s.Entry).SelectMany(v => LinksIn(v.Value)).Select(link => (s.Slug, link.Url)));
        var all = Sources.Where(s => s.Source.Url is not null).Select(s => (s.Slug, Url: s.Source.Url!)).Concat(links).ToList();
        Assert.All(all, s => Assert.True(Uri.TryCreate(s.Url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https", s.Url));
        Assert.Empty(all.Where(s => new Uri(s.Url).PathAndQuery == "/" && !IsOwnSite(s.Slug, s.Url)).Select(s => $"{s.Slug}: {s.Url}"));
    }

    [Fact]
    public void Numbers_can_be_called_in_the_way_that_is_said() => Assert.All(
        Facts.Select(s => s.Entry).OfType<ServiceEntry>().SelectMany(e => e.Phones.Select(p => (e.Name, Phone: p))),
        p => Assert.True(FitsType(p.Phone), $"{p.Name}: {p.Phone.Number} is no number for {p.Phone.Type}"));

    [Fact]
    public void Every_adoption_has_a_status_as_of_a_date_and_provisions_of_the_codebook()
    {
        var coded = AdoptionCodebook.Shipped.Codes.Select(c => (c.Action, c.Code)).ToHashSet();
        var adoptions = Facts.Where(s => s.Entry is PolicyAction).SelectMany(s => ((PolicyAction)s.Entry).Adoptions.Select(a => (s.Slug, Adoption: a))).ToList();
        Assert.True(adoptions.Count >= 200, $"{adoptions.Count} adoptions");
        Assert.Empty(adoptions.Where(a => a.Adoption.StatusAsOf is null || a.Adoption.Source.RetrievedOn is null).Select(a => $"{a.Slug} | {a.Adoption.Jurisdiction.Name}"));
        Assert.All(adoptions.SelectMany(a => a.Adoption.Provisions.Select(p => (a.Slug, p))), p => Assert.Contains(p, coded));
        Assert.Empty(coded.Except(Facts.Where(s => s.Entry is PolicyAction).SelectMany(s => ((PolicyAction)s.Entry).Provisions.Select(p => (s.Slug, p.Code)))));
    }

    [Fact]
    public void Examples_of_the_codebook_quote_the_tracker()
    {
        var adoptions = Facts.Where(s => s.Entry is PolicyAction).SelectMany(s => ((PolicyAction)s.Entry).Adoptions.Select(a => (s.Slug, Adoption: a))).ToList();
        Assert.Empty(AdoptionCodebook.Shipped.Codes
            .Where(c => !adoptions.Where(a => a.Slug == c.Action && a.Adoption.Provisions.Contains(c.Code)).SelectMany(a => ExamplesIn(a.Adoption))
                .DefaultIfEmpty("No adoption is coded yet").Contains(c.Example.Replace(".", "", StringComparison.Ordinal)))
            .Select(c => $"{c.Action} {c.Code}: {c.Example}"));
    }

    [Theory]
    [InlineData("ice-detention-reporting-and-information-line")]
    [InlineData("ice-online-detainee-locator")]
    [InlineData("eoir-automated-case-information")]
    [InlineData("orr-parent-hotline")]
    public void A_line_of_the_government_that_deports_never_counts_as_safe_whatever_the_status(string slug) =>
        Assert.Equal("unknown", Assert.IsType<Organization>(Facts.Single(s => s.Slug == slug).Entry).Eligibility!.ImmigrationStatus);

    [Fact]
    public void Families_can_read_what_is_written_for_them()
    {
        var editions = Facts.Select(s => s.Entry).OfType<Material>().Where(m => m.Audiences.Contains("families"))
            .SelectMany(m => m.Editions.Where(e => e.Text is not null).Select(e => (m.Name, e.Language, Reading: ReadingOf(e.Text!, e.Language)))).ToList();
        Assert.Contains(editions, e => e.Language == "en");
        Assert.Contains(editions, e => e.Language == "es");
        Assert.All(editions.Where(e => e.Language == "en"), e => Assert.True(e.Reading.Grade <= HighestGrade, $"{e.Name}: grade {e.Reading.Grade:0.0}"));
        Assert.All(editions.Where(e => e.Language == "es"), e => Assert.True(e.Reading.Ease >= LowestEase, $"{e.Name}: {e.Reading.Ease:0.0}"));
    }

    /// <summary>What a family reads first about a place that helps. The exceptions are for those who help, not for families.</summary>
    [Fact]
    public void Families_can_read_about_the_help_that_is_listed()
    {
        var hard = Facts.Where(s => s.Entry is Organization { OrganizationType: not ("research" or "professionalAssociation" or "advocacy") } || (s.Entry is Material material && material.Audiences.Contains("families")))
            .Where(s => ReadingOf($"{s.Entry.Summary} {s.Entry.Description}", "en").Grade > HighestGrade
                || (s.Entry.Translations.SingleOrDefault(t => t.Language == "es") is { } es && ReadingOf($"{es.Summary} {es.Description}", "es").Ease < LowestEase))
            .Select(s => s.Slug);
        Assert.Equal(
            ["cities-for-action", "immigration-advocates-network", "letter-of-inquiry-prosecutorial-discretion", "united-we-dream-deportation-defense-guide"],
            hard.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_organization_can_be_reached() => Assert.Empty(
        Organizations.Where(o => o.Entry is { Phones.Count: 0, Emails.Count: 0 } && !o.Entry.Links.Any(l => Form().IsMatch(l.Label))).Select(o => o.Slug));

    [Fact]
    public void Every_organization_says_when_where_and_in_which_languages_it_helps() => Assert.Empty(
        Organizations.Where(o => o.Entry is not { Hours: not null, Languages.Count: > 0, ServiceArea: not null }).Select(o => o.Slug));

    /// <summary>Only a line of the government that deports leaves the question open, and warns the reader instead.</summary>
    [Fact]
    public void Every_organization_that_is_not_of_the_government_that_deports_says_whether_it_asks_about_status() => Assert.Empty(
        Organizations.Where(o => ((o.Entry.Eligibility?.ImmigrationStatus ?? "unknown") == "unknown") != IsOfTheGovernmentThatDeports(o.Entry)).Select(o => o.Slug));

    [Fact]
    public void There_are_enough_national_and_state_organizations_and_networks_that_check_reports_of_arrests()
    {
        Assert.True(Organizations.Count(o => o.Entry.ServiceArea is { Nationwide: true } or { States.Count: > 0 }) >= NationalAndStateOrganizations);
        Assert.True(Organizations.Count(o => o.Entry.Phones.Count > 0 && o.Entry.Functions.Contains("verification")) >= RapidResponseNetworks);
    }

    /// <summary>The count of the guide is that of the files.</summary>
    [Fact]
    public void The_guide_names_the_number_of_entries()
    {
        var guide = File.ReadAllText(Path.Combine(Checkout(), "README.md"));
        Assert.Contains($"({StarterDirectory.Read().Count()} entries:", guide, StringComparison.Ordinal);
    }

    private static bool IsOfTheGovernmentThatDeports(Organization entry) =>
        entry is { OrganizationType: "federalGovernment", Eligibility.Note: not null } && entry.Tags.Any(t => t is "detention" or "deportation");

    private static IEnumerable<Source> SourcesIn(object? value) => value as IEnumerable<Source> ?? (value is Source one ? [one] : []);

    private static IEnumerable<Link> LinksIn(object? value) => value as IEnumerable<Link> ?? [];

    /// <summary>What the codebook may quote of an adoption, without full stops.</summary>
    private static IEnumerable<string> ExamplesIn(Adoption adoption) =>
        adoption.History.Select(e => $"{adoption.Jurisdiction.Name}: {e.Note} ({adoption.Source.Name})".Replace(".", "", StringComparison.Ordinal));

    private static bool IsOwnSite(string slug, string url) =>
        Facts.Single(s => s.Slug == slug).Entry is ServiceEntry { Website: { } site } && new Uri(site).Host == new Uri(url).Host;

    private static string Checkout()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "HealthEquity.sln")))
        {
            folder = folder.Parent!;
        }

        return folder.FullName;
    }

    /// <summary>A short code takes texts only, three digits take calls, and 711 is the relay for TTY.</summary>
    private static bool FitsType(Phone phone) => phone.Number.Length switch
    {
        5 or 6 => phone.Type == "text",
        3 => (phone.Number == "711") == (phone.Type == "tty"),
        _ => phone.Number.StartsWith('+'),
    };

    private static (double Grade, double Ease) ReadingOf(string markdown, string language)
    {
        var text = Marks().Replace(Addresses().Replace(markdown, ""), " ");
        var sentences = Ends().Split(text).Count(s => Words().IsMatch(s));
        var words = Words().Matches(text).Select(w => w.Value).ToList();
        var syllables = words.Sum(w => language == "es" ? SpanishVowels().Count(w) : EnglishSyllables(w));
        var (length, weight) = ((double)words.Count / sentences, (double)syllables / words.Count);
        return ((0.39 * length) + (11.8 * weight) - 15.59, 206.84 - (60 * weight) - (1.02 * length));
    }

    private static int EnglishSyllables(string word)
    {
        var count = EnglishVowels().Count(word);
        var silent = word.EndsWith('e') && !word.EndsWith("le", StringComparison.Ordinal);
        return Math.Max(1, silent && count > 1 ? count - 1 : count);
    }

    [GeneratedRegex(@"\bform\b", RegexOptions.IgnoreCase)]
    private static partial Regex Form();

    [GeneratedRegex(@"https?://\S+")]
    private static partial Regex Addresses();

    [GeneratedRegex(@"[*_#>`|\[\]()]")]
    private static partial Regex Marks();

    [GeneratedRegex(@"[.!?:;]+\s|\n+")]
    private static partial Regex Ends();

    [GeneratedRegex(@"[\p{L}][\p{L}'’]*")]
    private static partial Regex Words();

    [GeneratedRegex("[aeiouy]+", RegexOptions.IgnoreCase)]
    private static partial Regex EnglishVowels();

    // Two strong vowels, or an accented weak one beside a strong one, are two syllables.
    [GeneratedRegex("[aeoáéóíú]|[iuü]+(?![aeoáéó])(?<![aeoáéó][iuü]+)", RegexOptions.IgnoreCase)]
    private static partial Regex SpanishVowels();
}
