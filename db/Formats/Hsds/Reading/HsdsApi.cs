using System.Text.Json;
using HealthEquity.Formats.Sources;

namespace HealthEquity.Formats.Hsds.Reading;

/// <summary>
/// A live HSDS 3 API, downloaded completely to a file first: its root, the pages of its services, each service in full, and the organizations
/// without services.
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
    /// <param name="request">The address and the limits.</param>
    /// <param name="firstPageOnly">True to read only the first page, which is enough to identify the API.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="progress">Receives the number of items read and, if known, the total from time to time; can be null.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    /// <exception cref="ImportFileException">It is not an HSDS 3 API, does not respond, or exceeds a limit.</exception>
    public static async Task<HsdsApi> ReadAsync(SourceRequest request, bool firstPageOnly, TimeProvider clock, Func<int, int?, Task>? progress, CancellationToken cancellation)
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
                var download = new HsdsDownload(client, file, request.Limits, firstPageOnly, clock, progress);
                count = await download.RunAsync(cancellation);
                count = firstPageOnly ? download.Total ?? count : count;
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
            ?? throw new ImportFileException($"Nothing found at '{client.Base}'. Enter the root address of the API, without /services.");
        var version = root.RootElement.ValueKind == JsonValueKind.Object && root.RootElement.TryGetProperty("version", out var said) ? said.ToString() : "";
        if (!version.StartsWith('3'))
        {
            throw new ImportFileException($"'{client.Base}' is not the root of an HSDS 3 API. Enter the root address of the API, without /services, or import a package.");
        }

        var publisher = root.RootElement.TryGetProperty("publisher", out var who) && who.ValueKind == JsonValueKind.Object && who.TryGetProperty("name", out var name) ? name.ToString() : null;
        return new HsdsRoot(version.Length <= 20 ? version : "3.x", HsdsReading.Line(publisher));
    }

    private sealed record HsdsRoot(string Version, string? Publisher);
}
