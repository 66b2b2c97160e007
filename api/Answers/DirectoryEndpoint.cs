using FastEndpoints;
using HealthEquity.Api.Parameters;
using HealthEquity.Api.Problems;

namespace HealthEquity.Api.Answers;

/// <summary>A public endpoint of the directory. Nearly all of them are read-only.</summary>
/// <typeparam name="TRequest">The request.</typeparam>
/// <typeparam name="TResponse">The response.</typeparam>
public abstract class DirectoryEndpoint<TRequest, TResponse> : Endpoint<TRequest, TResponse>
    where TRequest : notnull, new()
{
    private static readonly KeptAnswerAttribute Kept = new();

    /// <summary>GET and HEAD.</summary>
    /// <param name="route">The route.</param>
    /// <param name="kept">Whether answers can be cached until the directory changes.</param>
    protected void Reads(string route, bool kept = true)
    {
        Verbs(Http.GET, Http.HEAD);
        Open(route, kept);
        if (kept)
        {
            Description(b => b.Produces(StatusCodes.Status304NotModified));
        }
    }

    /// <summary>GET and HEAD of a single item that may be missing, moved or gone.</summary>
    protected void ReadsOne(string route, bool moves = true)
    {
        Reads(route);
        Description(b =>
        {
            b.Produces<Problem>(StatusCodes.Status404NotFound, Problem.MediaType);
            if (moves)
            {
                b.Produces(StatusCodes.Status301MovedPermanently);
                b.Produces<Problem>(StatusCodes.Status410Gone, Problem.MediaType);
            }
        });
    }

    /// <summary>Answers with the binder's errors if there is no validator to do it.</summary>
    public override Task OnBeforeValidateAsync(TRequest req, CancellationToken ct)
    {
        if (Definition.ValidatorType is null)
        {
            ThrowIfAnyErrors();
        }

        return Task.CompletedTask;
    }

    /// <summary>POST of a search: read-only, with the parameters in the body instead of the address.</summary>
    /// <param name="route">The route.</param>
    /// <param name="kept">Whether answers can be cached until the directory changes.</param>
    protected void Searches(string route, bool kept = true)
    {
        Verbs(Http.POST);
        Open(route, kept);
        HasBody();
    }

    /// <summary>POST of something for the curators. The response is empty.</summary>
    protected void AcceptPost(string route)
    {
        Verbs(Http.POST);
        Open(route, kept: false);
        HasBody();
        Description(b => b.Produces(StatusCodes.Status202Accepted));
    }

    private void HasBody() => Description(b => b
        .Produces<Problem>(StatusCodes.Status413PayloadTooLarge, Problem.MediaType)
        .Produces<Problem>(StatusCodes.Status415UnsupportedMediaType, Problem.MediaType));

    private void Open(string route, bool kept)
    {
        Routes(route);
        RequestBinder(new ParameterBinder<TRequest>());
        AllowAnonymous();
        Description(b =>
        {
            b.Produces<Problem>(StatusCodes.Status400BadRequest, Problem.MediaType);
            b.Produces<Problem>(StatusCodes.Status401Unauthorized, Problem.MediaType);
            b.Produces<Problem>(StatusCodes.Status429TooManyRequests, Problem.MediaType);
            b.Produces<Problem>(StatusCodes.Status500InternalServerError, Problem.MediaType);
            b.Produces<Problem>(StatusCodes.Status503ServiceUnavailable, Problem.MediaType);
            if (kept)
            {
                b.WithMetadata(Kept);
            }
        });
    }
}
