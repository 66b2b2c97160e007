using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using FastEndpoints;
using FluentValidation;
using HealthEquity.Api.Answers;
using HealthEquity.Api.Json;
using HealthEquity.Api.Parameters;
using HealthEquity.Api.Problems;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Publication;
using HealthEquity.Store.Publishing;

namespace HealthEquity.Api.Changes;

/// <summary>A request for changes.</summary>
public sealed record ListChangesRequest
{
    /// <summary>The number of the last change that you have; 0 (the default) for the whole directory.</summary>
    [Parameter(Example = "0")]
    public long After { get; init; }

    /// <summary>The epoch of the number, as in 'next'. For another epoch, the answer is 410: start over.</summary>
    [Parameter(MaxLength = 36)]
    public string? Epoch { get; init; }

    /// <summary>The maximum number of changes.</summary>
    [Parameter(Example = "100")]
    public int Limit { get; init; } = 100;
}

/// <summary>Validates a <see cref="ListChangesRequest"/>.</summary>
public sealed class ListChangesValidator : Validator<ListChangesRequest>
{
    /// <summary>Defines the rules.</summary>
    public ListChangesValidator()
    {
        RuleFor(r => r.After).GreaterThanOrEqualTo(0).WithMessage("must be 0 or more.");
        RuleFor(r => r.Epoch).Must(e => e is null || Guid.TryParse(e, out _)).WithMessage("must be a UUID. Follow 'next', or omit it.");
        RuleFor(r => r.Limit).InclusiveBetween(1, 1_000).WithMessage("must be between 1 and 1000.");
    }
}

/// <summary>Changes, oldest first.</summary>
public sealed record ChangeList
{
    /// <summary>The changes.</summary>
    public required IReadOnlyList<Change> Items { get; init; }

    /// <summary>The epoch of the numbers. It changes when the database is restored.</summary>
    public required Guid Epoch { get; init; }

    /// <summary>The address of the next changes. If there are no more items, poll the same address later.</summary>
    public required string Next { get; init; }
}

/// <summary>An entry that was published, updated, or withdrawn.</summary>
public sealed record Change
{
    /// <summary>The number of the change.</summary>
    public required long Sequence { get; init; }

    /// <summary>The id of the entry.</summary>
    public required Guid Id { get; init; }

    /// <summary>The kind of entry.</summary>
    public required EntryKind Kind { get; init; }

    /// <summary>The slug of the entry.</summary>
    public required string Slug { get; init; }

    /// <summary>When it changed, UTC.</summary>
    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>True if the entry was withdrawn: delete your copy.</summary>
    public bool? Withdrawn { get; init; }

    /// <summary>The entry that it was merged into: update your references.</summary>
    public Guid? MergedInto { get; init; }

    /// <summary>The current entry; absent if withdrawn.</summary>
    public Entry? Entry { get; init; }
}

/// <summary>Documents <see cref="ListChanges"/>.</summary>
public sealed class ListChangesSummary : Summary<ListChanges>
{
    /// <summary>Sets the texts.</summary>
    public ListChangesSummary()
    {
        Summary = "Follow changes";
        Description =
            "Every entry with the number of its latest change, oldest first, including tombstones. To keep a copy, start with after=0, follow "
            + "'next' until there are no items, then poll the same 'next' from time to time. Delivery is at least once, without gaps: "
            + "if you have seen a number, you have not missed anything below it. An entry that changed again appears only with its latest "
            + "number, so numbers can be skipped. To apply a change, replace your copy with the same id. After a restore, numbers start over in "
            + "a new epoch, and the answer for an earlier number is 410. Then delete your copy, and start again with after=0 and without an epoch.";
        Responses[StatusCodes.Status410Gone] = "The number is from another epoch, or beyond the last change. Start over with after=0.";
    }
}

/// <summary>GET /v1/changes</summary>
public sealed class ListChanges(PublishedReader reader) : DirectoryEndpoint<ListChangesRequest, ChangeList>
{
    /// <inheritdoc/>
    public override void Configure()
    {
        Reads("/v1/changes", kept: false);
        Description(b => b.Produces(StatusCodes.Status304NotModified).Produces<Problem>(StatusCodes.Status410Gone, Problem.MediaType));
    }

    /// <inheritdoc/>
    public override async Task HandleAsync(ListChangesRequest req, CancellationToken ct)
    {
        ChangeMark latest;
        IReadOnlyList<PublishedEntry> changes;
        try
        {
            latest = await reader.LatestAsync(ct);
            if (req.After > latest.Sequence || (req.Epoch is { } epoch && Guid.Parse(epoch) != latest.Epoch))
            {
                await StartOver(HttpContext.Request.PathBase).SendAsync(HttpContext);
                return;
            }

            changes = await reader.ReadAfterAsync(req.After, req.Limit, ct);
        }
        catch (System.Data.Common.DbException)
        {
            HttpContext.Response.Headers.RetryAfter = "10";
            await Problem.Of(StatusCodes.Status503ServiceUnavailable, "The change feed needs the database, which is not responding. Searches still work.").SendAsync(HttpContext);
            return;
        }

        var last = changes.Count > 0 ? changes[^1].Sequence : req.After;
        var next = string.Create(
            CultureInfo.InvariantCulture, $"{HttpContext.Request.PathBase}/v1/changes?after={last}&limit={req.Limit}&epoch={latest.Epoch:D}");
        // What has been published since the first query is in the answer too.
        var mark = latest with { Sequence = Math.Max(latest.Sequence, last) };
        await HttpContext.SendAsync(new Answer(Write(changes, latest.Epoch, next), mark)
        {
            Link = $"<{next}>; rel=\"next\"",
            CacheControl = Answer.Checked,
            Vary = "Accept-Encoding",
        });
    }

    private static Problem StartOver(PathString pathBase) => Problem.Of(
        StatusCodes.Status410Gone,
        $"The directory was restored from a backup since, or this number was never given out. Start over: delete your copy, then read {pathBase}/v1/changes?after=0 "
        + "and follow 'next' from there.") with
    {
        Reason = "startOver",
    };

    private static byte[] Write(IReadOnlyList<PublishedEntry> changes, Guid epoch, string next)
    {
        var body = new ArrayBufferWriter<byte>(16 * 1024);
        using var writer = new Utf8JsonWriter(body, new JsonWriterOptions { Encoder = ApiJson.Options.Encoder });
        writer.WriteStartObject();
        writer.WriteStartArray("items");
        foreach (var change in changes)
        {
            writer.WriteStartObject();
            writer.WriteNumber("sequence", change.Sequence);
            writer.WriteString("id", change.EntryId);
            writer.WriteString("kind", change.Kind.Code());
            writer.WriteString("slug", change.Slug);
            writer.WriteString("changedAt", change.ChangedAt);
            if (change.Body is { } entry)
            {
                writer.WritePropertyName("entry");
                writer.WriteRawValue(Encoding.UTF8.GetBytes(entry), skipInputValidation: true);
            }
            else
            {
                writer.WriteBoolean("withdrawn", true);
            }

            if (change.MergedInto is { } survivor)
            {
                writer.WriteString("mergedInto", survivor);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteString("epoch", epoch);
        writer.WriteString("next", next);
        writer.WriteEndObject();
        writer.Flush();
        return body.WrittenSpan.ToArray();
    }
}
