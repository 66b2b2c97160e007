using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using HealthEquity.Admin.Forms;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Curators;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Entries;
using HealthEquity.Store.Settings;
using HealthEquity.Store.Verification;

namespace HealthEquity.Tests.Admin.Pages.Verify;

/// <summary>The rules that make the directory trustworthy: unpublished entries stay unpublished, and checks apply to public content.</summary>
public sealed partial class CallPagesTests(SharedConsole console) : CuratorPages(console)
{
    [Fact]
    public async Task A_do_not_list_entry_cannot_be_published_from_any_page()
    {
        var id = await PublishAsync(Network());
        var show = $"/entries/show/{id}";
        var unreasoned = await TextAsync(await Browser.SubmitAsync(show, "Withdraw", ("listing", "DoNotList")));
        Assert.Matches("value=\"DoNotList\"[^>]* checked", unreasoned);
        Assert.DoesNotMatch("value=\"Suspended\"[^>]* checked", unreasoned);
        await Browser.SubmitAsync(show, "Withdraw", ("listing", "DoNotList"), ("withdrawNote", "They asked."));

        var html = await Browser.ReadAsync(show);
        Assert.DoesNotContain("<summary>Unpublish</summary>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Publish again", html, StringComparison.Ordinal);
        var detour = await TextAsync(await Browser.SubmitAsync(show, "Withdraw", ("listing", "Suspended"), ("withdrawNote", "x")));
        Assert.Contains("asked not to be listed, and that is final", detour, StringComparison.Ordinal);
        var bulk = await TextAsync(await Browser.SubmitAsync("/entries", "Suspend", ("chosen", id.ToString()), ("reason", "x")));
        Assert.Contains("asked not to be listed, and that is final", bulk, StringComparison.Ordinal);
        await Browser.SubmitAsync(show, "Resume");
        Assert.Equal(Listing.DoNotList, (await RowAsync(id)).Listing);
    }

