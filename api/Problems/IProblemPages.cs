namespace HealthEquity.Api.Problems;

/// <summary>Shows problems as pages to people; programs get problem documents.</summary>
public interface IProblemPages
{
    /// <summary>Sends a page about a problem.</summary>
    /// <returns>False if the request is not a person's, so that the problem document is to be sent.</returns>
    Task<bool> TrySendAsync(HttpContext context, Problem problem);
}
