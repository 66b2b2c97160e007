using System.Net;
using System.Text.RegularExpressions;
using HealthEquity.Admin.Directory;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Entries;
using Microsoft.Extensions.DependencyInjection;

namespace HealthEquity.Tests.Admin.Pages.Entries;

/// <summary>What people type in the grid's filters and bulk changes: names instead of codes, and the beginning of a phone number.</summary>
public sealed partial class TypedNamesTests(SharedConsole console) : CuratorPages(console)
{
    [Theory]
    [InlineData("languages", "Spanish", "languages:is:es")]
    [InlineData("languages", "Kreyol", "languages:is:ht")]
    [InlineData("languages", "kreyòl ayisyen", "languages:is:ht")]
    [InlineData("texts", "Spanish", "texts:not:es")]
    [InlineData("region", "Illinois", "region:is:IL")]
    [InlineData("county", "Cook, Illinois", "county:is:IL:Cook County")]
    [InlineData("cost", "no cost", "cost:is:free")]
    [InlineData("tags", "Sample", "tags:is:sample")]
    [InlineData("city", "chicago", "city:is:Chicago, IL")]
    public async Task A_filter_takes_what_people_type(string field, string typed, string condition)
    {
        await CreateAsync("Prairie", "Chicago", "IL", "+13125550142");
        var answer = await Browser.GetAsync($"/entries?listing=unpublished&facet={field}&named={Uri.EscapeDataString(typed)}");
        Assert.Equal($"/entries?listing=unpublished&where={Uri.EscapeDataString(condition)}", answer.Headers.Location?.ToString());
    }

    [Fact]
    public async Task A_filter_can_exclude_what_was_typed_and_names_aWriter()
    {
        Assert.Equal("/entries?where=languages%3Anot%3Aes", (await Browser.GetAsync("/entries?facet=languages&named=spanish&not=true")).Headers.Location?.ToString());
        Assert.Equal($"/entries?assigned={Writer.CuratorId}", (await Browser.GetAsync($"/entries?facet=assigned&named={Uri.EscapeDataString(Writer.DisplayName[..4])}")).Headers.Location?.ToString());
    }

