namespace HealthEquity.Api.Json;

/// <summary>A body that is refused unread. The message reveals nothing about its content.</summary>
/// <param name="status">The HTTP status code.</param>
/// <param name="reason">What to do, for the problem document.</param>
public sealed class RefusedBodyException(int status, string reason) : BadHttpRequestException(reason, status);
