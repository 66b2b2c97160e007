using System.Text.Json;
using HealthEquity.Formats.Sources;

namespace HealthEquity.Formats.Hsds.Reading;

/// <summary>
/// A live HSDS 3 API, read whole into a file first: its root, the pages of its services, each service in full, and the organizations that
/// no service names.
/// </summary>
public sealed class HsdsApi : HsdsContent
{
    private readonly HsdsDocuments _documents;
    private readonly DirectoryInfo _folder;
    private readonly int _count;

    private HsdsApi(HsdsRoot root, string name, HsdsDocuments documents, DirectoryInfo folder, int count)
    {
        (_documents, _folder, _count) = (documents, folder, count);
        (Version, Publisher) = (root.Version, root.Publisher);
        Description = $"an HSDS {root.Version} API, {name}";
    }

    /// <inheritdoc/>
    public override string Description { get; }

    /// <inheritdoc/>
    public override string Version { get; }

    /// <inheritdoc/>
    public override string? Publisher { get; }

    /// <inheritdoc/>
    public override int? Count => _count;

    /// <inheritdoc/>
    public override IReadOnlyList<SourceFile> Files => _documents.Files;

    /// <summary>Reads an API.</summary>
    /// <param name="request">The address, and how much it may ask of the machine.</param>
    /// <param name="few">Reads the first page only: enough to say what it is.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="alive">Is told now and then how many items have come, and of how many where it says that; null for nobody.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    /// <exception cref="ImportFileException">It is no HSDS 3 API, does not answer, or asks for more than it may.</exception>
    public static async Task<HsdsApi> ReadAsync(SourceRequest request, bool few, TimeProvider clock, Func<int, int?, Task>? alive, CancellationToken cancellation)
    {
        using var client = new HsdsClient(request, clock);
        var root = await RootAsync(client, cancellation);
        var folder = System.IO.Directory.CreateTempSubdirectory("healthequity-hsds-");
        try
        {
            var spool = Path.Combine(folder.FullName, "services.ndjson");
            int count;
            await using (var file = File.Create(spool))
            {
                var download = new HsdsDownload(client, file, request.Limits, few, clock, alive);
                count = await download.RunAsync(cancellation);
                count = few ? download.Total ?? count : count;
            }

            return new HsdsApi(root, client.Base.Authority, HsdsDocuments.Open(spool, HsdsSource.NameOf(request), request.Limits, PlaceOf), folder, count);
        }
        catch
        {
            folder.Delete(recursive: true);
            throw;
        }
    }

    /// <inheritdoc/>
    public override IEnumerable<HsdsThing> Things(ICollection<RowFault> faults) => _documents.Things(faults);

    /// <inheritdoc/>
    public override void Dispose() => _folder.Delete(recursive: true);

    private static string PlaceOf(JsonElement item) => item.ValueKind == JsonValueKind.Object && item.TryGetProperty("id", out var id) ? $"id {id}" : "";

    private static async Task<HsdsRoot> RootAsync(HsdsClient client, CancellationToken cancellation)
    {
        using var root = await client.GetAsync(client.Base, cancellation)
            ?? throw new ImportFileException($"There is nothing at '{client.Base}': write the address of the API's root, under which /services is.");
        var version = root.RootElement.ValueKind == JsonValueKind.Object && root.RootElement.TryGetProperty("version", out var said) ? said.ToString() : "";
        if (!version.StartsWith('3'))
        {
            throw new ImportFileException($"The root at '{client.Base}' does not say that it is an HSDS 3 API: write the address under which /services is, or import a package.");
        }

        var publisher = root.RootElement.TryGetProperty("publisher", out var who) && who.ValueKind == JsonValueKind.Object && who.TryGetProperty("name", out var name) ? name.ToString() : null;
        return new HsdsRoot(version.Length <= 20 ? version : "3.x", HsdsReading.Line(publisher));
    }

    private sealed record HsdsRoot(string Version, string? Publisher);
}
