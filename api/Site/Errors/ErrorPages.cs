using HealthEquity.Api.Problems;
using HealthEquity.Api.Site.Embed;
using HealthEquity.Api.Site.EntryPages;
using HealthEquity.Api.Site.Layout;

namespace HealthEquity.Api.Site.Errors;

/// <summary>Says in the reader's language what went wrong and what to do, to browsers that ask for a page.</summary>
public sealed class ErrorPages(SiteFrame frame) : IProblemPages
{
    private static readonly string[] Programs = ["/v1", "/hsds", "/openapi", "/health", "/site"];

    /// <inheritdoc/>
    public async Task<bool> TrySendAsync(HttpContext context, Problem problem)
    {
        var request = context.Request;
        if (!request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase) || Array.Exists(Programs, p => request.Path.StartsWithSegments(p)))
        {
            return false;
        }

        var embed = Embedding.Of(request);
        var text = frame.TextFor(request, embed is null ? request.Path.Value?.Split('/').ElementAtOrDefault(1) : embed.Language);
        if (embed is not null)
        {
            // A fault clears the headers, and a refused frame would show the browser's words instead of these.
            context.AllowFraming(EmbedSetup.FrameAncestors(frame.Settings));
        }

        var isReport = request.Path.Value?.EndsWith("/report", StringComparison.Ordinal) == true;
        var (heading, advice) = problem.Status switch
        {
            StatusCodes.Status404NotFound or StatusCodes.Status405MethodNotAllowed => (text["entry.missing"], text["site.private"]),
            StatusCodes.Status413PayloadTooLarge => (text["error.long"], text["site.private"]),
            StatusCodes.Status429TooManyRequests => (text[isReport ? "report.tooMany" : "error.tooMany"], text["site.private"]),
            _ => (text["error.fault"], text["site.private"]),
        };
        await context.SendPageAsync(
            Missing.Create(new MissingPage(frame, text) { Embed = embed, Title = heading, MayBeIndexed = false, Heading = heading, Advice = advice }), SiteAnswers.Private, problem.Status);
        return true;
    }
}
