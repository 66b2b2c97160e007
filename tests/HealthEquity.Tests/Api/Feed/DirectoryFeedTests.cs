using System.Net;
using HealthEquity.Api.Feed;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Vocabularies;
using HealthEquity.Formats.Hsds;
using HealthEquity.Search.Index;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Expressions;
using HealthEquity.Store.Vocabularies;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace HealthEquity.Tests.Api.Feed;

public sealed class DirectoryFeedTests(DirectoryApi api)
{
    [Fact]
    public async Task Changes_made_by_other_processes_are_served_soon()
    {
        var node = await api.OpenAsync();
        Assert.Empty(await node.SlugsAsync("/v1/providers"));
        var id = await node.PublishAsync(new Provider { Name = "New here" }, "new-here");
        await Node.UntilAsync(async () => (await node.SlugsAsync("/v1/providers")).Length == 1);
        var first = await node.Client.GetAsync("/v1/providers/new-here");

        await node.EditAsync(s => node.Stores.Entries.SaveAsync(s, id, 1, new Provider { Name = "Renamed" }, Actor.System("test"), null, default));
        await node.PublishAgainAsync(id, 2);
        await Node.UntilAsync(async () => (string)(await node.GetAsync("/v1/providers/new-here"))["name"]! == "Renamed");
        var second = await node.Client.GetAsync("/v1/providers/new-here");
        Assert.NotEqual(first.Headers.ETag, second.Headers.ETag);
        Assert.Equal("2", Assert.Single(second.Headers.GetValues("Directory-Sequence")));

        await node.WithdrawAsync(id);
        await Node.UntilAsync(async () => (await node.Client.GetAsync("/v1/providers/new-here")).StatusCode == HttpStatusCode.Gone);
        Assert.Empty(await node.SlugsAsync("/v1/providers"));
    }

    [Fact]
    public async Task A_feed_that_is_stopped_while_it_reads_does_not_take_the_node_down()
    {
        var node = await api.OpenAsync();
        var reads = new TaskCompletionSource();
        var stopped = new CancellationTokenSource();
        node.Factory.Services.GetRequiredService<Database>().Opened = _ =>
        {
            reads.TrySetResult();
            stopped.Token.WaitHandle.WaitOne();
            throw new TaskCanceledException();
        };
        await reads.Task;
        var stopping = node.StopFeedAsync();
        await stopped.CancelAsync();
        await stopping;
        Assert.False(node.Factory.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested);
    }

    [Fact]
    public async Task The_departments_expressions_are_understood_soon_and_no_longer_once_removed()
    {
        var node = await api.OpenAsync();
        var store = new SearchExpressionStore(node.Clock, node.Stores.Audit);
        Assert.Null(await DangerAsync());
        var id = Guid.Empty;
        var expression = new SearchExpression { Language = "es", Text = "la perrera", Meaning = "crisis:arrest" };
        await node.EditAsync(async s => id = await store.AddAsync(s, expression, Actor.System("test"), default));
        await Node.UntilAsync(async () => await DangerAsync() == "arrest");

        await node.EditAsync(async s =>
        {
            await store.RemoveAsync(s, id, Actor.System("test"), default);
            return id;
        });
        await Node.UntilAsync(async () => await DangerAsync() is null);

        async Task<string?> DangerAsync() => (string?)(await node.GetAsync("/v1/search?q=la+perrera"))["notice"]?["kind"];
    }

    [Fact]
    public async Task A_node_without_its_database_serves_from_memory_and_reports_the_age()
    {
        var node = await api.OpenAsync(SampleDirectory.FillAsync);
        var ready = await node.GetAsync("/health/ready");
        Assert.Equal("ready", (string)ready["status"]!);
        Assert.Equal(12, (int)ready["entries"]!);
        Assert.True((long)ready["sequence"]! >= 12);
        Assert.InRange((double)ready["ageSeconds"]!, 0, 30);

        await node.EditAsync(s => s.ExecuteAsync(new Sql("Test.Fail", "ALTER TABLE Published RENAME TO Away"), null, default));
        await Node.UntilAsync(async () => (await node.Client.GetAsync("/v1/changes")).StatusCode == HttpStatusCode.ServiceUnavailable);
        await Node.UntilAsync(async () => (double)(await node.GetAsync("/health/ready"))["ageSeconds"]! > 0.5);
        Assert.Equal(2, (await node.SlugsAsync("/v1/providers?pageSize=77")).Length);

        await node.EditAsync(s => s.ExecuteAsync(new Sql("Test.Mend", "ALTER TABLE Away RENAME TO Published"), null, default));
        await Node.UntilAsync(async () => (await node.Client.GetAsync("/v1/changes")).StatusCode == HttpStatusCode.OK);
        await Node.UntilAsync(async () => (double)(await node.GetAsync("/health/ready"))["ageSeconds"]! < 0.5);
    }

