using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using HealthEquity.Directory.Entries;
using HealthEquity.Formats.Exports;
using HealthEquity.Store.Starter;

namespace HealthEquity.Tests.Formats.Exports;

public class ExportFileTests
{
    [Theory]
    [InlineData(ExportFormat.Csv)]
    [InlineData(ExportFormat.Xlsx)]
    [InlineData(ExportFormat.NdJson)]
    [InlineData(ExportFormat.Json)]
    public async Task An_export_can_be_read_back_unchanged(ExportFormat format)
    {
        var entries = Enumerable.Range(1, 12).SelectMany(seed => EntryKinds.All.Select(k => new HostileEntries((seed * 7) + (int)k).Of(k)))
            .Concat(StarterDirectory.Read().Select(s => s.Entry)).ToList();

        var again = ExportedFiles.Read(format, await ExportedFiles.WriteAsync(format, entries));

        Assert.Equal(entries.Select(EntryJson.Write), again.Select(EntryJson.Write));
    }

    [Theory]
    [InlineData(ExportFormat.Csv)]
    [InlineData(ExportFormat.Xlsx)]
    [InlineData(ExportFormat.NdJson)]
    [InlineData(ExportFormat.Json)]
    [InlineData(ExportFormat.GeoJson)]
    public async Task An_empty_export_is_a_valid_file(ExportFormat format)
    {
        var file = await ExportedFiles.WriteAsync(format, []);
        if (format == ExportFormat.GeoJson)
        {
            Assert.Equal(0, JsonDocument.Parse(file).RootElement.GetProperty("features").GetArrayLength());
        }
        else
        {
            Assert.Empty(ExportedFiles.Read(format, file));
        }
    }

    [Theory]
    [InlineData(ExportFormat.Csv)]
    [InlineData(ExportFormat.Xlsx)]
    [InlineData(ExportFormat.GeoJson)]
    public async Task The_same_entries_make_the_same_bytes(ExportFormat format)
    {
        var entries = StarterDirectory.Read().Select(s => s.Entry).ToList();
        Assert.Equal(await ExportedFiles.WriteAsync(format, entries), await ExportedFiles.WriteAsync(format, entries));
    }

    [Theory]
    [InlineData(ExportFormat.Csv)]
    [InlineData(ExportFormat.Xlsx)]
    [InlineData(ExportFormat.NdJson)]
    [InlineData(ExportFormat.Json)]
    [InlineData(ExportFormat.GeoJson)]
    public async Task Entries_are_sent_before_the_last_one_is_read(ExportFormat format)
    {
        using var to = new ExportedFiles.AsyncOnlyStream();
        var unsent = 0L;
        var read = 0L;
        await ExportFile.WriteAsync(to, format, ExportView.Public, [EntryKind.Provider], Many(TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);
        Assert.InRange(unsent, 0, 40L * 64 * 1024);

        async IAsyncEnumerable<EntryDocument> Many([EnumeratorCancellation] CancellationToken cancellation = default)
        {
            var random = new Random(1);
            for (var i = 0; i < 3_000; i++)
            {
                // Text that does not compress.
                var entry = new Provider
                {
                    Name = "N",
                    Description = Convert.ToBase64String(Enumerable.Range(0, 1_500).Select(_ => (byte)random.Next(256)).ToArray()),
                    Summary = Convert.ToBase64String(Enumerable.Range(0, 1_500).Select(_ => (byte)random.Next(256)).ToArray()),
                    Locations = [new Location { Visibility = Visibility.Public, Latitude = 1, Longitude = 2 }],
                };
                // A map contains the summary. Compressing base64 saves a quarter.
                read += entry.Summary.Length * 3 / 4;
                yield return new EntryDocument(EntryKind.Provider, Encoding.UTF8.GetBytes(EntryJson.Write(entry)));
                unsent = Math.Max(unsent, read - to.Written.Length);
                await Task.Yield();
            }

            Assert.True(read > 4_000_000);
        }
    }

    [Fact]
    public async Task A_map_contains_only_public_locations()
    {
        var organization = new Organization
        {
            Name = "Refuge",
            Phones = [new Phone { Number = "+13055550142" }],
            Locations =
            [
                new Location { Visibility = Visibility.Private, Address1 = "Hidden Street", Latitude = 25.1, Longitude = -80.1 },
                new Location { Visibility = Visibility.Area, County = "Miami-Dade County", Latitude = 25.2, Longitude = -80.2 },
                new Location { Visibility = Visibility.Public, Address1 = "Open Street", Latitude = 25.3, Longitude = -80.3 },
                new Location { Visibility = Visibility.Public, Address1 = "Nowhere" },
            ],
        };
        var @event = new Event
        {
            Name = "Workshop",
            EventType = "workshop",
            StartsAt = new DateTime(2026, 5, 1, 18, 0, 0),
            TimeZone = "America/New_York",
            Location = new Location { Visibility = Visibility.Public, Latitude = 40, Longitude = -73 },
        };

        var text = Encoding.UTF8.GetString(await ExportedFiles.WriteAsync(ExportFormat.GeoJson, [organization, @event]));

        using var map = JsonDocument.Parse(text);
        var features = map.RootElement.GetProperty("features").EnumerateArray().ToList();
        Assert.Equal(2, features.Count);
        Assert.Equal([-80.3, 25.3], features[0].GetProperty("geometry").GetProperty("coordinates").EnumerateArray().Select(c => c.GetDouble()));
        Assert.Equal("Open Street", features[0].GetProperty("properties").GetProperty("address1").GetString());
        Assert.Equal("+13055550142", features[0].GetProperty("properties").GetProperty("phone").GetString());
        Assert.Equal("2026-05-01T18:00:00", features[1].GetProperty("properties").GetProperty("startsAt").GetString());
        Assert.DoesNotContain("Hidden", text, StringComparison.Ordinal);
        Assert.DoesNotContain("25.1", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_cell_of_a_sheet_starts_like_a_formula()
    {
        string[] formulas = ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(1)", "\t=1", "\r=1", "＝1"];
        var entries = formulas.Select(f => new Provider { Name = f, Summary = f, AlternateNames = [f, f], Website = f });
        var rows = ExportedFiles.Csv(await ExportedFiles.WriteAsync(ExportFormat.Csv, entries));
        Assert.Equal(formulas.Length, rows.Count);
        Assert.DoesNotContain(rows.SelectMany(r => r.Values), cell => cell.TrimStart('\t', '\r', '\n') is ['=' or '+' or '-' or '@' or '＝', ..]);
    }
}
