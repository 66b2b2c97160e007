using System.Buffers;
using HealthEquity.Api.Answers;
using HealthEquity.Api.Feed;
using HealthEquity.Api.Languages;
using HealthEquity.Api.Problems;
using HealthEquity.Directory.Entries;
using HealthEquity.Search.Index;

namespace HealthEquity.Api.Entries;

/// <summary>Answers requests for one entry.</summary>
public sealed class SingleEntries(PublishedDirectory directory)
{
    /// <summary>Answers with the entry, a redirect to its current address, or the reason why it is missing.</summary>
    public Task AnswerAsync(HttpContext context, EntryRequest request, EntryKind kind)
    {
        if (!directory.IsReady)
        {
            return NotReady.SendAsync(context);
        }

        var snapshot = directory.Current;
        var asked = request.IdOrSlug;
        var entry = Guid.TryParse(asked, out var id) ? snapshot.Find(kind, id) : snapshot.FindBySlug(kind, asked);
        if (entry is null)
        {
            return AnswerMissingAsync(context, snapshot, kind, asked);
        }

        if (id == Guid.Empty && !entry.Slug.Equals(asked, StringComparison.Ordinal))
        {
            return RedirectAsync(context, snapshot, entry);
        }

        var choice = LanguageChoice.Of(request.Lang, context.Request);
        var body = new ArrayBufferWriter<byte>(entry.Body.Length + 256);
        new EntryWriter(choice).Write(body, entry.Body.Span);
        return context.SendAsync(new Answer(body.WrittenSpan.ToArray(), snapshot.Mark)
        {
            Generation = snapshot.Generation,
            ContentLanguage = choice.First ?? default,
        });
    }

    private static Task RedirectAsync(HttpContext context, DirectorySnapshot snapshot, IndexedEntry entry)
    {
        FastEndpoints.HttpContextExtensions.MarkResponseStart(context);
        context.Response.StatusCode = StatusCodes.Status301MovedPermanently;
        context.Response.Headers.Location = $"{context.Request.PathBase}/v1/{entry.Kind.Path()}/{entry.Slug}{context.Request.QueryString.ToUriComponent()}";
        MarkHeaders.Set(context.Response.Headers, snapshot.Mark);
        return Task.CompletedTask;
    }

    private static Task AnswerMissingAsync(HttpContext context, DirectorySnapshot snapshot, EntryKind kind, string asked)
    {
        var gone = Guid.TryParse(asked, out var id) ? snapshot.FindWithdrawn(id) : snapshot.FindWithdrawn(kind, asked);
        if (gone is null || gone.Kind != kind)
        {
            return Problem.Of(StatusCodes.Status404NotFound, $"No {kind.Code()} has the id or slug {Quoted.Of(asked)}.").SendAsync(context);
        }

        if (snapshot.FindSurvivor(gone) is { } survivor)
        {
            return RedirectAsync(context, snapshot, survivor);
        }

        var merged = gone.MergedInto is not null;
        var problem = Problem.Of(
            StatusCodes.Status410Gone,
            merged ? "This entry was merged into the entry in 'mergedInto'." : "This entry was withdrawn from the directory.");
        return (problem with { Reason = merged ? "merged" : "withdrawn", MergedInto = gone.MergedInto }).SendAsync(context);
    }
}
