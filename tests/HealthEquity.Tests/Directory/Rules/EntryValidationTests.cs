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
    [InlineData("", "Enter a value")]
    [InlineData("  ", "Enter a value")]
    [InlineData(" Casa", "Remove the space")]
    [InlineData("Casa\nde Salud", "Put it on one line")]
    public void A_name_is_a_single_line(string name, string? remedy = null)
    {
        var failures = Failures(AProvider with { Name = name });
        Assert.True(remedy is null ? failures.Count == 0 : failures.Any(f => f.Contains(remedy, StringComparison.Ordinal)), string.Join('\n', failures));
    }

    [Fact]
    public void A_character_that_no_document_can_contain_is_refused()
    {
        // Half of a character, and two numbers that are none: a feed with one of them could not be written at all.
        foreach (var broken in new[] { "Casa \ud83d", "\udc00 Casa", "Casa\ufffe", "Casa\uffff" })
        {
            Refuses(AProvider with { Name = broken }, "name", "broken character");
            Refuses(AProvider with { Summary = broken }, "summary", "broken character");
        }

        Accepts(AProvider with { Name = "Casa \ud83d\ude00", Summary = "One.\n\tTwo \ufffd" });
    }

    [Theory]
    [InlineData(200, true)]
    [InlineData(201, false)]
    public void A_name_has_a_maximum_length(int length, bool good) =>
        Check(AProvider with { Name = new string('x', length) }, good, "name", "200 characters or fewer");

    [Theory]
    [InlineData(300, true)]
    [InlineData(301, false)]
    public void A_summary_has_a_maximum_length(int length, bool good) =>
        Check(AProvider with { Summary = new string('x', length) }, good, "summary", "300 characters or fewer");

    [Theory]
    [InlineData(20_000, true)]
    [InlineData(20_001, false)]
    public void A_description_has_a_maximum_length(int length, bool good) =>
        Check(AProvider with { Description = new string('x', length) }, good, "description", "20,000 characters or fewer");

    [Fact]
    public void A_description_may_have_lines_but_no_hidden_characters()
    {
        Accepts(AProvider with { Description = "One\n\n- two\tthree\r\n" });
        Refuses(AProvider with { Description = "One\u0007" }, "description", "Remove it");
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
    public void A_web_address_is_complete(string url, bool good) =>
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
    public void An_email_address_is_valid(string address, bool good) =>
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
    public void The_standard_form_of_a_language_tag_is_suggested() =>
        Refuses(AProvider with { Languages = [new() { Language = "ZH-hans" }] }, "languages[0].language", "Use 'zh-Hans'");

    [Fact]
    public void A_term_must_be_in_its_vocabulary_and_the_nearest_is_suggested()
    {
        Accepts(AProvider with { Cost = new() { Options = ["slidingScale", "free"] } });
        Refuses(AProvider with { Cost = new() { Options = ["free", "sliding-scael"] } }, "cost.options[1]", "Did you mean 'slidingScale'?");
        Refuses(AProvider with { Capacity = new() { Status = "open", AsOf = new(2026, 6, 1) } }, "capacity.status", "Use one of: accepting, waitlist, full, unknown.");
        Refuses(AProvider with { Specialties = ["qqqqqqqqqqqq"] }, "specialties[0]", "Use a term from the 'specialty' vocabulary");
    }

    [Fact]
    public void A_retired_term_is_refused()
    {
        var vocabularies = VocabularySet.Shipped.All.Select(v => v.Name == "cost"
            ? v with { Terms = [.. v.Terms.Select(t => t with { Retired = t.Code == "donation" })] }
            : v);
        var failure = Assert.Single(new EntryValidation(new VocabularySet(vocabularies)).Validate(AProvider with { Cost = new() { Options = ["donation"] } }).Errors);
        Assert.Equal("cost.options[0]", failure.PropertyName);
        Assert.Contains("retired value 'donation'", failure.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public void Lists_have_no_duplicates()
    {
        Refuses(AProvider with { Tags = ["school", "school"] }, "tags[1]", "Keep one of them");
        Refuses(AProvider with { Phones = [new() { Number = "+13055550142" }, new() { Number = "+13055550142" }] }, "phones[1].number", "Remove one of the two");
        Accepts(AProvider with { Phones = [new() { Number = "+13055550142", Extension = "1" }, new() { Number = "+13055550142", Extension = "2" }] });
        Refuses(AProvider with { Languages = [new() { Language = "es" }, new() { Language = "es" }] }, "languages[1].language", "combine them");
    }

    [Fact]
    public void Missing_values_are_reported_before_anything_else()
    {
        Refuses(AProvider with { Phones = null! }, "phones", "Enter a list");
        Refuses(AProvider with { Name = null! }, "name", "is required");
        Refuses(AProvider with { Phones = [null!], Website = "wrong" }, "phones[0]", "remove it from the list");
    }

    [Fact]
    public void Dates_of_past_actions_are_not_in_the_future()
    {
        Accepts(AProvider with { Sources = [new() { Name = "Website", RetrievedOn = new(2026, 6, 15) }] });
        Refuses(AProvider with { Sources = [new() { Name = "Website", RetrievedOn = new(2026, 7, 15) }] }, "sources[0].retrievedOn", "in the future");
        Refuses(AProvider with { Capacity = new() { Status = "full", AsOf = new(2027, 1, 1) } }, "capacity.asOf", "in the future");
    }

    [Fact]
    public void A_source_is_checked_again_after_it_was_read()
    {
        Accepts(AProvider with { Sources = [new() { Name = "Website", CheckAgainOn = new(2027, 6, 15) }] });
        Accepts(AProvider with { Sources = [new() { Name = "Website", RetrievedOn = new(2026, 6, 15), CheckAgainOn = new(2026, 6, 15) }] });
        Refuses(
            AProvider with { Sources = [new() { Name = "Website", RetrievedOn = new(2026, 6, 15), CheckAgainOn = new(2026, 6, 14) }] },
            "sources[0].checkAgainOn", "Enter a later date");
    }

    [Fact]
    public void A_translation_holds_texts_that_the_entry_has()
    {
        Translation Of(params TranslatedText[] texts) => new() { Language = "es", Texts = texts, Provenance = "machine" };
        var action = APolicyAction with { Steps = ["Ask."], Provisions = [new() { Code = "judge-warrant", Text = "A judge signs." }] };
        TranslatedText step = new() { Path = "steps[0]", Text = "Pregunte." }, provision = new() { Path = "provisions[judge-warrant].text", Text = "Firma un juez." };
        Accepts(action with { Translations = [Of(step, provision)] });
        Refuses(action with { Translations = [Of(step, step)] }, "translations[0].texts[1].path", "duplicate");
        Refuses(action with { Translations = [Of(step with { Path = "steps[1]" })] }, "translations[0].texts[0].path", "Did you mean 'steps[0]'?");
        Refuses(action with { Translations = [Of(step with { Path = "provisions[0].text" })] }, "translations[0].texts[0].path", "not a text of this entry");
        Refuses(AProvider with { Translations = [Of(step)] }, "translations[0].texts[0].path", "Remove it");
    }

    [Fact]
    public void A_machine_may_translate_a_title_but_no_name()
    {
        Translation[] translations = [new() { Language = "es", Name = "Otra", Provenance = "machine" }];
        Accepts(AMaterial with { Translations = translations });
        Refuses(AProvider with { Translations = translations }, "translations[0].name", "have a person provide it");
    }

    [Fact]
    public void Each_translation_is_into_a_different_language()
    {
        var spanish = new Translation { Language = "es", Summary = "Ejemplo", Provenance = "human" };
        Accepts(AProvider with { Translations = [spanish] });
        Refuses(AProvider with { Translations = [spanish with { Language = "en" }] }, "translations[0].language", "Move these texts into the entry");
        Refuses(AProvider with { Translations = [spanish, spanish] }, "translations[1].language", "Combine the two");
        Refuses(AProvider with { Translations = [spanish with { Summary = null }] }, "translations[0].language", "Enter a name");
    }

    [Fact]
    public void Names_are_never_machine_translated()
    {
        var translation = new Translation { Language = "es", Name = "Ejemplo", Provenance = "machine" };
        Refuses(AProvider with { Translations = [translation] }, "translations[0].name", "have a person provide it");
        Accepts(AProvider with { Translations = [translation with { Provenance = "holder" }] });
    }

    [Fact]
    public void Fees_are_in_order()
    {
        Accepts(AProvider with { Cost = new() { FeeMinimum = 20, FeeMaximum = 20 } });
        Refuses(AProvider with { Cost = new() { FeeMinimum = 20, FeeMaximum = 10 } }, "cost.feeMaximum", "Swap the two");
        Refuses(AProvider with { Cost = new() { FeeMinimum = -1 } }, "cost.feeMinimum", "US dollars");
    }

    [Fact]
    public void Ages_are_in_order()
    {
        Accepts(AProvider with { Eligibility = new() { MinimumAge = 0, MaximumAge = 21 } });
        Refuses(AProvider with { Eligibility = new() { MinimumAge = 21, MaximumAge = 12 } }, "eligibility.maximumAge", "Swap the two");
        Refuses(AProvider with { Eligibility = new() { MinimumAge = 121 } }, "eligibility.minimumAge", "between 0 and 120 years");
    }

    [Fact]
    public void An_immigration_status_needs_evidence()
    {
        Accepts(AProvider with { Eligibility = new() { ImmigrationStatus = "unknown" } });
        Refuses(AProvider with { Eligibility = new() { ImmigrationStatus = "notAsked" } }, "eligibility.immigrationStatusEvidence", "Say how you know");
        Accepts(AProvider with { Eligibility = new() { ImmigrationStatus = "notAsked", ImmigrationStatusEvidence = "Written policy" } });
    }

    [Fact]
    public void None_stands_alone()
    {
        Accepts(AProvider with { Eligibility = new() { DocumentsRequired = ["none"] } });
        Refuses(AProvider with { Eligibility = new() { DocumentsRequired = ["none", "photoId"] } }, "eligibility.documentsRequired", "Keep one or the other");
    }

    [Fact]
    public void Capacity_needs_a_date_and_only_a_waitlist_has_a_length()
    {
        Accepts(AProvider with { Capacity = new() });
        Refuses(AProvider with { Capacity = new() { Status = "accepting" } }, "capacity.asOf", "Enter the date");
        Refuses(AProvider with { Capacity = new() { Status = "full", AsOf = new(2026, 6, 1), WaitlistDays = 3 } }, "capacity.waitlistDays", "set 'status' to waitlist");
    }

    [Fact]
    public void Remote_service_and_consent_do_not_contradict_themselves()
    {
        Refuses(AProvider with { RemoteService = new() { Offered = "no", States = ["FL"] } }, "remoteService.states", "set 'offered' to yes");
        Refuses(AProvider with { Consent = new() { Status = "granted" } }, "consent.givenOn", "Enter the date");
    }
}
