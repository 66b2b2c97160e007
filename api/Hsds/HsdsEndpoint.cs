using HealthEquity.Api.Answers;

namespace HealthEquity.Api.Hsds;

/// <summary>An endpoint of the standard's API. The standard's own OpenAPI document describes it, so ours does not.</summary>
/// <typeparam name="TRequest">What can be asked.</typeparam>
/// <typeparam name="TResponse">What is answered.</typeparam>
public abstract class HsdsEndpoint<TRequest, TResponse> : DirectoryEndpoint<TRequest, TResponse>
    where TRequest : notnull, new()
{
    /// <summary>Leaves the endpoint out of our document.</summary>
    protected void DescribedByTheStandard() => Description(b => b.ExcludeFromDescription());
}
