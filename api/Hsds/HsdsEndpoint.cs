using HealthEquity.Api.Answers;

namespace HealthEquity.Api.Hsds;

/// <summary>An endpoint of the HSDS API. It is described in its own OpenAPI document, not in ours.</summary>
/// <typeparam name="TRequest">The request.</typeparam>
/// <typeparam name="TResponse">The response.</typeparam>
public abstract class HsdsEndpoint<TRequest, TResponse> : DirectoryEndpoint<TRequest, TResponse>
    where TRequest : notnull, new()
{
    /// <summary>Excludes the endpoint from our document.</summary>
    protected void InHsdsDocument() => Description(b => b.ExcludeFromDescription());
}
