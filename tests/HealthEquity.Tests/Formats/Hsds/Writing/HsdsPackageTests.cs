using System.Text.Json.Nodes;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Rules;
using HealthEquity.Directory.Vocabularies;
using HealthEquity.Formats.Hsds.Writing;
using HealthEquity.Tests.Formats.Exports;
using HealthEquity.Tests.Store.Databases;

namespace HealthEquity.Tests.Formats.Hsds.Writing;

public sealed class HsdsPackageTests
{
    private const int Seeds = 15;

    private static readonly HsdsMapping Mapping = new(VocabularySet.Shipped, "checks@health.example.org");

    [Fact]
    public async Task The_starter_directory_is_valid_by_its_own_descriptor()
    {
        var package = await PackageAsync(HsdsMappingTests.PublicServices());
        Assert.Empty(package.Faults(package.Descriptor));
        Assert.Equal(package.Descriptor["resources"]!.AsArray().Select(r => (string)r!["path"]!).Append("datapackage.json").Order(), package.Files.Order());
        Assert.All(package.Tables, t => Assert.NotEmpty(t.Value));
        Assert.Superset(
            new HashSet<string> { "organization", "service", "location", "service_at_location", "address", "phone", "schedule", "attribute", "taxonomy", "taxonomy_term", "health_equity" },
            package.Tables.Keys.ToHashSet());
        Assert.Equal(HsdsMappingTests.PublicServices().Count(), package.Tables["service"].Count);
        Assert.Equal("A Department", (string?)package.Descriptor["contributors"]![0]!["title"]);
    }

    [Fact]
    public async Task Entries_with_every_field_are_valid_and_every_table_is_filled()
    {
        var package = await PackageAsync(Hostile());
        Assert.Empty(package.Faults(package.Descriptor, formats: false));
        Assert.Superset(
            new HashSet<string> { "contact", "accessibility", "cost_option", "required_document", "service_area", "language", "url", "organization_identifier", "health_equity_credential" },
            package.Tables.Keys.ToHashSet());
    }

    [Fact]
    public async Task An_empty_directory_has_the_vocabularies_and_no_dangling_references()
    {
        var package = await PackageAsync([]);
        Assert.Equal(["taxonomy", "taxonomy_term"], package.Tables.Keys.Order());
        Assert.Empty(package.Faults(package.Descriptor));
    }

    [Fact]
    public async Task It_is_valid_by_the_standards_own_descriptor()
    {
        var folder = SharedFolder.Find("hsds");
        Assert.SkipWhen(folder is null, "the standard's descriptor (shared/hsds) is not here");
        var standard = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder!, "datapackage.json"), TestContext.Current.CancellationToken))!.AsObject();
        var (starter, hostile) = (await PackageAsync(HsdsMappingTests.PublicServices()), await PackageAsync(Hostile()));
        Assert.Empty(starter.Faults(standard));
        Assert.Empty(hostile.Faults(standard, formats: false));
        var paths = standard["resources"]!.AsArray().ToDictionary(r => (string)r!["name"]!, r => (string)r!["path"]!);
        Assert.Equal(["health_equity", "health_equity_credential"], hostile.Tables.Keys.Except(paths.Keys).Order());
        Assert.All(starter.Descriptor["resources"]!.AsArray().Where(r => paths.ContainsKey((string)r!["name"]!)), r => Assert.Equal(paths[(string)r!["name"]!], (string?)r["path"]));
    }

    [Fact]
    public async Task The_same_directory_makes_the_same_bytes_in_small_pieces()
    {
        using var first = new Pieces();
        await WriteAsync(first, Hostile());
        using var second = new MemoryStream();
        await WriteAsync(second, Hostile());
        Assert.Equal(second.ToArray(), first.ToArray());
        Assert.InRange(first.Largest, 1, second.Length / 4);
    }

    private static async Task<TableSchemaCheck> PackageAsync(IEnumerable<ServiceEntry> entries)
    {
        using var to = new MemoryStream();
        await WriteAsync(to, entries);
        return await TableSchemaCheck.ReadAsync(to.ToArray());
    }

    private static Task WriteAsync(Stream to, IEnumerable<ServiceEntry> entries) => HsdsPackage.WriteAsync(
        to,
        [.. entries],
        Mapping,
        VocabularySet.Shipped,
        new JsonObject { ["contributors"] = new JsonArray(new JsonObject { ["title"] = "A Department", ["role"] = "publisher" }) },
        TestContext.Current.CancellationToken);

    /// <summary>Entries with any values, except empty strings, because an empty cell is null.</summary>
    private static IEnumerable<ServiceEntry> Hostile() => HsdsMappingTests.Published(
        from seed in Enumerable.Range(1, Seeds)
        from kind in new[] { EntryKind.Provider, EntryKind.Attorney, EntryKind.Organization }
        let text = EntryJson.Write(new HostileEntries((seed * 31) + (int)kind).Of(kind)).Replace("\"\"", "\"x\"", StringComparison.Ordinal)
        select ($"{kind}-{seed}", Read(text)));

    private static Entry Read(string text)
    {
        Assert.True(EntryReader.TryRead(text, out var entry, out var failure), failure?.ErrorMessage);
        return entry!;
    }

    private sealed class Pieces : MemoryStream
    {
        public int Largest { get; private set; }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Largest = Math.Max(Largest, buffer.Length);
            return base.WriteAsync(buffer, cancellationToken);
        }
    }
}
