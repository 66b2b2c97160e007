using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Rules;
using HealthEquity.Directory.Vocabularies;
using static HealthEquity.Tests.Directory.Rules.EntryCheck;

namespace HealthEquity.Tests.Directory.Rules;

public class EntryValidationTests
{
    [Fact]
    public void The_smallest_entry_of_each_kind_is_valid() =>
        Assert.All<Entry>([AProvider, AnAttorney, AnOrganization, APolicyAction, AMaterial, AnEvent], Accepts);

    [Theory]
    [InlineData("Casa de Salud")]
    [InlineData("平安诊所")]
    [InlineData("", "fill it in")]
    [InlineData("  ", "fill it in")]
    [InlineData(" Casa", "take it off")]
    [InlineData("Casa\nde Salud", "on one line")]
    public void A_name_is_one_line(string name, string? remedy = null)
    {
        var failures = Failures(AProvider with { Name = name });
        Assert.True(remedy is null ? failures.Count == 0 : failures.Any(f => f.Contains(remedy, StringComparison.Ordinal)), string.Join('\n', failures));
    }

    [Theory]
    [InlineData(200, true)]
    [InlineData(201, false)]
    public void A_name_is_within_bounds(int length, bool good) =>
        Check(AProvider with { Name = new string('x', length) }, good, "name", "shorten it");

    [Theory]
    [InlineData(300, true)]
    [InlineData(301, false)]
    public void A_summary_is_within_bounds(int length, bool good) =>
        Check(AProvider with { Summary = new string('x', length) }, good, "summary", "longer than 300 characters");

    [Theory]
    [InlineData(20_000, true)]
    [InlineData(20_001, false)]
    public void A_description_is_within_bounds(int length, bool good) =>
        Check(AProvider with { Description = new string('x', length) }, good, "description", "longer than 20,000 characters");

    [Fact]
    public void A_description_may_have_lines_but_no_hidden_characters()
    {
        Accepts(AProvider with { Description = "One\n\n- two\tthree\r\n" });
        Refuses(AProvider with { Description = "One\u0007" }, "description", "take it out");
    }

    [Theory]
    [InlineData("https://example.org", true)]
    [InlineData("http://www.example.org/a?b=c#d", true)]
    [InlineData("https://münchen.example/", true)]
    [InlineData("http://", false)]
    [InlineData("www.example.org", false)]
    [InlineData("example", false)]
    [InlineData("ftp://example.org/", false)]
    [InlineData("javascript:alert(1)", false)]
    [InlineData("https://user:secret@example.org/", false)]
    [InlineData("https://localhost/", false)]
    [InlineData("https://example.org/a b", false)]
    [InlineData("https://10.0.0.1/", false)]
    public void A_web_address_is_whole(string url, bool good) =>
        Check(AProvider with { Website = url }, good, "website", "such as https://example.org/page");

    [Theory]
    [InlineData("intake@example.org", true)]
    [InlineData("first.last+tag@mail.example.org", true)]
    [InlineData("intake@example", false)]
    [InlineData("intake.example.org", false)]
    [InlineData("Intake <intake@example.org>", false)]
    [InlineData("a..b@example.org", false)]
    [InlineData("intake@-example.org", false)]
    [InlineData("one@example.org, two@example.org", false)]
    public void An_email_address_can_be_written_to(string address, bool good) =>
        Check(AProvider with { Emails = [new() { Address = address }] }, good, "emails[0].address", "name@example.org");

    [Theory]
    [InlineData("de", true)]
    [InlineData("zh-Hans", true)]
    [InlineData("mam", true)]
    [InlineData("xx", false)]
    [InlineData("english", false)]
    public void The_language_is_known(string language, bool good) =>
        Check(AProvider with { Language = language }, good, "language", "such as es, ht");

    [Fact]
    public void A_language_written_otherwise_is_corrected() =>
        Refuses(AProvider with { Languages = [new() { Language = "ZH-hans" }] }, "languages[0].language", "write 'zh-Hans'");

    [Fact]
    public void A_term_must_be_in_its_vocabulary_and_the_nearest_is_suggested()
    {
        Accepts(AProvider with { Cost = new() { Options = ["slidingScale", "free"] } });
        Refuses(AProvider with { Cost = new() { Options = ["free", "sliding-scael"] } }, "cost.options[1]", "Did you mean 'slidingScale'?");
        Refuses(AProvider with { Capacity = new() { Status = "open", AsOf = new(2026, 6, 1) } }, "capacity.status", "Take one of: accepting, waitlist, full, unknown.");
        Refuses(AProvider with { Specialties = ["qqqqqqqqqqqq"] }, "specialties[0]", "Take a term of the vocabulary 'specialty'");
    }

