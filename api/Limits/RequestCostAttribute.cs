namespace HealthEquity.Api.Limits;

/// <summary>Marks endpoints that make more work than others.</summary>
/// <param name="requests">How many requests one of them counts for.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class RequestCostAttribute(int requests) : Attribute
{
    /// <summary>How many requests one of them counts for.</summary>
    public int Requests { get; } = requests;
}
