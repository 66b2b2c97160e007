namespace HealthEquity.Api.Limits;

/// <summary>Marks endpoints that create work for people. An address can use them only a few times per hour.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class HourlyLimitAttribute : Attribute;
