using System.Text.Json;
using HealthEquity.Formats.Sources;

namespace HealthEquity.Formats.Hsds.Reading;

/// <summary>Reads an API's services and organizations into a file, an item a line.</summary>
/// <param name="client">The API.</param>
/// <param name="file">Takes the items.</param>
/// <param name="limits">How much it may ask of the machine.</param>
/// <param name="few">Reads one page of services as it is, and no more.</param>
/// <param name="clock">The clock.</param>
/// <param name="alive">Is told every few seconds how many items have come, and of how many services where the API says it; null for nobody.</param>
internal sealed class HsdsDownload(HsdsClient client, Stream file, SourceLimits limits, bool few, TimeProvider clock, Func<int, int?, Task>? alive)
{
    private const int PageSize = 100;

    private static readonly TimeSpan TellEvery = TimeSpan.FromSeconds(5);

    private readonly HashSet<string> _organizations = new(StringComparer.OrdinalIgnoreCase);
    private bool? _pagesAreWhole;
    private int _count;
    private long _told = clock.GetTimestamp();

    /// <summary>How many services there are, as the API says; null where it does not.</summary>
    public int? Total { get; private set; }

    /// <summary>Reads, and says how many items it was.</summary>
    /// <exception cref="ImportFileException">The API does not answer as it should, or asks for more than it may.</exception>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        client.Waited = TellAsync;
        if (!await EachAsync("services", "&full=true", ServiceAsync, cancellation))
        {
            throw new ImportFileException($"There is nothing at '{client.At("services")}': write the address under which /services is.");
        }

        if (!few)
        {
            await EachAsync("organizations", "", OrganizationAsync, cancellation);
        }

        return _count;
    }

    /// <summary>Goes through the pages of a list; false when there is no such list.</summary>
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

                // Where each item is asked for by itself, a page takes many answers.
                if (clock.GetElapsedTime(_told) >= TellEvery)
                {
                    await TellAsync();
                }
            }

            await TellAsync();
            if (few || contents.Count == 0 || IsLast(page.RootElement, number, contents.Count))
            {
                return true;
            }

            if (seen.Count == before)
            {
                throw new ImportFileException($"The address '{client.At(list)}' gives on page {number:N0} what it gave before, and says that there is more: ask whoever runs it.");
            }
        }
    }

    private Task TellAsync()
    {
        _told = clock.GetTimestamp();
        // Organizations without services come on top of the services that the total counts.
        return alive?.Invoke(_count, _count < Total ? Total : null) ?? Task.CompletedTask;
    }

    private async Task ServiceAsync(JsonElement item, string id, CancellationToken cancellation)
    {
        if (!few && _pagesAreWhole != true && id.Length > 0)
        {
            using var whole = await client.GetAsync(client.At($"services/{Uri.EscapeDataString(id)}"), cancellation);
            // What the first service has of its own, the pages must have too before they are relied on.
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
            throw new ImportFileException($"The address '{client.Base}' gives more than {limits.MaximumItems:N0} services: ask whoever runs it for a package instead.");
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
        : throw new ImportFileException($"The address '{client.At(list)}' gives no page of HSDS (an object with 'contents'): ask whoever runs it.");

    /// <summary>True where the envelope says so; where it says nothing, a page that is not full is the last.</summary>
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
