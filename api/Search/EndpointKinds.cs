using FastEndpoints;
using HealthEquity.Api.Answers;
using HealthEquity.Api.Problems;

namespace HealthEquity.Api.Search;

/// <summary>The two shapes of endpoint that read the directory.</summary>
public static class EndpointKinds
{
    private static readonly KeptAnswerAttribute Kept = new();

    /// <summary>GET and HEAD, open to all, with answers that may be kept.</summary>
    public static void Reads(this BaseEndpoint endpoint, string route, bool kept = true)
    {
        endpoint.Definition.Verbs = [HttpMethods.Get, HttpMethods.Head];
        Open(endpoint, route, kept);
    }

    /// <summary>POST of a search: reads too, but with the question in the body.</summary>
    public static void Searches(this BaseEndpoint endpoint, string route)
    {
        endpoint.Definition.Verbs = [HttpMethods.Post];
        Open(endpoint, route, kept: true);
    }

    private static void Open(BaseEndpoint endpoint, string route, bool kept)
    {
        endpoint.Definition.Routes = [route];
        endpoint.Definition.AllowAnonymous();
        endpoint.Definition.Description(b =>
        {
            b.Produces<Problem>(StatusCodes.Status400BadRequest, Problem.MediaType);
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