    [Fact]
    public async Task A_node_out_of_date_for_a_minute_reports_since_when_and_why()
    {
        var node = await api.OpenAsync(SampleDirectory.FillAsync);
        await node.EditAsync(s => s.ExecuteAsync(new Sql("Test.Fail", "ALTER TABLE Published RENAME TO Away"), null, default));
        await Node.UntilAsync(async () => (await node.Client.GetAsync("/v1/changes")).StatusCode == HttpStatusCode.ServiceUnavailable);
        var failing = node.Clock.Now;
        node.Clock.Now = failing.AddSeconds(61);
        await Node.UntilAsync(async () => (string)(await node.GetAsync("/health/ready"))["status"]! == "degraded");
        await Node.UntilAsync(async () => ((string)(await node.GetAsync("/health/ready"))["reason"]!).StartsWith("The database refused", StringComparison.Ordinal));
        Assert.InRange((DateTimeOffset)(await node.GetAsync("/health/ready"))["failingSince"]!, failing.AddSeconds(-1), failing);

        await node.EditAsync(s => s.ExecuteAsync(new Sql("Test.Mend", "ALTER TABLE Away RENAME TO Published"), null, default));
        await Node.UntilAsync(async () => (string)(await node.GetAsync("/health/ready"))["status"]! == "ready");
        Assert.Null((await node.GetAsync("/health/ready"))["reason"]);
    }

    [Fact]
    public void A_clock_that_was_set_back_does_not_hide_that_a_node_is_out_of_date()
    {
        var clock = new TestClock(DateTimeOffset.UnixEpoch.AddYears(56));
        using var index = new DirectoryIndex(VocabularySet.Shipped, new DateOnly(2026, 1, 1));
        var directory = new PublishedDirectory(index, clock);
        directory.Polled();
        directory.Failed("The database is not responding.");
        clock.Now -= TimeSpan.FromSeconds(30);
        Assert.Null(directory.Failure());
        clock.Now -= TimeSpan.FromDays(500);
        Assert.Equal("The database is not responding.", directory.Failure()?.Reason);
    }

    [Fact]
    public async Task An_entry_that_can_not_be_loaded_is_skipped_and_reported()
    {
        var bad = Guid.Empty;
        var log = new RecordedLog();
        var node = await api.OpenAsync(async n =>
        {
            bad = await n.PublishAsync(new Provider { Name = "Bad one" }, "bad-one");
            await n.PublishAsync(new Provider { Name = "Good one" }, "good-one");
            await n.EditAsync(s => s.ExecuteAsync(
                new Sql("Test.Spoil", """UPDATE Published SET Body = replace(Body, '"phones":[]', '"phones":[null]') WHERE Slug = 'bad-one'"""), null, default));
        }, services => services.AddSingleton<ILoggerProvider>(log));

        Assert.Equal(["good-one"], await node.SlugsAsync("/v1/providers"));
        var health = await node.GetAsync("/health/ready");
        Assert.Equal("degraded", (string)health["status"]!);
        Assert.Equal(bad.ToString(), (string)Assert.Single(health["leftOut"]!.AsArray())!);
        Assert.DoesNotContain("Bad one", health.ToString(), StringComparison.Ordinal);
        var said = Assert.Single(log.Lines, l => l.Contains("was skipped", StringComparison.Ordinal));
        Assert.Matches($"^Entry {bad} was skipped because .{{10,}}", said);
        Assert.DoesNotContain("Bad one", said, StringComparison.Ordinal);

        await node.PublishAgainAsync(bad, 1);
        await Node.UntilAsync(async () => (await node.SlugsAsync("/v1/providers")).Length == 2);
        Assert.Equal("ready", (string)(await node.GetAsync("/health/ready"))["status"]!);
    }

