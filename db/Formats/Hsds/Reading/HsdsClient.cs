using System.Net;
using System.Text.Json;
using HealthEquity.Formats.Sources;

namespace HealthEquity.Formats.Hsds.Reading;

/// <summary>
/// The client for a live HSDS API. It sends only requests that the standard defines, and limits the time, size and redirects of responses.
/// </summary>
internal sealed class HsdsClient : IDisposable
{
    private const int MaxRedirects = 5;
    private const int MaxAttempts = 5;
    private const int MaxResponseBytes = 64 << 20;
    private static readonly TimeSpan MaxWait = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan MaxIdleTime = TimeSpan.FromSeconds(30);

    private readonly HttpClient _http;
    private readonly SourceLimits _limits;
    private readonly TimeProvider _clock;
    private readonly long _began;
    private long _bytes;

    public HsdsClient(SourceRequest request, TimeProvider clock)
    {
        Base = BaseOf(request.Path);
        (_limits, _clock, _began) = (request.Limits, clock, clock.GetTimestamp());
        // No proxy: behind one, the address could not be checked.
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false, AutomaticDecompression = DecompressionMethods.All, MaxResponseHeadersLength = 64 };
        if (!request.AllowPrivateAddress)
        {
            handler.ConnectCallback = PublicAddress.ConnectAsync;
        }

        _http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>Called from time to time while waiting for a busy server; can be null.</summary>
    public Func<Task>? Waited { get; set; }

    /// <summary>The root of the API, without a trailing slash.</summary>
    public Uri Base { get; }

    /// <summary>The address of a path in the API.</summary>
    public Uri At(string path) => new($"{Base.AbsoluteUri.TrimEnd('/')}/{path}");

    /// <summary>Gets JSON; null if the address does not exist.</summary>
    /// <exception cref="ImportFileException">The response is invalid or exceeds a limit.</exception>
    public async Task<JsonDocument?> GetAsync(Uri address, CancellationToken cancellation)
    {
        for (var (tries, redirects, here) = (1, 0, address); ;)
        {
            if (_clock.GetElapsedTime(_began) > _limits.MaximumDuration)
            {
                throw Fault(here, $"did not deliver all data within {_limits.MaximumDuration.TotalHours:0.#} hours. Ask its operator for a package instead.");
            }

            using var time = new CancellationTokenSource(_limits.AnswerTimeout, _clock);
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, time.Token);
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, here) { Headers = { { "Accept", "application/json" } } };
                using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop.Token);
                if (response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable && tries++ < MaxAttempts)
                {
                    await WaitAsync(response, here, cancellation);
                    continue;
                }

                if ((int)response.StatusCode is >= 300 and < 400 && response.Headers.Location is { } target)
                {
                    here = ++redirects <= MaxRedirects ? Follow(here, target) : throw Fault(here, "redirects too many times. Ask its operator for the right address.");
                    continue;
                }

                return response.StatusCode == HttpStatusCode.NotFound ? null : await ReadAsync(response, here, stop.Token);
            }
            catch (OperationCanceledException) when (time.IsCancellationRequested && !cancellation.IsCancellationRequested)
            {
                throw Fault(here, $"did not respond within {_limits.AnswerTimeout.TotalSeconds:0.#} seconds. Try again later.");
            }
            catch (HttpRequestException fault)
            {
                throw Inner(fault) ?? Fault(here, $"can't be reached: {fault.Message} Check the address.");
            }
            catch (IOException fault)
            {
                throw Fault(here, $"interrupted its response: {fault.Message} Try again later.");
            }
        }
    }

    public void Dispose() => _http.Dispose();

    private static Uri BaseOf(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            throw new ImportFileException($"'{text}' is not the address of an API. Enter the complete address, such as https://hsds.example.org/v3.");
        }

        return address.UserInfo.Length > 0 || address.Query.Length > 0 || address.Fragment.Length > 0
            ? throw new ImportFileException("The address of an API can't contain a user name, password, question mark or number sign. Remove them.")
            : address;
    }

    /// <summary>The target of a redirect. Must be on the same host, so no other source is read.</summary>
    private static Uri Follow(Uri from, Uri target)
    {
        var to = new Uri(from, target);
        var isSame = to.Host == from.Host && ((to.Scheme == from.Scheme && to.Port == from.Port) || (from.Scheme == "http" && to.Scheme == "https"));
        return isSame ? to : throw Fault(from, $"redirects to another host, '{to.Host}'. If that is right, enter that address.");
    }

    private static ImportFileException Fault(Uri address, string what) => new($"The address '{address}' {what}");

    private static ImportFileException? Inner(Exception fault)
    {
        for (var inner = fault.InnerException; inner is not null; inner = inner.InnerException)
        {
            if (inner is ImportFileException known)
            {
                return known;
            }
        }

        return null;
    }

    private async Task WaitAsync(HttpResponseMessage response, Uri address, CancellationToken cancellation)
    {
        var wait = response.Headers.RetryAfter is not { } after ? TimeSpan.FromSeconds(2) : after.Delta ?? (after.Date is { } date ? date - _clock.GetUtcNow() : TimeSpan.Zero);
        if (wait > MaxWait)
        {
            throw Fault(address, $"is busy. Try again in {wait.TotalMinutes:0} minutes.");
        }

        do
        {
            var now = wait < MaxIdleTime ? wait : MaxIdleTime;
            await (now > TimeSpan.Zero ? Task.Delay(now, _clock, cancellation) : Task.CompletedTask);
            await (Waited?.Invoke() ?? Task.CompletedTask);
            wait -= MaxIdleTime;
        }
        while (wait > TimeSpan.Zero);
    }

    private async Task<JsonDocument> ReadAsync(HttpResponseMessage response, Uri address, CancellationToken cancellation)
    {
        if (!response.IsSuccessStatusCode)
        {
            throw Fault(address, $"responds with status {(int)response.StatusCode}. Contact its operator.");
        }

        var type = response.Content.Headers.ContentType?.MediaType ?? "";
        if (type != "application/json" && !type.EndsWith("+json", StringComparison.OrdinalIgnoreCase))
        {
            throw Fault(address, $"responds with '{type}' instead of JSON. Check that it is the address of an HSDS API.");
        }

        using var body = new MemoryStream();
        await using var stream = await response.Content.ReadAsStreamAsync(cancellation);
        var block = new byte[1 << 16];
        for (int read; (read = await stream.ReadAsync(block, cancellation)) > 0;)
        {
            _bytes += read;
            body.Write(block, 0, read);
            if (_bytes > _limits.MaximumBytes || body.Length > MaxResponseBytes)
            {
                throw Fault(address, $"exceeds {_limits.MaximumBytes >> 20:N0} MB in total, or {MaxResponseBytes >> 20} MB in one response. Ask its operator for a package instead.");
            }
        }

        try
        {
            return JsonDocument.Parse(body.ToArray(), new JsonDocumentOptions { MaxDepth = _limits.MaximumDepth });
        }
        catch (JsonException fault)
        {
            throw Fault(address, $"responds with invalid JSON: {fault.Message}");
        }
    }
}
