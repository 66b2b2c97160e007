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

/// <summary>Asks for what changed.</summary>
public sealed record ListChangesRequest
{
    /// <summary>The number of the last change that you have; 0, or nothing, for the whole directory.</summary>
    [Parameter(Example = "0")]
    public long After { get; init; }

    /// <summary>The epoch that the number is from, as 'next' has it. In another epoch, the answer is 410: start over.</summary>
    [Parameter(Longest = 36)]
    public string? Epoch { get; init; }

    /// <summary>Changes to give at most.</summary>
    [Parameter(Example = "100")]
    public int Limit { get; init; } = 100;
}

/// <summary>The bounds of <see cref="ListChangesRequest"/>.</summary>
public sealed class ListChangesValidator : Validator<ListChangesRequest>
{
    /// <summary>Sets the rules.</summary>
    public ListChangesValidator()
    {
        RuleFor(r => r.After).GreaterThanOrEqualTo(0).WithMessage("is the number of a change, 0 or more.");
        RuleFor(r => r.Epoch).Must(e => e is null || Guid.TryParse(e, out _)).WithMessage("is to be a UUID: follow 'next', or leave it out.");
        RuleFor(r => r.Limit).InclusiveBetween(1, 1_000).WithMessage("is to be from 1 to 1000.");
    }
}

/// <summary>Changes, oldest first.</summary>
public sealed record ChangeList
{
    /// <summary>The changes.</summary>
    public required IReadOnlyList<Change> Items { get; init; }

    /// <summary>The epoch of the numbers. It changes when the database is restored.</summary>
    public required Guid Epoch { get; init; }

    /// <summary>Where to ask for what comes after these; ask again there later when there are none.</summary>
    public required string Next { get; init; }
}

/// <summary>An entry that was published, published anew, or withdrawn.</summary>
public sealed record Change
{
    /// <summary>The change's number.</summary>
    public required long Sequence { get; init; }

    /// <summary>The entry's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The entry's kind.</summary>
    public required EntryKind Kind { get; init; }

    /// <summary>The entry's slug.</summary>
    public required string Slug { get; init; }

    /// <summary>When it changed, UTC.</summary>
    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>True when the entry was taken out: delete your copy.</summary>
    public bool? Withdrawn { get; init; }

    /// <summary>The entry that it was merged into: point your references there.</summary>
    public Guid? MergedInto { get; init; }

    /// <summary>The entry as it is now; missing when withdrawn.</summary>
    public Entry? Entry { get; init; }
}

/// <summary>The documentation of <see cref="ListChanges"/>.</summary>
public sealed class ListChangesSummary : Summary<ListChanges>
{
    /// <summary>Sets the texts.</summary>
    public ListChangesSummary()
    {
        Summary = "Follow what changes";
        Description =
            "Every entry under the number of its latest change, oldest first, with tombstones. To keep a copy: begin with after=0, follow "
            + "'next' until no items come, then ask the same 'next' again from time to time. Delivery is at least once and without gaps: "
            + "whoever has seen a number has missed nothing below it. An entry that changed again since is given only under its later "
            + "number, so numbers may be passed over. Apply a change by replacing what you have under its id. After a restore, the numbers count anew in another epoch: the answer to "
            + "a number from before is 410. Delete your copy then, and begin again with after=0 and no epoch.";
        Responses[StatusCodes.Status410Gone] = "The number is from another epoch, or beyond the last change: start over with after=0.";
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
            await Problem.Of(StatusCodes.Status503ServiceUnavailable, "The change feed needs the database, which does not answer. Searches go on.").SendAsync(HttpContext);
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
