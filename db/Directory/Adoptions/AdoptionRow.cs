using HealthEquity.Directory.Entries;

namespace HealthEquity.Directory.Adoptions;

/// <summary>One jurisdiction's adoption of one policy action: a row of the tracker.</summary>
public sealed record AdoptionRow
{
    /// <summary>The policy action adopted.</summary>
    public required PolicyActionReference PolicyAction { get; init; }

    /// <summary>Who adopted it.</summary>
    public required Jurisdiction Jurisdiction { get; init; }

    /// <summary>The current status, a code of the vocabulary "adoptionStatus".</summary>
    public required string Status { get; init; }

    /// <summary>The date of the current status, if known.</summary>
    public DateOnly? Since { get; init; }

    /// <summary>The latest date for which the source confirms the status, if known.</summary>
    public DateOnly? StatusAsOf { get; init; }

    /// <summary>The history, oldest first.</summary>
    public required IReadOnlyList<AdoptionEvent> History { get; init; }

    /// <summary>The provisions adopted.</summary>
    public required IReadOnlyList<Provision> Provisions { get; init; }

    /// <summary>Differences from the model text.</summary>
    public string? Departures { get; init; }

    /// <summary>The source.</summary>
    public required Source Source { get; init; }

    /// <summary>The adoptions of a policy action that has an id and a slug.</summary>
    public static IEnumerable<AdoptionRow> Of(PolicyAction action)
    {
        var reference = Reference(action);
        return action.Adoptions.Select(adoption => new AdoptionRow
        {
            PolicyAction = reference,
            Jurisdiction = adoption.Jurisdiction,
            Status = adoption.Status,
            Since = AdoptionStatuses.Since(adoption),
            StatusAsOf = adoption.StatusAsOf,
            History = adoption.History,
            Provisions = [.. action.Provisions.Where(p => adoption.Provisions.Contains(p.Code))],
            Departures = adoption.Departures,
            Source = adoption.Source,
        });
    }

    /// <summary>A summary of a policy action that has an id and a slug.</summary>
    public static PolicyActionReference Reference(PolicyAction action) => new()
    {
        Id = action.Id!.Value,
        Slug = action.Slug!,
        Name = action.Name,
        Theme = action.Theme,
        Direction = action.Direction,
    };

    /// <summary>
    /// The row as it was on a day: with the last status that its history has until then. Null where nothing had happened yet. An adoption
    /// without a dated history counts from the day for which its source confirms the status.
    /// </summary>
    public AdoptionRow? On(DateOnly day)
    {
        var known = History.Where(e => e.On <= day).ToList();
        return StatusAsOf <= day && known.Count == History.Count ? this
            : known.Count == 0 ? null
            : StatusAsOf is null && known.Count == History.Count ? this
            : this with { Status = known[^1].Status, Since = known[^1].On, StatusAsOf = null, History = known };
    }
}

/// <summary>A summary of a policy action.</summary>
public sealed record PolicyActionReference
{
    /// <summary>Its id.</summary>
    public required Guid Id { get; init; }

    /// <summary>Its slug.</summary>
    public required string Slug { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its theme.</summary>
    public required string Theme { get; init; }

    /// <summary>Its direction: protective, neutral or restrictive.</summary>
    public required string Direction { get; init; }
}