    [Fact]
    public async Task The_call_shows_public_content_and_rejects_a_confirmation_without_the_required_answers()
    {
        var id = await PublishAsync(Network() with { Languages = [new LanguageOffered { Language = "es", How = ["staff"] }] });
        await SaveAsync(id, 1, Network() with { Website = "https://draft.example" });
        await DoAsync(async s => await Stores.Checks.RequestAsync(s, await EntryStore.ReadAsync(s, id, Cancellation), "The source has it no more.", Actor.System("test"), Cancellation));
        var old = await Browser.GetAsync($"/verification/{id}");
        Assert.Equal((HttpStatusCode.Redirect, $"/verify/{id}"), (old.StatusCode, old.Headers.Location!.ToString()));
        var page = $"/verify/{id}";
        var html = await Browser.ReadAsync(page);
        Assert.Contains("https://public.example", html, StringComparison.Ordinal);
        Assert.Contains("Spanish, Staff", html, StringComparison.Ordinal);
        Assert.DoesNotContain("https://draft.example", html, StringComparison.Ordinal);
        Assert.Contains("There is a newer draft", html, StringComparison.Ordinal);
        Assert.Contains("Check requested: The source has it no more.", html, StringComparison.Ordinal);
        Assert.Equal(["Cost", "Hours", "New clients", "Papers", "Place"], Unknown().Matches(html).Select(m => m.Groups[1].Value).Order());
        Assert.Contains("The source has it no more.", await Browser.ReadAsync("/"), StringComparison.Ordinal);

        var refused = await TextAsync(await PostAsync(id, ("a.phone", "confirmed"), ("a.cost", ""), ("a.languages", "confirmed")));
        Assert.Contains("Ask about these first: place, cost, papers, new clients. Or save without confirming.", refused, StringComparison.Ordinal);
        Assert.Contains("href=\"#a_place\"", refused, StringComparison.Ordinal);
        Assert.Matches("name=\"a.languages\" value=\"confirmed\"[^>]* checked", refused);
        Assert.Empty(await ChecksAsync(id));

        var partly = await PostAsync(id, ("a.phone", "confirmed"), ("partial", "true"), ("Evidence", "https://evidence.example/page"));
        Assert.Equal(HttpStatusCode.Redirect, partly.StatusCode);
        Assert.Equal("inconclusive", Assert.Single(await ChecksAsync(id)).Outcome);
        html = await Browser.ReadAsync(page);
        Assert.Contains("href=\"https://evidence.example/page\"", html, StringComparison.Ordinal);
        Assert.Contains($"Last time: Correct ({DisplayFormat.Date(DateOnly.Parse(await TodayAsync(), CultureInfo.InvariantCulture))})", html, StringComparison.Ordinal);
        var late = await TextAsync(await Browser.SubmitAsync(page, "End", ("Revision", "2"), ("outcome", "unreachable")));
        Assert.Contains("but revision 1 is now current", late, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_script_is_in_the_language_of_the_number_that_is_called()
    {
        var id = await PublishAsync(Network() with { Phones = [new Phone { Number = "+13055550141", Languages = ["es"] }] });
        var html = WebUtility.HtmlDecode(await Browser.ReadAsync($"/verify/{id}"));
        Assert.Contains("lang=\"es\" dir=\"ltr\">Hola, llamo de HealthEquity.", html, StringComparison.Ordinal);
        Assert.Contains("lang=\"es\" dir=\"ltr\">¿Es este el número correcto para alguien que busca ayuda?", html, StringComparison.Ordinal);
        Assert.Contains("No speaker has reviewed this translation yet.", html, StringComparison.Ordinal);

        html = WebUtility.HtmlDecode(await Browser.ReadAsync($"/verify/{id}?language=ar"));
        Assert.Contains("class=\"say hello\" lang=\"ar\" dir=\"rtl\"", html, StringComparison.Ordinal);
        var english = await PublishAsync(Network() with { Languages = [new LanguageOffered { Language = "es" }] });
        Assert.Contains("Hello, I am calling from HealthEquity.", await Browser.ReadAsync($"/verify/{english}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_number_typed_on_the_call_goes_to_review_and_approving_it_completes_the_check()
    {
        var id = await PublishAsync(Network());
        var saved = await PostAsync(
            id, [.. Confirming.Where(a => a.Item1 != "a.phone"), ("v.phone", "(305) 555-0199 x2"), ("v.hours", "Mon-Thu 8am-7pm; Fri 8am-5pm"), ("c.cost", "free"), ("c.cost", "medicaid")]);
        Assert.Equal("/verify", saved.Headers.Location!.ToString());
        Assert.Contains("Phone, Hours, Cost corrected and sent to review.", await Browser.ReadAsync("/verify"), StringComparison.Ordinal);
        var row = await RowAsync(id);
        Assert.Equal((DraftState.InReview, 2, null), (row.DraftState, row.LatestRevision, row.AssuredOn));

        var reviewer = await Host.SignInAsync(await Host.AddCuratorAsync(CuratorRole.Reviewer));
        Assert.Contains("Corrected in a call: Phone, Hours, Cost", await reviewer.ReadAsync($"/reviews/{id}"), StringComparison.Ordinal);
        await reviewer.SubmitAsync($"/reviews/{id}", "Approve", ("revision", "2"));

        row = await RowAsync(id);
        Assert.Equal((2, await TodayAsync()), (row.PublishedRevision, row.AssuredOn!.Value.ToString("yyyy-MM-dd", null)));
        var entry = (Organization)EntryJson.Read((await DoAsync(s => EntryStore.ReadRevisionAsync(s, id, 2, Cancellation))).Body);
        Assert.Equal(("+13055550199", "2"), (entry.Phones[0].Number, entry.Phones[0].Extension));
        Assert.Equal(["free", "medicaid"], entry.Cost!.Options);
        Assert.Equal((5, DayOfWeek.Friday, new TimeOnly(17, 0)), (entry.Hours!.Times.Count, entry.Hours.Times[^1].Day, entry.Hours.Times[^1].Closes));
    }

    [Fact]
    public async Task A_new_number_replaces_only_the_one_that_the_caller_chooses()
    {
        var line = Network() with
        {
            Phones = [new Phone { Number = "741741", Type = "text" }, new Phone { Number = "+13055550141" }],
            Locations = [new Location { Visibility = Visibility.Public, City = "Miami", StateProvince = "FL", Phones = [new Phone { Number = "+13055550142" }] }],
            Hours = new Hours { AlwaysOpen = true },
        };
        var id = await PublishAsync(line);
        var html = WebUtility.HtmlDecode(await Browser.ReadAsync($"/verify/{id}"));
        Assert.Contains("href=\"sms:741741\"", html, StringComparison.Ordinal);
        Assert.Contains("Open 24 hours, every day</p>", html, StringComparison.Ordinal);
        Assert.Equal(
            ["Which one does it replace?", "Replaces 741741 (Text message)", "Replaces (305) 555-0141", "Replaces (305) 555-0142", "One more number"],
            Targets().Match(html).Groups[1].Captures.Select(c => c.Value));

        var answers = Confirming.Where(a => a.Item1 != "a.phone").Append(("v.phone", "(305) 555-0199")).ToArray();
        Assert.Contains("Which number does it replace? Choose it next to the new number.", await TextAsync(await PostAsync(id, answers)), StringComparison.Ordinal);
        await PostAsync(id, [.. answers, ("w.phone", "voice:+13055550142:")]);

        var entry = (Organization)EntryJson.Read((await DoAsync(s => EntryStore.ReadRevisionAsync(s, id, 2, Cancellation))).Body);
        Assert.Equal(["741741", "+13055550141", "+13055550199"], entry.Phones.Concat(entry.Locations[0].Phones).Select(p => p.Number));
    }

    [Fact]
    public async Task A_value_that_cannot_be_read_is_kept_with_its_error_and_nothing_is_saved()
    {
        var id = await PublishAsync(Network());
        var refused = WebUtility.HtmlDecode(await TextAsync(await PostAsync(id, [.. Confirming, ("v.phone", "call us"), ("v.languages", "Spanish, Klingonish")])));
        Assert.Contains("'call us' is not a phone number. Type it with the area code.", refused, StringComparison.Ordinal);
        Assert.Contains("'Klingonish' is not a known language.", refused, StringComparison.Ordinal);
        Assert.Contains("value=\"call us\"", refused, StringComparison.Ordinal);
        Assert.Contains("href=\"#v_phone\"", refused, StringComparison.Ordinal);
        Assert.Empty(await ChecksAsync(id));
        Assert.Equal(1, (await RowAsync(id)).LatestRevision);
    }

    [Fact]
    public async Task Saving_opens_the_next_call_and_the_call_is_undone_for_ten_seconds()
    {
        var (first, second) = (await PublishAsync(Network()), await PublishAsync(Network() with { Name = "Second" }));
        var taken = await Browser.SubmitAsync("/verify", "Take");
        Assert.Equal($"/verify/{first}", taken.Headers.Location!.ToString());
        Assert.Contains("You took 2 calls.", await Browser.ReadAsync($"/verify/{first}"), StringComparison.Ordinal);

        var saved = await PostAsync(first, Confirming);
        Assert.Equal($"/verify/{second}", saved.Headers.Location!.ToString());
        var html = await Browser.ReadAsync($"/verify/{second}");
        Assert.Contains("1 done today", html, StringComparison.Ordinal);
        var call = UndoneCall().Match(html).Groups[1].Value;
        Assert.NotNull((await RowAsync(first)).AssuredOn);

        Host.Clock.Advance(TimeSpan.FromSeconds(9));
        var undone = await Browser.SubmitAsync("/verify", "Undo", ("call", call));
        Assert.Equal($"/verify/{first}", undone.Headers.Location!.ToString());
        Assert.Null((await RowAsync(first)).AssuredOn);
        Assert.Contains("There is no call of yours to undo.", await TextAsync(await Browser.SubmitAsync("/verify", "Undo", ("call", call))), StringComparison.Ordinal);

        await PostAsync(first, Confirming);
        call = UndoneCall().Match(await Browser.ReadAsync($"/verify/{second}")).Groups[1].Value;
        Host.Clock.Advance(TimeSpan.FromSeconds(16));
        Assert.Contains("A call can be undone for 10 seconds.", await TextAsync(await Browser.SubmitAsync("/verify", "Undo", ("call", call))), StringComparison.Ordinal);
        Assert.NotNull((await RowAsync(first)).AssuredOn);
    }

    [Fact]
    public async Task Calls_are_filtered_and_handed_over()
    {
        var clinic = new Provider { Name = "Clinic", Phones = [new Phone { Number = "+13055550142" }], Locations = [new Location { Visibility = Visibility.Public, City = "Miami", County = "Miami-Dade County", StateProvince = "FL" }] };
        var (first, second) = (await PublishAsync(Network()), await PublishAsync(clinic));
        Assert.Contains($"/verify/{second}", await Browser.ReadAsync("/verify?county=Miami-Dade, FL"), StringComparison.Ordinal);
        Assert.DoesNotContain($"/verify/{first}", await Browser.ReadAsync("/verify?county=Miami-Dade, FL"), StringComparison.Ordinal);
        // The city and the number tell branches apart. They are those that the public reads.
        await SaveAsync(second, 1, clinic with { Phones = [new Phone { Number = "+13055550199" }] });
        Assert.Contains("<td>Miami, FL</td><td class=\"nowrap\">(305) 555-0142</td>", await Browser.ReadAsync("/verify?county=Miami-Dade, FL"), StringComparison.Ordinal);
        foreach (var place in new[] { "Miami-Dade", "miami-dade county", "Florida" })
        {
            Assert.Contains("<p role=\"status\">1 call</p>", await Browser.ReadAsync($"/verify?county={place}"), StringComparison.Ordinal);
        }

        Assert.Contains("No calls match.", await Browser.ReadAsync("/verify?county=CA"), StringComparison.Ordinal);
        Assert.Contains("“Miami” can be Miami County, IN; Miami County, KS; Miami County, OH; Miami-Dade County, FL. Enter one of them.", WebUtility.HtmlDecode(await Browser.ReadAsync("/verify?county=Miami")), StringComparison.Ordinal);
        Assert.Contains("Did you mean Los Angeles County, CA?", WebUtility.HtmlDecode(await Browser.ReadAsync("/verify?county=Los Ange")), StringComparison.Ordinal);
        Assert.Contains("Unknown county", await Browser.ReadAsync("/verify?county=Nowhere"), StringComparison.Ordinal);
        Assert.DoesNotContain("Hand over", await Browser.ReadAsync("/verify"), StringComparison.Ordinal);
        Assert.DoesNotContain($"/verify/{second}", await Browser.ReadAsync("/verify?kind=organization"), StringComparison.Ordinal);
        Assert.Contains("No calls match.", await Browser.ReadAsync("/verify?risk=Crisis"), StringComparison.Ordinal);
        Assert.Contains("No calls match.", await Browser.ReadAsync("/verify?assigned=me"), StringComparison.Ordinal);
        await Browser.SubmitAsync("/verify", "Take");
        Assert.Contains("2 calls", await Browser.ReadAsync("/verify?assigned=me"), StringComparison.Ordinal);

        var other = await Host.AddCuratorAsync(CuratorRole.Curator, "other");
        await Browser.SubmitAsync("/verify", "HandOver", ("to", other.CuratorId.ToString()));
        Assert.Equal((other.CuratorId, other.CuratorId), ((await RowAsync(first)).AssignedTo, (await RowAsync(second)).AssignedTo));
    }

    [Fact]
    public async Task A_week_with_too_many_calls_is_spread_as_one_bulk_change()
    {
        for (var n = 0; n < 30; n++)
        {
            await PublishAsync(Network() with { Name = $"Red {n:00}" });
        }

        Assert.Contains("The team did 0 a week in the last four weeks. 1 weeks have more than that.", await Browser.ReadAsync("/verify"), StringComparison.Ordinal);
        var spread = await Browser.SubmitAsync("/verify", "Spread");
        var page = spread.Headers.Location!.ToString();
        Assert.StartsWith("/bulk-changes/", page, StringComparison.Ordinal);
        await Browser.SubmitAsync(page, "Continue");
        Assert.Contains("Spread due dates", await Browser.ReadAsync(page), StringComparison.Ordinal);
        var forecast = await DoAsync(s => Stores.Forecast.ReadAsync(s, Cancellation));
        Assert.Equal((30, 2), (forecast.Weeks.Sum(w => w.Due), forecast.Weeks.Max(w => w.Due)));
    }

    [Fact]
    public async Task Three_failed_attempts_suggest_suspension_and_a_confirmation_ends_them()
    {
        var id = await PublishAsync(Network());
        var page = $"/verify/{id}";
        Assert.Contains("href=\"tel:&#x2B;13055550141\"", await Browser.ReadAsync(page), StringComparison.Ordinal);
        for (var n = 0; n < 3; n++)
        {
            Assert.DoesNotContain("consider suspending", await Browser.ReadAsync(page), StringComparison.Ordinal);
            Assert.DoesNotContain("Suspend it?", await Browser.ReadAsync("/"), StringComparison.Ordinal);
            // Two attempts within an hour are one.
            foreach (var (pause, outcome, said) in new[] { (0, "unreachable", "no answer. Try again:"), (5, "voicemail", "voicemail. Try again:") })
            {
                Host.Clock.Advance(TimeSpan.FromMinutes(pause));
                await Browser.SubmitAsync(page, "End", ("Revision", "1"), ("outcome", outcome));
                Assert.Contains(said, await Browser.ReadAsync("/verify"), StringComparison.Ordinal);
            }

            Host.Clock.Advance(TimeSpan.FromHours(2));
            Browser = await Host.SignInAsync(Writer);
        }

        Assert.Contains("consider suspending", await Browser.ReadAsync(page), StringComparison.Ordinal);
        Assert.Contains("No one answered the last 3 times. Suspend it?", await Browser.ReadAsync("/"), StringComparison.Ordinal);
        Assert.Null((await RowAsync(id)).AssuredOn);

        await PostAsync(id, [.. Confirming, ("a.made.up", "confirmed"), ("Evidence", "spoke with the desk")]);

        Assert.Equal(await TodayAsync(), (await RowAsync(id)).AssuredOn!.Value.ToString("yyyy-MM-dd", null));
        Assert.Equal(
            """{"phone":"confirmed","place":"unsure","languages":"unsure","cost":"unsure","immigrationStatus":"unsure","capacity":"unsure"}""",
            (await ChecksAsync(id)).Single(c => c.Outcome == "confirmed").FieldOutcomes);
        Assert.DoesNotContain("consider suspending", await Browser.ReadAsync(page), StringComparison.Ordinal);
        Assert.DoesNotContain("Suspend it?", await Browser.ReadAsync("/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_suspended_entry_is_published_again_only_if_the_curator_chooses_it()
    {
        var id = await PublishAsync(Network());
        await DoAsync(s => Stores.Publisher.WithdrawAsync(s, id, Listing.Suspended, Actor.System("test"), "No answer.", null, Cancellation));
        Assert.Contains("if it is confirmed", await Browser.ReadAsync($"/verify/{id}"), StringComparison.Ordinal);
        await Browser.SubmitAsync($"/verify/{id}", "End", ("Revision", "1"), ("outcome", "unreachable"), ("Resume", "true"));
        Assert.Equal(Listing.Suspended, (await RowAsync(id)).Listing);
        await PostAsync(id, Confirming);
        Assert.Equal(Listing.Suspended, (await RowAsync(id)).Listing);

        await PostAsync(id, [.. Confirming, ("Resume", "true")]);

        Assert.Equal(Listing.Published, (await RowAsync(id)).Listing);
    }

    [Fact]
    public async Task A_reviewer_decides_whether_a_suspended_entry_is_published_again()
    {
        var id = await PublishAsync(Network());
        await SaveAsync(id, 1, Network() with { Website = "https://new.example" });
        await DoAsync(s => Stores.Reviews.SubmitAsync(s, id, 2, Actor.System("test"), null, Cancellation));
        await DoAsync(s => Stores.Publisher.WithdrawAsync(s, id, Listing.Suspended, Actor.System("test"), "A wrong number", null, Cancellation));
        var reviewer = await Host.SignInAsync(await Host.AddCuratorAsync(CuratorRole.Reviewer));
        var review = $"/reviews/{id}";
        Assert.Contains("This entry was unpublished: A wrong number", await reviewer.ReadAsync(review), StringComparison.Ordinal);

        var unsaid = await TextAsync(await reviewer.SubmitAsync(review, "Approve", ("revision", "2")));
        Assert.Contains("Choose to publish it again", unsaid, StringComparison.Ordinal);
        Assert.Equal(Listing.Suspended, (await RowAsync(id)).Listing);
        await reviewer.SubmitAsync(review, "Approve", ("revision", "2"), ("again", "true"));
        Assert.Equal((Listing.Published, 2), ((await RowAsync(id)).Listing, (await RowAsync(id)).PublishedRevision));
    }

    [Fact]
    public async Task Dates_use_the_departments_time_zone()
    {
        // In one of these time zones, the date always differs from UTC.
        var zone = Host.Clock.GetUtcNow().Hour >= 11 ? "Pacific/Kiritimati" : "Pacific/Pago_Pago";
        await DoAsync(s => Stores.Settings.WriteAsync(s, new DirectorySettings { TimeZone = zone }, Actor.System("test"), Cancellation));
        var greenwich = DateOnly.FromDateTime(Host.Clock.GetUtcNow().UtcDateTime);
        var there = greenwich.AddDays(zone.EndsWith("mati", StringComparison.Ordinal) ? 1 : -1);
        var id = await PublishAsync(Network());

        Assert.Contains($"name=\"CheckedOn\" type=\"date\" value=\"{there:yyyy-MM-dd}\"", await Browser.ReadAsync($"/verify/{id}"), StringComparison.Ordinal);
        await DoAsync(s => s.ExecuteAsync(new Sql("test", "UPDATE Entry SET CheckDueOn = @Due WHERE EntryId = @Id"), new { Due = there.AddDays(-1), Id = id }, Cancellation));
        Assert.Contains($"dueBefore={there:yyyy-MM-dd}", await Browser.ReadAsync("/"), StringComparison.Ordinal);
    }

    private static Organization Network() => new() { Name = "Red de Apoyo", Website = "https://public.example", Phones = [new Phone { Number = "+13055550141" }] };

    /// <summary>The answers that confirm the network: its number is right, and they could not say the rest.</summary>
    private static readonly (string, string)[] Confirming =
    [
        ("a.phone", "confirmed"), ("a.place", "unsure"), ("a.languages", "unsure"), ("a.cost", "unsure"), ("a.immigrationStatus", "unsure"), ("a.capacity", "unsure"),
    ];

    private async Task<HttpResponseMessage> PostAsync(Guid id, params (string, string)[] answers)
    {
        var row = await RowAsync(id);
        return await Browser.SubmitAsync(
            $"/verify/{id}",
            null,
            [("Revision", row.CheckedRevision.ToString(CultureInfo.InvariantCulture)), ("BasedOn", row.LatestRevision.ToString(CultureInfo.InvariantCulture)), .. answers]);
    }

    private Task<IReadOnlyList<VerificationRecord>> ChecksAsync(Guid id) => DoAsync(s => VerificationStore.ListAsync(s, id, Cancellation));

    private async Task<Guid> PublishAsync(Entry entry)
    {
        // Ids of the same moment have no order.
        Host.Clock.Advance(TimeSpan.FromMilliseconds(2));
        var id = await DoAsync(s => Stores.Entries.CreateAsync(s, entry, Actor.System("test"), null, null, Cancellation));
        await DoAsync(s => Stores.Publisher.PublishAsync(s, id, 1, "publish", Actor.System("test"), null, Cancellation));
        return id;
    }

    private Task SaveAsync(Guid id, int basedOn, Entry entry) =>
        DoAsync(s => Stores.Entries.SaveAsync(s, id, basedOn, entry, Actor.System("test"), null, Cancellation));

    private Task<EntryRow> RowAsync(Guid id) => DoAsync(s => EntryStore.ReadAsync(s, id, Cancellation));

    private async Task<string> TodayAsync() =>
        (await DoAsync(s => SettingStore.ReadAsync(s, Cancellation))).DayOf(Host.Clock.GetUtcNow()).ToString("yyyy-MM-dd", null);

    private Task<T> DoAsync<T>(Func<DbSession, Task<T>> work) => Host.Database.TransactAsync(work, Cancellation);

    private Task DoAsync(Func<DbSession, Task> work) => Host.Database.TransactAsync(work, Cancellation);

    private static Task<string> TextAsync(HttpResponseMessage answer) => answer.Content.ReadAsStringAsync(Cancellation);

    [GeneratedRegex("""<select name="w\.phone"[^>]*>(?:\s*<option[^>]*>([^<]*)</option>)+""")]
    private static partial Regex Targets();

    [GeneratedRegex(@"<legend>([^<]+)(?:<span[^>]*>[^<]*</span>)?</legend>\s*<div class=""now"">\s*<p class=""ask"">")]
    private static partial Regex Unknown();

    [GeneratedRegex(@"name=""call"" value=""([^""]+)""")]
    private static partial Regex UndoneCall();
}
