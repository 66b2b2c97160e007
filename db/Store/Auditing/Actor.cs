namespace HealthEquity.Store.Auditing;

/// <summary>Who performs an action: a curator, or a part of the product. Revisions, reviews and the audit log store its code.</summary>
/// <param name="Code">"curator:{id}" or "system:{name}".</param>
public readonly record struct Actor(string Code)
{
    /// <summary>A curator.</summary>
    public static Actor Curator(Guid id) => new($"curator:{id:D}");

    /// <summary>A part of the product, such as an import or the overdue job.</summary>
    public static Actor System(string name) => new($"system:{name}");

    /// <summary>The curator's id, or null for a part of the product.</summary>
    public Guid? CuratorId => Code.StartsWith("curator:", StringComparison.Ordinal) && Guid.TryParse(Code.AsSpan(8), out var id) ? id : null;

    /// <inheritdoc/>
    public override string ToString() => Code;
}
