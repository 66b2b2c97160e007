using System.IO.Compression;
using System.IO.Pipelines;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using HealthEquity.Api.Answers;
using RazorSlices;

namespace HealthEquity.Api.Site.Layout;

/// <summary>Sends pages: the policy that keeps everything else out, and the bytes, compressed.</summary>
public static class SiteAnswers
{
    /// <summary>A page that says the same to everybody: kept for a minute and never served stale, like the directory's answers.</summary>
    public const string Shared = Answer.Kept;

    /// <summary>A page that shows what somebody searched for or wrote.</summary>
    public const string Private = "no-store";

    // Pages say what is open now.
    private const int GoodForMilliseconds = 30_000;

    /// <summary>Letters of every script as they are: half the size for Arabic or Chinese. Markup stays escaped.</summary>
    internal static readonly HtmlEncoder Html = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>Sends a file of the pages, which may load nothing itself; 404 for none.</summary>
    public static Task SendFileAsync(this HttpContext context, Answer? file)
    {
        if (file is null)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        return file.SendAsync(context);
    }

    /// <summary>Says who may frame the page that is sent; without it, nobody may.</summary>
    /// <param name="context">The request.</param>
    /// <param name="ancestors">Sources as <c>frame-ancestors</c> has them.</param>
    public static void AllowFraming(this HttpContext context, string ancestors) =>
        context.Response.Headers.ContentSecurityPolicy = context.RequestServices.GetRequiredService<SiteFiles>().Policy + ancestors;

    /// <summary>The policy of the page that is sent.</summary>
    public static string FramingPolicy(this HttpContext context)
    {
        if (context.Response.Headers.ContentSecurityPolicy.Count == 0)
        {
            context.AllowFraming("'none'");
        }

        return context.Response.Headers.ContentSecurityPolicy.ToString();
    }

    /// <summary>Says that the page shows something besides the directory and the settings, and so is not kept.</summary>
    public static HttpContext Unkept(this HttpContext context)
    {
        context.Features.Set<PageGeneration>(null);
        return context;
    }

    /// <summary>Renders a page and sends it. One that says the same to everybody is kept for a moment.</summary>
    /// <param name="context">The request.</param>
    /// <param name="slice">The page.</param>
    /// <param name="cacheControl">Who may keep it: <see cref="Shared"/> or <see cref="Private"/>.</param>
    /// <param name="status">The HTTP status.</param>
    /// <param name="compression">The smallest size for a page that is made seldom and sent often.</param>
    public static async Task SendPageAsync(
        this HttpContext context, RazorSlice slice, string cacheControl, int status = StatusCodes.Status200OK, CompressionLevel compression = CompressionLevel.Optimal)
    {
        var generation = context.Features.Get<PageGeneration>()?.Number ?? -1;
        var answer = await RenderAsync(slice, cacheControl, generation, context.FramingPolicy(), status, compression, context.RequestAborted);
        await (generation >= 0 && cacheControl == Shared ? context.SendAsync(answer) : answer.SendAsync(context));
    }

    /// <summary>Renders a page.</summary>
    /// <param name="slice">The page.</param>
    /// <param name="cacheControl">Who may keep it: <see cref="Shared"/> or <see cref="Private"/>.</param>
    /// <param name="generation">The generation of the directory that it shows.</param>
    /// <param name="policy">The Content-Security-Policy.</param>
    /// <param name="status">The HTTP status.</param>
    /// <param name="compression">How much time compressing may take; "fastest" counts only until the page is sent again.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    public static async Task<Answer> RenderAsync(
        RazorSlice slice,
        string cacheControl,
        long generation,
        string policy,
        int status = StatusCodes.Status200OK,
        CompressionLevel compression = CompressionLevel.Optimal,
        CancellationToken cancellation = default)
    {
        using var body = new MemoryStream(32 * 1024);
        using (slice)
        {
            var writer = PipeWriter.Create(body, new StreamPipeWriterOptions(leaveOpen: true));
            await slice.RenderAsync(writer, Html, cancellation);
            await writer.CompleteAsync();
        }

        return new Answer(body.ToArray(), mark: null)
        {
            ContentType = "text/html; charset=utf-8",
            ContentSecurityPolicy = policy,
            CacheControl = cacheControl,
            Status = status,
            Compression = compression == CompressionLevel.Fastest ? CompressionLevel.Optimal : compression,
            IsQuickAtFirst = compression == CompressionLevel.Fastest,
            Generation = generation,
            GoodUntil = Environment.TickCount64 + GoodForMilliseconds,
        };
    }
}

/// <summary>The generation of the directory when the request came in: a page may not be kept for a later one.</summary>
/// <param name="Number">The generation.</param>
public sealed record PageGeneration(long Number);
