using System.Text.Json.Nodes;
using HealthEquity.Directory.Entries;
using HealthEquity.Formats.Xliff;
using HealthEquity.Store.BulkChanges;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Entries;
using HealthEquity.Store.Reviews;
using HealthEquity.Store.Starter;
using HealthEquity.Tests.Store.Auditing;
using HealthEquity.Tests.Store.Databases;

namespace HealthEquity.Tests.Admin.Commands;

/// <summary>Operator commands and their JSON output.</summary>
public sealed class OperatorCommandTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = System.IO.Directory.CreateTempSubdirectory("healthequity-operator-");
    private EditorialOffice _office = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _office = await EditorialOffice.OpenAsync(Dialect.Sqlite);

    public async ValueTask DisposeAsync()
    {
        await _office.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Curators_are_added_and_reset()
    {
        var added = await JsonAsync("curator", "add", "ana@health.example", "--name", "Ana Ruiz", "--role", "administrator");
        var reset = await JsonAsync("curator", "reset", "ANA@health.example");
        var (taken, _, why) = await RunAsync("curator", "add", "ana@health.example");
        var (unknown, _, nobody) = await RunAsync("curator", "reset", "le@health.example");
        var all = await JsonAsync("curator", "list");

        Assert.Equal("ana@health.example", (string)added["userName"]!);
        Assert.All(new[] { added, reset }, answer => Assert.StartsWith("/set-up?token=", (string)answer["setUp"]!, StringComparison.Ordinal));
        Assert.NotEqual((string)added["setUp"]!, (string)reset["setUp"]!);
        Assert.Equal((3, 3), (taken, unknown));
        Assert.Contains("already", why, StringComparison.Ordinal);
        Assert.Contains("no curator with this sign-in name", nobody, StringComparison.OrdinalIgnoreCase);
        var ana = Assert.Single(all.AsArray())!;
        Assert.Equal(("Ana Ruiz", "administrator", false), ((string)ana["name"]!, (string)ana["role"]!, (bool)ana["disabled"]!));
    }

    [Fact]
    public async Task Translators_have_languages()
    {
        var (code, _, why) = await RunAsync("curator", "add", "le@health.example", "--role", "translator");
        Assert.Equal(3, code);
        Assert.Contains("Enter the languages", why, StringComparison.Ordinal);
        await JsonAsync("curator", "add", "le@health.example", "--role", "translator", "--languages", "Spanish, ht");
        Assert.Equal(("translator", "es ht"), await LeAsync());
        await JsonAsync("curator", "role", "le@health.example", "languageReviewer", "--languages", "vi");
        Assert.Equal(("languageReviewer", "vi"), await LeAsync());
        await JsonAsync("curator", "role", "le@health.example", "viewer");
        Assert.Equal(("viewer", ""), await LeAsync());

        async Task<(string, string)> LeAsync() =>
            Assert.Single((await JsonAsync("curator", "list")).AsArray()) is { } le ? ((string)le["role"]!, (string)le["languages"]!) : default;
    }

    [Fact]
    public async Task Texts_of_entries_go_to_a_translator_and_come_back_as_drafts()
    {
        var id = await _office.PublishNewAsync(new Material { Name = "Card", MaterialType = "guide", Summary = "Know your rights, {{name}}.", Editions = [new Edition { Language = "en", Title = "Card", Url = "https://example.org/card" }] });
        await _office.PublishNewAsync(new Organization { Name = "Casa Amparo" });
        var path = Path.Combine(_folder.FullName, "es.xlf");
        var written = await JsonAsync("texts", "export", "--entries", "--unfinished", "es", path);
        Assert.Equal((1, 2, 2), ((int)written["entries"]!, (int)written["texts"]!, (int)written["missing"]!));

        XliffFile file;
        await using (var input = File.OpenRead(path))
        {
            file = XliffFile.Read(input);
        }

        await using (var output = File.Create(path))
        {
            (file with { Units = [file.Units[0] with { Target = "Tarjeta" }, file.Units[1] with { Target = "Conozca sus derechos." }] }).Write(output);
        }

        var (code, said, problems) = await RunAsync("texts", "import", path, "--provenance", "human");
        Assert.Equal(1, code);
        Assert.Contains("1 texts of 1 entries saved as drafts for review, 0 not translated, 1 left out.", said, StringComparison.Ordinal);
        Assert.Contains("Card, Summary: the placeholder {{name}} is missing.", problems, StringComparison.Ordinal);
        var row = await _office.ReadAsync(id);
        Assert.Equal((DraftState.InReview, 2), (row.DraftState, row.LatestRevision));
        Assert.Equal(3, (await RunAsync("texts", "import", path, "--provenance", "guess")).Code);
    }

    [Fact]
    public async Task A_setup_link_is_made_while_nobody_can_sign_in()
    {
        var link = (string)(await JsonAsync("curator", "setup-link"))["setUp"]!;
        Assert.StartsWith("/set-up?token=", link, StringComparison.Ordinal);
        var (_, output, _) = await RunAsync("curator", "setup-link");
        Assert.StartsWith("Open this link within an hour. It works once.", output, StringComparison.Ordinal);
        Assert.DoesNotContain(link, output, StringComparison.Ordinal);

        await JsonAsync("curator", "add", "ana@health.example", "--role", "administrator");
        await _office.DoAsync(s => s.ExecuteAsync(new Sql("test", "UPDATE Curator SET PasswordHash = 'x'"), null, Cancellation));
        var (code, _, fault) = await RunAsync("curator", "setup-link");
        Assert.Equal((3, "An administrator already exists. Use 'curator add' or 'curator reset'."), (code, fault.Trim()));
    }

    [Fact]
    public async Task Partners_are_added_listed_and_revoked()
    {
        var added = await JsonAsync("client", "add", "City app", "--requests-per-minute", "900");
        var id = (string)added["id"]!;
        var (revoked, said, _) = await RunAsync("client", "revoke", id);
        var (again, _, why) = await RunAsync("client", "revoke", id);
        var partner = Assert.Single((await JsonAsync("client", "list")).AsArray())!;

        Assert.True(((string)added["key"]!).Length > 20);
        Assert.Equal((0, 3), (revoked, again));
        Assert.Contains("Revoked", said, StringComparison.Ordinal);
        Assert.Contains("no partner with this id", why, StringComparison.OrdinalIgnoreCase);
        Assert.Equal((id, 900), ((string)partner["id"]!, (int)partner["requestsPerMinute"]!));
        Assert.NotNull(partner["revokedAt"]);
    }

    [Fact]
    public async Task A_backup_is_restored_and_the_previous_database_is_kept()
    {
        await _office.PublishNewAsync(new Organization { Name = "Before" });
        var backup = Path.Combine(_folder.FullName, "backup.db");
        var saved = await JsonAsync("backup", "backup.db");
        await _office.PublishNewAsync(new Organization { Name = "After" });

        var restored = await JsonAsync("restore", "backup.db");

        Assert.Equal(backup, (string)saved["file"]!);
        Assert.Equal(backup, (string)restored["file"]!);
        Assert.Equal(1, await _office.DoAsync(s => EntryStore.CountAsync(s, Cancellation)));
        await using (var kept = await Database.Create($"Data Source={restored["kept"]}").OpenAsync(Cancellation))
        {
            Assert.Equal(2, await EntryStore.CountAsync(kept, Cancellation));
        }

        var files = System.IO.Directory.GetFiles(Path.GetDirectoryName(_office.Database.FilePath)!).Order().ToList();
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "damaged.db"), "This is not a backup.", Cancellation);
        var (damaged, _, problem) = await RunAsync("restore", "damaged.db");
        Assert.NotEqual(0, damaged);
        Assert.Contains("not a directory backup", problem, StringComparison.Ordinal);
        var (missing, _, why) = await RunAsync("restore", "nothing.db");
        Assert.Equal(files, System.IO.Directory.GetFiles(Path.GetDirectoryName(_office.Database.FilePath)!).Order());
        Assert.Equal(4, missing);
        Assert.NotEmpty(why);
        Assert.Equal(1, await _office.DoAsync(s => EntryStore.CountAsync(s, Cancellation)));
    }

    [Fact]
    public async Task Undoing_the_approval_of_many_new_entries_needs_a_confirmation()
    {
        var ids = new List<Guid>();
        for (var n = 0; n <= BulkChangeStore.MaxWithdrawnAlone; n++)
        {
            ids.Add(await _office.CreateAsync(new Organization { Name = $"New {n}" }));
            await _office.DoAsync(s => _office.Reviews.SubmitAsync(s, ids[^1], 1, EditorialOffice.Writer, null, Cancellation));
        }

        var approval = await _office.DoAsync(s => _office.Stores.BulkChanges.BeginAsync(s, new BulkRequest(ApproveEntries.Name, ids), EditorialOffice.Reviewer, Cancellation));
        await _office.Stores.BulkChanges.FinishAsync(_office.Database, approval.BulkChangeId, Cancellation);

        var (code, _, why) = await RunAsync("bulk", "undo", approval.BulkChangeId.ToString());
        Assert.Equal((3, "This takes 26 public entries down. If that is right, run the command again with --yes."), (code, why.Trim()));
        Assert.Equal(Listing.Published, (await _office.ReadAsync(ids[0])).Listing);
        Assert.Equal(26, (int)(await JsonAsync("bulk", "undo", approval.BulkChangeId.ToString(), "--yes"))["restored"]!);
        Assert.Equal(Listing.Unpublished, (await _office.ReadAsync(ids[0])).Listing);
    }

    [Fact]
    public async Task A_restore_starts_a_new_epoch_and_every_file_is_private()
    {
        var before = await _office.Published.LatestAsync(Cancellation);
        var backup = (string)(await JsonAsync("backup", "private.db"))["file"]!;
        var kept = (string)(await JsonAsync("restore", "private.db"))["kept"]!;

        Assert.NotEqual(before.Epoch, (await _office.Published.LatestAsync(Cancellation)).Epoch);
        var fresh = Database.Create($"Data Source={Path.Combine(_folder.FullName, "fresh.db")};Pooling=False");
        new Migrator(fresh).Migrate();
        if (!OperatingSystem.IsWindows())
        {
            foreach (var file in new[] { backup, kept, fresh.FilePath! })
            {
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
            }
        }
    }

    [Fact]
    public async Task Audit_verification_sets_the_exit_code()
    {
        await _office.PublishNewAsync(new Organization { Name = "Casa" });
        Assert.True((bool)(await JsonAsync("audit", "verify"))["intact"]!);
        foreach (var statement in new[] { "DROP TRIGGER Audit_NoDelete", "DELETE FROM Audit WHERE Number = 2" })
        {
            await _office.DoAsync(s => s.ExecuteAsync(new Sql("test", statement), null, Cancellation));
        }

        var (code, output, _) = await RunAsync("audit", "verify", "--json");
        Assert.Equal((1, 2), (code, (int)JsonNode.Parse(output)!["brokenAt"]!));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_past_that_was_rewritten_with_fresh_hashes_is_detected_without_an_anchor_too(int from)
    {
        await _office.PublishNewAsync(new Organization { Name = "Casa" });
        var anchor = (string)(await JsonAsync("audit", "verify", "--anchor"))["anchor"]!;
        await _office.PublishNewAsync(new Organization { Name = "Later" });
        Assert.True((bool)(await JsonAsync("audit", "verify", "--anchor", anchor))["intact"]!);

        var last = await _office.DoAsync(s => ForgedAudit.RewriteAsync(s, from, Cancellation));

        var (code, output, _) = await RunAsync("audit", "verify");
        Assert.Equal(1, code);
        Assert.Contains(
            from == 1 ? $"has no seal up to row {last}. These rows are older than the key, or the log was rewritten." : "is broken: row 3 is missing, was altered, or was not sealed with the key that is set here.",
            output,
            StringComparison.Ordinal);
        (code, output, _) = await RunAsync("audit", "verify", "--anchor", anchor);
        Assert.Equal(1, code);
        Assert.Contains(from == 1 ? "was rewritten: row " : "is broken: row 3 ", output, StringComparison.Ordinal);
        Assert.Equal(2, (await RunAsync("audit", "verify", "--anchor", "yesterday")).Code);
    }

    [Fact]
    public async Task Backing_up_names_the_key_file_that_is_not_in_the_backup()
    {
        var (_, output, _) = await RunAsync("backup", Path.Combine(_folder.FullName, "named.db"));
        Assert.Contains($" The key file {_office.Database.FilePath}.key is not in it. Keep a copy of that file elsewhere.", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Migrations_samples_and_overdue_entries_work_in_scripts()
    {
        await _office.PublishNewAsync(new Organization { Name = "Sample", Tags = ["sample"] });
        var pending = await JsonAsync("migrate", "--dry-run");
        var removed = await JsonAsync("samples", "remove");
        var suspended = await JsonAsync("suspend-overdue");
        var (code, fault, error) = await RunAsync("suspend-overdue", "--now");

        Assert.Empty(pending["migrations"]!.AsArray());
        Assert.Equal(1, (int)removed["removed"]!);
        Assert.Equal(0, (int)suspended["suspended"]!);
        Assert.Equal(2, code);
        Assert.Contains("--now", fault + error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_directory_that_began_empty_can_take_the_starter_entries_later()
    {
        await _office.PublishNewAsync(new Organization { Name = "Ours" });
        var facts = StarterDirectory.Read().Count(s => !s.Entry.Tags.Contains("sample"));
        var offered = await JsonAsync("starter", "diff");
        var taken = await JsonAsync("starter", "apply");
        var (code, said, _) = await RunAsync("starter", "diff");

        Assert.All(new[] { offered, taken }, answer => Assert.Equal((facts, "new"), (answer.AsArray().Count, answer.AsArray().Select(i => (string)i!["outcome"]!).Distinct().Single())));
        Assert.Equal((0, "The entries that came with the product are as this release has them."), (code, said.Trim()));
        Assert.Equal(facts + 1, await _office.DoAsync(s => EntryStore.CountAsync(s, Cancellation)));
        Assert.Single(await _office.FeedAsync());
    }

    [Fact]
    public async Task Help_lists_every_command_and_explains_the_exit_codes()
    {
        var (code, help, _) = await RunAsync("--help");
        Assert.Equal(0, code);
        Assert.Contains("Exit codes: 0 success", help, StringComparison.Ordinal);
        foreach (var command in new[] { "serve", "migrate", "import", "export", "curator", "client", "samples", "starter", "audit", "backup", "restore", "suspend-overdue" })
        {
            Assert.Matches($@"(?m)^\s+{command}\b", help);
        }
    }

    [Fact]
    public async Task On_SQL_Server_backup_and_restore_print_SQL()
    {
        foreach (var (command, statement) in new[] { ("backup", "BACKUP DATABASE [Directory]"), ("restore", "RESTORE DATABASE [Directory]") })
        {
            var (code, output, _) = await CommandLineTests.RunAsync("Server=nowhere;Database=Directory", _folder.FullName, command, "/var/backup.bak", "--json");
            Assert.Equal(0, code);
            Assert.Contains(statement, (string)JsonNode.Parse(output)!["sql"]!, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Help_for_serve_does_not_start_the_console()
    {
        var (code, help, _) = await CommandLineTests.StartAsync($"Data Source={_office.Database.FilePath}", _folder.FullName, "serve", "--help");
        Assert.Equal(0, code);
        Assert.Contains("--urls", help, StringComparison.Ordinal);
    }

    private async Task<JsonNode> JsonAsync(params string[] arguments)
    {
        var (code, output, fault) = await RunAsync([.. arguments, "--json"]);
        Assert.True(code == 0, $"{string.Join(' ', arguments)}: {code} {output} {fault}");
        return JsonNode.Parse(output)!;
    }

    private Task<(int Code, string Output, string Fault)> RunAsync(params string[] arguments) =>
        CommandLineTests.RunAsync($"Data Source={_office.Database.FilePath}", _folder.FullName, arguments);
}
