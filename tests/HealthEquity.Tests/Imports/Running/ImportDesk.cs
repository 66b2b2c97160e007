using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Rules;
using HealthEquity.Directory.Vocabularies;
using HealthEquity.Imports.Applying;
using HealthEquity.Imports.Mappings;
using HealthEquity.Imports.Records;
using HealthEquity.Imports.Running;
using HealthEquity.Imports.Sources;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Entries;
using HealthEquity.Tests.Store;
using HealthEquity.Tests.Store.Databases;

namespace HealthEquity.Tests.Imports.Running;

/// <summary>A test's own database and folder, with helpers to import small files.</summary>
public sealed class ImportDesk : IAsyncDisposable
{
    public const string SamhsaHeader =
        "\"\",name1,name2,street1,street2,city,state,zip,zip4,county,phone,intake_prompt,intake1,intake2,website,latitude,longitude,type_facility";

    private readonly DirectoryInfo _folder = System.IO.Directory.CreateTempSubdirectory("healthequity-import-");
    private readonly TestStores _stores;

    private ImportDesk(EditorialOffice office)
    {
        Office = office;
        // With the real rules. The office has simplified ones.
        _stores = new TestStores(office.Database, office.Clock, new EntryValidation(VocabularySet.Shipped, office.Clock).Validate);
    }

    public EditorialOffice Office { get; }

    public string Folder => _folder.FullName;

    public static async Task<ImportDesk> OpenAsync(Dialect dialect = Dialect.Sqlite) => new(await EditorialOffice.OpenAsync(dialect));

    /// <summary>A line of the SAMHSA file with valid defaults.</summary>
    public static string Facility(
        string name1 = "Sun Clinic", string name2 = "", string street1 = "60 Westwood Avenue", string street2 = "", string zip = "6708", string zip4 = "NA",
        string county = "New Haven", string phone = "860-276-3000", string intake1 = "", string intake2 = "", string website = "http://", string city = "Waterbury", string latitude = "41.5613412") =>
        $"1,\"{name1}\",\"{name2}\",\"{street1}\",\"{street2}\",{city},CT,{zip},{zip4},\"{county}\",{phone},,{intake1},{intake2},\"{website}\",{latitude},-73.0638482,MH";

    public string Write(string name, params IEnumerable<string> lines)
    {
        var path = Path.Combine(Folder, name);
        System.IO.Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, string.Join("\r\n", lines) + "\r\n");
        return path;
    }

    public string WriteFacilities(params IEnumerable<string> lines) => Write("facilities.csv", lines.Prepend(SamhsaHeader));

    public Importer Importer => _stores.Importer;

    public ImportConflicts Conflicts => _stores.Conflicts;

    public Task<ImportSummary> ImportAsync(string path, string mapping = "samhsa-mental-health", bool publish = true) =>
        Importer.ImportAsync(Request(path, mapping, publish), progress: null, TestContext.Current.CancellationToken);

    public Task<ImportSummary> PlanAsync(string path, string mapping = "samhsa-mental-health") =>
        Importer.PlanAsync(Request(path, mapping, publish: false), progress: null, TestContext.Current.CancellationToken);

    public async Task<T> EntryAsync<T>(string slug)
        where T : Entry
    {
        var row = await RowAsync(slug);
        var revision = await Office.DoAsync(s => EntryStore.ReadRevisionAsync(s, row.EntryId, row.LatestRevision, TestContext.Current.CancellationToken));
        return Assert.IsType<T>(EntryJson.Read(revision.Body));
    }

    public async Task<EntryRow> RowAsync(string slug)
    {
        var row = await Office.DoAsync(s => EntryStore.FindBySlugAsync(s, slug, TestContext.Current.CancellationToken));
        return Assert.IsType<EntryRow>(row);
    }

    public Task<int> CountAsync() => Office.DoAsync(s => EntryStore.CountAsync(s, TestContext.Current.CancellationToken));

    public ImportRequest Request(string path, ImportMapping mapping, bool publish = true) =>
        new() { Path = path, Mapping = mapping, Publish = publish, RefusedFolder = Folder };

    private ImportRequest Request(string path, string mapping, bool publish) => Request(path, MappingReader.Find(mapping), publish);

    public async ValueTask DisposeAsync()
    {
        await Office.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
