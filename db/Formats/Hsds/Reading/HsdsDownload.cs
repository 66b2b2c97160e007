using System.Text.Json;
using HealthEquity.Formats.Sources;

namespace HealthEquity.Formats.Hsds.Reading;

/// <summary>Downloads an API's services and organizations to a file, one item per line.</summary>
/// <param name="client">The API.</param>
/// <param name="file">The destination.</param>
/// <param name="limits">The limits.</param>
/// <param name="firstPageOnly">True to read only one page of services, without details.</param>
/// <param name="clock">The clock.</param>
/// <param name="progress">Receives the number of items read and, if known, the total every few seconds; can be null.</param>
internal sealed class HsdsDownload(HsdsClient client, Stream file, SourceLimits limits, bool firstPageOnly, TimeProvider clock, Func<int, int?, Task>? progress)
{
    private const int PageSize = 100;

    private static readonly TimeSpan ReportInterval = TimeSpan.FromSeconds(5);

    private readonly HashSet<string> _organizations = new(StringComparer.OrdinalIgnoreCase);
    private bool? _pagesAreWhole;
    private int _count;
    private long _reportedAt = clock.GetTimestamp();

    /// <summary>The number of services according to the API; null if it does not say.</summary>
    public int? Total { get; private set; }

    /// <summary>Downloads; returns the number of items.</summary>
    /// <exception cref="ImportFileException">A response is invalid, or a limit is exceeded.</exception>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        client.Waited = ReportProgressAsync;
        if (!await EachAsync("services", "&full=true", ServiceAsync, cancellation))
        {
            throw new ImportFileException($"Nothing found at '{client.At("services")}'. Enter the root address of the API, without /services.");
        }

        if (!firstPageOnly)
        {
            await EachAsync("organizations", "", OrganizationAsync, cancellation);
        }

        return _count;
    }

    /// <summary>Reads the pages of a list; false if the list does not exist.</summary>
    private async Task<bool> EachAsync(string list, string more, Func<JsonElement, string, CancellationToken, Task> take, CancellationToken cancellation)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var number = 1; ; number++)
        {
            using var page = await client.GetAsync(client.At($"{list}?page={number}&per_page={PageSize}{more}"), cancellation);
            if (page is null)
            {
                return number > 1;
            }

            var contents = Contents(page.RootElement, list);
            Total ??= Number(page.RootElement, "total_items");
            var before = seen.Count;
            foreach (var item in contents)
            {
                if (IdOf(item) is not { } id || seen.Add(id))
                {
                    await take(item, IdOf(item) ?? "", cancellation);
                }

                // If each item needs a request of its own, a page takes many requests.
                if (clock.GetElapsedTime(_reportedAt) >= ReportInterval)
                {
                    await ReportProgressAsync();
                }
            }

            await ReportProgressAsync();
            if (firstPageOnly || contents.Count == 0 || IsLast(page.RootElement, number, contents.Count))
            {
                return true;
            }

            if (seen.Count == before)
            {
                throw new ImportFileException($"The address '{client.At(list)}' repeats earlier items on page {number:N0} and announces more pages. Contact its operator.");
            }
        }
    }

    private Task ReportProgressAsync()
    {
        _reportedAt = clock.GetTimestamp();
        // The total counts services, not organizations without services.
        return progress?.Invoke(_count, _count < Total ? Total : null) ?? Task.CompletedTask;
    }

    private async Task ServiceAsync(JsonElement item, string id, CancellationToken cancellation)
    {
        if (!firstPageOnly && _pagesAreWhole != true && id.Length > 0)
        {
            using var whole = await client.GetAsync(client.At($"services/{Uri.EscapeDataString(id)}"), cancellation);
            // Use the pages alone only if they have all members of the first service's own document.
            _pagesAreWhole ??= whole is not null && Nested(whole.RootElement).IsSubsetOf(Nested(item)) && Nested(item).Count > 1;
            await WriteAsync(whole?.RootElement ?? item, cancellation);
            return;
        }

        await WriteAsync(item, cancellation);
    }

    private async Task OrganizationAsync(JsonElement item, string id, CancellationToken cancellation)
    {
        if (id.Length == 0 || _organizations.Contains(id))
        {
            return;
        }

        using var whole = await client.GetAsync(client.At($"organizations/{Uri.EscapeDataString(id)}"), cancellation);
        if (whole is { RootElement.ValueKind: JsonValueKind.Object } && !(whole.RootElement.TryGetProperty("services", out var services) && services.ValueKind == JsonValueKind.Array && services.GetArrayLength() > 0))
        {
            await WriteAsync(whole.RootElement, cancellation);
        }
    }

    private async Task WriteAsync(JsonElement item, CancellationToken cancellation)
    {
        if (++_count > limits.MaximumItems)
        {
            throw new ImportFileException($"The address '{client.Base}' has more than {limits.MaximumItems:N0} services. Ask its operator for a package instead.");
        }

        if (item.ValueKind == JsonValueKind.Object)
        {
            _organizations.UnionWith(new[] { Text(item, "organization_id"), item.TryGetProperty("organization", out var whose) && whose.ValueKind == JsonValueKind.Object ? Text(whose, "id") : null }.OfType<string>());
        }

        await file.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(item), cancellation);
        file.WriteByte((byte)'\n');
    }

    private static HashSet<string> Nested(JsonElement item) => item.ValueKind == JsonValueKind.Object
        ? [.. item.EnumerateObject().Where(m => m.Value.ValueKind is JsonValueKind.Array or JsonValueKind.Object).Select(m => m.Name)]
        : [];

    private List<JsonElement> Contents(JsonElement page, string list) =>
        page.ValueKind == JsonValueKind.Array ? [.. page.EnumerateArray()]
        : page.ValueKind == JsonValueKind.Object && page.TryGetProperty("contents", out var contents) && contents.ValueKind == JsonValueKind.Array ? [.. contents.EnumerateArray()]
        : throw new ImportFileException($"The address '{client.At(list)}' does not return an HSDS page (an object with 'contents'). Contact its operator.");

    /// <summary>True if the envelope says so; otherwise, a page that is not full is the last one.</summary>
    private static bool IsLast(JsonElement page, int number, int count)
    {
        if (page.ValueKind != JsonValueKind.Object)
        {
            return true;
        }

        return Number(page, "total_pages") is { } last ? number >= last
            : page.TryGetProperty("last_page", out var said) ? said.ValueKind == JsonValueKind.True : count < PageSize;
    }

    private static string? IdOf(JsonElement item) => item.ValueKind == JsonValueKind.Object ? Text(item, "id") : null;

    private static int? Number(JsonElement page, string name) =>
        page.ValueKind == JsonValueKind.Object && page.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : null;

    private static string? Text(JsonElement item, string name) => item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