    [Theory]
    [InlineData("languages", "Spansh", "Did you mean Spanish?")]
    [InlineData("region", "Ilinois", "Did you mean Illinois?")]
    [InlineData("cost", "gratuitous", "is not in the list “Cost")]
    [InlineData("city", "Atlantis", "No entry is in a city “Atlantis”.")]
    [InlineData("city", "springfield", "“springfield” can be Springfield, IL; Springfield, MO. Enter one of them.")]
    [InlineData("assigned", "Nobody at all", "Nobody here is called “Nobody at all”.")]
    public async Task A_filter_says_what_is_wrong_beside_the_control(string field, string typed, string problem)
    {
        await CreateAsync("One", "Springfield", "IL", "+12175550142");
        await CreateAsync("Two", "Springfield", "MO", "+14175550142");
        var html = WebUtility.HtmlDecode(await Browser.ReadAsync($"/entries?facet={field}&named={Uri.EscapeDataString(typed)}"));
        Assert.Contains(problem, html[html.IndexOf("id=\"named-error\"", StringComparison.Ordinal)..], StringComparison.Ordinal);
        Assert.Contains($"value=\"{typed}\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bulk_changes_take_what_people_type_and_ask_with_the_name()
    {
        var id = await CreateAsync("Prairie", "Chicago", "IL", "+13125550142");
        var all = new (string, string)[] { ("all", "true") };
        foreach (var (handler, question, fields) in new (string, string, (string, string)[])[]
        {
            ("Edit", "Add language “Haitian Creole”: 1 entry?", [("edit", "languages:add"), ("named", "Kreyol")]),
            ("Edit", "Set capacity to “Waiting list”: 1 entry?", [("edit", "availability:set"), ("named", "waiting list")]),
            ("Tag", "Add tag “Sample”: 1 entry?", [("tag", "sample")]),
            ("Assign", "Assign 1 entry?", [("curator", Writer.DisplayName.ToLowerInvariant())]),
        })
        {
            var asked = WebUtility.HtmlDecode(await (await Browser.SubmitAsync("/entries", handler, [.. all, .. fields])).Content.ReadAsStringAsync(Cancellation));
            Assert.Contains(question, asked, StringComparison.Ordinal);
            // What was typed goes with the confirmation.
            Assert.All(fields, f => Assert.Contains($"name=\"{f.Item1}\" value=\"{f.Item2}\"", asked, StringComparison.Ordinal));
            await Browser.SubmitAsync("/entries", handler, [("chosen", id.ToString()), .. fields]);
        }

        var row = await ReadAsync(s => EntryStore.ReadAsync(s, id, Cancellation));
        var entry = (Organization)EntryJson.Read((await ReadAsync(s => EntryStore.ReadRevisionAsync(s, id, row.LatestRevision, Cancellation))).Body);
        Assert.Equal(("ht", "waitlist", "sample"), (Assert.Single(entry.Languages).Language, entry.Capacity?.Status, Assert.Single(entry.Tags)));
        Assert.Equal(Writer.CuratorId, row.AssignedTo);

        await Browser.SubmitAsync("/entries", "Assign", ("chosen", id.ToString()), ("curator", "no one"));
        Assert.Null((await ReadAsync(s => EntryStore.ReadAsync(s, id, Cancellation))).AssignedTo);
    }

    [Theory]
    [InlineData("Edit", "bulk-value", "Did you mean Spanish?", "edit", "languages:add", "named", "Spansh")]
    [InlineData("Edit", "bulk-value", "Choose what to change.", "edit", "made:up", "named", "Spanish")]
    [InlineData("Edit", "bulk-value", "Enter what to add, by name.", "edit", "cost:add", "named", "")]
    [InlineData("Assign", "to-curator", "Enter a curator's name, or “No one”.", "curator", "", "", "")]
    [InlineData("Assign", "to-curator", "Nobody here is called “Zoltan”.", "curator", "Zoltan", "", "")]
    public async Task A_bulk_change_says_what_is_wrong_beside_the_control(string handler, string control, string problem, string one, string value, string two, string other)
    {
        var id = await CreateAsync("Prairie", "Chicago", "IL", "+13125550142");
        var html = WebUtility.HtmlDecode(await (await Browser.SubmitAsync("/entries", handler, ("chosen", id.ToString()), (one, value), (two, other))).Content.ReadAsStringAsync(Cancellation));
        Assert.Contains(problem, html[html.IndexOf($"id=\"{control}-error\"", StringComparison.Ordinal)..], StringComparison.Ordinal);
        Assert.Equal(1, (await ReadAsync(s => EntryStore.ReadAsync(s, id, Cancellation))).LatestRevision);
    }

    [Theory]
    [InlineData("305 547", "Lighthouse")]
    [InlineData("(305) 5", "Harbor", "Lighthouse")]
    [InlineData("305547", "Lighthouse")]
    [InlineData("1 305 547-98", "Lighthouse")]
    [InlineData("+1 305", "Harbor", "Lighthouse")]
    [InlineData("305-547-9801", "Lighthouse")]
    [InlineData("305 54 8")]
    [InlineData("30554")]
    public async Task A_phone_number_is_found_by_its_beginning(string typed, params string[] names)
    {
        await CreateAsync("Lighthouse", "Miami", "FL", "+13055479801");
        await CreateAsync("Harbor", "Miami", "FL", "+13055550142");
        await CreateAsync("Prairie", "Chicago", "IL", "+13125550142");
        // With names and keys alone, while the index is being built, and with the index.
        Assert.Equal(names, await ReadAsync(async s => (await EntryFinder.FindAsync(s, new EntryFilter { Text = typed }, EntrySort.Name, 0, 10, Cancellation)).Select(e => e.Name).ToArray()));
        await Host.Services.GetRequiredService<EditorialDirectory>().CatchUpAsync(Cancellation);
        Assert.Equal(names, Name().Matches(await Browser.ReadAsync($"/entries?sort=name&text={Uri.EscapeDataString(typed)}")).Select(m => m.Groups[1].Value));
    }

    private Task<Guid> CreateAsync(string name, string city, string state, string phone) => Host.Database.TransactAsync(
        s => Stores.Entries.CreateAsync(
            s,
            new Organization
            {
                Name = name,
                Phones = [new Phone { Number = phone }],
                Locations = [new Location { Visibility = Visibility.Public, City = city, StateProvince = state }],
            },
            Actor.System("test"),
            null,
            null,
            Cancellation),
        Cancellation);

    private async Task<T> ReadAsync<T>(Func<HealthEquity.Store.Databases.DbSession, Task<T>> read)
    {
        await using var session = await Host.Database.OpenAsync(Cancellation);
        return await read(session);
    }

    [GeneratedRegex("<th scope=\"row\"><a href=\"/entries/show/[^\"]+\"><bdi>([^<]*)</bdi>")]
    private static partial Regex Name();
}
