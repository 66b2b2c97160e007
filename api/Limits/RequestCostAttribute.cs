namespace HealthEquity.Api.Limits;

/// <summary>Marks endpoints that cost more than others.</summary>
/// <param name="requests">How many requests a call counts as.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class RequestCostAttribute(int requests) : Attribute
{
    /// <summary>How many requests a call counts as.</summary>
    public int Requests { get; } = requests;
}
