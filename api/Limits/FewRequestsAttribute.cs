namespace HealthEquity.Api.Limits;

/// <summary>Marks endpoints that make work for people: an address may ask them a few times an hour.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class FewRequestsAttribute : Attribute;
