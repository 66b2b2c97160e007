using System.Data.Common;
using FastEndpoints;
using FluentValidation;
using FluentValidation.Results;
using HealthEquity.Api.Answers;
using HealthEquity.Api.Feed;
using HealthEquity.Api.Limits;
using HealthEquity.Api.Parameters;
using HealthEquity.Api.Problems;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Publication;
using HealthEquity.Search.Index;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Suggestions;

namespace HealthEquity.Api.Suggestions;

/// <summary>A report of wrong or missing information.</summary>
public sealed record AddSuggestionRequest
{
    /// <summary>The id (a UUID) or slug of the entry. Omit it and set "kind" for a missing entry.</summary>
    [Parameter(Example = "988-suicide-and-crisis-lifeline")]
    public string? Entry { get; init; }

    /// <summary>The kind of a missing entry. Required if "entry" is omitted.</summary>
    [Parameter(Codes = CodeSet.Kind)]
    public string? Kind { get; init; }

    /// <summary>The field, by its path in entries of this kind: phones, or phones[0].number.</summary>
    [Parameter(Example = "phones")]
    public string? Field { get; init; }

    /// <summary>What is wrong or missing, as plain text. Don't include names or private information.</summary>
    [Parameter(MaxLength = SuggestionStore.MaximumLength, Example = "The number no longer answers.")]
    public string Text { get; init; } = "";

    /// <summary>A hidden field to detect bots. Omit it.</summary>
    [Parameter(MaxLength = SuggestionStore.MaximumLength)]
    public string? Website { get; init; }
}

/// <summary>Validates a <see cref="AddSuggestionRequest"/>.</summary>
public sealed class AddSuggestionValidator : Validator<AddSuggestionRequest>
{
    /// <summary>Defines the rules.</summary>
    public AddSuggestionValidator()
    {
        RuleFor(r => r.Text).NotEmpty().WithMessage("is required. Describe what is wrong or missing.");
        RuleFor(r => r.Entry).Must((r, entry) => entry is not null || r.Kind is not null)
            .WithMessage("is required: the id or slug of the entry, or 'kind' for a missing entry.");
    }
}

/// <summary>Documents <see cref="AddSuggestion"/>.</summary>
public sealed class AddSuggestionSummary : Summary<AddSuggestion>
{
    /// <summary>Sets the texts.</summary>
    public AddSuggestionSummary()
    {
        Summary = "Report wrong or missing information";
        Description =
            "Sends a note to the curators. The sender is neither asked for nor stored, and the note is deleted some time after it was settled. "
            + "At most twenty per hour from one address, unless the department set another limit.";
        Responses[StatusCodes.Status202Accepted] = "Accepted. The response is empty.";
        Responses[StatusCodes.Status400BadRequest] = "A member is invalid, or the entry does not exist. 'errors' names it and says how to fix it.";
        Responses[StatusCodes.Status503ServiceUnavailable] = "The suggestion could not be stored. Retry-After says when to send it again.";
    }
}

/// <summary>POST /v1/suggestions</summary>
public sealed class AddSuggestion(PublishedDirectory directory, Database database, SuggestionStore suggestions) : DirectoryEndpoint<AddSuggestionRequest, object?>
{
    /// <inheritdoc/>
    public override void Configure()
    {
        AcceptPost("/v1/suggestions");
        Description(b => b.WithMetadata(new HourlyLimitAttribute()));
    }

    /// <inheritdoc/>
    public override async Task HandleAsync(AddSuggestionRequest req, CancellationToken ct)
    {
        if (!directory.IsReady)
        {
            await NotReady.SendAsync(HttpContext);
            return;
        }

        // A bot that filled in the hidden field gets the same answer as everyone, so it learns nothing.
        if (req.Website is null)
        {
            var about = req.Entry is null ? null : Find(directory.Current, req.Entry);
            if (Failures(req, about) is { Count: > 0 } failures)
            {
                await Problem.Of(failures).SendAsync(HttpContext);
                return;
            }

            try
            {
                WritePatience.ForRequest();
                await using var session = await database.As(DatabaseAccess.Suggestions).OpenAsync(ct);
                await suggestions.AddAsync(session, about?.Id, req.Kind is null ? null : EntryKinds.Parse(req.Kind), req.Field, req.Text, ct);
            }
            catch (DbException fault)
            {
                HttpContext.Response.Headers.RetryAfter = "10";
                await Problem.Of(StatusCodes.Status503ServiceUnavailable, DatabaseFaults.Of(fault) switch
                {
                    DatabaseFault.Busy => "The suggestion could not be stored: the database is busy. Send it again in a few seconds.",
                    DatabaseFault.Full => "The suggestion could not be stored: the database is full. Contact the operator.",
                    _ => "The suggestion could not be stored: the database is not responding. Send it again in a moment.",
                }).SendAsync(HttpContext);
                return;
            }
        }

        HttpContext.Response.Headers.CacheControl = "no-store";
        HttpContext.Response.StatusCode = StatusCodes.Status202Accepted;
        HttpContext.MarkResponseStart();
    }

    private static List<ValidationFailure> Failures(AddSuggestionRequest req, (Guid Id, EntryKind Kind)? about)
    {
        var failures = new List<ValidationFailure>();
        if (req.Entry is not null && about is null)
        {
            failures.Add(new ValidationFailure("entry", $"No entry has the id or slug {Quoted.Of(req.Entry)}."));
        }

        var kind = about?.Kind ?? (req.Kind is null ? null : EntryKinds.Parse(req.Kind));
        if (kind is { } known && req.Field is { } field && !PublicFields.Contains(known, field))
        {
            var nearest = Nearest.Of(field, PublicFields.Of(known));
            failures.Add(new ValidationFailure("field", $"Unknown field {Quoted.Of(field)}.{(nearest is null ? " Omit it, and describe it in 'text'." : $" Did you mean '{nearest}'?")}"));
        }

        return failures;
    }

    /// <summary>A public or formerly public entry.</summary>
    private static (Guid Id, EntryKind Kind)? Find(DirectorySnapshot snapshot, string idOrSlug)
    {
        if (Guid.TryParse(idOrSlug, out var id))
        {
            return (snapshot.Find(id)?.Kind ?? snapshot.FindWithdrawn(id)?.Kind) is { } kind ? (id, kind) : null;
        }

        foreach (var kind in EntryKinds.All)
        {
            if ((snapshot.FindBySlug(kind, idOrSlug)?.Id ?? snapshot.FindWithdrawn(kind, idOrSlug)?.Id) is { } found)
            {
                return (found, kind);
            }
        }

        return null;
    }
}