    [Theory]
    [InlineData("INSERT INTO SiteSetting (Name, Value, Version, ChangedAt) VALUES ('site', '{\"departmentName\":null}', 1, '2026-03-01T00:00:00.000Z')", "The settings of the public pages")]
    [InlineData("INSERT INTO PublishedList (ListId, Slug, Body, Version, ChangedAt) VALUES ('01890000-0000-7000-8000-0000000000aa', 'torn', '{\"entries\":[null]}', 1, '2026-03-01T00:00:00.000Z')", "1 curated lists")]
    public async Task Damage_beside_the_entries_stops_neither_the_entries_nor_a_start(string damage, string named)
    {
        var log = new RecordedLog();
        var node = await api.OpenAsync(
            async n =>
            {
                await SampleDirectory.FillAsync(n);
                await n.EditAsync(s => s.ExecuteAsync(new Sql("Test.Damage", damage), null, default));
            },
            services => services.AddSingleton<ILoggerProvider>(log));
        Assert.Equal(2, (await node.SlugsAsync("/v1/providers")).Length);
        Assert.Equal("lincoln-families", (string)Assert.Single((await node.GetAsync("/v1/lists"))["items"]!.AsArray())!["slug"]!);
        Assert.Equal(HttpStatusCode.OK, (await node.Client.GetAsync("/en/find?q=trauma")).StatusCode);
        var generation = (await node.GetAsync("/health/ready"))["sequence"]!.ToString();

        await node.PublishAsync(new Provider { Name = "New here" }, "new-here");
        await Node.UntilAsync(async () => (await node.SlugsAsync("/v1/providers")).Length == 3);
        Assert.NotEqual(generation, (await node.GetAsync("/health/ready"))["sequence"]!.ToString());
        Assert.StartsWith(named, Assert.Single(log.Lines, l => l.Contains("could not be read", StringComparison.Ordinal)), StringComparison.Ordinal);

        node.Clock.Now = node.Clock.Now.AddSeconds(61);
        await Node.UntilAsync(async () => (string)(await node.GetAsync("/health/ready"))["status"]! == "degraded");
        Assert.StartsWith(named, (string)(await node.GetAsync("/health/ready"))["reason"]!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[1]")]
    [InlineData("null")]
    [InlineData("{\"es\":null}")]
    public async Task A_term_whose_labels_are_damaged_keeps_its_English_one(string labels)
    {
        var node = await api.OpenAsync(async n =>
        {
            await SampleDirectory.FillAsync(n);
            await n.EditAsync(s => s.ExecuteAsync(new Sql("Test.Damage", "UPDATE Term SET Labels = @labels, ChangedAt = '2026-03-01T00:00:00.000Z' WHERE Code = 'trauma'"), new { labels }, default));
        });
        Assert.Equal(2, (await node.SlugsAsync("/v1/providers")).Length);
        Assert.Equal(HttpStatusCode.OK, (await node.Client.GetAsync("/es/find?q=trauma")).StatusCode);
        Assert.Contains("Trauma", await node.Client.GetStringAsync("/v1/vocabularies/specialty?lang=es"), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Changes_of_a_vocabulary_reach_the_public_side()
    {
        var node = await api.OpenAsync(async n => await n.EditAsync(s => n.Stores.Vocabularies.AddShippedAsync(s, default)));
        var before = (await node.GetAsync("/v1/vocabularies/capacity"))["terms"]!.AsArray().Count;
        Assert.Equal(VocabularySet.Shipped.Find("capacity")!.Terms.Count, before);

        // With a clock far behind the one that last changed a term.
        var editor = new VocabularyEditor(new TestClock(DateTimeOffset.UnixEpoch.AddDays(-1)), node.Stores.Audit);
        var term = new Term { Code = "byLottery", Label = "By lottery", Definition = "Drawn." };
        await node.Database.TransactAsync(s => editor.AddAsync(s, "capacity", term, Actor.System("test"), default), default);
        await Node.UntilAsync(async () => (await node.GetAsync("/v1/vocabularies/capacity"))["terms"]!.AsArray().Count == before + 1);
        Assert.Empty(await node.SlugsAsync("/v1/providers?accepting=BYLOTTERY"));
    }

    [Fact]
    public async Task After_merging_two_terms_either_one_finds_both()
    {
        var node = await api.OpenAsync(async n =>
        {
            await n.EditAsync(s => n.Stores.Vocabularies.AddShippedAsync(s, default));
            await SampleDirectory.FillAsync(n);
        });
        string[] trauma = ["clinica-del-sol"], war = ["harbor-counseling"], both = ["clinica-del-sol", "harbor-counseling"];
        Assert.Equal(trauma, await node.SlugsAsync("/v1/providers?specialty=trauma"));
        Assert.Equal(war, await node.SlugsAsync("/v1/providers?specialty=war"));

        var editor = new VocabularyEditor(node.Clock, node.Stores.Audit);
        async Task MergeAsync(string vocabulary, string code, string into) => await node.Database.TransactAsync(
            s => editor.MergeAsync(s, vocabulary, code, into, Actor.System("test"), default), default);
        await MergeAsync("adoptionStatus", "proposed", "adopted");
        await MergeAsync("specialty", "trauma", "war");
        await Node.UntilAsync(async () => (await node.SlugsAsync("/v1/providers?specialty=war")).Length == 2);

        Assert.Equal(both, (await node.SlugsAsync("/v1/providers?specialty=war")).Order());
        Assert.Equal(both, (await node.SlugsAsync("/v1/providers?specialty=trauma")).Order());
        Assert.Equal(both, (await node.SlugsAsync("/v1/search?q=trauma&kind=provider")).Order());
        var facet = (await node.GetAsync("/v1/providers?facets=specialty"))["facets"]![0]!["values"]![0]!;
        Assert.Equal(("war", "War and armed conflict", 2), ((string?)facet["value"], (string?)facet["label"], (int)facet["count"]!));
        var term = (await node.GetAsync("/v1/vocabularies/specialty"))["terms"]!.AsArray().First(t => (string?)t!["code"] == "trauma")!;
        Assert.Equal((true, "war"), ((bool)term["retired"]!, (string?)term["mergedInto"]));

        // The tracker and the standard's lists, too.
        async Task<int> AdoptionsAsync(string status) => (await node.GetAsync($"/v1/adoptions?status={status}"))["items"]!.AsArray().Count;
        async Task<int> ServicesAsync(string code) =>
            (await node.GetAsync($"/hsds/services?taxonomy_term_id={HsdsIds.Term("specialty", code)}"))["contents"]!.AsArray().Count;
        Assert.Equal((2, 2, 2, 2), (await AdoptionsAsync("proposed"), await AdoptionsAsync("adopted"), await ServicesAsync("trauma"), await ServicesAsync("war")));
    }
}
