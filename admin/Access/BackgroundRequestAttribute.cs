namespace HealthEquity.Admin.Access;

/// <summary>Marks a page that an open window requests by itself, again and again. Its requests don't keep the session alive.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class BackgroundRequestAttribute : Attribute
{
    /// <summary>Whether the request is for such a page.</summary>
    public static bool IsOn(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<BackgroundRequestAttribute>() is not null;
}
