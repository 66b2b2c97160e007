namespace HealthEquity.Formats.Hsds.Writing;

#pragma warning disable CS1591 // the members are the standard's own: https://docs.openreferral.org/en/v3.1.0/hsds/schema_reference.html

/// <summary>HSDS <c>attribute</c>: a term of an entity.</summary>
public sealed record HsdsAttribute
{
    public required Guid Id { get; init; }

    public required Guid LinkId { get; init; }

    public required Guid TaxonomyTermId { get; init; }

    public required string LinkType { get; init; }

    public required string LinkEntity { get; init; }

    public string? Value { get; init; }

    public string? Label { get; init; }

    public HsdsTaxonomyTerm? TaxonomyTerm { get; init; }
}

/// <summary>HSDS <c>taxonomy</c>: one of our vocabularies.</summary>
public sealed record HsdsTaxonomy
{
    public required Guid Id { get; init; }

    public required string Name { get; init; }

    public required string Description { get; init; }
}

/// <summary>HSDS <c>taxonomy_term</c>: one of our terms.</summary>
public sealed record HsdsTaxonomyTerm
{
    public required Guid Id { get; init; }

    public required string Code { get; init; }

    public required string Name { get; init; }

    public required string Description { get; init; }

    public string? Taxonomy { get; init; }

    public required Guid TaxonomyId { get; init; }

    public string? Language { get; init; }
}
#pragma warning restore CS1591