    [Fact]
    public void A_retired_term_is_refused()
    {
        var vocabularies = VocabularySet.Shipped.All.Select(v => v.Name == "cost"
            ? v with { Terms = [.. v.Terms.Select(t => t with { Retired = t.Code == "donation" })] }
            : v);
        var failure = Assert.Single(new EntryValidation(new VocabularySet(vocabularies)).Validate(AProvider with { Cost = new() { Options = ["donation"] } }).Errors);
        Assert.Equal("cost.options[0]", failure.PropertyName);
        Assert.Contains("no longer used", failure.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_listed_twice()
    {
        Refuses(AProvider with { Tags = ["school", "school"] }, "tags[1]", "keep one of them");
        Refuses(AProvider with { Phones = [new() { Number = "+13055550142" }, new() { Number = "+13055550142" }] }, "phones[1].number", "take one of the two out");
        Accepts(AProvider with { Phones = [new() { Number = "+13055550142", Extension = "1" }, new() { Number = "+13055550142", Extension = "2" }] });
        Refuses(AProvider with { Languages = [new() { Language = "es" }, new() { Language = "es" }] }, "languages[1].language", "join them");
    }

    [Fact]
    public void Nulls_where_none_may_be_are_named_before_anything_else()
    {
        Refuses(AProvider with { Phones = null! }, "phones", "give a list");
        Refuses(AProvider with { Name = null! }, "name", "fill it in");
        Refuses(AProvider with { Phones = [null!], Website = "wrong" }, "phones[0]", "take it out of the list");
    }

    [Fact]
    public void Days_that_are_done_do_not_lie_in_the_future()
    {
        Accepts(AProvider with { Sources = [new() { Name = "Web site", RetrievedOn = new(2026, 6, 15) }] });
        Refuses(AProvider with { Sources = [new() { Name = "Web site", RetrievedOn = new(2026, 7, 15) }] }, "sources[0].retrievedOn", "in the future");
        Refuses(AProvider with { Capacity = new() { Status = "full", AsOf = new(2027, 1, 1) } }, "capacity.asOf", "in the future");
    }

    [Fact]
    public void Translations_are_into_other_languages_once_each()
    {
        var spanish = new Translation { Language = "es", Summary = "Ejemplo", Provenance = "human" };
        Accepts(AProvider with { Translations = [spanish] });
        Refuses(AProvider with { Translations = [spanish with { Language = "en" }] }, "translations[0].language", "put these texts into the entry");
        Refuses(AProvider with { Translations = [spanish, spanish] }, "translations[1].language", "join the two");
        Refuses(AProvider with { Translations = [spanish with { Summary = null }] }, "translations[0].language", "give a name");
    }

    [Fact]
    public void Names_are_never_translated_by_a_machine()
    {
        var translation = new Translation { Language = "es", Name = "Ejemplo", Provenance = "machine" };
        Refuses(AProvider with { Translations = [translation] }, "translations[0].name", "have a person give it");
        Accepts(AProvider with { Translations = [translation with { Provenance = "holder" }] });
    }

    [Fact]
    public void Fees_are_in_order()
    {
        Accepts(AProvider with { Cost = new() { FeeMinimum = 20, FeeMaximum = 20 } });
        Refuses(AProvider with { Cost = new() { FeeMinimum = 20, FeeMaximum = 10 } }, "cost.feeMaximum", "exchange the two");
        Refuses(AProvider with { Cost = new() { FeeMinimum = -1 } }, "cost.feeMinimum", "US dollars");
    }

    [Fact]
    public void Ages_are_in_order()
    {
        Accepts(AProvider with { Eligibility = new() { MinimumAge = 0, MaximumAge = 21 } });
        Refuses(AProvider with { Eligibility = new() { MinimumAge = 21, MaximumAge = 12 } }, "eligibility.maximumAge", "exchange the two");
        Refuses(AProvider with { Eligibility = new() { MinimumAge = 121 } }, "eligibility.minimumAge", "whole years");
    }

    [Fact]
    public void A_statement_on_immigration_status_has_evidence()
    {
        Accepts(AProvider with { Eligibility = new() { ImmigrationStatus = "unknown" } });
        Refuses(AProvider with { Eligibility = new() { ImmigrationStatus = "notAsked" } }, "eligibility.immigrationStatusEvidence", "say how it is known");
        Accepts(AProvider with { Eligibility = new() { ImmigrationStatus = "notAsked", ImmigrationStatusEvidence = "Written policy" } });
    }

    [Fact]
    public void None_stands_alone()
    {
        Accepts(AProvider with { Eligibility = new() { DocumentsRequired = ["none"] } });
        Refuses(AProvider with { Eligibility = new() { DocumentsRequired = ["none", "photoId"] } }, "eligibility.documentsRequired", "keep the one or the others");
    }

    [Fact]
    public void Capacity_says_when_it_was_true_and_how_long_the_wait_is()
    {
        Accepts(AProvider with { Capacity = new() });
        Refuses(AProvider with { Capacity = new() { Status = "accepting" } }, "capacity.asOf", "write the day");
        Refuses(AProvider with { Capacity = new() { Status = "full", AsOf = new(2026, 6, 1), WaitlistDays = 3 } }, "capacity.waitlistDays", "set 'status' to waitlist");
    }

    [Fact]
    public void Remote_service_and_consent_do_not_contradict_themselves()
    {
        Refuses(AProvider with { RemoteService = new() { Offered = "no", States = ["FL"] } }, "remoteService.states", "set 'offered' to yes");
        Refuses(AProvider with { Consent = new() { Status = "granted" } }, "consent.givenOn", "write the day");
    }
}
