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

/// <summary>What is wrong or missing in the directory.</summary>
public sealed record AddSuggestionRequest
{
    /// <summary>The entry that it is about: its id (a UUID) or its slug. Leave it out, and give "kind", for one that the directory does not have.</summary>
    [Parameter(Example = "988-suicide-and-crisis-lifeline")]
    public string? Entry { get; init; }

    /// <summary>The kind of an entry that the directory does not have; needed where "entry" is left out.</summary>
    [Parameter(Codes = CodeSet.Kind)]
    public string? Kind { get; init; }

    /// <summary>The field that it is about, as entries of that kind have it: phones, or phones[0].number.</summary>
    [Parameter(Example = "phones")]
    public string? Field { get; init; }

    /// <summary>What is wrong or missing, plain text. Nobody's name is needed; leave out what is private.</summary>
    [Parameter(Longest = SuggestionStore.MaximumLength, Example = "The number no longer answers.")]
    public string Text { get; init; } = "";

    /// <summary>Not for people: a form hides it, and programs that fill in every field give themselves away. Leave it out.</summary>
    [Parameter(Longest = SuggestionStore.MaximumLength)]
    public string? Website { get; init; }
}

/// <summary>The bounds of <see cref="AddSuggestionRequest"/>.</summary>
public sealed class AddSuggestionValidator : Validator<AddSuggestionRequest>
{
    /// <summary>Sets the rules.</summary>
    public AddSuggestionValidator()
    {
        RuleFor(r => r.Text).NotEmpty().WithMessage("is missing: say what is wrong or missing.");
        RuleFor(r => r.Entry).Must((r, entry) => entry is not null || r.Kind is not null)
            .WithMessage("is missing: name the entry by id or slug, or give 'kind' for one that the directory does not have.");
    }
}

/// <summary>The documentation of <see cref="AddSuggestion"/>.</summary>
public sealed class AddSuggestionSummary : Summary<AddSuggestion>
{
    /// <summary>Sets the texts.</summary>
    public AddSuggestionSummary()
    {
        Summary = "Say what is wrong or missing";
        Description =
            "Hands a note to the curators. Who sent it is neither asked nor kept; the note is deleted some time after it was settled. "
            + "Twenty an hour from one address, unless the department set another number.";
        Responses[StatusCodes.Status202Accepted] = "Handed in. Nothing of it is sent back.";
        Responses[StatusCodes.Status400BadRequest] = "A member is not right, or there is no such entry; 'errors' names it and says what to do.";
        Responses[StatusCodes.Status503ServiceUnavailable] = "It could not be handed in, and nothing was kept; Retry-After says when to send it again.";
    }
}

/// <summary>POST /v1/suggestions</summary>
public sealed class AddSuggestion(PublishedDirectory directory, Database database, SuggestionStore suggestions) : DirectoryEndpoint<AddSuggestionRequest, object?>
{
    /// <inheritdoc/>
    public override void Configure()
    {
        TakesIn("/v1/suggestions");
        Description(b => b.WithMetadata(new FewRequestsAttribute()));
    }

    /// <inheritdoc/>
    public override async Task HandleAsync(AddSuggestionRequest req, CancellationToken ct)
    {
        if (!directory.IsReady)
        {
            await NotReady.SendAsync(HttpContext);
            return;
        }

        // A program that filled in the hidden field is told what everybody is told, so that it does not learn.
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
                await using var session = await database.As(DatabaseAccess.Suggestions).OpenAsync(ct);
                await suggestions.AddAsync(session, about?.Id, req.Kind is null ? null : EntryKinds.Parse(req.Kind), req.Field, req.Text, ct);
            }
            catch (DbException fault)
            {
                HttpContext.Response.Headers.RetryAfter = "10";
                await Problem.Of(StatusCodes.Status503ServiceUnavailable, DatabaseFaults.Of(fault) switch
                {
                    DatabaseFault.Busy => "It could not be handed in: the database is busy. Send it again in a few seconds.",
                    DatabaseFault.Full => "It could not be handed in: the database has no room left. Its operator has to make some.",
                    _ => "It could not be handed in: the database does not answer. Send it again in a moment.",
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
            failures.Add(new ValidationFailure("field", $"Unknown field {Quoted.Of(field)}.{(nearest is null ? " Leave it out, and say in 'text' what it is about." : $" Did you mean '{nearest}'?")}"));
        }

        return failures;
    }

    /// <summary>An entry that is public, or was.</summary>
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
