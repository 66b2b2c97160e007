using System.Net;
using System.Text.Json;
using HealthEquity.Formats.Sources;

namespace HealthEquity.Formats.Hsds.Reading;

/// <summary>
/// Asks a live HSDS API, and sends nothing but what the standard says. An answer may take its time, its size and its redirections only
/// within bounds.
/// </summary>
internal sealed class HsdsClient : IDisposable
{
    private const int MostRedirects = 5;
    private const int MostTries = 5;
    private const int LongestAnswer = 64 << 20;
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(30);

    private readonly HttpClient _http;
    private readonly SourceLimits _limits;
    private readonly TimeProvider _clock;
    private readonly long _began;
    private long _bytes;

    public HsdsClient(SourceRequest request, TimeProvider clock)
    {
        Base = BaseOf(request.Path);
        (_limits, _clock, _began) = (request.Limits, clock, clock.GetTimestamp());
        // No proxy: behind one, nobody could look at the address that is connected to.
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false, AutomaticDecompression = DecompressionMethods.All, MaxResponseHeadersLength = 64 };
        if (!request.AllowPrivateAddress)
        {
            handler.ConnectCallback = PublicAddress.ConnectAsync;
        }

        _http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>Is called now and then while a busy server is waited for; null for nobody.</summary>
    public Func<Task>? Waited { get; set; }

    /// <summary>The API's root, without a slash at its end.</summary>
    public Uri Base { get; }

    /// <summary>The address of something in the API.</summary>
    public Uri At(string path) => new($"{Base.AbsoluteUri.TrimEnd('/')}/{path}");

    /// <summary>Asks for JSON; null when there is nothing of that address.</summary>
    /// <exception cref="ImportFileException">It does not answer as an API should, or asks for more than it may.</exception>
    public async Task<JsonDocument?> GetAsync(Uri address, CancellationToken cancellation)
    {
        for (var (tries, redirects, here) = (1, 0, address); ;)
        {
            if (_clock.GetElapsedTime(_began) > _limits.MaximumDuration)
            {
                throw Fault(here, $"has not given everything within {_limits.MaximumDuration.TotalHours:0.#} hours: ask whoever runs it for a package instead.");
            }

            using var time = new CancellationTokenSource(_limits.AnswerTimeout, _clock);
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, time.Token);
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, here) { Headers = { { "Accept", "application/json" } } };
                using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop.Token);
                if (response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable && tries++ < MostTries)
                {
                    await WaitAsync(response, here, cancellation);
                    continue;
                }

                if ((int)response.StatusCode is >= 300 and < 400 && response.Headers.Location is { } target)
                {
                    here = ++redirects <= MostRedirects ? Follow(here, target) : throw Fault(here, "sends from one address to the next without an end: ask whoever runs it for the right one.");
                    continue;
                }

                return response.StatusCode == HttpStatusCode.NotFound ? null : await ReadAsync(response, here, stop.Token);
            }
            catch (OperationCanceledException) when (time.IsCancellationRequested && !cancellation.IsCancellationRequested)
            {
                throw Fault(here, $"has not answered within {_limits.AnswerTimeout.TotalSeconds:0.#} seconds: try again later.");
            }
            catch (HttpRequestException fault)
            {
                throw Inner(fault) ?? Fault(here, $"can't be reached: {fault.Message} Look whether the address is right.");
            }
            catch (IOException fault)
            {
                throw Fault(here, $"broke off its answer: {fault.Message} Try again later.");
            }
        }
    }

    public void Dispose() => _http.Dispose();

    private static Uri BaseOf(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            throw new ImportFileException($"'{text}' is no address of an API: write it whole, such as https://hsds.example.org/v3.");
        }

        return address.UserInfo.Length > 0 || address.Query.Length > 0 || address.Fragment.Length > 0
            ? throw new ImportFileException("The address of an API has no name, password, question mark or number sign in it: leave them out.")
            : address;
    }

    /// <summary>Where a redirection leads: on the same host only, so that what is read is what was asked for.</summary>
    private static Uri Follow(Uri from, Uri target)
    {
        var to = new Uri(from, target);
        var isSame = to.Host == from.Host && ((to.Scheme == from.Scheme && to.Port == from.Port) || (from.Scheme == "http" && to.Scheme == "https"));
        return isSame ? to : throw Fault(from, $"sends to another host, '{to.Host}', which nobody has asked for: if it is right, give that address.");
    }

    private static ImportFileException Fault(Uri address, string what) => new($"The address '{address}' {what}");

    private static ImportFileException? Inner(Exception fault)
    {
        for (var inner = fault.InnerException; inner is not null; inner = inner.InnerException)
        {
            if (inner is ImportFileException told)
            {
                return told;
            }
        }

        return null;
    }

    private async Task WaitAsync(HttpResponseMessage response, Uri address, CancellationToken cancellation)
    {
        var wait = response.Headers.RetryAfter is not { } after ? TimeSpan.FromSeconds(2) : after.Delta ?? (after.Date is { } date ? date - _clock.GetUtcNow() : TimeSpan.Zero);
        if (wait > LongestWait)
        {
            throw Fault(address, $"is busy, and asks to come back in {wait.TotalMinutes:0} minutes: try again then.");
        }

        do
        {
            var now = wait < LongestSilence ? wait : LongestSilence;
            await (now > TimeSpan.Zero ? Task.Delay(now, _clock, cancellation) : Task.CompletedTask);
            await (Waited?.Invoke() ?? Task.CompletedTask);
            wait -= LongestSilence;
        }
        while (wait > TimeSpan.Zero);
    }

    private async Task<JsonDocument> ReadAsync(HttpResponseMessage response, Uri address, CancellationToken cancellation)
    {
        if (!response.IsSuccessStatusCode)
        {
            throw Fault(address, $"answers with {(int)response.StatusCode} instead of what was asked for: ask whoever runs it.");
        }

        var type = response.Content.Headers.ContentType?.MediaType ?? "";
        if (type != "application/json" && !type.EndsWith("+json", StringComparison.OrdinalIgnoreCase))
        {
            throw Fault(address, $"answers with '{type}' instead of JSON: is it the address of an HSDS API?");
        }

        using var body = new MemoryStream();
        await using var stream = await response.Content.ReadAsStreamAsync(cancellation);
        var block = new byte[1 << 16];
        for (int read; (read = await stream.ReadAsync(block, cancellation)) > 0;)
        {
            _bytes += read;
            body.Write(block, 0, read);
            if (_bytes > _limits.MaximumBytes || body.Length > LongestAnswer)
            {
                throw Fault(address, $"brings what is given to more than {_limits.MaximumBytes >> 20:N0} MB in all, or {LongestAnswer >> 20} MB at once: ask whoever runs it for a package instead.");
            }
        }

        try
        {
            return JsonDocument.Parse(body.ToArray(), new JsonDocumentOptions { MaxDepth = _limits.MaximumDepth });
        }
        catch (JsonException fault)
        {
            throw Fault(address, $"answers with something that is not JSON: {fault.Message}");
        }
    }
}
